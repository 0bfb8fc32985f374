#!/usr/bin/python3
"""esc-report's figures from their definitions in esc-report(1), slowly.

    report_oracle.py --bin bin [--cases 400] [--reports 12] [--seed 1]
    report_oracle.py --bin bin --records FILE --policies DIR --now TIME
                     [--from TIME] [--to TIME] [--tz ZONE] [--group-by FIELD]

The first compares reports of generated cases over periods at random, the
second one report.  Prints what differs and answers 1 if anything does.  The
fold and the figures are the slow ones of tests/oracle.
"""

import argparse
import datetime
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import zoneinfo
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "oracle"))

import make_policies                                            # noqa: E402
from business_time import DAY, instant, text_of                 # noqa: E402
from generate import Generator                                  # noqa: E402
from policy import Policies                                     # noqa: E402
from report_case import Period                                  # noqa: E402
from report_figures import report                               # noqa: E402


# Lord Howe Island goes by half an hour, Apia once left out a day.
ZONES = ["UTC", "Europe/London", "Australia/Sydney", "America/New_York",
         "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]


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
    if isinstance(expected, list) and isinstance(got, list):
        return [line for place, pair in enumerate(
            itertools.zip_longest(expected, got, fillvalue="absent"))
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
    zone = rng.choice(ZONES)
    if rng.random() < 0.2:
        return some_month(rng, some(), some(), zone)
    now = rng.choice([instants[-1] + DAY, some(), some()])
    since, until = sorted([some(), some()])
    return Period(now, since if rng.random() < 0.7 and since <= now else None,
                  until + 1 if rng.random() < 0.6 else None, zone)


def some_month(rng, now, at, zone):
    """A local month, and now in it or at its very ends or anywhere."""
    first = datetime.datetime.fromtimestamp(
        at, zoneinfo.ZoneInfo(zone)).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    since, until = int(first.timestamp()), int(after.timestamp())
    now = rng.choice([max(now, since), since, until - 1, until,
                      rng.randint(since, until)])
    return Period(now, since, until, zone)


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
