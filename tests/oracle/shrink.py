"""The smallest record that still fails."""

import copy


def without_event(record, place):
    """Without the event at a place (from 1); retractions follow."""
    record = copy.deepcopy(record)
    events = record["events"]
    del events[place - 1]
    for event in events:
        if event["type"] == "retracted" and "event" in event:
            if event["event"] > place:
                event["event"] -= 1
            elif event["event"] == place:
                event["event"] = 99
    return record


def smaller(record):
    """Records with one thing less."""
    for place in range(len(record["events"]), 1, -1):
        yield without_event(record, place)
    for place, event in enumerate(record["events"]):
        for name in event:
            if name not in ("at", "type", "by"):
                less = copy.deepcopy(record)
                del less["events"][place][name]
                yield less
        for entry in range(len(event.get("judged", []))):
            less = copy.deepcopy(record)
            del less["events"][place]["judged"][entry]
            yield less
        for name in ("set", "was"):
            for key in event.get(name, {}):
                less = copy.deepcopy(record)
                del less["events"][place][name][key]
                yield less
    for name in record:
        if name not in ("v", "id", "rev", "policy", "policy_version",
                        "created", "events"):
            less = copy.deepcopy(record)
            del less[name]
            yield less


def shrunk(record, fails):
    """The record with all taken away that the failure does not need."""
    going = True
    while going:
        going = False
        for less in smaller(record):
            try:
                still = fails(less)
            except (KeyError, TypeError, ValueError):
                still = False
            if still:
                record, going = less, True
                break
    return record
