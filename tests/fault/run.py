#!/usr/bin/python3
"""Shows the promises of the store: one line each, with its number of trials
and of failures.  What this machine does not allow is SKIPPED, never passed.

    run.py --bin bin --tools build/release/fault [--long] [--only TEXT]
           [--seed N] [--point POINT] [--match START] [--share 0.01] [--jobs 2]

Answers 1 where something failed; what failed is kept, and how to repeat it
is said."""

import argparse
import importlib
import sys
import time

sys.dont_write_bytecode = True
from kit import Bench, Broken, Skipped  # noqa: E402

# The figures, and the module whose figures(bench) makes them.
MODULES = {
    "crash_states": ["P1 simulated power cut"],
    "powercut": ["P1 power cut on ext4", "P1 power cut on xfs"],
    "sweep": ["P2 kill at every call", "P3 error at every call"],
    "kill9": ["P2 random kills", "P2 torn tails"],
    "manners": ["P3 full disk, limits, stopped and killed programs"],
    "syncs": ["P4 a failed sync is not tried again", "P4 block-level errors"],
    "histories": ["P5 compare and set"],
    "replay": ["P6 replay"],
    "alter": ["P7 altered bytes", "P7 altered bytes, by the programs"],
    "unknown": ["P9 unknown fields and numbers through the store"],
    "index": ["P11 damaged and stale index"],
    "readers": ["P12 readers on a read-only store", "P12 memory"],
    "erasure": ["P14 erasure"],
    "seeded": ["P15 seeded bugs"],
}


SHOWN = 12    # failures of a figure


def show(figure, began):
    print("%s; %.0f s" % (figure, time.monotonic() - began), flush=True)
    for failure in figure.failures[:SHOWN]:
        print("    " + failure, flush=True)


def run_module(bench, name, titles):
    """Whether a figure failed."""
    began, failed = time.monotonic(), False
    try:
        for figure in importlib.import_module(name).figures(bench):
            show(figure, began)
            failed = failed or bool(figure.failures)
            began = time.monotonic()
    except Skipped as why:
        for title in filter(bench.wants, titles):
            print("%s: SKIPPED, %s" % (title, why), flush=True)
    except Broken as why:
        print("%s: FAILED, %s" % (", ".join(titles), why), flush=True)
        failed = True
    return failed


def main():
    parse = argparse.ArgumentParser(description=__doc__,
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--bin", required=True, help="folder of the programs")
    parse.add_argument("--tools", required=True, help="folder of sysfault and verify_each")
    parse.add_argument("--long", action="store_true", help="the long figures")
    parse.add_argument("--only", default="", help="figures whose name holds this")
    parse.add_argument("--point", help="this point alone")
    parse.add_argument("--match", default="", help="points that begin so")
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--share", type=float, default=1.0, help="of the number of trials")
    parse.add_argument("--jobs", type=int, default=2)
    parse.add_argument("--discard", action="store_true", help="keep nothing of what failed")
    args = parse.parse_args()
    bench = Bench(args)
    failed = False
    try:
        for name, titles in MODULES.items():
            if any(map(bench.wants, titles)):
                failed = run_module(bench, name, titles) or failed
    finally:
        bench.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
