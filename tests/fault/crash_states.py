"""P1: the states that a power cut can leave.  One run is recorded (record.py);
then, for a moment in it, what had been synced is there, and of all else any
part may be lost: a write whole, its end, its beginning, its bytes but not its
size's worth of zeros; the name of a new file; a rename.  The two slots of
HEAD lie in one sector: it is there as it was at some moment, or torn in the
slot that was being written.  On each state: recover, verify, what had been
acknowledged is there, batches are whole or absent, the next commit works."""

import functools
import hashlib
import json
import os
import pathlib
import pickle
import random

import cases
from kit import Broken, Figure, copy_store, have_tool, log_lines, need, split
from crash_runs import RUNS, SEGMENT, run_attached, shown
from record import Recorder


def is_index(path):
    return path.startswith("index.sqlite")


class Recording:
    """A base store, and the operations of a run on it."""

    def __init__(self, base, recorder, batches):
        self.base = {recorder.base[path]: data for path, data in read_all(base).items()}
        self.names, self.batches = recorder.base, batches
        self.operations = [op for op in recorder.operations if not is_index(op.path)]
        self.index = {path: data for path, data in read_all(recorder.store).items()
                      if is_index(path)}
        self.folders = [os.path.relpath(path, base) for path, _, _ in os.walk(base)]


def read_all(store):
    return {str(path.relative_to(store)): path.read_bytes()
            for path in pathlib.Path(store).rglob("*") if path.is_file()}


def parent(path):
    return os.path.dirname(path) or "."


def is_durable(op, later):
    """Whether one of the operations behind it made it so."""
    if op.kind in ("data", "size"):
        return any(sync.kind == "sync" and sync.file == op.file for sync in later)
    return any(sync.kind == "sync" and sync.path == parent(op.path) for sync in later)


def variants(rng, op):
    """What may be left of one write that was not synced, at random."""
    n = len(op.data)
    cut = rng.choice([1, n // 2, n - 1, 512 - op.offset % 512, rng.randint(0, n)])
    cut = max(0, min(n, cut))
    yield "begins", [(op.offset, op.data[:cut])]
    yield "ends", [(op.offset + cut, op.data[cut:])]
    if op.grows:
        yield "zeros", [(op.offset, bytes(n))]
        yield "zeros, then bytes", [(op.offset, bytes(cut)), (op.offset + cut, op.data[cut:])]


def choose(rng, op, way):
    """(what is left, in a word; the writes) of an operation; None: lost."""
    if way == "all" or (way == "some" and rng.random() < 0.4):
        return "whole", [(op.offset, op.data)]
    if way == "none" or op.kind != "data" or rng.random() < 0.4:
        return None
    return rng.choice(list(variants(rng, op)))


def head_writes(rng, loose, way):
    """HEAD up to some moment, perhaps torn in the slot last written."""
    if way != "some":
        return {id(op): choose(rng, op, way) for op in loose}
    upto = rng.randint(0, len(loose))
    chosen = {id(op): ("whole", [(op.offset, op.data)]) for op in loose[:upto]}
    if upto and rng.random() < 0.5:
        op = loose[upto - 1]
        cut = rng.randint(0, len(op.data))
        chosen[id(op)] = rng.choice([
            ("torn", [(op.offset, op.data[:cut])]),
            ("torn", [(op.offset + cut, op.data[cut:])])])
    return chosen


class State:
    """What is on the disk after a cut."""

    def __init__(self, recording):
        self.data = {file: bytearray(data) for file, data in recording.base.items()}
        self.names = dict(recording.names)
        self.folders = list(recording.folders)
        self.lost_folders = []
        self.story = []

    def write(self, file, offset, data):
        content = self.data.setdefault(file, bytearray())
        if offset > len(content):
            content.extend(bytes(offset - len(content)))
        content[offset:offset + len(data)] = data

    def resize(self, file, size):
        content = self.data.setdefault(file, bytearray())
        del content[size:]
        content.extend(bytes(size - len(content)))

    def apply(self, op, left):
        if left is None:
            if op.kind == "folder":
                self.lost_folders.append(op.path)
        elif op.kind == "data":
            for offset, data in left[1]:
                self.write(op.file, offset, data)
        elif op.kind == "size":
            self.resize(op.file, op.offset)
        elif op.kind == "folder":
            self.folders.append(op.path)
        elif op.kind == "gone":
            self.names.pop(op.path, None)
        elif op.kind == "name":
            self.names.pop(op.old, None)
            self.names[op.path] = op.file

    def paths(self):
        lost = tuple(folder + "/" for folder in self.lost_folders)
        return {path: bytes(self.data.get(file, b"")) for path, file in self.names.items()
                if not is_index(path) and not (lost and path.startswith(lost))}

    def put(self, folder):
        for path in self.folders:
            (folder / path).mkdir(parents=True, exist_ok=True)
        for path, data in self.paths().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)


def cut_at(recording, cut, way, rng):
    """The state after a cut before operation `cut`, and what was acknowledged."""
    state, acknowledged, before = State(recording), [], recording.operations[:cut]
    head = [op for i, op in enumerate(before) if op.path == "HEAD" and op.kind == "data"
            and not is_durable(op, before[i + 1:])]
    chosen = head_writes(rng, head, way)
    for i, op in enumerate(before):
        if op.kind == "ack":
            acknowledged.append(json.loads(op.data))
        elif op.kind != "sync":
            left = chosen[id(op)] if id(op) in chosen else ("whole", [(op.offset, op.data)])
            if id(op) not in chosen and not is_durable(op, before[i + 1:]):
                left = choose(rng, op, way)
                state.story.append("%s %s" % (op, left[0] if left else "lost"))
            elif id(op) in chosen:
                state.story.append("%s %s" % (op, left[0] if left else "lost"))
            state.apply(op, left)
    return state, acknowledged


def put_index(rng, recording, state, folder):
    """The index is never synced: none, the old one, the last one, half of it."""
    way = rng.choice(["none", "none", "old", "new", "half"])
    for path, data in recording.index.items():
        if way in ("new", "half"):
            (folder / path).write_bytes(data[:len(data) // 2] if way == "half" else data)
    for path, file in recording.names.items():
        if is_index(path) and way == "old":
            (folder / path).write_bytes(recording.base[file])


def record_killed(bench):
    """The same twice: killed behind each name or line that it made, then run again."""
    folder = bench.scratch / "recorded/attached"
    folder.mkdir(parents=True)
    base = bench.new_store(folder / "base", SEGMENT)
    first = Recorder(copy_store(base, folder / "run"))
    run_attached(bench, first, folder)
    plain = Recording(base, first, [])
    places = [at for at, op in enumerate(plain.operations, 1) if op.kind == "name"
              or (op.kind == "data" and op.path.startswith("log/"))]
    for at in places:
        state, _ = cut_at(plain, at, "all", random.Random(0))
        again = folder / ("again-%d" % at)
        again.mkdir()
        state.put(again)
        recorder = Recorder(again).follow(first, plain.operations[:at], state)
        batches = run_attached(bench, recorder, folder)
        save(bench, "killed-%d" % at, Recording(base, recorder, batches))


@functools.lru_cache(maxsize=None)
def load(path):
    return pickle.loads(pathlib.Path(path).read_bytes())


def save(bench, name, recording):
    folder = bench.scratch / "recorded" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recording").write_bytes(pickle.dumps(recording))


def names(bench):
    return sorted(path.parent.name for path in (bench.scratch / "recorded").glob("*/recording"))


def record_all(bench):
    record_killed(bench)
    for name, (make, run) in RUNS.items():
        folder = bench.scratch / "recorded" / name
        folder.mkdir(parents=True)
        base = make(bench, folder / "base")
        recorder = Recorder(copy_store(base, folder / "run"))
        there = shown(bench, base, ["--all"]) if name == "commits" else []
        recorder.add("ack", data=json.dumps({"cases": there}).encode())
        batches = run(bench, recorder, folder)
        save(bench, name, Recording(base, recorder, batches))


# What must hold in each state.

def check_beside(store, record):
    """The policy and the attachments of an acknowledged case."""
    policy = "%s@%s.json" % (record["policy"], record["policy_version"])
    need((store / "policies" / policy).exists(), "acknowledged without its policy", policy)
    for one in record.get("attachments", ()):
        need((store / "blobs" / one["b2"][:2] / one["b2"]).exists(),
             "acknowledged without its attachment", one)


def check_acknowledged(bench, store, acknowledged):
    for said in acknowledged:
        for case, rev, line in said.get("cases", ()):
            check_beside(store, json.loads(line))
            lines = split(bench.want(store, ["esc-cat", "--history", case]))
            need(len(lines) >= rev, "acknowledged %s revision %d is lost" % (case, rev))
            need(json.loads(lines[rev - 1]) == json.loads(line),
                 "acknowledged %s revision %d is another" % (case, rev), lines[rev - 1])
        if "erased" in said:
            left = [path for path, data in read_all(store).items()
                    if said["erased"].encode() in data]
            need(not left, "erased, and still there", left)


def check_batches(store, batches):
    text = b"\n".join(line for line in log_lines(store))
    for batch in batches:
        there = [case for case in batch if b'"id":"%s","rev":1,' % case.encode() in text]
        need(len(there) in (0, len(batch)), "a batch in part: %s of %s" % (there, batch))


def check_state(bench, folder, point):
    name, cut, way, seed = point.split(":")
    recording = load(str(bench.scratch / "recorded" / name / "recording"))
    rng = random.Random(point)
    state, acknowledged = cut_at(recording, int(cut), way, rng)
    store = folder / "store"
    store.mkdir()
    state.put(store)
    put_index(rng, recording, state, store)
    try:
        bench.want(store, "esc-store recover")
        check_acknowledged(bench, store, acknowledged)
        check_batches(store, recording.batches)
        bench.commit(store, [cases.case(99)])
        bench.need_clean(store)
    except Broken as why:
        state.put(folder / "as-it-was")
        raise Broken("%s\n    left: %s" % (why, "; ".join(state.story))) from why


def points(bench, wanted):
    """Every moment with all, none, and then any part of what was not synced."""
    runs = names(bench)
    lengths = {name: len(load(str(bench.scratch / "recorded" / name / "recording")).operations)
               for name in runs}
    plain = ["%s:%d:%s:0" % (name, cut, way) for name in runs
             for cut in range(lengths[name] + 1) for way in ("all", "none")]
    rng = random.Random(bench.seed)
    seen, chosen = set(), []
    tries = 0
    while len(chosen) < wanted and tries < 20 * wanted:
        if tries < len(plain):
            point = plain[tries]
        else:
            name = rng.choice(runs)
            point = "%s:%d:some:%d" % (name, rng.randint(1, lengths[name]), tries)
        tries += 1
        mark = digest(bench, point)
        if mark not in seen:
            seen.add(mark)
            chosen.append(point)
    return chosen


def digest(bench, point):
    """Two points may come to the same state; it is tried once."""
    name, cut, way, _ = point.split(":")
    recording = load(str(bench.scratch / "recorded" / name / "recording"))
    state, acknowledged = cut_at(recording, int(cut), way, random.Random(point))
    text = repr((sorted(state.paths().items()), sorted(state.folders), acknowledged))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def figures(bench):
    figure = Figure("P1", "simulated power cut", "states")
    have_tool("strace")
    record_all(bench)
    yield bench.each(figure, check_state, points(bench, bench.size(2000, 20000)))
