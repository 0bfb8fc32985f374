"""What must hold whatever the terms, asked of the C programs alone."""

import json

from business_time import DAY, instant, text_of
from fold import Fold
from programs import by_id

LATE = instant("2027-11-01T00:00:00Z")
RANK = {"ok": 0, "open-ended": 0, "risk": 1, "breached": 2, "exhausted": 2}


def check_properties(batch):
    noted_stays_due(batch)
    breaches_stay(batch)
    verdicts_go_one_way(batch)


def noted_stays_due(batch):
    """A note takes no case from those due (a review aside)."""
    found = by_id(batch.programs.fold(batch.records)[0])
    now = max(LATE, max(instant(event.get("logged", event["at"]))
                        for record in found.values()
                        for event in record["events"]))
    noted, _, _ = batch.programs.run(
        "esc-note", "--note", "-m", "x", "--by", "ann", "--now", text_of(now),
        records=found.values())
    noted = by_id(noted)
    for name, record in found.items():
        policy = Fold(record, batch.policies).policy
        if any("noted" in cells.starts | cells.stops | cells.ends
               for cells in policy.clocks.values()):
            continue
        if name not in noted:
            batch.fail("noted", record, ["refused or lost"])
            continue
        for due in ("due", "risk"):
            reviewed = due == "risk" and any(
                clock["clock"] == "tier" and "limit_at" not in clock
                for clock in record.get("clocks", []))
            if due in record and due not in noted[name] and not reviewed:
                batch.fail("noted", record, ["%s is gone" % due])
            if record.get(due) != noted[name].get(due) and not reviewed:
                batch.fail("noted", record, ["%s moved" % due])


def breaches_stay(batch):
    """What is past its limit is missed when the case ends."""
    for kind in ("cancelled", "closed", "duplicate"):
        changed = []
        for record in batch.records:
            last = max(instant(event["at"]) for event in record["events"])
            event = {"at": text_of(max(last, instant(record["created"]))
                                   + batch.rng.randrange(20 * DAY)),
                     "by": "ann", "type": kind, "feedback": "f", "of": "x"}
            changed.append({**record, "events": record["events"] + [event]})
        before = by_id(batch.programs.fold(batch.records)[0])
        after = by_id(batch.programs.fold(changed)[0])
        for record in changed:
            wrong = wiped(before[record["id"]], after[record["id"]],
                          record["events"][-1]["at"])
            if wrong:
                batch.fail("wiped by " + kind, record, wrong)


def wiped(before, after, at):
    def keyed(record):
        return {(clock["clock"], clock.get("tier"), clock["cycle"]): clock
                for clock in record.get("clocks", [])}
    then = keyed(after)
    return ["%s: %s" % (key, json.dumps(then[key]))
            for key, clock in keyed(before).items()
            if clock["state"] in ("running", "held", "missed")
            and "limit_at" in clock
            and clock["limit_at"] < min(at, clock.get("held_at", at))
            and then[key]["state"] not in ("missed", "running", "held")]


def verdicts_go_one_way(batch):
    last = max(instant(event["at"]) for record in batch.records
               for event in record["events"])
    worst = {}
    for now in sorted(last + batch.rng.randrange(60 * DAY) for _ in range(4)):
        for record in batch.programs.sla(batch.records, now):
            for clock in record["sla"].get("clocks", []):
                key = (record["id"], clock["clock"], clock.get("tier"),
                       clock["cycle"])
                rank = RANK.get(clock["verdict"], clock["verdict"])
                if key in worst and (worst[key] != rank
                                     if isinstance(rank, str)
                                     else worst[key] > rank):
                    batch.fail("one way", record, [str(key)])
                worst[key] = rank
