"""Verdicts as time passes: what --next foretells, --explain adds up to, and
the C driver tests/property/verdicts.c finds at many instants of each case."""

import json
import subprocess

from business_time import CALENDAR_MAX, DAY, instant, text_of
from fold import Fold
from programs import Failed, by_id
from verdict import clock_verdict

INSTANTS = "6"
CHUNK = 20
LONG = 150 * DAY    # a ledger may then put days together
LATER = [1, DAY, 30 * DAY, 400 * DAY, CALENDAR_MAX]


def check_timeline(batch):
    """Many instants a case, by the library and by the slow definition."""
    sums = {}
    for found in driver(batch, batch.records, INSTANTS, str(batch.seed)):
        if "what" not in found:
            sums = found
            continue
        record = next(record for record in batch.records
                      if record["id"] == found["id"])
        at = str(instant(found["at"]))
        batch.fail("timeline at " + found["at"], record, [found["what"]],
                   lambda one, at=at: [
                       found["what"] for found
                       in driver(batch, [one], "--at", at)
                       if "what" in found])
    for name, count in sums.items():
        batch.count(name, count)


def driver(batch, records, *options):
    done = subprocess.run(
        [batch.programs.driver, *options],
        input="".join(json.dumps(record) + "\n" for record in records),
        env=batch.programs.environment, capture_output=True, check=False,
        text=True)
    if done.returncode not in (0, 1):
        raise Failed("%s: status %d: %s" % (batch.programs.driver,
                                            done.returncode, done.stderr))
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged(records, policies, now):
    """Every clock's verdict at later instants; no event later than now."""
    folds = [Fold(record, policies, now) for record in records]
    return lambda at: [[clock_verdict(fold, clock, at)
                        for clock in fold.clocks] for fold in folds]


def check_next(batch):
    """At it something changes, one second before nothing has."""
    for start in range(0, len(batch.records), CHUNK):
        chunk = batch.records[start:start + CHUNK]
        now = max(instant(record["created"]) for record in chunk)
        now = batch.rng.choice([now, now + batch.rng.randrange(30 * DAY),
                                now + batch.rng.randrange(400 * DAY)])
        # Many cases have an earlier change than one; ask fewer as well.
        for records in (chunk, chunk[:2], chunk[-1:]):
            wrong = next_unlike(batch, records, now)
            if wrong:
                batch.fail("next at " + text_of(now), records[0], wrong,
                           lambda one, now=now: next_unlike(batch, [one],
                                                            now))
            batch.count("streams asked for --next")


def next_unlike(batch, records, now):
    _, said, _ = batch.programs.run("esc-sla-check", "--next", "--now",
                                    text_of(now), "--time-format", "epoch",
                                    records=records)
    verdicts = judged(records, batch.policies, now)
    before = verdicts(now)
    if not said:
        return ["changes by %s, which --next does not say" % (now + more)
                for more in LATER if verdicts(now + more) != before]
    at = int(said)
    wrong = []
    if at <= now or verdicts(at) == verdicts(at - 1):
        wrong.append("nothing changes at --next, %d" % at)
    if verdicts(at - 1) != before:
        wrong.append("something has before --next, %d" % at)
    return wrong


def check_explain(batch):
    """The ledger has no gaps and adds up to the time that counted."""
    for start in range(0, len(batch.records), CHUNK):
        chunk = batch.records[start:start + CHUNK]
        now = batch.some_instant(chunk)
        chunk = [record for record in chunk
                 if instant(record["created"]) <= now]
        found = by_id(explained(batch, chunk, now))
        for record in chunk:
            wrong = explain_unlike(batch, record, found, now)
            batch.count("cases explained")
            if wrong:
                batch.fail("explain at " + text_of(now), record, wrong,
                           lambda one, now=now: explain_unlike(
                               batch, one, by_id(explained(batch, [one],
                                                           now)), now))


def explained(batch, records, now):
    return batch.programs.run("esc-sla-check", "--explain", "--now",
                              text_of(now), records=records)[0]


def explain_unlike(batch, record, found, now):
    if record["id"] not in found:
        return ["refused or lost"]
    fold = Fold(record, batch.policies, now)
    clocks = found[record["id"]]["sla"]["clocks"]
    if len(clocks) != len(fold.clocks):
        return ["%d clocks, oracle %d" % (len(clocks), len(fold.clocks))]
    return ["%s: %s" % (clock.key, wrong)
            for clock, got in zip(fold.clocks, clocks)
            for wrong in ledger_unlike(clock, got, now)]


def ledger_unlike(clock, got, now):
    end = now if clock.stopped_at is None else clock.stopped_at
    pieces = got["ledger"]
    wrong = []
    counted = sum(piece["counted"] for piece in pieces)
    if counted != got["elapsed"]:
        wrong.append("%d counted, elapsed %d" % (counted, got["elapsed"]))
    if got["elapsed"] != elapsed(clock, end):
        wrong.append("elapsed %d, oracle %d" % (got["elapsed"],
                                                elapsed(clock, end)))
    at = clock.started_at
    for piece in pieces:
        since, until = instant(piece["from"]), instant(piece["to"])
        if since != at or until < since:
            wrong.append("a gap before %s" % json.dumps(piece))
        at = until
        wrong += piece_unlike(clock, piece, since, until,
                              end - clock.started_at > LONG)
    if at != max(end, clock.started_at):
        wrong.append("ends at %s, not %s" % (text_of(at), text_of(end)))
    return wrong


def elapsed(clock, end):
    """Time of its own kind from its start to its end, less its holds."""
    held = sum(clock.between(begin, min(end, until or end))
               for begin, until in clock.holds if begin < end)
    return clock.between(clock.started_at, end) - held


def piece_unlike(clock, piece, since, until, is_long):
    """What it counted, and whether it was held."""
    kind, counted = piece["kind"], piece["counted"]
    held = any(begin <= since and (to is None or until <= to)
               for begin, to in clock.holds)
    touched = any(begin < until and (to is None or since < to)
                  for begin, to in clock.holds if begin != to)
    if kind == "dst":
        return [] if since == until and not counted else ["a dst that lasts"]
    if kind == "paused":
        return [] if held and not counted else [
            "paused, and not held or counted: %s" % json.dumps(piece)]
    if touched:
        return ["held in %s" % json.dumps(piece)]
    if counted != clock.between(since, until) \
            or (counted > 0) != (kind == "counted") \
            or (0 < counted < until - since and not is_long):
        return ["counted %d in %s" % (clock.between(since, until),
                                      json.dumps(piece))]
    return []
