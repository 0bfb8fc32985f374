"""P1: the runs of which the crash states are made.  Each has a base store and
what is run on it (Recorder); what is acknowledged is said in between.  A run
answers its batches: lists of ids that are there together or not at all."""

import json

import cases
from kit import NOW, split

SEGMENT = 5000
MARKER = b"PLANTEDMARKER"


def shown(bench, store, ids):
    """[id, revision, bytes] of cases, as they are now."""
    out = bench.want(store, ["esc-cat", *ids])
    return [[json.loads(line)["id"], json.loads(line)["rev"], line.decode()]
            for line in out.splitlines()]


def commit_and_say(bench, recorder, records, *options):
    """A commit, and what it acknowledges: which cases are now as they are."""
    recorder.run(bench, ["esc-commit", "--now", NOW, *options],
                 b"".join(line + b"\n" for line in records))
    ids = [json.loads(line)["id"] for line in records]
    recorder.add("ack", data=json.dumps({"cases": shown(bench, recorder.store, ids)}).encode())


def base_store(bench, path):
    bench.new_store(path, SEGMENT)
    bench.commit(path, cases.cases(1, 3))
    return path


def run_commits(bench, recorder, folder):
    """Batches of one and of many, a new segment, a policy, an attachment."""
    batches = []
    blobs = folder / "blobs"
    record, _ = cases.with_attachment(20, "plan.pdf", b"a plan\n" * 300)
    cases.put_blob(blobs, b"a plan\n" * 300)
    known = split(bench.want(recorder.store, "esc-cat --all"))
    for records, options in (
            ([cases.case(10)], ()),
            ([cases.noted(known[0], "one"), cases.case(11), cases.case(12), cases.case(13)], ()),
            ([record, cases.case(21)], ("--blobs", str(blobs))),
            (cases.cases(30, 6), ()),
            ([cases.noted(known[1], "two")], ())):
        commit_and_say(bench, recorder, records, *options)
        batches.append([cases.case_id(n) for n in range(10, 40)
                        if any(cases.case_id(n).encode() in line for line in records)])
    return batches


def run_first(bench, recorder, folder):
    """The first commits into an empty store: the first policy, the first segment."""
    for records in ([cases.case(10)], cases.cases(11, 2)):
        commit_and_say(bench, recorder, records)
    return [[cases.case_id(10)], [cases.case_id(11), cases.case_id(12)]]


def run_erase(bench, recorder, folder):
    recorder.run(bench, ["esc-store", "erase", "--yes", "-m", "asked to", cases.case_id(5)])
    recorder.add("ack", data=json.dumps({"erased": MARKER.decode()}).encode())
    commit_and_say(bench, recorder, [cases.case(10)])
    return [[cases.case_id(10)]]


def erase_base(bench, path):
    bench.new_store(path, SEGMENT)
    bench.commit(path, cases.cases(1, 2))
    bench.commit(path, [cases.case(5, "see " + MARKER.decode())])
    bench.commit(path, cases.cases(6, 4))
    bench.commit(path, [cases.noted(bench.want(path, ["esc-cat", cases.case_id(5)]).strip(),
                                    MARKER.decode())])
    return path


def tail_base(bench, path):
    """Behind HEAD: a finished batch, and the half of another."""
    base_store(bench, path)
    old = (path / "HEAD").read_bytes()
    bench.commit(path, cases.cases(10, 2))
    bench.commit(path, cases.cases(12, 2))
    (path / "HEAD").write_bytes(old)
    last = sorted((path / "log").iterdir())[-1]
    last.write_bytes(last.read_bytes()[:-700])
    return path


def run_recover(bench, recorder, folder):
    recorder.run(bench, "esc-store recover")
    recorder.add("ack", data=json.dumps({"cases": shown(
        bench, recorder.store, [cases.case_id(10)])}).encode())
    commit_and_say(bench, recorder, [cases.case(20)])
    return [[cases.case_id(10), cases.case_id(11)], [cases.case_id(20)]]


RUNS = {"commits": (base_store, run_commits), "first": (
    lambda bench, path: bench.new_store(path, SEGMENT), run_first),
        "erase": (erase_base, run_erase), "recover": (tail_base, run_recover)}


def run_attached(bench, recorder, folder):
    """One commit of all that a commit may make: a policy, an attachment, a segment."""
    record, _ = cases.with_attachment(20, "plan.pdf", b"a plan\n" * 300)
    cases.put_blob(folder / "blobs", b"a plan\n" * 300)
    commit_and_say(bench, recorder, [record], "--blobs", str(folder / "blobs"))
    return [[cases.case_id(20)]]
