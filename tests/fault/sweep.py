"""P2, P3: a fault at every system call of every program.  A first run lists
the calls (sysfault -l); then each is one point: the run is killed before it,
after it, in the half of a write; or the call fails, or does half of what was
asked.  Then the store is looked at, and the same command is run again."""

import hashlib
import json
import re
import shutil

import cases
from kit import ENDED_EARLY, Figure, NOW, copy_store, need, need_ptrace, segments, split

SEGMENT = 4000
KEY = "the text that stands there once"
KNOWN_FAILURES = (1, 64, 65, 66, 71, 73, 74, 75, 77, 78)

CHANGING = {"write", "pwrite64", "writev", "pwritev", "copy_file_range", "sendfile", "fsync",
            "fdatasync", "openat", "openat2", "ftruncate", "fallocate", "rename", "renameat",
            "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "fchmod", "link", "linkat"}
WRITES = {"write", "pwrite64", "writev", "pwritev", "copy_file_range", "sendfile"}
READS = {"read", "pread64", "getdents64"}
OPENS = {"openat", "openat2", "open"}
NAMES = {"rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat"}
SYNCS = {"fsync", "fdatasync"}
MEMORY = {"mmap", "brk", "mremap"}
LOOKS = {"fstat", "newfstatat", "statx", "fstatfs", "statfs", "lseek", "faccessat"}

# Which call may fail how.
ERRORS = {
    "EIO": WRITES | READS | OPENS | NAMES | SYNCS | LOOKS | {"close", "ftruncate", "fchmod"},
    "ENOSPC": WRITES | OPENS | NAMES | {"ftruncate", "fallocate"},
    "EINTR": WRITES | READS | OPENS | SYNCS | {"fcntl", "close"},
    "EMFILE": OPENS | {"dup", "memfd_create"},
    "ENOMEM": OPENS | MEMORY,
    "ENOMEM+": MEMORY,       # and none is to be had from there on
    "short": WRITES | READS,
}


QUICK = {"P2": 3000, "P3": 5000}


class Command:
    """A command, the store it is run on, and what it must have done."""

    def __init__(self, argv, text=b"", base="plain", cases_of=(), whole=None, reads=False):
        self.argv, self.text, self.base = argv.split(), text, base
        self.cases = cases_of      # a batch: there whole, or not at all
        self.whole = whole         # whole(bench, folder): what is there once it was run
        self.reads = reads

    def words(self, folder):
        return [word.replace("@", str(folder)) for word in self.argv]


def once(case):
    def whole(bench, folder):
        lines = split(bench.want(folder / "store", ["esc-cat", case]))
        need(len(lines) == 1, "%d records of one case" % len(lines))
        need(cases.texts(lines[0]).count(KEY) == 1, "the new event is not there once", lines[0])
    return whole


def all_there(batch):
    def whole(bench, folder):
        lines = split(bench.want(folder / "store", "esc-cat --all --history"))
        for case in batch:
            n = sum(json.loads(line)["id"] == case and json.loads(line)["rev"] == 1
                    for line in lines)
            need(n == 1, "%s is there %d times" % (case, n))
    return whole


def blob_there(content):
    def whole(bench, folder):
        b2 = hashlib.blake2b(content, digest_size=32).hexdigest()
        path = folder / "store/blobs" / b2[:2] / b2
        need(path.exists() and path.read_bytes() == content, "the attachment is not there")
    return whole


def erased(bench, folder):
    left = [path.name for path in (folder / "store").rglob("*")
            if path.is_file() and b"MARKER" in path.read_bytes()]
    need(not left, "erased, and still there", left)


def snapshot_whole(bench, folder):
    bench.need_clean(folder / "copy")
    need(bench.want(folder / "copy", "esc-cat --all") ==
         bench.want(folder / "store", "esc-cat --all"), "the copy is another")


def index_same(bench, folder):
    need(bench.want(folder / "store", "esc-cat --all") ==
         bench.want(folder / "store", "esc-cat --all --no-index"), "the index is another")


def ids(first, n):
    return [cases.case_id(number) for number in range(first, first + n)]


CONTENT = b"what was attached\n" * 400
COMMIT = "esc-commit --now " + NOW


def commands(known):
    """known: a record of the base store, as esc-cat shows it."""
    attached, _ = cases.with_attachment(50, "plan.pdf", CONTENT)
    grown = cases.noted(known, KEY)
    batch = cases.cases(60, 8)
    return {
        "new": Command(COMMIT, cases.case(40) + b"\n", cases_of=ids(40, 1),
                       whole=all_there(ids(40, 1))),
        "grown": Command(COMMIT, grown + b"\n", whole=once(json.loads(known)["id"])),
        "batch": Command(COMMIT, b"\n".join(batch + [grown]) + b"\n", cases_of=ids(60, 8),
                         whole=all_there(ids(60, 8))),
        "first": Command(COMMIT, cases.case(40) + b"\n", base="empty", cases_of=ids(40, 1),
                         whole=all_there(ids(40, 1))),
        "attachment": Command(COMMIT + " --blobs @/in", attached + b"\n", cases_of=ids(50, 1),
                              whole=blob_there(CONTENT)),
        "behind": Command(COMMIT, cases.case(40) + b"\n", base="tail", cases_of=ids(40, 1),
                          whole=all_there(ids(40, 1))),
        "init": Command("esc-store init @/store", base="none",
                        whole=lambda bench, folder: bench.need_clean(folder / "store")),
        "recover": Command("esc-store recover", base="tail", whole=all_there(ids(20, 2))),
        "reindex": Command("esc-store reindex", whole=index_same),
        "put": Command("esc-store put @/file", whole=blob_there(CONTENT)),
        "erase": Command("esc-store erase --yes -m asked " + cases.case_id(5), base="marked",
                         whole=erased),
        "snapshot": Command("esc-store snapshot @/copy", whole=snapshot_whole),
    }


READERS = {
    "cat": "esc-cat --all", "cat-log": "esc-cat --all --no-index",
    "cat-one": "esc-cat " + cases.case_id(2), "cat-due": "esc-cat --due=2027-01-01T00:00:00Z",
    "cat-history": "esc-cat --history --all", "cat-csv": "esc-cat --all --format csv",
    "verify": "esc-store verify", "stats": "esc-store stats",
    "checkpoint": "esc-store checkpoint",
}


def make_bases(bench):
    """The stores that the commands are run on."""
    made = bench.scratch / "bases"
    made.mkdir()
    bench.new_store(made / "empty", SEGMENT)
    plain = bench.new_store(made / "plain", SEGMENT)
    bench.commit(plain, cases.cases(1, 4))
    marked = copy_store(plain, made / "marked")
    blobs = made / "in"
    record, _ = cases.with_attachment(5, "MARKER.txt", b"MARKER\n")
    cases.put_blob(blobs, b"MARKER\n")
    cases.put_blob(blobs, CONTENT)
    bench.commit(marked, [record], "--blobs", blobs)
    bench.commit(marked, [cases.noted(
        bench.want(marked, ["esc-cat", cases.case_id(5)]).strip(), "MARKER")])
    tail = copy_store(plain, made / "tail")
    head = (tail / "HEAD").read_bytes()
    bench.commit(tail, cases.cases(20, 2))
    bench.commit(tail, cases.cases(22, 2))
    (tail / "HEAD").write_bytes(head)
    last = segments(tail)[-1]
    last.write_bytes(last.read_bytes()[:-500])
    for name in ("plain", "marked"):
        bench.want(made / name, "esc-cat --all")
    (made / "file").write_bytes(CONTENT)
    return bench.want(plain, ["esc-cat", cases.case_id(2)]).strip()


def set_up(bench, folder, command):
    bases = bench.scratch / "bases"
    if command.base != "none":
        copy_store(bases / command.base, folder / "store")
    shutil.copytree(bases / "in", folder / "in")
    shutil.copy(bases / "file", folder / "file")
    return folder / "store"


def table(bench):
    known = (bench.scratch / "bases/known").read_bytes()
    found = commands(known)
    found.update((name, Command(argv, reads=True)) for name, argv in READERS.items())
    return found


def calls_of(bench, name, command):
    """The calls of a run without a fault, by name, the first being 1; what it wrote."""
    folder = bench.scratch / "listing" / name
    folder.mkdir(parents=True)
    store = set_up(bench, folder, command)
    done = bench.run(store, command.words(folder), command.text,
                     before=bench.fault("none", 0, "all", folder / "calls"))
    need(done.status == 0, "%s without a fault" % name, done)
    (folder / "out").write_bytes(done.out)
    return [line.split()[1] for line in (folder / "calls").read_text().splitlines()]


def kill_points(name, calls):
    for number, call in enumerate(calls, 1):
        yield "%s:kill:%d" % (name, number)
        if call in CHANGING:
            yield "%s:kill-after:%d" % (name, number)
        if call in WRITES:
            yield "%s:half:%d" % (name, number)


def error_points(bench, name, calls):
    for deed, may_fail in ERRORS.items():
        if deed.startswith("ENOMEM") and bench.sanitized:
            continue    # the sanitizer itself waits for memory, for ever
        group = ",".join(sorted(may_fail)) if deed.endswith("+") else "all"
        counted = 0
        for call in calls:
            counted += group == "all" or call in may_fail
            if call in may_fail:
                yield "%s:%s:%d:%s" % (name, deed, counted, group)


def check_batch(bench, store, command):
    if not command.cases:
        return
    lines = split(bench.want(store, "esc-cat --all"))
    there = {json.loads(line)["id"] for line in lines} & set(command.cases)
    need(len(there) in (0, len(command.cases)), "a batch in part", sorted(there))


def mend(bench, folder, command, name):
    """After a kill: what was begun is finished or set aside."""
    store = folder / "store"
    if name == "init":
        if bench.run(store, "esc-store verify").status != 0:
            shutil.rmtree(store, ignore_errors=True)
        return
    shutil.rmtree(folder / "copy", ignore_errors=True)
    bench.want(store, "esc-store recover")
    bench.need_clean(store)
    check_batch(bench, store, command)


def again(bench, folder, command, name):
    """The same command once more: done, and done once."""
    store = folder / "store"
    if name != "init" or not store.exists():
        bench.want(store, command.words(folder), command.text)
    command.whole(bench, folder)
    bench.need_clean(store)


def try_kill(bench, folder, point):
    name, deed, number = point.split(":")
    command = table(bench)[name]
    store = set_up(bench, folder, command)
    done = bench.run(store, command.words(folder), command.text,
                     before=bench.fault(deed, number, "all"))
    need(done.status in (137, ENDED_EARLY), "not killed", done)
    mend(bench, folder, command, name)
    again(bench, folder, command, name)


def said(text):
    """An answer, but for what esc-store stats says of the index."""
    return re.sub(rb"(?m)^index  .*", b"", text)


def try_error(bench, folder, point):
    name, deed, number, group = point.split(":")
    command = table(bench)[name]
    store = set_up(bench, folder, command)
    done = bench.run(store, command.words(folder), command.text,
                     before=bench.fault(deed, number, group))
    if done.status in (0, ENDED_EARLY):
        expected = (bench.scratch / "listing" / name / "out").read_bytes()
        need(said(done.out) == said(expected) or not command.reads or
             done.status == ENDED_EARLY, "status 0 and another answer", done.out)
        if command.whole and done.status == 0:
            command.whole(bench, folder)
            bench.want(store, "esc-store recover")    # a seal may be left to the next writer
            bench.need_clean(store)
    else:
        need(done.status in KNOWN_FAILURES, "an odd status", done)
        need(done.err or done.out, "status %d without a word" % done.status)
    if command.reads:
        need(bench.run(store, command.words(folder)).status == 0, "not readable any more")
        return
    if done.status not in (0, ENDED_EARLY):
        mend_after_error(bench, folder, command, name)
        again(bench, folder, command, name)


def mend_after_error(bench, folder, command, name):
    """Nothing need be mended, but a half-made copy or store goes."""
    if name == "init":
        mend(bench, folder, command, name)
        return
    shutil.rmtree(folder / "copy", ignore_errors=True)
    check_batch(bench, folder / "store", command)


def figures(bench):
    kills = Figure("P2", "kill at every call", "points")
    errors = Figure("P3", "error at every call", "points")
    need_ptrace(bench)
    (bench.scratch / "bases").mkdir(exist_ok=True)
    shutil.rmtree(bench.scratch / "bases")
    known = make_bases(bench)
    (bench.scratch / "bases/known").write_bytes(known)
    kill, error = [], []
    for name, command in table(bench).items():
        calls = calls_of(bench, name, command)
        error += error_points(bench, name, calls)
        if not command.reads:
            kill += kill_points(name, calls)
    for figure, function, points in ((kills, try_kill, kill), (errors, try_error, error)):
        if bench.wants(figure.name):
            most = len(points) if bench.long or bench.point else QUICK[figure.promise]
            chosen = bench.most(points, most)
            yield bench.each(figure, function, bench.some(chosen)).note(
                "of %s", format(len(points), ","))
