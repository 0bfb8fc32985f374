"""P2: writers killed at random, several at once, in one store; and tails torn
on purpose: a write of the log cut to its half (sysfault), which the next
writer must set aside.  What was acknowledged is there, batches are whole."""

import itertools
import random
import shutil
import subprocess
import time

import cases
from kit import Broken, Figure, NOW, joined, keep, log_lines, need, need_ptrace

WRITERS = 4
SEGMENT = 200000
RENEW_LINES = 4000
TORN_EVERY = 8       # rounds; at least 100 in 1,000 kills


class Killing:
    def __init__(self, bench, folder):
        self.bench, self.folder = bench, folder
        self.rng = random.Random(bench.seed)
        self.numbers = itertools.count(1)
        self.killed = self.acknowledged = self.torn = self.recovered = 0
        self.stores = 0
        self.renew()

    def renew(self):
        self.stores += 1
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.store = self.bench.new_store(self.folder / ("store-%d" % self.stores), SEGMENT)
        self.batches = []

    def batch(self):
        n = self.rng.choice([1, 1, 2, 5, 20, 60])
        return [cases.case(next(self.numbers), "x" * self.rng.randrange(4000)) for _ in range(n)]

    def start(self, batch):
        """A writer at work on a batch that it was given through a file."""
        path = self.folder / ("input-%d" % self.killed)
        self.killed += 1
        path.write_bytes(joined(batch))
        with open(path, "rb") as text:
            return subprocess.Popen(
                self.bench.argv(["esc-commit", "--now", NOW]), stdin=text,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, close_fds=False,
                env=self.bench.environment(self.store))

    def kill_some(self):
        """Four at once, each killed at a random moment."""
        running = []
        for _ in range(WRITERS):
            batch = self.batch()
            running.append((self.start(batch), batch))
        for writer, batch in self.rng.sample(running, len(running)):
            time.sleep(self.rng.random() * 0.006)
            writer.kill()
            _, err = writer.communicate()
            need(writer.returncode in (0, -9), "a writer failed", writer.returncode, err)
            self.batches.append((writer.returncode == 0, batch))
            self.acknowledged += writer.returncode == 0

    def tear(self):
        """A write of the log is cut to its half: a torn tail."""
        self.bench.want(self.store, "esc-store recover")
        batch = self.batch()
        log = self.folder / "calls"
        command = ["esc-commit", "--now", NOW]
        at = self.log_write(command, batch, log)
        before = self.length()
        done = self.bench.run(self.store, command, joined(batch),
                              before=self.bench.fault("half", at, "all", log))
        self.batches.append((False, batch))
        self.killed += 1
        need(done.status == 137, "no half of a write", done)
        last = log.read_text().splitlines()[-1]
        if self.length() > before and "write" in last and "/log/" in last:
            self.torn += 1
            aside = self.set_aside()
            self.bench.want(self.store, "esc-store recover")
            need(self.set_aside() > aside, "a torn tail is not in quarantine")
            self.recovered += 1

    def log_write(self, command, batch, log):
        """Which call of a run writes to the log, as a run on a copy shows."""
        copy = self.folder / "copy"
        subprocess.run(["cp", "-a", self.store, copy], check=True)
        done = self.bench.run(copy, command, joined(batch),
                              before=self.bench.fault("none", 0, "all", log))
        subprocess.run(["rm", "-rf", copy], check=True)
        need(done.status == 0, "a writer failed", done)
        writes = [line.split() for line in log.read_text().splitlines()
                  if " write " in line or " pwrite64 " in line]
        of_log = [int(line[0]) for line in writes if len(line) > 2 and "/log/" in line[2]]
        need(of_log, "no write of the log", writes)
        return self.rng.choice(of_log)

    def length(self):
        return sum(path.stat().st_size for path in (self.store / "log").iterdir())

    def set_aside(self):
        return sum(path.is_file() for path in (self.store / "quarantine").rglob("*"))

    def check(self):
        self.bench.want(self.store, "esc-store recover")
        self.bench.need_clean(self.store)
        there = {line[line.index(b'"id":"') + 6:line.index(b'","rev":')]
                 for line in log_lines(self.store)}
        for acknowledged, batch in self.batches:
            n = sum(record[record.index(b'"id":"') + 6:record.index(b'","rev":')] in there
                    for record in batch)
            need(n == len(batch) or (n == 0 and not acknowledged),
                 "%d of %d of a batch (%s)" % (n, len(batch),
                                               "acknowledged" if acknowledged else "killed"))
        if sum(len(batch) for _, batch in self.batches) > RENEW_LINES:
            self.renew()


def figures(bench):
    kills, tails = Figure("P2", "random kills", "kills"), Figure("P2", "torn tails", "tails")
    need_ptrace(bench)
    wanted = bench.size(1000, 10000)
    killing = Killing(bench, bench.scratch / "kill9")
    for number in itertools.count(1):
        if killing.killed >= wanted and killing.torn * 10 >= min(wanted, 1000):
            break
        before = killing.killed
        try:
            killing.kill_some()
            if number % 2 == 0 or killing.torn * 10 < min(wanted, 1000) < killing.killed * 2:
                killing.tear()
            killing.check()
            kills.count(killing.killed - before)
        except Broken as why:
            kills.count(killing.killed - before + 1, ["round %d: %s\n    %s" % (
                number, why, keep(bench, killing.store, kills.name))])
            killing.renew()
            if len(kills.failures) > 20:
                break
    yield kills.note("%d writers at once", WRITERS).note(
        "%s acknowledged all the same", format(killing.acknowledged, ","))
    if killing.torn < min(100, wanted // 10):
        tails.failures.append("only %d torn tails" % killing.torn)
    if killing.recovered < killing.torn:
        tails.failures.append("%d not recovered" % (killing.torn - killing.recovered))
    yield tails.count(killing.torn).note("recovered %d", killing.recovered)
