#!/usr/bin/env python3
"""The store at size: commits in batches, then each kind of reading beside
what else does it on the same bytes.  Prints a table of medians of wall time.

    store.py --bin BIN --folder DIR [--records 1000000] [--batch 50000]
             [--due 1000] [--rounds 3]

DIR needs about 4 kB a record, and is emptied afterwards.
"""

import argparse
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "generate" / "cases.py"
NOW = "2026-11-20T17:00:00Z"
SMALL = 10000
RUNS = ["time", "-f", "'%e %U %S %M'", "-o"]


class Store:
    def __init__(self, options, name, records):
        self.options, self.records = options, records
        self.folder = options.folder / name
        self.path = str(self.folder / "store")
        self.folder.mkdir(parents=True)
        self.environment = {
            **os.environ, "TZ": "UTC", "LC_ALL": "C", "ESC_STORE": self.path,
            "PATH": "%s:%s" % (options.bin, os.environ["PATH"])}
        self.sh("esc-store init")

    def sh(self, command, out=subprocess.DEVNULL, source=None):
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command],
                              env=self.environment, stdin=source, stdout=out,
                              check=False)
        if done.returncode:
            sys.exit("store.py: %s: status %d" % (command, done.returncode))
        return done.stdout

    def timed(self, command, source=None):
        """(wall, user + system seconds, peak MiB) of one program."""
        figures = self.folder / "figures"
        self.sh("exec %s %s %s" % (" ".join(RUNS), figures, command),
                source=source)
        wall, user, system, peak = figures.read_text().split()
        return float(wall), float(user) + float(system), int(peak) / 1024

    def wall(self, command, out=subprocess.DEVNULL):
        began = time.perf_counter()
        subprocess.run(command, env=self.environment, stdout=out,
                       stdin=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began

    def size(self, *names):
        return sum(path.stat().st_size for name in names
                   for path in [*self.folder.glob("store/" + name)]) / 2**20

    # Filling.

    def commit(self, path):
        with open(path, "rb") as source:
            return self.timed("esc-commit --now %s" % NOW, source)

    def batches(self, lines):
        """The stream, committed in batches: (batches, wall, processor, peak)."""
        part, found = self.folder / "part", []
        while True:
            count = 0
            with open(part, "wb") as file:
                for line in lines:
                    file.write(line)
                    count += 1
                    if count == self.options.batch:
                        break
            if not count:
                break
            found.append(self.commit(part))
        part.unlink()
        walls, works, peaks = zip(*found)
        return len(found), sum(walls), sum(works), max(peaks)

    def fill(self):
        with subprocess.Popen(
                [sys.executable, CASES, "--bin", self.options.bin,
                 str(self.records), str(self.options.due)],
                stdout=subprocess.PIPE) as made:
            return self.batches(made.stdout)

    def grow(self):
        """A second revision of a tenth, a third of a thirtieth, a fourth of
        a sixtieth: notes on what is stored."""
        total = [0, 0, 0, 0]
        for every, number in ((10, 1), (30, 2), (60, 3)):
            path = self.folder / "noted"
            self.sh("esc-cat --all | awk 'NR %% %d == 5' | esc-note -m "
                    "'revision %d' --by ana --now %s >%s"
                    % (every, number, NOW, path))
            with open(path, "rb") as lines:
                found = self.batches(iter(lines))
            path.unlink()
            total = [total[0] + found[0], total[1] + found[1],
                     total[2] + found[2], max(total[3], found[3])]
        return total

    def lines(self):
        return int(self.sh("esc-store checkpoint",
                           out=subprocess.PIPE).split()[1])


def rival(store):
    """The same cases in a plain SQLite table, made by hand: id, due, text."""
    path = store.folder / "rival.sqlite"
    base = sqlite3.connect(path)
    base.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE cases (id TEXT PRIMARY KEY, due TEXT, data TEXT)")
    with subprocess.Popen(["esc-cat", "--all"], stdout=subprocess.PIPE,
                          env=store.environment) as made:
        base.executemany("INSERT INTO cases VALUES (?, ?, ?)", (
            (line[12:42].decode(), due_of(line), line[:-1].decode())
            for line in made.stdout))
    base.execute("CREATE INDEX due ON cases (due)")
    base.commit()
    base.close()
    return path


def due_of(line):
    """The earlier of due and risk, which stand last in an open record."""
    at = line.rfind(b'"risk":"')
    return line[at + 8:at + 28].decode() if at >= 0 else None


def check(store, command, want):
    got = int(store.sh(command + " | wc -l", out=subprocess.PIPE))
    if got != want:
        sys.exit("store.py: %s: %d lines, expected %d" % (command, got, want))


def row(job, ours, *others):
    print("| %s | %s | %s |" % (job, ours, "; ".join(others)), flush=True)


def seconds(value):
    return "%.1f ms" % (value * 1000) if value < 1 else "%.1f s" % value


def filling(store):
    count, wall, work, peak = store.fill()
    row("%s cases in %d batches" % (format(store.records, ","), count),
        "%s, %.0f a second, peak %.0f MiB" % (
            seconds(wall), store.records / wall, peak),
        "%.0f s of processor time" % work)
    count, wall, work, peak = store.grow()
    row("revisions of a tenth: %s lines, %d batches" % (
        format(store.lines() - store.records, ","), count),
        "%s, peak %.0f MiB" % (seconds(wall), peak),
        "%.0f s of processor time" % work)
    row("on disk", "log %.0f MiB, index %.0f MiB" % (
        store.size("log/*"), store.size("index.sqlite")), "")


def medians(rounds, *jobs):
    """Of each (store, command), run in turn."""
    walls = [[] for _ in jobs]
    for _ in range(rounds):
        for (store, command), seen in zip(jobs, walls):
            seen.append(store.wall(command))
    return [statistics.median(seen) for seen in walls]


def beside(store, job, command, *others):
    """A row: esc, with its peak, and the others, by name."""
    _, _, peak = store.timed(" ".join(command))
    walls = medians(store.options.rounds, (store, command),
                    *[(store, other) for _, other in others])
    row(job, "%s, peak %.0f MiB" % (seconds(walls[0]), peak),
        *["%s %s" % (name, seconds(wall))
          for (name, _), wall in zip(others, walls[1:])])


def reading(store, small):
    log = sorted(map(str, store.folder.glob("store/log/*.jsonl")))
    ids = store.sh("esc-cat --all --ids", out=subprocess.PIPE).split()
    one = ids[len(ids) // 2].decode()
    base = rival(store)
    due = ["esc-cat", "--due=" + NOW]
    check(store, " ".join(due), store.options.due)
    check(small, " ".join(due), store.options.due)
    check(store, "esc-cat " + one, 1)
    query = ["sqlite3", "-readonly", str(base)]
    beside(store, "one case by its id", ["esc-cat", one],
           ("grep -m1 on the log", ["sh", "-c", "cat %s | grep -m1 -F "
                                    "'\"id\":\"%s\"'" % (" ".join(log), one)]),
           ("sqlite3", [*query, "SELECT data FROM cases WHERE id = '%s'"
                        % one]))
    beside(store, "--due, %s due" % format(store.options.due, ","), due,
           ("sqlite3", [*query, "SELECT data FROM cases WHERE due <= '%s'"
                        % NOW]))
    large, few = medians(4 * store.options.rounds, (store, due), (small, due))
    row("--due of %s cases and of %s" % (
        format(store.records, ","), format(small.records, ",")),
        "%s and %s: %.2f x" % (seconds(large), seconds(few), large / few), "")
    base.unlink()
    cat = ("cat of the log", ["cat", *log])
    beside(store, "--all", ["esc-cat", "--all"], cat)
    beside(store, "--all --no-index", ["esc-cat", "--all", "--no-index"], cat)
    beside(store, "verify", ["esc-store", "verify"],
           ("b2sum -l 256 of the log", ["b2sum", "-l", "256", *log]))
    beside(store, "reindex", ["esc-store", "reindex"], cat)


def main():
    parse = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parse.add_argument("--bin", type=pathlib.Path, required=True)
    parse.add_argument("--folder", type=pathlib.Path, required=True)
    parse.add_argument("--records", type=int, default=1000000)
    parse.add_argument("--batch", type=int, default=50000)
    parse.add_argument("--due", type=int, default=1000)
    parse.add_argument("--rounds", type=int, default=3)
    options = parse.parse_args()
    options.bin = options.bin.resolve()
    options.folder = options.folder.resolve() / "bench-store"
    started = time.monotonic()
    try:
        large = Store(options, "large", options.records)
        small = Store(options, "small", min(SMALL, options.records))
        print("| job | esc | beside it |\n| --- | --- | --- |")
        filling(large)
        small.fill()
        reading(large, small)
    finally:
        shutil.rmtree(options.folder, ignore_errors=True)
    print("%d s in all" % (time.monotonic() - started), file=sys.stderr)


if __name__ == "__main__":
    main()
