#!/usr/bin/python3
"""Compares the C programs with the oracle on generated records.

    compare.py --bin bin [--cases 3000] [--seed 1] [--jobs 2] [--keep DIR]
               [--only fold|verdicts|properties|commands|
                       timeline|next|explain] [--driver FILE] [--batch 500]

Prints what differs, each with the smallest record that still shows it, and
answers 1 if anything did.
"""

import argparse
import collections
import json
import multiprocessing
import os
import random
import sys
import tempfile

import make_policies
from business_time import DAY, instant, text_of
from commands import check_commands
from fold import Fold
from generate import FIRST, LONG_AGO, Generator
from policy import Policies
from programs import Failed, Programs, by_id, first, fold_unlike, \
    sla_unlike, unlike
from properties import check_properties
from shrink import shrunk
from timeline import check_explain, check_next, check_timeline

CHUNK = 20
FAMILIES = 10
EACH_OLD = 5        # of so many batches, one is of LONG_AGO
FAR = instant("2100-01-01T00:00:00Z")
SHOWN = 3


class Batch:
    """Some records under some policies, and what was found about them."""

    def __init__(self, programs, folder, seed, count):
        make_policies.write(folder, seed, FAMILIES)
        make_policies.write_builtin(folder)
        self.seed = seed
        self.policies = Policies(folder)
        self.programs = Programs(programs[0], folder, programs[1])
        self.rng = random.Random(seed)
        generator = Generator(self.policies, seed, FIRST if seed % EACH_OLD
                              else LONG_AGO)
        self.records = [generator.record(number) for number in range(count)]
        self.failures = []
        self.sums = collections.Counter()   # what is worth a figure

    def count(self, name, number=1):
        self.sums[name] += number

    def some_instant(self, records):
        """One at which something changes, or any."""
        record = self.rng.choice(records)
        clocks = Fold(record, self.policies).clocks
        goals = [at for clock in clocks for at in clock.goals()
                 if at is not None and at < FAR]
        if goals and self.rng.random() < 0.8:
            return self.rng.choice(goals) + self.rng.choice([-1, 0, 0, 1])
        return instant(record["created"]) + self.rng.randrange(90 * DAY)

    def fail(self, check, record, what, again=None):
        """again: what differs on one record, for the shrinking."""
        self.failures.append((check, record, what, again))


def check_folds(batch):
    found, once, _ = batch.programs.fold(batch.records)
    found = by_id(found)
    for record in batch.records:
        wrong = fold_unlike(record, found.get(record["id"]), batch.policies)
        if wrong:
            batch.fail("fold", record, wrong, lambda one: fold_unlike(
                one, first(batch.programs.fold([one])[0]), batch.policies))
    again, twice, _ = batch.programs.run("esc-fold", text=once)
    if once == twice:
        return
    again = by_id(again)
    for record in batch.records:
        wrong = unlike(found.get(record["id"]), again.get(record["id"]))
        if wrong:
            batch.fail("twice", record, wrong)


def check_verdicts(batch):
    for start in range(0, len(batch.records), CHUNK):
        chunk = batch.records[start:start + CHUNK]
        now = batch.some_instant(chunk)
        chunk = [record for record in chunk
                 if instant(record["created"]) <= now]
        found = by_id(batch.programs.sla(chunk, now))
        for record in chunk:
            wrong = sla_unlike(record, found.get(record["id"]), now,
                               batch.policies)
            if wrong:
                batch.fail("verdicts at " + text_of(now), record, wrong,
                           lambda one, now=now: sla_unlike(
                               one, first(batch.programs.sla([one], now)),
                               now, batch.policies))


CHECKS = {"fold": check_folds, "verdicts": check_verdicts,
          "properties": check_properties, "commands": check_commands,
          "timeline": check_timeline, "next": check_next,
          "explain": check_explain}
STANDARD = ["fold", "verdicts", "properties", "commands"]


def report(batch, failure, keep):
    check, record, what, again = failure

    def fails(smaller):
        try:
            return bool(again(smaller))
        except Failed:
            return False
    if again and fails(record):
        record = shrunk(record, fails)
        what = again(record)
    text = "seed %d, %s\n  %s\n  %s" % (
        batch.seed, check, "\n  ".join(what[:6]), json.dumps(record))
    if keep:
        policy = batch.policies.find(record["policy"],
                                     record["policy_version"])
        name = "%d-%s-%s.txt" % (batch.seed, check.split()[0], record["id"])
        with open(os.path.join(keep, name), "w", encoding="utf-8") as file:
            file.write(text + "\n" + json.dumps(policy.form, indent=1))
    return text


def run_batch(work):
    """The failures of one batch, shrunk, as texts; and its sums."""
    programs, seed, count, checks, keep = work
    with tempfile.TemporaryDirectory() as folder:
        batch = Batch(programs, folder, seed, count)
        try:
            for check in checks:
                CHECKS[check](batch)
        except Failed as failure:
            return ["seed %d: %s" % (seed, failure)], batch.sums
        texts = [report(batch, failure, keep)
                 for failure in batch.failures[:SHOWN]]
        if len(batch.failures) > SHOWN:
            texts.append("seed %d: %d more"
                         % (seed, len(batch.failures) - SHOWN))
        return texts, batch.sums


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="bin")
    parser.add_argument("--cases", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--most", type=int, default=10,
                        help="stop after so many batches with differences")
    parser.add_argument("--only", action="append", choices=list(CHECKS))
    parser.add_argument("--keep", help="folder for what differs")
    parser.add_argument("--driver", help="tests/property/verdicts, built")
    parser.add_argument("--batch", type=int, default=500)
    return parser.parse_args()


def main():
    options = arguments()
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
    batch = options.batch
    count = (options.cases + batch - 1) // batch
    programs = (os.path.abspath(options.bin), options.driver)
    work = [(programs, options.seed * 100000 + number,
             min(batch, options.cases - number * batch),
             options.only or STANDARD, options.keep)
            for number in range(count)]
    failed, sums = 0, collections.Counter()
    with multiprocessing.Pool(options.jobs) as pool:
        for texts, more in pool.imap_unordered(run_batch, work):
            failed += bool(texts)
            sums.update(more)
            print("".join(text + "\n" for text in texts), end="", flush=True)
            if failed >= options.most:
                pool.terminate()
                break
    for name, number in sums.items():
        print("%s: %s" % (name, format(number, ",")))
    print("%s cases, %d of %d batches with differences"
          % (format(options.cases, ","), failed, count))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
