"""P4: a sync that failed is never tried again: what was written is taken
back, the answer is 74, and running again works.  By ptrace at each sync of a
commit in turn; and by a block device that fails: a loop device on a file in a
memory file system that has no room, or dm-error where there is one."""

import contextlib
import json
import os
import random
import subprocess

import cases
from kit import Broken, Figure, IOERR, NOW, Skipped, copy_store, have_tool, joined, keep, need, \
    need_ptrace, segments, split
from powercut import system

ROUNDS = 50
SEGMENT = 4000
SYNCS = ("fsync", "fdatasync")


def make_base(bench, path):
    bench.new_store(path, SEGMENT)
    bench.commit(path, cases.cases(1, 3))
    return path


def read_calls(path):
    """[(name, file)]."""
    lines = [line.rstrip("\n").split(" ", 2) for line in path.read_text().splitlines()]
    return [(words[1], words[2] if len(words) > 2 else "") for words in lines]


def check_not_again(calls, failed):
    """Behind the failed sync, that file is synced only once it was cut back."""
    file, cut = calls[failed][1], False
    for name, path in calls[failed + 1:]:
        cut = cut or name.startswith("unlink") or (name == "ftruncate" and path == file)
        need(cut or name not in SYNCS or path != file, "synced again", file)


def list_calls(bench, folder, command, text):
    """The calls of a run on a copy, without a fault."""
    copy = copy_store(bench.scratch / "sync-base", folder / "copy")
    bench.want(copy, command, text, before=bench.fault("none", 0, "all", folder / "listing"))
    return read_calls(folder / "listing")


def try_sync(bench, folder, point):
    """One sync of a commit of random cases fails once, before HEAD is written."""
    rng = random.Random(point)
    store = copy_store(bench.scratch / "sync-base", folder / "store")
    batch = [cases.case(100 + i, "x" * rng.randrange(2500)) for i in range(rng.randint(1, 6))]
    command, before = ["esc-commit", "--now", NOW], bench.want(store, "esc-cat --all")
    log = b"".join(path.read_bytes() for path in segments(store))
    calls = list_calls(bench, folder, command, joined(batch))
    acknowledged = [path.endswith("/HEAD") and "write" in name for name, path in calls].index(True)
    syncs = [i for i, (name, _) in enumerate(calls[:acknowledged]) if name in SYNCS]
    failed = syncs[point % len(syncs)]
    done = bench.run(store, command, joined(batch),
                     before=bench.fault("EIO", failed + 1, "all", folder / "calls"))
    need(done.status == IOERR, "expected 74", done)
    calls = read_calls(folder / "calls")
    need(calls[failed][0] in SYNCS, "another call failed", calls[failed])
    check_not_again(calls, failed)
    need(bench.want(store, "esc-cat --all") == before, "another answer after a failed sync")
    need(b"".join(path.read_bytes() for path in segments(store)) == log, "it is not taken back")
    bench.want(store, command, joined(batch))
    need(len(split(bench.want(store, "esc-cat --all"))) == 3 + len(batch),
         "not each case once")
    bench.need_clean(store)


class Blocks:
    """A file system on blocks that can be made to fail, and healed."""

    def __init__(self, bench):
        have_tool("mkfs.ext4")
        self.memory, self.at = bench.scratch / "memory", bench.scratch / "blocks"
        self.image, self.ballast = self.memory / "image", self.memory / "ballast"
        self.memory.mkdir()
        self.at.mkdir()
        self.mounted = []
        system("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.memory)
        self.mounted.append(self.memory)
        try:
            with open(self.image, "wb") as made:
                made.truncate(256 << 20)
            system("mkfs.ext4", "-q", "-b", "4096", "-O", "^has_journal",
                   "-E", "lazy_itable_init=0,nodiscard", self.image)
            system("mount", "-o", "loop,errors=continue", self.image, self.at)
        except Skipped:
            self.close()
            raise
        self.mounted.append(self.at)

    def fail(self):
        """From now on no block can be written that was not written before."""
        with open(self.ballast, "ab", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(1 << 16))
        with open(self.ballast, "ab", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(512))

    def heal(self):
        with contextlib.suppress(FileNotFoundError):
            self.ballast.unlink()

    def close(self):
        for path in reversed(self.mounted):
            subprocess.run(["umount", "-l", path], check=False, capture_output=True)
        self.mounted = []


def block_round(bench, blocks, store, number, rng):
    """True where a block failed under a sync, and all was well."""
    batch = [cases.case(number * 100 + i, "x" * rng.randrange(20000)) for i in range(12)]
    known = len(split(bench.want(store, "esc-cat --all --no-index")))
    os.sync()
    blocks.fail()
    try:
        done = bench.run(store, ["esc-commit", "--now", NOW], joined(batch))
    finally:
        blocks.heal()
    need(done.status in (0, IOERR), "expected 74", done)
    there = split(bench.want(store, "esc-cat --all --no-index"))
    need(len(there) == known + (len(batch) if done.status == 0 else 0), "a batch in part")
    bench.commit(store, batch)
    ids = [json.loads(line)["id"] for line in split(bench.want(
        store, "esc-cat --all --no-index"))]
    need(len(ids) == known + len(batch) == len(set(ids)), "not each case once")
    bench.need_clean(store)
    return done.status == IOERR


def block_errors(bench):
    figure = Figure("P4", "block-level errors", "failed syncs")
    blocks = Blocks(bench)
    rng, number = random.Random(bench.seed), 0
    try:
        store = bench.new_store(blocks.at / "store", 1 << 20)
        while figure.trials < bench.size(ROUNDS, ROUNDS) and number < 4 * ROUNDS:
            number += 1
            try:
                figure.count(block_round(bench, blocks, store, number, rng))
            except Broken as why:
                figure.count(1, ["round %d: %s\n    %s" % (
                    number, why, keep(bench, store, figure.name))])
                break
            if number % 10 == 0:
                store = bench.new_store(blocks.at / ("store-%d" % number), 1 << 20)
    finally:
        blocks.close()
    return figure.note("a loop device without room")


def figures(bench):
    figure = Figure("P4", "a failed sync is not tried again", "failed syncs")
    if bench.wants(figure.name):
        need_ptrace(bench)
        make_base(bench, bench.scratch / "sync-base")
        rounds = bench.size(ROUNDS, 10 * ROUNDS)
        yield bench.each(figure, try_sync, range(bench.seed * 1000, bench.seed * 1000 + rounds))
    if bench.wants("P4 block-level errors"):
        try:
            yield block_errors(bench)
        except Skipped as why:
            yield Figure("P4", "block-level errors").skip(str(why))
