"""P5: no lost update.  Clients read a case, add an event of their own to it
and commit it by the revision that they read, all in one store, some killed.
Then the histories are laid beside the log: each case's revisions are 1 to n,
what was acknowledged is there once, what was refused is not, conflicts were
real, reads were not stale, and what began after an acknowledgement has a
greater seq."""

import bisect
import collections
import json
import multiprocessing
import random
import re
import subprocess
import threading
import time

import cases
from kit import Figure, NOW, TEMPFAIL, joined, keep, log_lines

CLIENTS = 16
KILLED = 0.19        # of the attempts; some are done before it comes
STAYS = 0.8
WINDOW = 36          # cases that are worked on at a time
SHIFT = 150           # a client's commits until the window moves by a third
SEGMENT = 4 << 20

Operation = collections.namedtuple("Operation", "began ended case key rev answer")
Read = collections.namedtuple("Read", "began ended case rev")
LINE = re.compile(rb'\{"v":1,"seq":(\d+),.*?"id":"([^"]*)","rev":(\d+),')
KEY = re.compile(rb'"text":"(c\d+-\d+)"')


class Client:
    """One client: a process of its own for every command."""

    def __init__(self, bench, store, number, wanted):
        self.bench, self.store, self.number, self.wanted = bench, store, number, wanted
        self.rng = random.Random(bench.seed * 1000 + number)
        self.known, self.history, self.wrong = {}, [], []
        self.acknowledged = 0

    def read(self, case):
        began = time.monotonic()
        done = self.bench.run(self.store, ["esc-cat", case])
        if done.status:
            self.wrong.append("esc-cat %s: %s" % (case, done))
            return
        self.known[case] = done.out.rstrip(b"\n"), json.loads(done.out)["rev"]
        self.history.append(Read(began, time.monotonic(), case, self.known[case][1]))

    def command(self, case, key):
        """As an event by itself, or as the record with one more event."""
        record, rev = self.known[case]
        if record is None or self.rng.random() < 0.7:
            return ["--events"], cases.dump({
                "id": case, "rev": rev, "event": {"type": "noted", "text": key}})
        return [], cases.noted(record, key)

    def commit(self, case, key):
        options, text = self.command(case, key)
        rev, began = self.known.pop(case)[1], time.monotonic()
        process = subprocess.Popen(
            self.bench.argv(["esc-commit", "--now", NOW, *options]), close_fds=False,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=self.bench.environment(self.store))
        kill = None
        if self.rng.random() < KILLED:
            kill = threading.Timer(self.rng.random() * 0.03, process.kill)
            kill.start()
        try:
            _, err = process.communicate(text + b"\n")
        except BrokenPipeError:
            _, err = process.communicate()
        if kill:
            kill.cancel()
        self.took(case, key, rev, began, process.returncode, err)

    def took(self, case, key, rev, began, status, err):
        if status not in (0, TEMPFAIL, -9):
            self.wrong.append("status %d: %s" % (status, err.decode("utf-8", "replace")))
        answer = {0: "acknowledged", TEMPFAIL: "conflict"}.get(status, "unknown")
        self.history.append(Operation(began, time.monotonic(), case, key, rev, answer))
        if status == 0:
            self.known[case] = None, rev + 1
            self.acknowledged += 1

    def choose(self):
        """Most often the case it just committed; else any of those in turn."""
        if self.known and self.rng.random() < STAYS:
            return next(iter(self.known))
        self.known.clear()
        base = self.acknowledged // SHIFT * (WINDOW // 3)
        return cases.case_id(base + self.rng.randrange(WINDOW))

    def work(self):
        for number in range(100 * self.wanted):
            if self.acknowledged >= self.wanted or len(self.wrong) > 3:
                break
            case = self.choose()
            if case not in self.known:
                self.read(case)
            if case in self.known:
                self.commit(case, "c%d-%d" % (self.number, number))


def work_together(job):
    """Some of the clients, each a thread; all they saw."""
    bench, store, numbers, wanted = job
    clients = [Client(bench, store, number, wanted) for number in numbers]
    threads = [threading.Thread(target=client.work) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ([one for client in clients for one in client.history],
            [wrong for client in clients for wrong in client.wrong])


class Log:
    """What the store says happened."""

    def __init__(self, store):
        self.revisions = collections.defaultdict(list)
        self.of_key = collections.defaultdict(list)
        self.key_at = {}
        self.broken = []
        for line in log_lines(store):
            part = LINE.match(line)
            if not part:
                self.broken.append(line[:80])
                continue
            seq, case, rev = int(part[1]), part[2].decode(), int(part[3])
            if rev == 0:
                continue
            self.revisions[case].append(rev)
            keys = KEY.findall(line)
            if rev > 1 and keys:
                key = keys[-1].decode()
                self.of_key[key].append((case, rev, seq))
                self.key_at[case, rev] = key


def check_operations(log, operations):
    began = {op.key: op.began for op in operations}
    for op in operations:
        there = log.of_key.get(op.key, [])
        if len(there) > 1:
            yield "%s is there twice" % op.key
        if op.answer == "acknowledged" and [one[:2] for one in there] != [(op.case, op.rev + 1)]:
            yield "%s was acknowledged as %s revision %d: %s" % (
                op.key, op.case, op.rev + 1, there)
        if op.answer == "conflict" and there:
            yield "%s was refused, and is there" % op.key
        if op.answer == "conflict":
            other = log.key_at.get((op.case, op.rev + 1))
            if other is None or began[other] > op.ended:
                yield "%s: no real conflict at %s revision %d" % (op.key, op.case, op.rev)


def check_order(log, operations):
    """What began after an acknowledgement has a greater seq."""
    done = sorted((op.ended, log.of_key[op.key][0][2]) for op in operations
                  if op.answer == "acknowledged" and log.of_key.get(op.key))
    ends, most = [end for end, _ in done], []
    for _, seq in done:
        most.append(max(seq, most[-1] if most else 0))
    for op in operations:
        before = bisect.bisect_left(ends, op.began) - 1
        for _, _, seq in log.of_key.get(op.key, []):
            if before >= 0 and most[before] > seq:
                yield "%s has seq %d after an acknowledged %d" % (op.key, seq, most[before])


def check_reads(operations, reads):
    """A read has all that was acknowledged before it began, and nothing from later."""
    by_case = collections.defaultdict(list)
    for op in operations:
        if op.answer == "acknowledged":
            by_case[op.case].append((op.ended, op.rev + 1))
    least = {}
    for case, done in by_case.items():
        done.sort()
        most = []
        for _, rev in done:
            most.append(max(rev, most[-1] if most else 0))
        least[case] = [end for end, _ in done], most
    for read in reads:
        ends, most = least.get(read.case, ([], []))
        before = bisect.bisect_left(ends, read.began) - 1
        if before >= 0 and read.rev < most[before]:
            yield "a stale read of %s: %d of %d" % (read.case, read.rev, most[before])


def check(store, history):
    log = Log(store)
    for line in log.broken:
        yield "no line of a log: %s" % line
    operations = [one for one in history if isinstance(one, Operation)]
    reads = [one for one in history if isinstance(one, Read)]
    for case, revisions in log.revisions.items():
        if revisions != list(range(1, len(revisions) + 1)):
            yield "the revisions of %s are %s" % (case, revisions)
    yield from check_operations(log, operations)
    yield from check_order(log, operations)
    yield from check_reads(operations, reads)


def figures(bench):
    figure = Figure("P5", "compare and set", "commits")
    wanted = bench.size(20000, 200000) // CLIENTS + 1
    folder = bench.scratch / "histories"
    folder.mkdir()
    store = bench.new_store(folder / "store", SEGMENT)
    bench.want(store, ["esc-commit", "--now", NOW],
               joined(cases.cases(0, wanted // SHIFT * (WINDOW // 3) + 2 * WINDOW)))
    groups = [range(first, CLIENTS, bench.jobs) for first in range(bench.jobs)]
    with multiprocessing.Pool(bench.jobs) as pool:
        seen = pool.map(work_together, [(bench, store, group, wanted) for group in groups])
    history = [one for some, _ in seen for one in some]
    wrong = [why for _, some in seen for why in some] + list(check(store, history))
    bench.want(store, "esc-store recover")
    bench.need_clean(store)
    answers = collections.Counter(one.answer for one in history if isinstance(one, Operation))
    if wrong:
        wrong[0] += "\n    " + keep(bench, folder, figure.name)
    yield figure.count(answers["acknowledged"], wrong).note(
        "%d clients, a process a command", CLIENTS).note(
        "%s killed, %s conflicts, %s reads", *(format(n, ",") for n in (
            answers["unknown"], answers["conflict"],
            sum(isinstance(one, Read) for one in history))))
