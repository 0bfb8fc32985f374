#!/usr/bin/python3
"""esc-report's --compare and --rejudge from their definitions, slowly.

    report_compare.py --bin bin [--cases 100] [--reports 10] [--seed 1]

Reports of generated cases over periods at random: the document, the period
before, what the terms of another policy say of both, and the change of every
figure, by the fold and the figures of the oracles.  Prints what differs and
answers 1 if anything does.
"""

import argparse
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import report_oracle as oracle                                  # noqa: E402
import make_policies                                            # noqa: E402
from business_time import DAY, instant, text_of                 # noqa: E402
from generate import Generator                                  # noqa: E402
from policy import CLOCKS, Policies                             # noqa: E402
from report_case import Period                                  # noqa: E402
from report_figures import INTO, OUT_OF, report, tally          # noqa: E402
from report_rejudge import Twins, VERDICTS, rejudged, terms_of  # noqa: E402

MEASURES = {"met_rate", "per_100_cases", "response_rate", "mean", "net",
            "gross"}
KNOWN_BY = ["month", "clock", "measure", "tier", "from", "to", "pinned",
            "rejudged"]
FIGURES = ["cases", "clocks", "months", "times", "frequency", "by",
           "feedback", "backlog", "hygiene", "rejudged"]


# The period before.

def local(period, at):
    return datetime.datetime.fromtimestamp(at, period.zone)


def midnight(period, date):
    """Of a date: its first instant, where the clocks went past midnight."""
    start = datetime.datetime.combine(date, datetime.time(), period.zone)
    return int(start.timestamp())


def is_midnight(period, at):
    return at == midnight(period, local(period, at).date())


def month_before(date, months):
    place = date.year * 12 + date.month - 1 - months
    return date.replace(year=place // 12, month=place % 12 + 1)


def previous(period):
    since = period.since
    until = period.now if period.until is None else period.until
    if is_midnight(period, since) and is_midnight(period, until):
        first, last = (local(period, at).date() for at in (since, until))
        if first.day == last.day == 1:
            months = (last.year - first.year) * 12 + last.month - first.month
            begins = midnight(period, month_before(first, months))
        else:
            begins = midnight(period, first - (last - first))
    else:
        begins = since - (until - since)
    return Period(period.now, begins, since, period.name)


# The change.

def place_of(row):
    """Where a row stands in its list."""
    place = []
    for name in KNOWN_BY:
        value = row.get(name, "")
        if name in ("clock", "measure"):
            value = CLOCKS.index(value) if value else -1
        elif name == "tier":
            value = value or 0
        elif name in ("from", "to"):
            value = (value in OUT_OF, value not in INTO,
                     value.zfill(4) if value.isdigit() else
                     (INTO + OUT_OF).index(value)
                     if value else 0)
        elif name in ("pinned", "rejudged"):
            value = VERDICTS.index(value) if value else -1
        place.append(value)
    return tuple(place)


def change_of_rows(now, before):
    sides = [{place_of(row): row for row in rows} for rows in (now, before)]
    rows = []
    for place in sorted({**sides[0], **sides[1]}):
        pair = [side.get(place, {}) for side in sides]
        row = pair[0] or pair[1]
        known = {name: row[name] for name in KNOWN_BY if name in row}
        rest = [{name: value for name, value in one.items()
                 if name not in known} for one in pair]
        rows.append({**known, **change(*rest)})
    return rows


def change(now, before, values=False):
    """values: the names are values that cases have."""
    found = {}
    for name in {**now, **before}:
        if name == "oldest" and not values:
            continue
        if name in MEASURES and not values and not (
                name in now and name in before):
            continue
        one = next(side[name] for side in (now, before) if name in side)
        none = type(one)() if isinstance(one, (dict, list)) else 0
        a, b = now.get(name, none), before.get(name, none)
        if isinstance(one, list):
            found[name] = change_of_rows(a, b)
        elif isinstance(one, dict):
            found[name] = change(a, b, values or name == "by")
        else:
            found[name] = Decimal(a) - Decimal(b)
    return found


def in_order(value):
    """Names in the order of bytes: what `unlike` compares by content."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [in_order(one) for one in value]
    return value


def all_changes(now, before):
    found = change(*({name: one[name] for name in FIGURES if name in one}
                     for one in (now, before)))
    if "groups" in now:
        empty = {name: type(now[name])() for name in FIGURES if name in now}
        found["groups"] = {
            value: change(now["groups"].get(value, empty),
                          before["groups"].get(value, empty))
            for value in sorted({**now["groups"], **before["groups"]})}
    return found


# Comparing.

def expected(records, policies, terms, period, group_by):
    document = report(records, policies, period, group_by)
    if terms is None:
        return document
    twins = [Twins(one, policies, terms, period) for one in records
             if instant(one["created"]) <= period.end]
    twins = [one for one in twins if one.counts]
    document["rejudged"] = rejudged(twins)
    groups = {}
    for one in twins if group_by else ():
        for value in one.case.values(group_by) or {""}:
            groups.setdefault(value, []).append(one)
    for value, found in groups.items():
        figures = document["groups"].setdefault(value, tally([], 0))
        figures["rejudged"] = rejudged(found)
    return document


def options_of(period, group_by, terms):
    options = ["--now", text_of(period.now), "--tz", period.name,
               "--format", "json", "--from", text_of(period.since)]
    options += [] if period.until is None else ["--to", text_of(period.until)]
    options += ["--group-by", group_by] if group_by else []
    options += ["--rejudge", terms] if terms else []
    return options


def run(program, folder, records, options):
    done = subprocess.run(
        [program, *options], capture_output=True, check=False,
        input="".join(json.dumps(one, ensure_ascii=False,
                                 separators=(",", ":")) + "\n"
                      for one in records).encode(),
        env={"PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC",
             "LC_ALL": "C", "ESC_POLICY_PATH": folder})
    if done.returncode != 0:
        return None, "%s: status %d: %s" % (
            " ".join(options), done.returncode, done.stderr.decode()[:300])
    return json.loads(done.stdout, parse_float=Decimal), None


def compare(program, folder, records, period, group_by, terms):
    policies = Policies(folder)
    policy = terms_of(terms, policies) if terms else None
    options = options_of(period, group_by, terms)
    got, trouble = run(program, folder, records,
                       options + ["--compare", "previous"])
    alone, more = run(program, folder, records, options)
    if trouble or more:
        return [trouble or more]
    now = expected(records, policies, policy, period, group_by)
    before = expected(records, policies, policy, previous(period), group_by)
    keep = ["period", "policies", *FIGURES, "groups"]
    wrong = []
    for what, want, have in (
            ("now", now, {name: value for name, value in got.items()
                          if name not in ("previous", "change", "rejudge")}),
            ("previous", {name: before[name] for name in keep
                          if name in before}, got["previous"]),
            ("change", all_changes(now, before), got["change"]),
            ("alone", alone, {name: value for name, value in got.items()
                              if name not in ("previous", "change")})):
        wrong += oracle.unlike(in_order(want), in_order(have), what)
    return wrong and [" ".join(options)] + wrong[:10]


def whole(rng, period):
    """Sometimes whole months or days, around the same time."""
    since, until = period.since, period.until
    kind = rng.choice(["months", "days", "seconds"])
    if kind == "seconds":
        return period
    first = local(period, since).date()
    if kind == "days":
        last = first + datetime.timedelta(rng.choice([1, 7, 10, 31]))
    else:
        first = first.replace(day=1)
        last = month_before(first, -rng.choice([1, 1, 2, 6]))
    since, until = midnight(period, first), midnight(period, last)
    return Period(max(period.now, since), since, until, period.name)


def some_period(rng, records):
    period = oracle.some_period(rng, records)
    if period.since is None:
        since = period.end - rng.randint(1, 90) * DAY
        period = Period(period.now, since, period.until, period.name)
    return whole(rng, period)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    program = os.path.join(os.path.abspath(options.bin), "esc-report")
    failed = 0
    for number in range(options.reports):
        with tempfile.TemporaryDirectory() as folder:
            make_policies.write(folder, options.seed * 1000 + number, 5)
            generator = Generator(Policies(folder),
                                  options.seed * 1000 + number)
            records = [generator.record(n) for n in range(options.cases)]
            files = sorted(name for name in os.listdir(folder)
                           if name.endswith(".json"))
            terms = rng.choice([None, *files, *files])
            wrong = compare(
                program, folder, records, some_period(rng, records),
                rng.choice([None, "tier", "region", "state", "x_site"]),
                terms and os.path.join(folder, terms))
        failed += bool(wrong)
        print("\n".join(wrong) if wrong else "ok %d" % (number + 1))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
