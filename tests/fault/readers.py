"""P12: readers need nothing: no right to write, no index, no room; and their
memory does not grow with the store."""

import os
import shutil
import subprocess

import cases
from sweep import said
from kit import Broken, Figure, Skipped, have_tool, joined, need, need_ptrace, split

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
CASES = 60

READERS = [
    "esc-cat --all", "esc-cat --all --no-index", "esc-cat --ids --all",
    "esc-cat --history --all", "esc-cat --due=2027-01-01T00:00:00Z", "esc-cat --open --all",
    "esc-cat --all --format csv --columns id,state,subject",
    "esc-cat --as-of 2100-01-01T00:00:00Z --all",
    "esc-cat --until 2026-03-02T10:00:00Z --all", "esc-cat --where subject=@ --all",
    "esc-cat " + cases.case_id(7), "esc-cat --history " + cases.case_id(7)[-6:],
    "esc-store verify", "esc-store stats", "esc-store checkpoint",
    "esc-store get --list " + cases.case_id(900), "esc-store get " + cases.case_id(900),
]
FLAT = ["esc-cat --all", "esc-cat --all --no-index", "esc-cat --ids --all",
        "esc-cat --due=2026-01-01T00:00:00Z", "esc-cat " + cases.case_id(77),
        "esc-cat --history --all", "esc-store verify", "esc-store stats"]
FEW, MANY = 10000, 200000
ALLOWED, CACHES_KB = 2.0, 16384     # what the caches take once they are full


def make_store(bench, folder):
    store = bench.new_store(folder / "store", 20000)
    record, _ = cases.with_attachment(900, "plan.pdf", b"a plan\n")
    cases.put_blob(folder / "in", b"a plan\n")
    bench.commit(store, cases.cases(1, CASES) + [record], "--blobs", folder / "in")
    known = split(bench.want(store, "esc-cat --all"))
    bench.commit(store, [cases.noted(line, "seen") for line in known[::2]])
    return store


def listing(store):
    """Every name in the store, with its size and when it was changed."""
    found = {}
    for folder, folders, names in os.walk(store):
        for name in folders + names:
            path = os.path.join(folder, name)
            at = os.lstat(path)
            found[path] = at.st_size, at.st_mtime_ns
    return found


def words(command):
    return command.replace("@", "Lift 7").split() if "@" not in command else \
        [word.replace("@", "Lift") for word in command.split()]


def compare(bench, store, right, before, figure, where):
    for command in READERS:
        was = listing(store)
        done = bench.run(store, words(command), before=before)
        same = said(done.out) == said(right[command]) and done.status == 0 \
            and listing(store) == was
        figure.count(1, [] if same else ["%s, %s: %s" % (where, command, done)])


def right_answers(bench, store):
    return {command: bench.want(store, words(command)) for command in READERS}


def as_other_user(bench, store, right, figure):
    if os.getuid():
        subprocess.run(["chmod", "-R", "a-w", store], check=True)
        compare(bench, store, right, [], figure, "without the right to write")
        subprocess.run(["chmod", "-R", "u+w", store], check=True)
        return
    have_tool("setpriv")
    subprocess.run(["chmod", "-R", "a+rX,a-w", store], check=True)
    os.chmod(bench.scratch, 0o755)
    compare(bench, store, right, NOBODY, figure, "another user")
    subprocess.run(["chmod", "-R", "u+w", store], check=True)


def on_read_only_mount(bench, store, right, figure, index):
    at = bench.scratch / "read-only"
    at.mkdir(exist_ok=True)
    for command in (["mount", "--bind", store, at], ["mount", "-o", "remount,bind,ro", at]):
        done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
        if done.returncode:
            subprocess.run(["umount", at], capture_output=True, check=False)
            return figure.note("no read-only mount: SKIPPED (%s)",
                               done.stderr.decode().strip().splitlines()[-1])
    try:
        compare(bench, at, right, [], figure, "read-only mount, " + index)
    finally:
        subprocess.run(["umount", at], check=True)
    return figure


def read_only(bench):
    figure = Figure("P12", "readers on a read-only store", "answers")
    folder = bench.scratch / "readers"
    folder.mkdir()
    store = make_store(bench, folder)
    right = right_answers(bench, store)
    for index in ("with an index", "without"):
        try:
            as_other_user(bench, store, right, figure)
        except Skipped as why:
            figure.note("another user: SKIPPED (%s)", why)
        on_read_only_mount(bench, store, right, figure, index)
        for path in store.glob("index.sqlite*"):
            path.unlink()
    shutil.rmtree(folder)
    return figure


def peak_kb(bench, store, command, log):
    """The most memory that a run of it had (sysfault -l)."""
    done = subprocess.run(
        bench.fault("none", 0, "exit_group", log) + bench.argv(command), check=False,
        env=bench.environment(store), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    need(done.returncode == 0, command, done.stderr)
    return int(log.read_text().split()[2])


def big_store(bench, path, n):
    bench.new_store(path)
    for first in range(0, n, 50000):
        bench.want(path, ["esc-commit"], joined(cases.cases(first, min(50000, n - first))))
    return path


def memory(bench):
    figure = Figure("P12", "memory", "commands")
    need_ptrace(bench)
    folder = bench.scratch / "memory-of-readers"
    folder.mkdir()
    few = big_store(bench, folder / "few", bench.size(FEW, FEW))
    many = big_store(bench, folder / "many", bench.size(MANY, MANY))
    for store in few, many:
        bench.want(store, "esc-cat --ids --all")    # the index is made
    for command in FLAT:
        peaks = [peak_kb(bench, store, command, folder / "peak") for store in (few, many)]
        over = peaks[1] > max(ALLOWED * peaks[0], CACHES_KB)
        figure.count(1, ["%s: %d kB, then %d kB" % (command, *peaks)] if over else [])
        figure.note("%s %.1f and %.1f MB", command.partition("ESC-01")[0].strip(),
                    *(peak / 1024 for peak in peaks))
    shutil.rmtree(folder)
    return figure.note("at %s and %s cases", format(bench.size(FEW, FEW), ","),
                       format(bench.size(MANY, MANY), ","))


def figures(bench):
    if bench.wants("P12 readers on a read-only store"):
        yield read_only(bench)
    if bench.wants("P12 memory"):
        try:
            yield memory(bench)
        except Broken as why:
            yield Figure("P12", "memory").count(1, [str(why)])
