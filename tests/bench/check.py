#!/usr/bin/env python3
"""`esc check` on stores in which nothing is due, beside the pipeline that it
stands for and the start of sqlite3: medians of wall and of processor time.

    check.py --bin BIN --folder DIR [--records 1000,100000,1000000]
             [--rounds 100]

DIR needs about 4 kB a record, and is emptied afterwards.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "generate" / "cases.py"
NOW = "2026-11-20T17:00:00Z"
BATCH = 50000
JOBS = {
    "esc check": ["esc", "check"],
    "esc-cat --due piped to esc-sla-check": [
        "sh", "-c", "esc-cat --due | esc-sla-check --format text"],
    "esc-cat --due": ["esc-cat", "--due"],
    "sqlite3 :memory: 'select 1'": ["sqlite3", ":memory:", "select 1"],
}


def environment(options, store):
    return {**os.environ, "TZ": "UTC", "LC_ALL": "C", "ESC_STORE": str(store),
            "ESC_NOW": NOW, "PATH": "%s:%s" % (options.bin, os.environ["PATH"])}


def fill(options, store, records):
    names = environment(options, store)
    subprocess.run(["esc-store", "init"], env=names, check=True)
    with subprocess.Popen(
            [sys.executable, CASES, "--bin", options.bin, str(records), "0"],
            stdout=subprocess.PIPE) as made:
        while True:
            lines = [line for _, line in zip(range(BATCH), made.stdout)]
            if not lines:
                break
            subprocess.run(["esc-commit"], env=names, check=True, input=b"".join(lines))
    got = subprocess.run(["esc", "check"], env=names, check=True, stdout=subprocess.PIPE)
    if got.stdout != b"0 cases\n":
        sys.exit("check.py: something is due: %r" % got.stdout)


def work():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def once(command, names):
    """(wall, processor) milliseconds of one run."""
    before, began = work(), time.perf_counter()
    subprocess.run(command, env=names, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000, (work() - before) * 1000


def measure(options, store):
    names = environment(options, store)
    seen = {job: [] for job in JOBS}
    for _ in range(options.rounds):
        for job, command in JOBS.items():
            seen[job].append(once(command, names))
    return {job: [statistics.median(values) for values in zip(*seen[job])]
            for job in JOBS}


def main():
    parse = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parse.add_argument("--bin", type=pathlib.Path, required=True)
    parse.add_argument("--folder", type=pathlib.Path, required=True)
    parse.add_argument("--records", default="1000,100000,1000000")
    parse.add_argument("--rounds", type=int, default=100)
    options = parse.parse_args()
    options.bin = options.bin.resolve()
    folder = options.folder.resolve() / "bench-check"
    sizes = [int(text) for text in options.records.split(",")]
    folder.mkdir(parents=True)
    found = []
    try:
        for size in sizes:
            fill(options, folder / str(size), size)
            found.append(measure(options, folder / str(size)))
            shutil.rmtree(folder / str(size))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("| wall, processor | %s |" % " | ".join(
        "%s cases" % format(size, ",") for size in sizes))
    print("| --- |%s" % (" --- |" * len(sizes)))
    for job in JOBS:
        print("| %s | %s |" % (job, " | ".join(
            "%.1f ms, %.1f ms" % tuple(each[job]) for each in found)))


if __name__ == "__main__":
    main()
