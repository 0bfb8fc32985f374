"""P7: acknowledged bytes are altered (a bit flipped, bytes dropped, lines
dropped, swapped, doubled, a file cut short or gone), and esc-store verify
must say so, and where: the segment, offset and seq of the first line that is
another.  The page of Python beside it must agree.  All alterations go through
verify_store in one process (verify_each), a sample through the program."""

import pathlib
import random
import re
import shutil
import subprocess

import cases
import store_verify
from kit import Broken, Figure, copy_store, need

SEGMENT = 3000
CHUNK = 1000


def make_base(bench, path):
    """Several segments, an attachment, an erased case, revisions."""
    bench.new_store(path, SEGMENT)
    blobs = path.parent / "in"
    record, _ = cases.with_attachment(3, "plan.pdf", b"a plan\n")
    cases.put_blob(blobs, b"a plan\n")
    bench.commit(path, [cases.case(1), cases.case(2, "to be forgotten")])
    bench.commit(path, [record, cases.case(4)], "--blobs", blobs)
    for number in (1, 2, 3):
        known = bench.want(path, ["esc-cat", cases.case_id(number)]).strip()
        bench.commit(path, [cases.noted(known, "seen")])
    bench.want(path, ["esc-store", "erase", "--yes", "-m", "asked for", cases.case_id(2)])
    bench.commit(path, [cases.case(5)])
    bench.need_clean(path)
    return path


class Base:
    """The store as it is meant to be: its files, and where its lines stand."""

    def __init__(self, store):
        self.store = store
        self.text = {str(path.relative_to(store)): path.read_bytes()
                     for path in sorted(store.rglob("*")) if path.is_file()
                     and not path.name.startswith(("index.sqlite", "lock"))}
        self.log = [name for name in self.text if name.startswith("log/")]
        self.rest = [name for name in self.text if name not in self.log
                     and not name.startswith("quarantine/")]
        self.lines, seq = {}, 0
        for name in self.log:
            self.lines[name], offset = [], 0
            for line in self.text[name].splitlines(True):
                seq += 1
                self.lines[name].append((offset, seq))
                offset += len(line)

    def line_at(self, name, offset):
        """(offset, seq) of the line with that byte; behind the last, what would follow."""
        for start, seq in reversed(self.lines[name]):
            if start <= offset < len(self.text[name]):
                return start, seq
        return len(self.text[name]), self.lines[name][-1][1] + 1


def flip(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + bytes([text[at] ^ 1 << rng.randrange(8)]) + text[at + 1:]


def drop(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.choice([1, 1, 2, 7, 64, 300]):]


def truncate(rng, text):
    return text[:rng.randrange(len(text))]


def exchange(rng, text):
    one, two = sorted((rng.randrange(len(text)), rng.randrange(len(text))))
    return text[:one] + text[two:two + 1] + text[one + 1:two] + text[one:one + 1] + text[two + 1:]


def by_line(change):
    def altered(rng, text):
        lines = text.splitlines(True)
        change(rng, lines)
        return b"".join(lines)
    return altered


def drop_line(rng, lines):
    del lines[rng.randrange(len(lines))]


def double_line(rng, lines):
    at = rng.randrange(len(lines))
    lines.insert(rng.choice([at, rng.randrange(len(lines))]), lines[at])


def swap_lines(rng, lines):
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]


OF_LOG = [flip, flip, drop, truncate, exchange, by_line(drop_line), by_line(double_line),
          by_line(swap_lines)]
OF_REST = [flip, flip, drop, truncate]


def first_difference(one, two):
    for at, (a, b) in enumerate(zip(one, two)):
        if a != b:
            return at
    return min(len(one), len(two))


def alteration(base, rng):
    """(file, its new bytes), something acknowledged being another."""
    while True:
        name = rng.choice(base.log) if rng.random() < 0.85 else rng.choice(base.rest)
        old = base.text[name]
        new = rng.choice(OF_LOG if name in base.log else OF_REST)(rng, old)
        if new == old or (name == base.log[-1] and new.startswith(old)):
            continue
        if name == "FORMAT" and same_format(old, new):
            continue
        return name, new


def same_format(old, new):
    """No hash covers FORMAT; the store's id is in the chain, though."""
    ids = [re.search(rb'"store_id":"([0-9a-f]{32})"', text) for text in (old, new)]
    return ids[1] is not None and ids[0][1] == ids[1][1]


def expected(base, name, new):
    """What one of the findings must be: a test of (segment, offset, seq)."""
    if name not in base.log:
        return lambda found: True
    at = first_difference(base.text[name], new)
    start, seq = base.line_at(name, at)
    segment = int(pathlib.Path(name).stem)
    if start < len(new) and at <= len(new) and new[start:start + 1]:
        return lambda found: (segment, start, seq) in found
    # The file now ends between two lines: the end, or what comes next, is the place.
    return lambda found: any(one[2] == seq or one[:2] == (segment, start) for one in found)


class Each:
    """verify_each at work."""

    def __init__(self, bench):
        self.process = subprocess.Popen([bench.tools / "verify_each"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=bench.environment())

    def verify(self, store):
        """[(segment, offset, seq)], and whether the store could be read at all."""
        self.process.stdin.write(b"%s\n" % str(store).encode())
        self.process.stdin.flush()
        found = []
        for line in self.process.stdout:
            words = line.split()
            if words[0] != b"found":
                return found, words[0] == b"done"
            found.append(tuple(int(word) for word in words[1:4]))
        raise Broken("verify_each died with status %s" % self.process.wait())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def try_one(base, store, each, name, new):
    right = expected(base, name, new)
    (store / name).write_bytes(new)
    try:
        found, readable = each.verify(store)
        need(found or not readable, "esc-store verify finds nothing in %s" % name)
        need(not readable or right(found), "%s: found elsewhere" % name, found[:5])
        second = [fault[:3] for fault in store_verify.verify(store)]
        need(second, "store_verify.py finds nothing in %s" % name)
        need(name not in base.log or right(second), "%s: store_verify.py finds it elsewhere"
             % name, second[:5])
    except Broken as why:
        raise Broken("%s\n    first byte that is another: %d" % (
            why, first_difference(base.text[name], new))) from why
    (store / name).write_bytes(base.text[name])


def try_chunk(bench, folder, point):
    """A thousand alterations of one store, from a seed; all that failed, in words."""
    base = Base(bench.scratch / "alter/base")
    store, each, rng = copy_store(base.store, folder / "store"), Each(bench), random.Random(point)
    try:
        found, _ = each.verify(store)
        need(not found, "found in a whole store", found)
        for number in range(CHUNK):
            name, new = alteration(base, rng)
            try:
                try_one(base, store, each, name, new)
            except Broken as why:
                raise Broken("alteration %d: %s" % (number, why)) from why
    finally:
        each.close()


def try_program(bench, folder, point):
    """One alteration through the program: status 1 or 74, and the place in words."""
    base, rng = Base(bench.scratch / "alter/base"), random.Random(point)
    store = copy_store(base.store, folder / "store")
    name, new = alteration(base, rng)
    (store / name).write_bytes(new)
    done = bench.run(store, "esc-store verify")
    need(done.status in (1, 74, 78) if name not in base.log else done.status == 1,
         "%s altered" % name, done)
    if name in base.log:
        said = [tuple(int(number) for number in one) for one in re.findall(
            r"^log/(\d+)\.jsonl: offset (\d+), seq (\d+): ", done.out.decode(), re.M)]
        need(expected(base, name, new)(said), "%s: not located" % name, said, done.out)


def figures(bench):
    folder = bench.scratch / "alter"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    make_base(bench, folder / "base")
    figure = Figure("P7", "altered bytes", "alterations")
    chunks = bench.size(100, 100)
    bench.each(figure, try_chunk, range(bench.seed * 1000, bench.seed * 1000 + chunks))
    if figure.trials:
        figure.trials *= CHUNK
        yield figure.note("store_verify.py agrees")
    sample = Figure("P7", "altered bytes, by the programs", "alterations")
    bench.each(sample, try_program, range(bench.seed * 10000,
                                          bench.seed * 10000 + bench.size(1000, 1000)))
    if sample.trials:
        yield sample
