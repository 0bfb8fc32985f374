"""P6: what is committed again changes nothing.  The same input once to four
times, most of the runs killed somewhere, many between the write of the log
and the acknowledgement; in the end the store says what one run says, and one
run more leaves every byte of the log as it is."""

import json
import random

import cases
from kit import ENDED_EARLY, Figure, NOW, copy_store, joined, log_lines, need, need_ptrace, split

SEGMENT = 6000


def make_base(bench, path):
    bench.new_store(path, SEGMENT)
    bench.commit(path, cases.cases(1, 6))
    known = split(bench.want(path, "esc-cat --all"))
    bench.commit(path, [cases.noted(known[4], "meanwhile")])
    return path, known


def inputs(known):
    """What is committed: {name: (options, lines)}; each may be said again."""
    import_grown = json.loads(known[2])
    import_grown["rev"] = 0
    import_grown["events"].append(cases.event("noted", text="from the other system"))
    return {
        "new": ([], cases.cases(20, 3)),
        "one": ([], [cases.case(30)]),
        "grown": ([], [cases.noted(known[0], "seen"), cases.noted(known[1], "seen too")]),
        "mixed": ([], [cases.noted(known[0], "seen"), cases.case(31), cases.case(32)]),
        "import": ([], [cases.dump(import_grown), cases.case(33)]),
        "rebase": (["--rebase"], [cases.noted(known[4], "based on what was")]),
        "if-new": (["--if-new"], [cases.case(1), cases.case(34)]),
        "events": (["--events"], [cases.dump({
            "id": cases.case_id(1), "rev": 1, "event": cases.event("noted", text="by itself")})]),
        "segment": ([], cases.cases(40, 12)),
    }


def prepare(bench):
    """One clean run of each input: what it says then, and how many calls it takes."""
    folder = bench.scratch / "replay"
    folder.mkdir()
    base, known = make_base(bench, folder / "base")
    plan = {}
    for name, (options, lines) in inputs(known).items():
        store, log = copy_store(base, folder / name), folder / "calls"
        command = ["esc-commit", "--now", NOW, *options]
        bench.want(store, command, joined(lines), before=bench.fault("none", 0, "all", log))
        calls = [line.split() for line in log.read_text().splitlines()]
        writes = [int(call[0]) for call in calls if "write" in call[1] and len(call) > 2
                  and "/log/" in call[2]]
        plan[name] = {"command": command, "text": joined(lines).decode(), "calls": len(calls),
                      "written": writes[-1], "lines": len(log_lines(store)),
                      "says": bench.want(store, "esc-cat --all").decode()}
    (folder / "plan").write_text(json.dumps(plan))
    return sorted(plan)


def one_run(bench, store, plan, rng):
    """One run, most often killed; half of them behind the write of the log."""
    way, command, text = rng.random(), plan["command"], plan["text"].encode()
    if way < 0.2:
        bench.want(store, command, text)
        return False
    first = plan["written"] + 1 if way < 0.6 else 1
    done = bench.run(store, command, text, before=bench.fault(
        "kill", rng.randint(first, plan["calls"]), "all"))
    need(done.status in (0, 137, ENDED_EARLY), "not killed", done)
    return done.status == 137


def try_replay(bench, folder, point):
    name, seed = point.split(":")
    plan = json.loads((bench.scratch / "replay/plan").read_text())[name]
    store, rng = copy_store(bench.scratch / "replay/base", folder / "store"), random.Random(seed)
    for _ in range(rng.randint(1, 3)):
        one_run(bench, store, plan, rng)
    bench.want(store, plan["command"], plan["text"].encode())
    need(bench.want(store, "esc-cat --all").decode() == plan["says"], "says something else")
    cases_lines = [line for line in log_lines(store) if b'"rev":0,"b":' not in line]
    need(len(cases_lines) == plan["lines"], "%d lines, not %d" % (
        len(cases_lines), plan["lines"]))
    before = log_lines(store)
    bench.want(store, plan["command"], plan["text"].encode())
    need(log_lines(store) == before, "one run more wrote something")
    bench.need_clean(store)


def figures(bench):
    figure = Figure("P6", "replay", "replays")
    need_ptrace(bench)
    names = prepare(bench)
    wanted = bench.size(1000, 10000)
    yield bench.each(figure, try_replay, [
        "%s:%d" % (names[i % len(names)], bench.seed * 100000 + i) for i in range(wanted)])
