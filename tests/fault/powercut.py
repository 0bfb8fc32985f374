"""P1: real power cuts.  A store on a loop-mounted ext4 or XFS image, writers
at work, and the shutdown ioctl, which throws away what was not yet written;
then the image is mounted again, which replays its journal.  What was
acknowledged before the cut must be there."""

import contextlib
import fcntl
import itertools
import os
import random
import struct
import subprocess
import threading
import time

import cases
from kit import Broken, Figure, NOW, Skipped, have_tool, joined, keep, log_lines, need

SHUTDOWN = 0x8004587D    # EXT4_IOC_SHUTDOWN, XFS_IOC_GOINGDOWN: _IOR('X', 125, __u32)
FLUSH_LOG, LOSE_LOG = 1, 2
SIZES = {"ext4": 128, "xfs": 320}    # MiB: as small as they may be
WRITERS = 2
RENEW_LINES = 3000
SEGMENT = 60000


def system(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["failed"]
        raise Skipped("%s (%s)" % (" ".join(map(str, command[:2])), words[-1]))


class Image:
    """A file system in a file, mounted."""

    def __init__(self, bench, kind):
        have_tool("mkfs." + kind)
        self.file, self.at = bench.scratch / (kind + ".img"), bench.scratch / ("mount-" + kind)
        with open(self.file, "wb") as made:
            made.truncate(SIZES[kind] << 20)
        system("mkfs." + kind, "-q", self.file)
        self.at.mkdir()
        self.mount()

    def mount(self):
        system("mount", "-o", "loop", self.file, self.at)

    def cut(self, flags):
        folder = os.open(self.at, os.O_RDONLY)
        try:
            moment = time.monotonic()
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", flags))
        except OSError as why:
            raise Skipped("no shutdown ioctl (%s)" % why) from why
        finally:
            os.close(folder)
        return moment

    def unmount(self):
        for _ in range(50):
            done = subprocess.run(["umount", self.at], capture_output=True, check=False)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        raise Broken("cannot unmount %s" % self.at)


def write_until_cut(bench, store, numbers, seed, acknowledged):
    """Commits batches until one fails; [(moment, ids)] of those acknowledged."""
    rng = random.Random(seed)
    while True:
        batch = [cases.case(next(numbers), "x" * rng.randrange(3000))
                 for _ in range(rng.choice([1, 1, 3, 12]))]
        done = bench.run(store, ["esc-commit", "--now", NOW], joined(batch))
        if done.status:
            return
        acknowledged.append((time.monotonic(), batch))


def check(bench, store, batches):
    bench.want(store, "esc-store recover")
    bench.need_clean(store)
    text = b"\n".join(log_lines(store))
    for batch in batches:
        for record in batch:
            case = record[record.index(b'"id":'):record.index(b',"rev"')]
            need(case + b',"rev":1,' in text, "acknowledged and lost", case)


def one_round(bench, image, numbers, rng, acknowledged):
    store, wrote = image.at / "store", []
    writers = [threading.Thread(target=write_until_cut, args=(
        bench, store, numbers, rng.random(), wrote)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    time.sleep(rng.uniform(0.01, 0.15))
    moment = image.cut(rng.choice([LOSE_LOG, LOSE_LOG, FLUSH_LOG]))
    for writer in writers:
        writer.join()
    image.unmount()
    image.mount()
    acknowledged += [batch for at, batch in wrote if at < moment]
    check(bench, store, acknowledged)


def new_store(bench, store):
    subprocess.run(["rm", "-rf", store], check=True)
    bench.new_store(store, SEGMENT)
    bench.commit(store, [cases.case(0)])
    os.sync()


def cuts_on(bench, kind, rounds):
    figure = Figure("P1", "power cut on " + kind, "cuts")
    image = Image(bench, kind)
    rng, numbers, acknowledged, total = random.Random(bench.seed), itertools.count(1), [], 0
    try:
        new_store(bench, image.at / "store")
        for number in range(rounds):
            try:
                before = len(acknowledged)
                one_round(bench, image, numbers, rng, acknowledged)
                total += len(acknowledged) - before
                figure.count(1)
            except Broken as why:
                figure.count(1, ["cut %d: %s\n    %s" % (
                    number, why, keep(bench, image.at / "store", figure.name))])
                acknowledged.clear()
                new_store(bench, image.at / "store")
            if sum(map(len, acknowledged)) > RENEW_LINES:
                acknowledged.clear()
                new_store(bench, image.at / "store")
    finally:
        with contextlib.suppress(Broken):
            image.unmount()
        image.file.unlink()
    return figure.note("%s batches acknowledged before a cut", format(total, ","))


def figures(bench):
    for kind in SIZES:
        name = "P1 power cut on " + kind
        if not bench.wants(name):
            continue
        try:
            yield cuts_on(bench, kind, bench.size(50, 1000))
        except Skipped as why:
            yield Figure("P1", "power cut on " + kind).skip(str(why))
