"""What all fault tests share: the programs and how they are run, stores to
break, trials two at a time, and the one line that a promise is shown by."""

import concurrent.futures
import contextlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import store_verify  # noqa: E402

NOW = "2026-11-21T12:00:00Z"
ENDED_EARLY = 250
NOT_ALLOWED = 252
HANG_S = 120

TEMPFAIL, IOERR, DATAERR, NOINPUT, NOPERM = 75, 74, 65, 66, 77


class Broken(Exception):
    """A promise that was not kept, in words."""


class Skipped(Exception):
    """Why this machine cannot show a promise."""


def need(holds, what, *shown):
    if not holds:
        raise Broken(what + "".join(": " + str(text)[:400] for text in shown))


class Done:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return "status %d, %s" % (self.status, self.err.decode("utf-8", "replace").strip())


class Figure:
    """One line: what was shown, by how many trials, and how many failed."""

    def __init__(self, promise, title, unit="trials"):
        self.promise, self.title, self.unit = promise, title, unit
        self.trials, self.failures, self.notes = 0, [], []
        self.skipped = None

    def count(self, trials, failures=()):
        self.trials += trials
        self.failures += failures
        return self

    def skip(self, reason):
        self.skipped = reason
        return self

    def note(self, text, *values):
        self.notes.append(text % values)
        return self

    @property
    def name(self):
        return "%s %s" % (self.promise, self.title)

    def __str__(self):
        if self.skipped:
            return "%s: SKIPPED, %s" % (self.name, self.skipped)
        if not self.trials:
            self.failures.append("nothing was tried")
        return "%s: %s %s, %s failures%s" % (
            self.name, format(self.trials, ","), self.unit, format(len(self.failures), ","),
            "".join("; " + note for note in self.notes))


class Bench:
    """Where things are, how long the tests may take, and from which seed."""

    def __init__(self, args):
        self.bin = pathlib.Path(args.bin).resolve()
        self.tools = pathlib.Path(args.tools).resolve()
        self.root = pathlib.Path(__file__).resolve().parents[2]
        self.long, self.share, self.seed = args.long, args.share, args.seed
        self.jobs, self.point, self.only = args.jobs, args.point, args.only
        self.discard, self.match = args.discard, args.match
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="esc-fault-", dir=memory))
        self.home = self.scratch / "home"
        self.home.mkdir()
        # Under a sanitizer there are no leaks to be found in traced programs.
        commit = self.bin / "esc-commit"
        self.sanitized = commit.exists() and b"__asan_init" in commit.read_bytes()

    def size(self, quick, long):
        return max(1, int((long if self.long else quick) * self.share))

    def wants(self, name):
        """Whether a figure was asked for (--only)."""
        return self.only in str(name)

    def most(self, points, n):
        """n of them at most, from all over (of those that were asked for: --match)."""
        points = [point for point in points if point.startswith(self.match)]
        if len(points) <= n:
            return points
        return sorted(random.Random(self.seed).sample(points, n))

    def some(self, points):
        """The share of them that was asked for, from all over."""
        n = max(1, int(len(points) * min(1, self.share)))
        return points if n == len(points) else random.Random(self.seed).sample(points, n)

    def close(self):
        """Removes all but the stores that a failure left."""
        for path in self.scratch.iterdir():
            if path.name != "failed" or self.discard:
                shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.scratch.rmdir()

    def environment(self, store=None):
        env = {"PATH": "%s:/usr/bin:/bin" % self.bin, "HOME": str(self.home), "TZ": "UTC",
               "LC_ALL": "C", "ESC_USER": "ana", "TMPDIR": str(self.scratch),
               "ASAN_OPTIONS": "abort_on_error=1:detect_leaks=0"}
        if store:
            env["ESC_STORE"] = str(store)
        return env

    def argv(self, command):
        """A command as words; the first is one of the programs."""
        words = command.split() if isinstance(command, str) else list(map(str, command))
        return [str(self.bin / words[0])] + words[1:]

    def run(self, store, command, text=b"", before=(), **more):
        """Runs it on a store; `before` is a command that runs the command."""
        argv = [str(word) for word in before] + self.argv(command)
        try:
            done = subprocess.run(argv, input=text, env=self.environment(store),
                                  capture_output=True, check=False, timeout=HANG_S,
                                  close_fds=False, **more)
        except subprocess.TimeoutExpired as late:
            raise Broken("%s hangs" % " ".join(argv)) from late
        return Done(done.returncode, done.stdout, done.stderr)

    def want(self, store, command, text=b"", status=0, **more):
        """The same, where one status is the only right one."""
        done = self.run(store, command, text, **more)
        need(done.status == status, "%s: expected status %d" % (command, status), done)
        return done.out

    def fault(self, deed, at, calls, log=None):
        """What makes sysfault run a command: see sysfault.c."""
        listing = ["-l", str(log)] if log else []
        return [str(self.tools / "sysfault"), *listing, deed, str(at), calls, "--"]

    def commit(self, store, records, *options, status=0):
        return self.want(store, ["esc-commit", "--now", NOW, *options], joined(records), status)

    def new_store(self, path, segment_bytes=None):
        size = ["--segment-size", segment_bytes] if segment_bytes else []
        self.want(path, ["esc-store", "init", *size, path])
        return path

    def need_clean(self, store):
        """Verified by esc-store, and by the page of Python beside it."""
        self.want(store, "esc-store verify")
        found = store_verify.verify(store)
        need(not found, "store_verify.py", found[:3])

    def each(self, figure, function, points):
        """
        Fills the figure if it is wanted: tries function(bench, folder, point) on every point, each in a folder
        of its own; what fails raises Broken, and its folder is kept.
        """
        if not self.wants(figure.name):
            return figure
        jobs = [(self, figure.name, function, point) for point in points
                if self.point is None or str(point) == self.point]
        context = concurrent.futures.ProcessPoolExecutor(self.jobs)
        with context as pool:
            size = max(1, min(20, len(jobs) // (4 * self.jobs)))
            failures = list(pool.map(attempt, jobs, chunksize=size))
        return figure.count(len(jobs), [failure for failure in failures if failure])


def attempt(job):
    bench, name, function, point = job
    folder = pathlib.Path(tempfile.mkdtemp(dir=bench.scratch))
    try:
        function(bench, folder, point)
    except Exception as why:  # what breaks the trial itself is a failure too
        what = why if isinstance(why, Broken) else "%r in the test" % why
        return "point %s: %s\n    %s" % (point, what, keep(bench, folder, name, point))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def keep(bench, folder, name, point=None):
    """Puts a failed trial's folder aside, and says how to repeat the trial."""
    failed = bench.scratch / "failed"
    failed.mkdir(exist_ok=True)
    kept = pathlib.Path(tempfile.mkdtemp(dir=failed))
    shutil.copytree(folder, kept, dirs_exist_ok=True, symlinks=True)
    again = "" if point is None else " --point '%s'" % (point,)
    return "kept in %s; again: tests/fault/run.py --seed %d --only '%s'%s" % (
        kept, bench.seed, name, again)


def joined(lines):
    return b"".join(line + b"\n" for line in lines)


def split(text):
    """The lines of a text; unlike splitlines, a carriage return ends none."""
    return text.split(b"\n")[:-1]


def copy_store(store, to):
    shutil.copytree(store, to, symlinks=True)
    return to


def segments(store):
    return sorted((pathlib.Path(store) / "log").iterdir())


def log_lines(store):
    return [line for path in segments(store) for line in split(path.read_bytes())]


def files(store):
    """Every file of a store but the index and the lock, and its bytes."""
    store = pathlib.Path(store)
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*")
            if path.is_file() and not path.name.startswith(("index.sqlite", "lock"))}


def have_tool(name):
    if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin"):
        raise Skipped("no " + name)


def need_ptrace(bench):
    done = subprocess.run(bench.fault("none", 0, "all") + ["/bin/true"], check=False)
    if done.returncode:
        raise Skipped("no ptrace (sysfault answers %d)" % done.returncode)
