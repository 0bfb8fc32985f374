"""P3: what is in the way of programs on a real machine: a full disk, a limit
of file size, a full or closed standard output, a writer that was stopped, a
reader that was killed."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time

import cases
from kit import ENDED_EARLY, Figure, IOERR, NOW, Skipped, TEMPFAIL, copy_store, files, joined, \
    need, need_ptrace, split
from powercut import system

SEGMENT = 8000
COMMIT = ["esc-commit", "--now", NOW]
KNOWN = 5


def make_base(bench, path):
    bench.new_store(path, SEGMENT)
    bench.commit(path, cases.cases(1, KNOWN))
    return path


def set_up(bench, folder):
    return copy_store(bench.scratch / "manners-base", folder / "store")


def check_refused_then_done(bench, store, batch, done, make_room):
    """Status 74 and as it was, or done; with room it works, once."""
    need(done.status in (0, IOERR), "expected 74", done)
    need(done.status == 0 or done.err, "74 without a word")
    there = len(split(bench.want(store, "esc-cat --all")))
    need(there == KNOWN + (len(batch) if done.status == 0 else 0), "%d cases" % there)
    make_room()
    bench.want(store, COMMIT, joined(batch))
    need(len(split(bench.want(store, "esc-cat --all"))) == KNOWN + len(batch),
         "not each case once")
    bench.need_clean(store)


def some_batch(rng):
    return [cases.case(100 + i, "x" * rng.randrange(9000)) for i in range(rng.randint(1, 12))]


def try_full_disk(bench, folder, point):
    """A small memory file system with little room left."""
    rng, disk = random.Random(point), folder / "disk"
    disk.mkdir()
    system("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk)
    try:
        ballast = disk / "ballast"
        store = copy_store(bench.scratch / "manners-base", disk / "store")
        bench.want(store, "esc-cat --all")
        room = os.statvfs(disk)
        left = rng.randrange(16) * room.f_bsize
        ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_bsize - left)))
        batch = some_batch(rng)
        done = bench.run(store, COMMIT, joined(batch))
        check_refused_then_done(bench, store, batch, done, ballast.unlink)
    finally:
        subprocess.run(["umount", disk], check=False, capture_output=True)


def try_file_limit(bench, folder, point):
    rng, store = random.Random(point), set_up(bench, folder)
    limit, batch = rng.randrange(200, 20000), some_batch(rng)
    done = bench.run(store, COMMIT, joined(batch), preexec_fn=lambda: resource.setrlimit(
        resource.RLIMIT_FSIZE, (limit, limit)))
    check_refused_then_done(bench, store, batch, done, lambda: None)


def run_to(bench, store, command, out, text=b""):
    done = subprocess.run(bench.argv(command), input=text, stdout=out, stderr=subprocess.PIPE,
                          env=bench.environment(store), check=False)
    return done.returncode, done.stderr


def try_full_output(bench, folder, point):
    """/dev/full: 74, and what was committed stays."""
    store, batch = set_up(bench, folder), cases.cases(100, 3)
    commands = {
        "cat": (["esc-cat", "--all"], b""), "csv": (["esc-cat", "--all", "--format", "csv"], b""),
        "stats": (["esc-store", "stats"], b""), "checkpoint": (["esc-store", "checkpoint"], b""),
        "commit": ([*COMMIT, "--print"], joined(batch))}
    command, text = commands[point]
    with open("/dev/full", "wb") as full:
        status, err = run_to(bench, store, command, full, text)
    need(status == IOERR and err, "%s >/dev/full: status %d" % (command, status), err)
    if point == "commit":
        bench.want(store, COMMIT, text)
        need(len(split(bench.want(store, "esc-cat --all"))) == KNOWN + 3, "not once")
    bench.need_clean(store)


def try_closed_output(bench, folder, point):
    """A reader of a closed pipe dies of SIGPIPE; a writer's commit stays."""
    store, batch = set_up(bench, folder), cases.cases(100, 3)
    command = [*COMMIT, "--print"] if point == "commit" else ["esc-cat", "--all"]
    there, here = os.pipe()
    os.close(there)
    try:
        status, err = run_to(bench, store, command, here, joined(batch))
    finally:
        os.close(here)
    need(status in (-signal.SIGPIPE, IOERR), "%s: status %d" % (command, status), err)
    need(point == "commit" or status == -signal.SIGPIPE, "a reader: status %d" % status)
    if point == "commit":
        need(len(split(bench.want(store, "esc-cat --all"))) == KNOWN + 3,
             "the commit did not stay")
    bench.need_clean(store)


def calls_of(bench, folder, command, text):
    copy, log = copy_store(bench.scratch / "manners-base", folder / "copy"), folder / "calls"
    bench.want(copy, command, text, before=bench.fault("none", 0, "all", log))
    return [line.split() for line in log.read_text().splitlines()]


def start_stopped(bench, folder, store, text, at):
    """The pid of a writer that stands before call `at`, stopped."""
    said, given = folder / "pid", folder / "text"
    given.write_bytes(text)
    with open(said, "wb") as out, open(given, "rb") as source:
        subprocess.run(bench.fault("stop", at, "all") + bench.argv(COMMIT), stdin=source,
                       stdout=out, stderr=out, env=bench.environment(store), check=False)
    words = said.read_text().split()
    need(len(words) == 1 and words[0].isdigit(), "not stopped", words)
    return int(words[0])


def wait_gone(pid):
    for _ in range(2000):
        try:
            with open("/proc/%d/stat" % pid, encoding="ascii") as stat:
                if stat.read().rpartition(") ")[2].startswith("Z"):
                    return
        except FileNotFoundError:
            return
        time.sleep(0.005)
    need(False, "the writer that was stopped does not end")


def try_stopped(bench, folder, point):
    """A writer is stopped with the lock: others get 75, readers go on; then it ends well."""
    store, batch = set_up(bench, folder), cases.cases(100, 3)
    calls = calls_of(bench, folder, COMMIT, joined(batch))
    writes = [int(call[0]) for call in calls if "write" in call[1] and "/log/" in call[-1]]
    syncs = [int(call[0]) for call in calls if "sync" in call[1] and "/log/" in call[-1]]
    pid = start_stopped(bench, folder, store, joined(batch),
                        {"write": writes[0], "sync": syncs[0], "written": writes[-1] + 1}[point])
    try:
        other = bench.run(store, [*COMMIT, "--wait", "1"], joined([cases.case(200)]))
        need(other.status == TEMPFAIL and other.err, "another writer: expected 75", other)
        need(len(split(bench.want(store, "esc-cat --all"))) == KNOWN, "readers do not go on")
        need(bench.want(store, "esc-cat --all --no-index"), "readers do not go on")
    finally:
        os.kill(pid, signal.SIGCONT)
        wait_gone(pid)
    bench.want(store, COMMIT, joined([cases.case(200)]))
    need(len(split(bench.want(store, "esc-cat --all"))) == KNOWN + 4, "not all there")
    bench.need_clean(store)


def try_killed_reader(bench, folder, point):
    store = set_up(bench, folder)
    command = ["esc-cat", "--all"]
    right, before = bench.want(bench.scratch / "manners-base", command), files(store)
    calls = calls_of(bench, folder, command, b"")
    done = bench.run(store, command, before=bench.fault(
        "kill", random.Random(point).randint(1, len(calls)), "all"))
    need(done.status in (137, ENDED_EARLY), "not killed", done)
    need(files(store) == before, "a killed reader changed the store")
    need(bench.want(store, command) == right, "another answer")
    bench.commit(store, [cases.case(200)])


def figures(bench):
    figure = Figure("P3", "full disk, limits, stopped and killed programs")
    need_ptrace(bench)
    shutil.rmtree(bench.scratch / "manners-base", ignore_errors=True)
    make_base(bench, bench.scratch / "manners-base")
    bench.want(bench.scratch / "manners-base", "esc-cat --all")
    rounds = bench.size(30, 300)
    try:
        system("mount", "--version")
        probe = bench.scratch / "probe"
        probe.mkdir(exist_ok=True)
        system("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe)
        subprocess.run(["umount", probe], check=True)
        bench.each(figure, try_full_disk, range(rounds))
    except Skipped as why:
        figure.note("full disk: SKIPPED (%s)", why)
    bench.each(figure, try_file_limit, range(rounds))
    bench.each(figure, try_full_output, ["cat", "csv", "stats", "checkpoint", "commit"])
    bench.each(figure, try_closed_output, ["cat", "commit"])
    bench.each(figure, try_stopped, ["write", "sync", "written"])
    yield bench.each(figure, try_killed_reader, range(rounds))
