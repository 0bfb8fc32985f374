"""P15: the checks can fail.  Bugs are put into a copy of the source, one at a
time, each a small change of its text; the check that should find it is run,
and must.  A change whose text is no longer there is an error: the table below
is to be kept."""

import concurrent.futures
import os
import queue
import re
import shutil
import subprocess
import sys

from kit import Broken, Figure, Skipped, need, need_ptrace
from seeded_bugs import BUGS

PROGRAMS = ("esc-cat", "esc-commit", "esc-store", "esc-note", "esc-submit", "esc-triage")
COPIED = ("Makefile", "cmd", "lib", "scripts", "tests")
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

    def check(self, name, share, match):
        """Runs one check, a figure or a command test: (status, what it said)."""
        if name.endswith(".t"):
            done = subprocess.run(["sh", self.path / name], capture_output=True, check=False,
                                  text=True, env={**os.environ, "BIN": str(self.path / "bin")})
            return done.returncode, done.stdout + done.stderr
        done = subprocess.run(
            [sys.executable, self.path / "tests/fault/run.py", "--bin", self.path / "bin",
             "--tools", self.path / "build/fault", "--only", name, "--share", str(share),
             "--match", match, "--jobs", "1", "--discard"], capture_output=True, check=False, text=True,
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
            status, said = self.check(bug.check, bug.share, bug.match)
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


def check_sound(check, share, match):
    """Without a bug, a check finds nothing."""
    def sound(tree):
        status, said = tree.check(check, share, match)
        need(status == 0 and "SKIPPED" not in said, "fails without a bug: " + check, said[-600:])
    return sound


def figures(bench):
    figure = Figure("P15", "seeded bugs", "bugs")
    need_ptrace(bench)
    if not shutil.which("cc"):
        raise Skipped("no compiler")
    trees = make_trees(bench)
    checks = sorted({(bug.check, bug.share, bug.match) for bug in BUGS})
    with concurrent.futures.ThreadPoolExecutor(bench.jobs) as pool:
        sound = list(pool.map(lambda one: with_tree(trees, check_sound(*one)), checks))
        found = list(pool.map(lambda bug: with_tree(trees, lambda tree: tree.try_bug(bug)), BUGS))
    figure.failures += [why for why in sound if why]
    yield figure.count(len(BUGS), ["%s: %s" % (bug.name, why) for bug, why in zip(BUGS, found)
                                   if why]).note("%d found", len(BUGS) - sum(why is not None for why in found))
