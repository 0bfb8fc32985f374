#!/usr/bin/python3
"""The property tests can fail: bugs are put into a copy of the source, one at
a time, each a small change of its text, and the test that should find it is
run, and must.  A change whose text is no longer there is an error: the table
is to be kept.

    seeded.py [--only NAME] [--jobs 2]
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPIED = ("Makefile", "cmd", "lib", "scripts", "tests")
PROGRAMS = ("esc-cat", "esc-commit", "esc-fold", "esc-import", "esc-policy",
            "esc-promote", "esc-sla-check", "esc-store", "esc-submit",
            "esc-triage")
DRIVERS = ("verdicts", "catch_up")

Bug = collections.namedtuple("Bug", "name file old new check cases",
                             defaults=[400])

VERDICTS = "tests/cmd/52-verdict-properties.t"
AUTO = "tests/cmd/52-auto-catch-up.t"
STREAMS = "tests/cmd/52-sla-streams.t"

BUGS = [
    Bug("at the limit is over", "lib/domain/verdict.c",
        "at > goal;", "at >= goal;", VERDICTS),
    Bug("a held clock goes by now", "lib/domain/verdict.c",
        "is_past(clock->limit_at, clock->held_at)",
        "is_past(clock->limit_at, at)", VERDICTS),
    Bug("the last tier is one earlier", "lib/domain/verdict.c",
        "(size_t)clock->tier == fold->policy->n_tiers",
        "(size_t)clock->tier + 1 == fold->policy->n_tiers", VERDICTS),
    Bug("--next is the goal itself", "lib/domain/ahead.c",
        "goal[k] : goal[k] + 1;", "goal[k] : goal[k];", VERDICTS),
    Bug("--next is a second late", "lib/domain/ahead.c",
        "\treturn next;", "\treturn next == INSTANT_NONE ? next : next + 1;",
        VERDICTS),
    Bug("--next forgets targets", "lib/domain/ahead.c",
        "goal[] = { clock->target_at, clock->limit_at };",
        "goal[] = { clock->limit_at, clock->limit_at };", VERDICTS),
    Bug("--next looks at the first clock alone", "lib/domain/ahead.c",
        "\tint64_t next = INSTANT_NONE;\n\n"
        "\tfor (size_t i = 0; i < fold->n_clocks; i++) {",
        "\tint64_t next = INSTANT_NONE;\n\n"
        "\tfor (size_t i = 0; i < (fold->n_clocks > 0); i++) {", VERDICTS),
    Bug("--next names what changes nothing", "lib/domain/ahead.c",
        " &&\n\t\t\t\tchanges_at(fold, then))", ")", VERDICTS),
    Bug("--next of a stream is the last case's", "lib/cli/check.c",
        "(check->next == INSTANT_NONE || next < check->next)",
        "(check->next == INSTANT_NONE || next != check->next)", VERDICTS),
    Bug("elapsed forgets a hold", "lib/domain/explain.c",
        "clock_between(clock, clock->started_at, end) - clock->paused;",
        "clock_between(clock, clock->started_at, end);", VERDICTS),
    Bug("elapsed forgets the hold that lasts", "lib/domain/explain.c",
        "\t\ts -= clock_between(clock, clock->held_at, end);", "\t\ts -= 0;",
        VERDICTS),
    Bug("a ledger has a gap for a hold that ended", "lib/domain/explain.c",
        "\tif (hold->from >= to)\n",
        "\tif (hold->from >= to || hold->to != INSTANT_NONE)\n", VERDICTS),
    Bug("days put together lose what they counted", "lib/domain/explain.c",
        "\t\tinto->counted += line->counted;\n", "", VERDICTS),
    Bug("a hold counts in plain time", "lib/domain/clock.c",
        "goal->sum += clock_between(clock, from, hold->to);",
        "goal->sum += hold->to - from;", VERDICTS),
    Bug("a hold moves a goal that was past", "lib/domain/clock.c",
        "\tgoal->fixed = goal->at < from;\n", "", VERDICTS),
    Bug("a hold at the goal does not move it", "lib/domain/clock.c",
        "goal->fixed = goal->at < from;", "goal->fixed = goal->at <= from;",
        VERDICTS, 4000),
    Bug("the target is rounded down", "lib/domain/clock.c",
        " + WARN_MILLION / 2) /", ") /", VERDICTS),
    Bug("an event at now is not seen", "lib/domain/fold.c",
        "record->event[i].at <= until", "record->event[i].at < until",
        VERDICTS),
    Bug("hours in a change of clocks are read once", "lib/domain/calendar_table.c",
        "\t} while (to < (day + 1) * DAY_S + WIDEST_S);",
        "\t} while (to < day * DAY_S + 12 * 3600);", VERDICTS),
    Bug("promoted at the limit", "lib/domain/auto.c",
        "now > clock->limit_at;", "now >= clock->limit_at;", AUTO),
    Bug("caught up at the limit", "lib/domain/auto.c",
        "return latest > clock->limit_at + 1 ? latest : clock->limit_at + 1;",
        "return latest > clock->limit_at ? latest : clock->limit_at;", AUTO),
    Bug("caught up before the latest event", "lib/domain/auto.c",
        "return latest > clock->limit_at + 1 ? latest : clock->limit_at + 1;",
        "return latest ? clock->limit_at + 1 : 0;", AUTO),
    Bug("caught up now", "lib/domain/auto.c",
        "catch_up ? missed_at(change, clock) : change->recorded",
        "catch_up && change->n_added ? missed_at(change, clock) : change->recorded",
        AUTO),
    Bug("late by a second more", "lib/domain/auto.c",
        "change->now - clock->limit_at - 1);", "change->now - clock->limit_at);",
        AUTO),
    Bug("a held case is promoted", "lib/domain/auto.c",
        "STATE_ESCALATED && !fold->held;", "STATE_ESCALATED;", AUTO),
    Bug("a case that has ended is promoted", "lib/domain/auto.c",
        "fold->state == STATE_ESCALATED && !fold->held;", "!fold->held;", AUTO),
    Bug("a tier is skipped", "lib/domain/auto.c",
        "buf_int(event, change->fold.tier + 1);",
        "buf_int(event, change->fold.tier + 1 + (change->fold.tier == 2));",
        AUTO),
    Bug("the end of the ladder is silent", "lib/domain/auto.c",
        "\t\t\treturn PROMOTION_EXHAUSTED;", "\t\t\treturn result;", AUTO),
    Bug("an older sla stays", "lib/domain/sla.c",
        'scan_member(scan, 0, "sla");', 'scan_member(scan, 0, "slo");',
        STREAMS),
    Bug("a filter blinds the formats that count", "lib/cli/sla_format.c",
        "\t\tif (!entry->listed && !sink->format->counts_all)\n"
        "\t\t\tcontinue;\n", "\t\tif (i == 1)\n\t\t\tcontinue;\n", STREAMS),
    Bug("events after now are looked at", "lib/cli/check.c",
        "policies_source(), sla.at, line->arena",
        "policies_source(), INT64_MAX, line->arena", STREAMS),
]


class Tree:
    """A copy of the source, built, to put one bug after another into."""

    def __init__(self, path):
        self.path = path

    def copy(self):
        for name in COPIED:
            to = self.path / name
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, to, symlinks=False,
                                ignore=shutil.ignore_patterns("__pycache__"))
            else:
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, to)

    def build(self):
        done = subprocess.run(
            ["make", "-s", "-C", self.path, "-j2", "BUILD=build", "BIN=bin",
             "CFLAGS=-O1 -w", *("bin/" + name for name in PROGRAMS),
             *("build/property/" + name for name in DRIVERS)],
            capture_output=True, check=False, text=True,
            env={**os.environ, "MAKEFLAGS": ""})
        return "" if done.returncode == 0 else done.stderr[-600:]

    def check(self, test, cases=400):
        environment = {name: value for name, value in os.environ.items()
                       if name != "ESC_LONG"}
        return subprocess.run(
            ["sh", self.path / test], capture_output=True, check=False,
            text=True, errors="replace",
            env={**environment, "BIN": str(self.path / "bin"),
                 "BUILD": str(self.path / "build"), "ORACLE_CASES": str(cases)})

    def try_bug(self, bug):
        """Why it was not found, or nothing."""
        path = self.path / bug.file
        text = path.read_text()
        if text.count(bug.old) != 1:
            return "its text is %d times in %s" % (text.count(bug.old),
                                                   bug.file)
        path.write_text(text.replace(bug.old, bug.new))
        try:
            wrong = self.build()
            if wrong:
                return "does not build: " + wrong
            done = self.check(bug.check, bug.cases)
            if done.returncode != 1 or not re.search("^not ok", done.stdout,
                                                     re.M):
                return "not found by %s: %d\n%s%s" % (
                    bug.check, done.returncode, done.stdout[-600:],
                    done.stderr[-600:])
            return ""
        finally:
            path.write_text(text)
            os.utime(path)

    def sound(self, test):
        """Without a bug a test finds nothing."""
        done = self.check(test)
        return "" if done.returncode == 0 and "SKIP" not in done.stdout \
            else "fails without a bug: %s\n%s" % (test, done.stdout[-600:])


def make_trees(scratch, jobs):
    first = Tree(scratch / "0")
    first.copy()
    wrong = first.build()
    if wrong:
        sys.exit(wrong)
    trees = queue.Queue()
    trees.put(first)
    for number in range(1, jobs):
        subprocess.run(["cp", "-a", first.path, scratch / str(number)],
                       check=True)
        trees.put(Tree(scratch / str(number)))
    return trees


def with_tree(trees, function):
    tree = trees.get()
    try:
        return function(tree)
    finally:
        trees.put(tree)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    bugs = [bug for bug in BUGS if options.only in bug.name]
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        trees = make_trees(pathlib.Path(scratch), options.jobs)
        failed = [why for why in pool.map(
            lambda test: with_tree(trees, lambda tree: tree.sound(test)),
            sorted({bug.check for bug in bugs})) if why]
        for bug, why in zip(bugs, pool.map(
                lambda bug: with_tree(trees, lambda tree: tree.try_bug(bug)),
                bugs)):
            print("%s: %s" % (bug.name, why or "found"), flush=True)
            failed += [why] if why else []
    print("\n".join(failed))
    print("%d bugs, %d failures" % (len(bugs), len(failed)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
