#!/usr/bin/python3
"""Partials of random parts, merged in any order and grouping: the bytes that
the whole gives.

    report_splits.py --bin bin [--cases 120] [--reports 6] [--splits 3] [--seed 1]
    report_splits.py --bin bin --records FILE [--policies DIR] [--splits 3]
                     [--seed 1] [OPTION of esc-report ...]

The first takes generated cases, options and periods at random; the second the
records of a file.  Prints what differs and answers 1 if anything does.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from report_oracle import (DAY, Generator, Policies, make_policies,  # noqa: E402
                           some_period, text_of)

SHARDS = 50
GROUPS = ["tier", "region", "reason", "state", "assignee", "policy", "x_site",
          "requester.email"]


class Report:
    """esc-report in a folder of its own."""

    def __init__(self, program, folder, policies):
        self.program = os.path.join(os.path.abspath(program), "esc-report")
        self.folder = folder
        self.env = {"PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC",
                    "LC_ALL": "C", "ESC_POLICY_PATH": policies}

    def run(self, options, files=(), text=b""):
        done = subprocess.run([self.program, *options, *files], input=text,
                              capture_output=True, check=False, env=self.env,
                              cwd=self.folder)
        if done.returncode != 0 or done.stderr:
            raise RuntimeError("%s: status %d: %s" % (
                " ".join(options), done.returncode,
                done.stderr.decode()[:500]))
        return done.stdout

    def merge(self, rng, partials, options):
        """As files, some of them with several partials in them, or as stdin."""
        pieces = [[]]
        for partial in partials:
            if pieces[-1] and rng.random() < 0.7:
                pieces.append([])
            pieces[-1].append(partial)
        if len(pieces) == 1 and rng.random() < 0.5:
            return self.run(["--merge", *options], text=b"".join(pieces[0]))
        names = ["p%d" % number for number in range(len(pieces))]
        for name, piece in zip(names, pieces):
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(b"".join(piece))
        return self.run(["--merge", *options], names)


def parts(rng, lines):
    """The lines in some order, in 1 to SHARDS heaps, some of them empty."""
    heaps = [[] for _ in range(rng.randint(1, SHARDS))]
    few = rng.choices(heaps, k=rng.randint(1, len(heaps)))
    for line in rng.sample(lines, len(lines)):
        rng.choice(few).append(line)
    return [b"".join(heap) for heap in heaps]


def split(rng, report, lines, options, whole):
    partials = [report.run([*options, "--partial"], text=part)
                for part in parts(rng, lines)]
    rng.shuffle(partials)
    while len(partials) > 1 and rng.random() < 0.9:
        some = [partials.pop() for _ in range(rng.randint(1, len(partials)))]
        partials.append(report.merge(rng, some, ["--partial"]))
        rng.shuffle(partials)
    wrong = []
    for name, more in (("json", ["--format", "json"]), ("partial", ["--partial"])):
        if report.merge(rng, partials, more) != whole[name]:
            wrong.append("%s: another %s" % (" ".join(options), name))
    return wrong


def splits(rng, report, lines, options, count):
    text = b"".join(lines)
    whole = {"json": report.run([*options, "--format", "json"], text=text),
             "partial": report.run([*options, "--partial"], text=text)}
    return [line for _ in range(count)
            for line in split(rng, report, lines, options, whole)]


def some_options(rng, records, policies):
    """And the records that go with them: those of one policy, where it says the zone."""
    period = some_period(rng, records)
    options = ["--now", text_of(period.now)]
    if rng.random() < 0.6:
        options += ["--tz", period.name]
    else:
        policy = rng.choice(records)["policy"]
        records = [one for one in records if one["policy"] == policy]
    for name, at in (("--from", period.since), ("--to", period.until)):
        options += [] if at is None else [name, text_of(at)]
    if period.since is not None and rng.random() < 0.5:
        options += ["--compare", "previous"]
    if rng.random() < 0.5:
        options += ["--group-by", rng.choice(GROUPS)]
    if rng.random() < 0.5:
        options += ["--rejudge", rng.choice(sorted(
            {name for name, _ in policies.found}))]
    records = records + [{"rejected": 1, "errors": [],
                          "at": text_of(period.now - DAY * n)}
                         for n in range(rng.randint(0, 4))]
    return options, records


def line_of(record):
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":"))
            + "\n").encode()


def generated(options):
    rng = random.Random(options.seed)
    wrong = []
    for number in range(options.reports):
        with tempfile.TemporaryDirectory() as folder:
            make_policies.write(folder, options.seed * 1000 + number, 5)
            policies = Policies(folder)
            generator = Generator(policies, options.seed * 1000 + number)
            records = [generator.record(n) for n in range(options.cases)]
            asked, records = some_options(rng, records, policies)
            wrong += splits(rng, Report(options.bin, folder, folder),
                            [line_of(one) for one in records], asked,
                            options.splits)
    return wrong


def given(options, asked):
    with open(options.records, "rb") as file:
        lines = file.readlines()
    with tempfile.TemporaryDirectory() as folder:
        report = Report(options.bin, folder,
                        os.path.abspath(options.policies or folder))
        return splits(random.Random(options.seed), report, lines, asked,
                      options.splits)


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--bin", default="bin")
    parser.add_argument("--cases", type=int, default=120)
    parser.add_argument("--reports", type=int, default=6)
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records")
    parser.add_argument("--policies")
    options, asked = parser.parse_known_args()
    wrong = given(options, asked) if options.records else generated(options)
    print("\n".join(wrong) if wrong else "ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
