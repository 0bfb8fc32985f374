#!/usr/bin/python3
"""What esc-cat --since leaves out, no report of a period from then on counts.

    report_since.py --bin bin [--stores 2] [--cases 150] [--reports 12] [--seed 1]

Stores of generated cases, some with second revisions; over periods at random
the report of esc-cat --since must be, byte for byte, that of esc-cat --all,
by the index and without.  Prints what differs and answers 1 if anything does,
or if nothing was ever left out.
"""

import argparse
import json
import os
import random
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "oracle"))

import make_policies                                            # noqa: E402
from business_time import DAY, instant, text_of                 # noqa: E402
from generate import FIRST, Generator                           # noqa: E402
from policy import Policies                                     # noqa: E402
from programs import lines_of                                   # noqa: E402
from store_real import Real                                     # noqa: E402

COMMIT = text_of(FIRST + 700 * DAY)
ACTS = [["esc-resolve", "--outcome", "done", "-m", "x", "--close"],
        ["esc-note", "--retract", "2", "-m", "x"],
        ["esc-triage", "--accept"], ["esc-resolve", "--reopen", "-m", "x"]]
GROUPS = [None, "tier", "region", "state", "x_site", "assignee"]


class Store:
    def __init__(self, programs, folder, seed, cases):
        self.rng = random.Random(seed)
        make_policies.write(os.path.join(folder, "policies"), seed, 5)
        policies = Policies(os.path.join(folder, "policies"))
        generator = Generator(policies, seed)
        self.real = Real(programs, folder, policies.folder)
        self.rejects = os.path.join(folder, "rejected")
        self.real.good("esc-store", "init")
        records = [self.harmless(generator.record(n)) for n in range(cases)]
        self.instants = [instant(event["at"]) for record in records
                         for event in record["events"]]
        self.commit(lines_of(records))
        for act in ACTS:
            self.commit(self.acted(act))

    @staticmethod
    def harmless(record):
        """Without attachments, which would have to be there."""
        for event in record["events"]:
            if event["type"] == "attached":
                event["type"] = "x-attached"
        return record

    def commit(self, text):
        self.real.run("esc-commit", "--allow-future", "--reject",
                      self.rejects, "--now", COMMIT, text=text)

    def acted(self, act):
        """Some cases, changed at instants of their own time."""
        lines = self.real.good("esc-cat", "--all").splitlines(keepends=True)
        at = text_of(self.rng.choice(self.instants) + 30 * DAY)
        return self.real.run(act[0], *act[1:], "--by", "bo", "--now", at,
                             text=b"".join(lines[::self.rng.randint(3, 9)]))[1]

    def some_report(self):
        """(options of esc-report, now)"""
        rng = self.rng
        begin = rng.choice(self.instants) + rng.choice([0, 0, 1, DAY])
        end = begin + rng.choice([1, DAY, 31 * DAY, 200 * DAY])
        now = rng.choice([begin + 5 * DAY, end, begin - DAY, FIRST + 900 * DAY])
        if now < begin or rng.random() < 0.7:
            options = ["--from", text_of(begin), "--to", text_of(end)]
        else:
            options = ["--from", text_of(begin)]
        if rng.random() < 0.3:
            options = ["--month", text_of(begin)[:7]]
        group_by = rng.choice(GROUPS)
        if group_by:
            options += ["--group-by", group_by]
        if rng.random() < 0.4:
            options += ["--compare", "previous"]
        options += ["--tz", rng.choice(["UTC", "Europe/London",
                                        "Pacific/Auckland"])]
        return options, text_of(now)

    def report(self, options, now, *which):
        """(the document, how many cases it was made of)"""
        cases = self.real.good("esc-cat", *which, "--now", now)
        text = self.real.good("esc-report", "--format", "json", *options,
                              "--now", now, text=cases)
        return text, cases.count(b"\n")

    def compare(self):
        """(what differs, how many cases were left out, and of how many)"""
        options, now = self.some_report()
        want, n = self.report(options, now, "--all")
        document = json.loads(want)
        begin = document.get("previous", document)["period"]["from"]
        wrong = []
        for more in ([], ["--no-index"]):
            got, few = self.report(options, now, "--since", begin, *more)
            if got != want:
                wrong.append("%s --now %s, esc-cat --since %s %s:\n  %s\n  %s" % (
                    " ".join(options), now, begin, " ".join(more),
                    want.decode(), got.decode()))
        return wrong, n - few, n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="bin")
    parser.add_argument("--stores", type=int, default=2)
    parser.add_argument("--cases", type=int, default=150)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong, left_out, of = [], 0, 0
    for seed in range(options.seed, options.seed + options.stores):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(os.path.abspath(options.bin), folder, seed,
                          options.cases)
            for _ in range(options.reports):
                found, out, n = store.compare()
                wrong, left_out, of = wrong + found, left_out + out, of + n
    print("\n".join(wrong))
    print("%d of %d cases left out" % (left_out, of))
    return 1 if wrong or not left_out else 0


if __name__ == "__main__":
    sys.exit(main())
