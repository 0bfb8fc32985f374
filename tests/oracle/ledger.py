#!/usr/bin/env python3
"""ledger.py POLICIES FILE...: what esc-sla-check --explain says of each clock,
against the slow fold and the slow business time: no gaps, from the start to the
stop or to now; every piece is what it says; the sum is what elapsed.  Prints
faults, and last how many clocks and pieces of each kind there were."""

import collections
import json
import re
import sys

from business_time import DAY, date_of, instant
from fold import Fold
from policy import Policies
from timeline import ledger_unlike

UNITS = {"h": 3600, "m": 60, "s": 1}


def change_of(name):
    """Seconds that "+1h" or "-30m" says."""
    size = sum(int(number) * UNITS[unit]
               for number, unit in re.findall(r"(\d+)([hms])", name))
    return -size if name[0] == "-" else size


def holds_of(clock, end):
    return [(a, end if b is None else b) for a, b in clock.holds]


def holidays_in(clock, start, end):
    """Whether each local day of a span is a holiday."""
    calendar = clock.calendar
    first = (start + calendar.offset(start)) // DAY
    last = (end - 1 + calendar.offset(end - 1)) // DAY
    dates = [date_of(day) for day in range(first, last + 1)]
    return [date.isoformat() in calendar.dated
            or date.strftime("%m-%d") in calendar.yearly for date in dates]


def closed_wrong(clock, piece, start, end):
    if clock.between(start, end) or piece["counted"]:
        return "there is open time in it"
    if any(holidays_in(clock, start, end)):
        return "a holiday is called closed"
    return None


def holiday_wrong(clock, piece, start, end):
    if clock.between(start, end) or piece["counted"]:
        return "there is open time in it"
    if holidays_in(clock, start, end) != [True]:
        return "no holiday, or more than one day"
    return None


def paused_wrong(clock, piece, start, end):
    if piece["counted"] or piece["name"] not in ("asked", "paused", "resolved"):
        return "what is that?"
    return None


def dst_wrong(clock, piece, start, end):
    offset = clock.calendar.offset
    if piece["counted"] or offset(start) - offset(start - 1) != change_of(piece["name"]):
        return "the clocks do not change so"
    return None


WRONG = {"closed": closed_wrong, "holiday": holiday_wrong,
         "paused": paused_wrong, "dst": dst_wrong}


def faults_of(clock, entry, now, kinds):
    yield from ledger_unlike(clock, entry, now)
    end = clock.stopped_at if clock.stopped_at is not None else now
    paused = []
    for piece in entry["ledger"]:
        start, to = instant(piece["from"]), instant(piece["to"])
        kinds[piece["kind"]] += 1
        if (to == start) != (piece["kind"] == "dst"):
            yield "a piece without length: %s" % json.dumps(piece)
        wrong = piece["kind"] in WRONG and WRONG[piece["kind"]](clock, piece, start, to)
        if wrong:
            yield "%s: %s" % (wrong, json.dumps(piece))
        if piece["kind"] == "paused":
            paused.append((start, to))
    if paused != [hold for hold in holds_of(clock, end) if hold[0] < hold[1]]:
        yield "the holds are others"


def check(record, policies, kinds):
    now = instant(record["sla"]["at"])
    if instant(record["created"]) > now:
        return
    clocks = Fold(record, policies, now).clocks
    if len(clocks) != len(record["sla"]["clocks"]):
        yield "other clocks"
        return
    for clock, entry in zip(clocks, record["sla"]["clocks"]):
        kinds["clocks"] += 1
        for fault in faults_of(clock, entry, now, kinds):
            yield "%s: %s" % (clock.key, fault)


def main():
    policies = Policies(sys.argv[1])
    kinds, bad = collections.Counter(), 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                for fault in check(record, policies, kinds):
                    print("%s: %s" % (record["id"], fault))
                    bad = 1
    print(" ".join("%s=%d" % pair for pair in sorted(kinds.items())))
    return bad


sys.exit(main())
