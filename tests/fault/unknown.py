"""P9: documents as odd as JSON allows (tests/generate) through the store:
committed and read; a tenth of them grown by a filter, committed and read
again.  Unknown fields and numbers keep their bytes; so does all that was not
changed.  tests/cmd/40-bytes.t sends as many through every filter."""

import pathlib
import sys

import cases
from kit import Figure, NOW, joined, need, split

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "generate"))
import check  # noqa: E402
from records import Records  # noqa: E402

CHUNK = 1000
AGAIN = 10                      # chunks: in one of them a filter's work is committed too
ADDED = ("rev",)
NO_HASH = b"0" * 64             # of the generated attachments; their size is 12
ATTACHED = b"an attached\n"


def through(bench, store, folder, lines):
    """Commits lines; those that were not refused, and what the store says of each."""
    reject = folder / "reject"
    done = bench.run(store, ["esc-commit", "--now", NOW, "--reject", reject,
                             "--blobs", folder / "in"], joined(lines))
    need(done.status in (0, 65), "esc-commit", done)
    refused = set()
    for line in split(reject.read_bytes()):
        fields = {name: value for name, value, _ in check.members(line)}
        refused.add(int(check.decode(fields["source"]).rpartition(":")[2]))
    taken = [line for number, line in enumerate(lines, 1) if number not in refused]
    need(len(refused) * 20 < len(lines), "%d of %d refused" % (len(refused), len(lines)),
         reject.read_bytes()[:300])
    return taken, split(bench.want(store, "esc-cat --all"))


def by_id(lines):
    return {check.decode(line.value["id"]): line for line in map(check.Line, lines)}


def compare(before, after, may_change):
    old, new = by_id(before), by_id(after)
    need(set(old) == set(new), "cases were lost or came", len(old), len(new))
    for case, line in old.items():
        try:
            check.check_written(line, new[case], may_change)
        except check.Differs as why:
            need(False, str(why))


def try_chunk(bench, folder, first):
    generate = Records(bench.seed)
    b2 = cases.put_blob(folder / "in", ATTACHED).encode()
    lines = [generate.line(number).replace(NO_HASH, b2) for number in range(first, first + CHUNK)]
    store = bench.new_store(folder / "store")
    taken, said = through(bench, store, folder, lines)
    compare(taken, said, ADDED)
    if first % (AGAIN * CHUNK) == 0:
        grow(bench, store, folder, said)


def grow(bench, store, folder, said):
    """A filter appends an event to each; it is committed and read again."""
    noted = split(bench.want(store, "esc-note --now %s -m seen" % NOW, joined(said)))
    taken, after = through(bench, store, folder, noted)
    need(len(after) == len(noted), "cases were lost")
    compare(noted, after, ADDED)
    need(split(bench.want(store, "esc-cat --all --no-index")) == after,
         "the index says otherwise")


def figures(bench):
    figure = Figure("P9", "unknown fields and numbers through the store", "documents")
    chunks = bench.size(100, 100)
    bench.each(figure, try_chunk, range(0, chunks * CHUNK, CHUNK))
    figure.trials *= CHUNK
    yield figure
