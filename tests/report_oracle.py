#!/usr/bin/python3
"""esc-report's figures from their definitions in esc-report(1), slowly.

    report_oracle.py --bin bin [--cases 400] [--reports 12] [--seed 1]
    report_oracle.py --bin bin --records FILE --policies DIR --now TIME
                     [--from TIME] [--to TIME] [--tz ZONE] [--group-by FIELD]

The first compares reports of generated cases over periods at random, the
second one report.  Prints what differs and answers 1 if anything does.  The
fold is the slow one of tests/oracle.
"""

import argparse
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import zoneinfo
from collections import Counter
from decimal import Decimal, ROUND_HALF_UP

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "oracle"))

import make_policies                                            # noqa: E402
from business_time import DAY, OutOfRange, instant, text_of     # noqa: E402
from fold import Fold, OPEN                                     # noqa: E402
from generate import Generator                                  # noqa: E402
from policy import CLOCKS, Policies                             # noqa: E402
from verdict import clock_verdict                               # noqa: E402

CASES = ["submitted", "refused", "acknowledged", "accepted", "cancelled",
         "prioritised", "duplicates", "promoted", "resolved", "closed",
         "reopened", "open"]
AT_END = {"ok": "running", "risk": "risk", "paused": "paused",
          "open-ended": "open_ended"}
OVER = {"breached", "exhausted", "paused-breached"}
AGES = [(1, "<1bd"), (2, "<2bd"), (5, "<5bd"), (10, "<10bd"), (20, "<20bd")]
HYGIENE = ["held_after_target", "reclassified_after_breach",
           "due_moved_after_breach", "backdated_past_limit",
           "reopened_within_2bd", "resolved_without_contact", "retracted",
           "amended"]
REASONS = ["exhausted", "missed-limit", "reopened", "most-promotions",
           "longest-in-tier", "lowest-rating"]
PLAYED = HYGIENE[:6]            # of these a review tells
REVIEW_CASES, REVIEW_TOP, REVIEW_PLAYED, OLDEST = 100, 5, 20, 10
INTO, OUT_OF = ["accepted", "reopened"], ["resolved", "cancelled", "merged"]


class Step:
    def __init__(self, fold, event, kind):
        self.event, self.kind, self.at = event, kind, event.at
        self.effect = fold.has_effect(event, kind)
        self.state, self.tier = fold.state, fold.tier


class Story(Fold):
    """A fold that remembers its steps, and what was late at each."""

    def __init__(self, record, policies, until):
        self.steps = []
        super().__init__(record, policies, until)

    def apply(self, event):
        living = [clock for clock in self.clocks if clock.lives()]
        self.late = [[clock for clock in living if late(clock, goal, event.at)]
                     for goal in (0, 1)]
        self.late[0] = [clock for clock in self.late[0]
                        if clock.state == "running"]
        super().apply(event)

    def step(self, event, kind, causes):
        step = Step(self, event, kind)
        super().step(event, kind, causes)
        step.tier_after, step.state_after = self.tier, self.state
        step.targets, step.limits = self.late
        step.held = any([event.at, None] in clock.holds
                        for clock in step.targets)
        self.steps.append(step)


def late(clock, goal, at):
    passes = clock.goals()[goal]
    ran = clock.holds[-1][0] if clock.state == "held" else at
    return passes is not None and passes < ran


class Case:
    """One case as of the end of the period."""

    def __init__(self, record, policies, period):
        self.record, self.id = record, record["id"]
        self.created = instant(record["created"])
        self.period, self.end = period, period.end
        self.fold = Story(record, policies, self.end)
        self.within = [step for step in self.fold.steps
                       if period.has(step.at)]
        self.happened = [step for step in self.within if step.effect]
        self.open = self.fold.state in OPEN
        self.ups = [step for step in self.of("promoted")
                    if step.tier_after > step.tier]
        self.counts = bool(period.has(self.created) or self.within or self.open
                           or any(c.lives() for c in self.fold.clocks))

    def of(self, kind):
        return [step for step in self.happened if step.kind == kind]

    def figures(self):
        found = {kind for kind in CASES if self.of(kind)} - {
            "promoted", "submitted"}
        found |= {name for name, holds in {
            "submitted": self.period.has(self.created),
            "duplicates": self.of("duplicate"), "promoted": self.ups,
            "open": self.open}.items() if holds}
        return found

    def ways(self):
        """(from, to) of each step into a tier, to another and out."""
        ways = [("accepted", str(step.tier_after))
                for step in self.of("accepted")]
        ways += [("reopened", str(step.tier_after))
                 for step in self.of("reopened") if step.state != "cancelled"]
        ways += [(str(step.tier), str(step.tier_after))
                 for step in self.of("promoted")]
        ways += [(str(step.tier), step.state_after)
                 for kind in ("resolved", "cancelled", "duplicate")
                 for step in self.of(kind) if step.state == "escalated"]
        return ways

    def top(self):
        return max(step.tier_after for step in self.fold.steps)

    # Clocks.

    def verdict(self, clock):
        return clock_verdict(self.fold, clock, self.end)

    def passed(self, clock):
        """The second in which the limit was over, None: it was not."""
        limit = clock.limit()
        if self.verdict(clock) in OVER:
            return limit + 1
        if clock.state != "missed":
            return None
        if limit is None or limit >= clock.stopped_at:
            return clock.stopped_at
        return limit + 1

    def passed_here(self):
        return [clock for clock in self.fold.clocks
                if self.passed(clock) is not None
                and self.period.has(self.passed(clock))]

    def clock_figures(self, clock):
        if self.passed(clock) is not None:
            if not self.period.has(self.passed(clock)):
                return []
            return ["missed" if clock.state == "missed" else "breached"]
        if clock.state == "met":
            if not self.period.has(clock.stopped_at):
                return []
            target = clock.target()
            return ["met"] + ["in_target"] * (
                target is not None and clock.stopped_at <= target)
        return [AT_END[self.verdict(clock)]] if clock.lives() else []

    def month_figures(self):
        """(month, clock, tier, figure) of each limit kept or passed."""
        return [(self.period.month(clock.stopped_at if figure == "met"
                                   else self.passed(clock)),
                 CLOCKS.index(clock.name), clock.tier, figure)
                for clock in self.fold.clocks
                for figure in self.clock_figures(clock)
                if figure in ("met", "missed", "breached")]

    def stopped_here(self):
        return [clock for clock in self.fold.clocks
                if clock.state in ("met", "missed")
                and self.period.has(clock.stopped_at)]

    def longest(self):
        return max([(self.end if clock.lives() else clock.stopped_at)
                    - clock.started_at for clock in self.fold.clocks
                    if clock.name == "tier" and (
                        clock.lives() or self.period.has(clock.stopped_at))],
                   default=0)

    # Other figures.

    def rating(self):
        event = self.fold.feedback
        if event is None or not self.period.has(event.at):
            return None
        score = event.get("score")
        if not isinstance(score, int) or not 0 <= score <= 10:
            return None
        return score

    def add_bd(self, at, days):
        try:
            return self.fold.calendar().add(at, "%dbd" % days,
                                            self.fold.policy.same_time)
        except OutOfRange:
            return None

    def age(self):
        for days, name in AGES:
            until = self.add_bd(self.created, days)
            if until is None or self.end < until:
                return name
        return "older"

    def values(self, name):
        if name in ("state", "tier", "policy"):
            value = {"state": self.fold.state, "tier": self.fold.tier or None,
                     "policy": self.record["policy"]}[name]
        elif name in self.fold.in_force:
            value = self.fold.in_force[name]
        elif name.startswith("requester."):
            value = (self.fold.form.get("requester") or {}).get(name[10:])
        else:
            value = self.fold.form.get(name)
        found = value if isinstance(value, list) else [value]
        return {raw(one) for one in found if one not in (None, "")}

    def before(self, step, kind):
        """The last effect of a kind before a step: its place, or None."""
        steps = self.fold.steps
        return max((place for place in range(steps.index(step))
                    if steps[place].effect and steps[place].kind == kind),
                   default=None)

    def soon(self, step):
        ended = self.before(
            step, "cancelled" if step.state == "cancelled" else "resolved")
        if ended is None:
            return False
        until = self.add_bd(self.fold.steps[ended].at, 2)
        return until is not None and step.at <= until

    def silent(self, step):
        spoken = [place for place in (self.before(step, "contacted"),
                                      self.before(step, "updated"))
                  if place is not None]
        accepted = self.before(step, "accepted")
        return not spoken or (accepted is not None
                              and max(spoken) < accepted)

    def backdated(self):
        events = set()
        for clock in self.fold.clocks:
            if clock.state != "met" or clock.limit() is None:
                continue
            event = clock.stopped_by
            logged = instant(event.get("logged") or event.get("at"))
            if clock.stopped_at <= clock.limit() < logged \
                    and self.period.has(event.at):
                events.add(event.place)
        return len(events)

    def hygiene(self):
        return {
            "held_after_target": sum(
                step.held for step in self.happened
                if step.kind in ("asked", "paused")),
            "reclassified_after_breach": sum(
                bool(step.limits) for step in self.happened
                if step.kind in ("reclassified", "reprioritised")),
            "due_moved_after_breach": sum(
                any(clock.name == "tier" for clock in step.limits)
                for step in self.of("due_set")),
            "backdated_past_limit": self.backdated(),
            "reopened_within_2bd": sum(map(self.soon, self.of("reopened"))),
            "resolved_without_contact":
                sum(map(self.silent, self.of("resolved"))),
            "retracted": sum(
                isinstance(step.event.get("event"), int)
                and 1 < step.event.get("event") < step.event.place
                for step in self.of("retracted")),
            "amended": len(self.of("amended")),
        }


def raw(value):
    return value if isinstance(value, str) else json.dumps(
        value, ensure_ascii=False, separators=(",", ":"))


class Period:
    def __init__(self, now, since, until, zone):
        self.now, self.since, self.until = now, since, until
        self.zone = zoneinfo.ZoneInfo(zone)
        self.name = zone
        self.end = min(now, until - 1) if until is not None else now

    def has(self, at):
        return (self.since is None or self.since <= at) and at <= self.end

    def month(self, at):
        return datetime.datetime.fromtimestamp(at, self.zone).strftime("%Y-%m")


def decimal(numerator, denominator, digits):
    if not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def bucket_end(value):
    """The last whole second of the bucket in which a value lies."""
    width = 1
    while value // width >= 256:
        width *= 2
    return (value // width + 1) * width - 1


def digest(values):
    if not values:
        return None
    values = sorted(max(0, value) for value in values)
    found = {}
    for percent in (50, 90, 95):
        exact = values[-(-percent * len(values) // 100) - 1]
        found["p%d" % percent] = min(bucket_end(exact), values[-1])
        assert exact <= found["p%d" % percent] <= exact * 1.01
    found["max"] = values[-1]
    found["mean"] = int(decimal(sum(values), len(values), 0))
    return found


def drop_none(form):
    return {name: value for name, value in form.items() if value is not None}


def counted(values):
    return {str(value): n for value, n in sorted(Counter(values).items())}


def months(cases):
    rows = {}
    for case in cases:
        for *key, figure in case.month_figures():
            rows.setdefault(tuple(key), Counter())[figure] += 1
    return [drop_none({
        "month": month, "clock": CLOCKS[name], "tier": tier or None,
        "n": sum(n.values()), "met": n["met"], "missed": n["missed"],
        "breached": n["breached"],
        "met_rate": decimal(n["met"], sum(n.values()), 4)})
        for (month, name, tier), n in sorted(rows.items())]


def flow(cases):
    def place(end):
        return (end not in INTO, end in OUT_OF,
                (INTO + OUT_OF).index(end) if end in INTO + OUT_OF
                else int(end))
    ways = Counter(way for case in cases for way in case.ways())
    return [{"from": way[0], "to": way[1], "n": ways[way]}
            for way in sorted(ways, key=lambda way: tuple(map(place, way)))]


def add_up(cases):
    """The months of a period are its clocks."""
    sums = Counter()
    for row in months(cases):
        for figure in ("n", "met", "missed", "breached"):
            sums[row["clock"], row.get("tier"), figure] += row[figure]
    for row in clock_rows(cases):
        for figure in ("n", "met", "missed", "breached"):
            sums[row["clock"], row.get("tier"), figure] -= row[figure]
    return not any(sums.values())


def clock_rows(cases):
    rows = {}
    for case in cases:
        for clock in case.fold.clocks:
            key = (CLOCKS.index(clock.name), clock.tier)
            for figure in case.clock_figures(clock):
                rows.setdefault(key, Counter())[figure] += 1
    found = []
    for (name, tier), n in sorted(rows.items()):
        total = n["met"] + n["missed"] + n["breached"]
        found.append(drop_none({
            "clock": CLOCKS[name], "tier": tier or None, "n": total,
            **{figure: n[figure] for figure in (
                "met", "in_target", "missed", "running", "risk", "breached",
                "paused", "open_ended")},
            "met_rate": decimal(n["met"], total, 4)}))
    return found


def time_rows(cases):
    rows = {}
    for case in cases:
        for clock in case.fold.clocks:
            key = (CLOCKS.index(clock.name), clock.tier)
            if clock.lives() or clock in case.stopped_here():
                row = rows.setdefault(key, {"net": [], "gross": [], "open": 0})
            if clock.lives():
                row["open"] += 1
            elif clock in case.stopped_here():
                length = clock.started_at, clock.stopped_at
                row["net"].append(clock.between(*length) - clock.paused())
                row["gross"].append(length[1] - length[0])
    return [drop_none({
        "measure": CLOCKS[name], "tier": tier or None, "n": len(row["net"]),
        "open": row["open"], "net": digest(row["net"]),
        "gross": digest(row["gross"])})
        for (name, tier), row in sorted(rows.items())]


def tally(cases, refused):
    figures = Counter(name for case in cases for name in case.figures())
    figures["refused"] = refused
    new = [case for case in cases if "submitted" in case.figures()]
    left = [case for case in cases if case.open]
    ups = [step.tier_after for case in cases for step in case.ups]
    downs = sum(len(case.of("promoted")) - len(case.ups) for case in cases)
    ratings = [case.rating() for case in cases if case.rating() is not None]
    hygiene = [case.hygiene() for case in cases]
    ages = Counter(case.age() for case in left)
    assert add_up(cases)
    return {
        "cases": {name: figures[name] for name in CASES},
        "clocks": clock_rows(cases),
        "months": months(cases),
        "times": time_rows(cases),
        "frequency": drop_none({
            "promotions": len(ups), "returns": downs,
            "per_100_cases": decimal(100 * len(ups), figures["accepted"], 2),
            "by_tier": counted(ups),
            "top_reached": counted(case.top() for case in cases
                                   if "accepted" in case.figures()),
            "flow": flow(cases)}),
        "by": {**{name: counted(value for case in new
                                for value in case.values(name))
                  for name in ("impact", "reason", "trigger", "region")},
               "month": counted(case.period.month(case.created)
                                for case in new)},
        "feedback": drop_none({
            "n": len(ratings), "mean": decimal(sum(ratings), len(ratings), 2),
            "scores": counted(ratings),
            "response_rate": decimal(len(ratings), figures["closed"], 4)}),
        "backlog": {
            "open": len(left),
            "by_tier": counted(case.fold.tier for case in left),
            "by_age": {name: ages[name] for name in
                       [name for _, name in AGES] + ["older"]},
            "oldest": [case.id for case in sorted(
                left, key=lambda case: (case.created, case.id))][:OLDEST]},
        "hygiene": {name: sum(one[name] for one in hygiene)
                    for name in HYGIENE},
    }


def resolutions(cases):
    found = []
    for case in cases:
        event = case.fold.resolution
        if event is not None and case.period.has(event.at):
            found.append((event.at, case.id, drop_none({
                "id": case.id, "outcome": event.get("outcome"),
                "summary": event.get("summary")})))
    return [entry for _, _, entry in sorted(found, key=lambda row: row[:2])]


def improvements(cases):
    found = [(step.at, case.id, step.event.place, drop_none({
        "id": case.id, "at": text_of(step.at), "by": step.event.get("by"),
        "text": step.event.get("text")}))
        for case in cases for step in case.of("improved")]
    return [entry for *_, entry in sorted(found, key=lambda row: row[:3])]


def review(cases):
    why = {case.id: set() for case in cases}
    weight = {}
    for case in cases:
        exhausted = any(case.verdict(clock) == "exhausted"
                        for clock in case.fold.clocks)
        limits, again = len(case.passed_here()), len(case.of("reopened"))
        weight[case.id] = (-exhausted, -limits, -again, case.id)
        why[case.id] |= {name for name, holds in (
            ("exhausted", exhausted), ("missed-limit", limits),
            ("reopened", again)) if holds}
    pressing = sorted((name for name in why if why[name]), key=weight.get)
    chosen = set(pressing[:REVIEW_CASES])
    for reason, value in (
            ("most-promotions", lambda case: len(case.ups) or None),
            ("longest-in-tier", lambda case: case.longest() or None),
            ("lowest-rating", lambda case: None if case.rating() is None
             else -case.rating())):
        ranked = sorted((-value(case), case.id) for case in cases
                        if value(case) is not None)
        for _, name in ranked[:REVIEW_TOP]:
            why[name].add(reason)
            chosen.add(name)
    others = played(cases, why)
    entries = [{"id": name, "why": [reason for reason in REASONS + CODES
                                    if reason in why[name]]}
               for name in sorted(chosen, key=weight.get) + others]
    return entries, len(pressing) if len(pressing) > REVIEW_CASES else None


CODES = [name.replace("_", "-") for name in PLAYED]


def played(cases, why):
    """Which cases are listed for nothing else; every case has its codes."""
    ranked = []
    for case in cases:
        events = case.hygiene()
        total = sum(events[name] for name in PLAYED)
        if total and not why[case.id]:
            ranked.append((-total, case.id))
        why[case.id] |= {code for code, name in zip(CODES, PLAYED)
                         if events[name]}
    return [name for _, name in sorted(ranked)[:REVIEW_PLAYED]]


def report(records, policies, period, group_by=None):
    rejects = [instant(one["at"]) for one in records if "rejected" in one]
    here = [one for one in records if "rejected" not in one
            and instant(one["created"]) <= period.end]
    cases = [case for case in (Case(one, policies, period) for one in here)
             if case.counts]
    first = min((instant(one["created"]) for one in here), default=None)
    since = first if period.since is None else period.since
    versions = {}
    for case in cases:
        versions.setdefault(case.record["policy"], set()).add(
            case.fold.version)
    entries, of = review(cases)
    groups = {}
    for case in cases:
        for value in (case.values(group_by) or {""}) if group_by else ():
            groups.setdefault(value, []).append(case)
    return drop_none({
        "now": text_of(period.now),
        "period": drop_none({
            "from": None if since is None else text_of(since),
            "to": text_of(period.now if period.until is None
                          else period.until),
            "tz": period.name}),
        "policies": {name: sorted(found)
                     for name, found in sorted(versions.items())},
        **tally(cases, sum(map(period.has, rejects))),
        "resolutions": resolutions(cases),
        "improvements": improvements(cases),
        "review": entries, "review_of": of,
        "group_by": group_by,
        "groups": {value: tally(found, 0) for value, found
                   in sorted(groups.items())} if group_by else None,
    })


# Comparing.

def unlike(expected, got, path=""):
    """The places in which two values differ, order of keys included."""
    if isinstance(expected, dict) and isinstance(got, dict):
        if list(expected) != list(got) and set(expected) == set(got):
            return ["%s: keys %s, esc %s" % (path, list(expected), list(got))]
        return [line for name in sorted({**expected, **got})
                for line in unlike(expected.get(name, "absent"),
                                   got.get(name, "absent"),
                                   "%s.%s" % (path, name))]
    if isinstance(expected, list) and isinstance(got, list) \
            and len(expected) == len(got):
        return [line for place, pair in enumerate(zip(expected, got))
                for line in unlike(*pair, "%s[%d]" % (path, place))]
    return [] if expected == got else ["%s: oracle %s, esc %s" % (
        path, expected, got)]


def compare(program, folder, records, period, group_by):
    options = ["--now", text_of(period.now), "--tz", period.name,
               "--format", "json"]
    for name, at in (("--from", period.since), ("--to", period.until)):
        options += [] if at is None else [name, text_of(at)]
    options += ["--group-by", group_by] if group_by else []
    done = subprocess.run(
        [program, *options], capture_output=True, check=False,
        input="".join(json.dumps(one, ensure_ascii=False,
                                 separators=(",", ":")) + "\n"
                      for one in records).encode(),
        env={"PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC",
             "LC_ALL": "C", "ESC_POLICY_PATH": folder})
    if done.returncode != 0:
        return ["%s: status %d: %s" % (" ".join(options), done.returncode,
                                       done.stderr.decode()[:300])]
    expected = report(records, Policies(folder), period, group_by)
    wrong = unlike(expected, json.loads(done.stdout, parse_float=Decimal))
    return wrong and [" ".join(options)] + wrong[:10]


def some_period(rng, records):
    """Bounds on and beside what happened, and anywhere."""
    instants = sorted({instant(event["at"]) for one in records
                       for event in one.get("events", [])})

    def some():
        at = rng.choice(instants) + rng.choice([-1, 0, 1])
        return at if rng.random() < 0.5 else at + rng.randint(-30, 30) * DAY
    now = some()
    since, until = sorted([some(), some()])
    zone = rng.choice(["UTC", "Europe/London", "Australia/Sydney"])
    return Period(now, since if rng.random() < 0.7 and since <= now else None,
                  until + 1 if rng.random() < 0.6 else None, zone)


def generated(options):
    rng = random.Random(options.seed)
    program = os.path.join(os.path.abspath(options.bin), "esc-report")
    failed = 0
    for number in range(options.reports):
        with tempfile.TemporaryDirectory() as folder:
            make_policies.write(folder, options.seed * 1000 + number, 5)
            policies = Policies(folder)
            generator = Generator(policies, options.seed * 1000 + number)
            records = [generator.record(n) for n in range(options.cases)]
            period = some_period(rng, records)
            records += [{"rejected": 1, "at": text_of(period.now - DAY * n),
                         "errors": []}
                        for n in range(3)]
            group_by = rng.choice([None, "tier", "region", "reason", "state",
                                   "assignee", "x_site", "requester.email"])
            wrong = compare(program, folder, records, period, group_by)
        failed += bool(wrong)
        print("\n".join(wrong) if wrong else "ok %d" % (number + 1))
    return failed


def given(options):
    with open(options.records, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    bounds = [None if text is None else instant(text)
              for text in (options.since, options.until)]
    period = Period(instant(options.now), *bounds, options.tz)
    wrong = compare(os.path.join(os.path.abspath(options.bin), "esc-report"),
                    options.policies, records, period, options.group_by)
    print("\n".join(wrong) if wrong else "ok")
    return len(wrong)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="bin")
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records")
    parser.add_argument("--policies")
    parser.add_argument("--now")
    parser.add_argument("--from", dest="since")
    parser.add_argument("--to", dest="until")
    parser.add_argument("--tz", default="UTC")
    parser.add_argument("--group-by")
    options = parser.parse_args()
    return 1 if (given if options.records else generated)(options) else 0


if __name__ == "__main__":
    sys.exit(main())
