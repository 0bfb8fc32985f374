"""P15: the checks can fail.  Bugs are put into a copy of the source, one at a
time, each a small change of its text; the check that should find it is run,
and must.  A change whose text is no longer there is an error: the table below
is to be kept."""

import collections
import concurrent.futures
import os
import queue
import re
import shutil
import subprocess
import sys

from kit import Broken, Figure, Skipped, need, need_ptrace

Bug = collections.namedtuple("Bug", "name file old new check share")

POWER, KILL, ERROR = "P1 simulated power cut", "P2 kill at every call", "P3 error at every call"
TAILS, SYNC, HISTORY = "P2 torn tails", "P4 a failed sync is not tried again", "P5 compare and set"
ALTER, INDEX, ERASE = "P7 altered bytes", "P11 damaged and stale index", "P14 erasure"
MANNERS = "P3 full disk, limits, stopped and killed programs"

BUGS = [
    Bug("the log is not synced", "lib/store/append_batch.c",
        "if ((batch->fresh ? fsync(batch->fd) : fdatasync(batch->fd)) != 0)",
        "if (batch->fd < 0)", POWER, 0.2),
    Bug("the folder of a new segment is not synced", "lib/store/append_batch.c",
        'if (!batch->made || store_sync_dir(batch->append->store, "log", err) == 0)',
        "if (batch->n)", POWER, 0.2),
    Bug("HEAD moves before the sync", "lib/store/append_batch.c",
        "\trc = put_lines(&batch, next, ctx, err);\n\tif (rc == 0)\n",
        "\trc = put_lines(&batch, next, ctx, err);\n\tif (rc == 0)\n"
        "\t\trc = flush(&batch, err) ? -1 : head_write(append->store, &append->head,"
        " &batch.end, err);\n\tif (rc == 0)\n", POWER, 0.2),
    Bug("a file is renamed without a sync", "lib/store/store_new.c",
        "if (fsync(new->fd) != 0 || renameat(", "if (renameat(", POWER, 0.3),
    Bug("the folder of a renamed file is not synced", "lib/store/store_new.c",
        "if (fsync(new->parent) != 0) {", "if (new->parent < 0) {", POWER, 0.3),
    Bug("recovery does not write again what it takes in", "lib/store/recover.c",
        "return rc == 0 ? fsync(fd) : -1;", "return rc;", POWER, 0.3),
    Bug("recovery takes in an unfinished batch", "lib/store/recover_walk.c",
        "\t\tif (walk->place == walk->of)\n\t\t\tfinish_batch(walk);",
        "\t\tfinish_batch(walk);", TAILS, 0.2),
    Bug("a short write is taken for a whole one", "lib/store/fd.c",
        "n -= (size_t)wrote;", "n = 0;", ERROR, 0.15),
    Bug("an interrupted write is taken for done", "lib/store/fd.c",
        "\t\tif (wrote < 0 && errno == EINTR)\n\t\t\tcontinue;",
        "\t\tif (wrote < 0 && errno == EINTR)\n\t\t\treturn 0;", ERROR, 0.15),
    Bug("an error of reading is taken for the end", "lib/store/log_lines.c",
        "\tif (got < 0) {", "\tif (got < 0)\n\t\tgot = 0;\n\tif (got < 0) {", ERROR, 0.15),
    Bug("a failed sync is tried again", "lib/store/append_batch.c",
        "fdatasync(batch->fd)) != 0)", "fdatasync(batch->fd)) != 0 && fdatasync(batch->fd) != 0)",
        SYNC, 0.5),
    Bug("what was written is not taken back", "lib/store/append_batch.c",
        "\telse if (!over)\n\t\ttake_back(&batch);", "\telse if (batch.n == 0)\n"
        "\t\ttake_back(&batch);", SYNC, 0.5),
    Bug("no lock", "lib/store/lock.c", "if (wait_for(fd, byte, until) == 0)",
        "if (wait_for(fd, byte, until) <= 0)", HISTORY, 0.02),
    Bug("readers go on behind HEAD", "lib/store/log_lines.c",
        "lines->limit = segment == lines->to.segment ? lines->to.length : INT64_MAX;",
        "lines->limit = INT64_MAX;", MANNERS, 0.1),
    Bug("the data is not compared with its hash", "lib/store/line.c", "", "", ALTER, 0.01),
]

PROGRAMS = ("esc-cat", "esc-commit", "esc-store", "esc-note")
COPIED = ("Makefile", "cmd", "lib", "scripts", "tests/fault", "tests/generate",
          "tests/store_verify.py", "tests/lib.sh", "tests/cmd", "tests/data")
FOUND = re.compile(r" [1-9][\d,]* failures|: FAILED, |^not ok", re.M)


class Tree:
    """A copy of the source, built, to put one bug after another into."""

    def __init__(self, bench, path):
        self.bench, self.path = bench, path

    def copy(self):
        for name in COPIED:
            source, to = self.bench.root / name, self.path / name
            to.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, to)

    def build(self):
        targets = ["bin/" + name for name in PROGRAMS] + ["build/fault/sysfault",
                                                          "build/fault/verify_each"]
        done = subprocess.run(
            ["make", "-s", "-C", self.path, "-j%d" % self.bench.jobs, "BUILD=build", "BIN=bin",
             "CFLAGS=-O0 -w", *targets], capture_output=True, check=False,
            env={**os.environ, "MAKEFLAGS": ""})
        need(done.returncode == 0, "does not build", done.stderr.decode()[-600:])

    def check(self, name, share):
        """Runs one check: (status, what it said)."""
        done = subprocess.run(
            [sys.executable, self.path / "tests/fault/run.py", "--bin", self.path / "bin",
             "--tools", self.path / "build/fault", "--only", name, "--share", str(share),
             "--jobs", "1", "--discard"], capture_output=True, check=False, text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        return done.returncode, done.stdout + done.stderr

    def try_bug(self, bug):
        path = self.path / bug.file
        text = path.read_text()
        need(bug.old and text.count(bug.old) == 1, "its text is %d times in %s" % (
            text.count(bug.old), bug.file))
        path.write_text(text.replace(bug.old, bug.new))
        try:
            self.build()
            status, said = self.check(bug.check, bug.share)
            need(status == 1 and FOUND.search(said), "not found by %s" % bug.check, said[-600:])
        finally:
            path.write_text(text)
            os.utime(path)


def make_trees(bench):
    """One for each job, of one build."""
    first = Tree(bench, bench.scratch / "seeded-0")
    first.copy()
    first.build()
    trees = queue.Queue()
    trees.put(first)
    for number in range(1, bench.jobs):
        path = bench.scratch / ("seeded-%d" % number)
        subprocess.run(["cp", "-a", first.path, path], check=True)
        trees.put(Tree(bench, path))
    return trees


def with_tree(trees, function):
    tree = trees.get()
    try:
        function(tree)
        return None
    except Broken as why:
        return str(why)
    finally:
        trees.put(tree)


def check_sound(check, share):
    """Without a bug, a check finds nothing."""
    def sound(tree):
        status, said = tree.check(check, share)
        need(status == 0 and "SKIPPED" not in said, "fails without a bug: " + check, said[-600:])
    return sound


def figures(bench):
    figure = Figure("P15", "seeded bugs", "bugs")
    need_ptrace(bench)
    if not shutil.which("cc"):
        raise Skipped("no compiler")
    trees = make_trees(bench)
    checks = sorted({(bug.check, bug.share) for bug in BUGS})
    with concurrent.futures.ThreadPoolExecutor(bench.jobs) as pool:
        sound = list(pool.map(lambda one: with_tree(trees, check_sound(*one)), checks))
        found = list(pool.map(lambda bug: with_tree(trees, lambda tree: tree.try_bug(bug)), BUGS))
    figure.failures += [why for why in sound if why]
    yield figure.count(len(BUGS), ["%s: %s" % (bug.name, why) for bug, why in zip(BUGS, found)
                                   if why]).note("all of %d found", len(BUGS))
