"""P11: the index is only a cache.  Every page of it is damaged, it is cut
short, emptied, garbled, exchanged for another's, older or gone: esc-cat's
answers are those of --no-index."""

import random
import shutil

import cases
from kit import Figure, copy_store, need, split

PAGE = 4096
FLIPS = 6

SELECTIONS = [
    "esc-cat --all", "esc-cat --due=2027-01-01T00:00:00Z", "esc-cat --open --all",
    "esc-cat --history " + cases.case_id(3), "esc-cat --ids --all",
    "esc-cat " + cases.case_id(77)[-9:], "esc-cat --where case_number=C-7",
    "esc-cat --as-of 2100-01-01T00:00:00Z " + cases.case_id(9),
]


def make_base(bench, folder):
    """A store with its index; an older index of it; the index of another store."""
    store = bench.new_store(folder / "base", 40000)
    bench.commit(store, [cases.case(n, case_number="C-%d" % (n % 20)) for n in range(1, 120)])
    bench.want(store, "esc-cat --all")
    shutil.copy(store / "index.sqlite", folder / "older")
    known = split(bench.want(store, "esc-cat --all"))
    bench.commit(store, [cases.noted(line, "seen") for line in known[::3]])
    bench.want(store, "esc-cat --all")
    other = bench.new_store(folder / "other", 40000)
    bench.commit(other, [cases.case(n, "another") for n in range(50, 90)])
    bench.want(other, "esc-cat --all")


def garbled(bench, folder, text, way, rng):
    if way == "gone":
        return None
    if way == "empty":
        return b""
    if way == "older":
        return (folder / "older").read_bytes()
    if way == "other":
        return (folder / "other/index.sqlite").read_bytes()
    if way == "noise":
        return rng.randbytes(len(text))
    if way == "text":
        return b"no database\n" * 1000
    return text[:int(way.partition("-")[2]) * PAGE // 2]


def try_index(bench, folder, point):
    name, _, number = point.partition(":")
    made = bench.scratch / "index"
    store, rng = copy_store(made / "base", folder / "store"), random.Random(point)
    text = bytearray((store / "index.sqlite").read_bytes())
    if name == "page":
        page = int(number.partition(":")[0])
        at = page * PAGE + rng.randrange(PAGE)
        text[at] ^= 1 << rng.randrange(8)
    else:
        text = garbled(bench, made, bytes(text), name, rng)
    if text is None:
        (store / "index.sqlite").unlink()
    else:
        (store / "index.sqlite").write_bytes(text)
    for selection in SELECTIONS:
        right = bench.want(store, selection + " --no-index")
        need(bench.want(store, selection) == right, "another answer", selection)
    right = bench.want(made / "base", "esc-cat --all --no-index")
    need(bench.want(store, "esc-cat --all") == right, "the log is another")


def points(bench):
    size = (bench.scratch / "index/base/index.sqlite").stat().st_size
    flips = ["page:%d:%d" % (page, flip) for page in range(size // PAGE)
             for flip in range(bench.size(FLIPS, 20 * FLIPS))]
    cuts = ["cut-%d" % half for half in range(0, 2 * size // PAGE)]
    return flips + cuts + ["gone", "empty", "older", "other", "noise", "text"]


def figures(bench):
    figure = Figure("P11", "damaged and stale index", "indexes")
    (bench.scratch / "index").mkdir()
    make_base(bench, bench.scratch / "index")
    yield bench.each(figure, try_index, bench.some(points(bench))).note(
        "%d selections each", len(SELECTIONS))
