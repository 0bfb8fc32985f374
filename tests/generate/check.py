"""Sends generated records through every filter and compares bytes:
what a filter did not change is the same; where it added an event, all else
keeps its bytes and its order; what it wrote can be read again, and folds to
itself.  Nothing here decodes a value or encodes it anew."""

import argparse
import collections
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

from records import DERIVED, ORDER, Records
from tokens import decode, member, members, parts

NOW = "2026-11-21T12:00:00Z"
NEVER_KEPT = set(DERIVED) | {"events", "sla"}
RANK = {name: i for i, name in enumerate(ORDER)}

# KEEPS: all lines pass as they are.  JUDGES: `sla` is added at the end.
# WRITES: an event may be appended; the names are the fields that it may set.
KEEPS, JUDGES, WRITES = "keeps", "judges", "writes"
FILTERS = [
    (KEEPS, "esc-pick", ()),
    (KEEPS, "esc-pick --where v=1 --where x_none!=1", ()),
    (JUDGES, "esc-sla-check", ()),
    (WRITES, "esc-fold", ()),
    (WRITES, "esc-note -m seen", ()),
    (WRITES, "esc-note --at -2d -m seen", ()),
    (WRITES, "esc-note --update --expected +2bd -m hello", ()),
    (WRITES, "esc-note --pause -m leave", ()),
    (WRITES, "esc-note --retract 2 -m wrong", ()),
    (WRITES, "esc-note --amend x_site=9 --amend requester.email=a@example.org -m moved",
     ("x_site", "requester")),
    (WRITES, "esc-note --amend x_n= -m gone", ("x_n",)),
    (WRITES, "esc-triage --auto", ()),
    (WRITES, "esc-triage --ack", ()),
    (WRITES, "esc-triage --accept --tier 2 --assign ann", ()),
    (WRITES, "esc-triage --cancel -m no", ()),
    (WRITES, "esc-triage --ask -m which", ()),
    (WRITES, "esc-triage --impact major --priority high -m worse", ("impact",)),
    (WRITES, "esc-promote --auto", ()),
    (WRITES, "esc-promote --auto --catch-up", ()),
    (WRITES, "esc-promote -m blocked", ()),
    (WRITES, "esc-resolve --outcome resolved --close -m done", ()),
    (WRITES, "esc-resolve --rate 4 --comment kind", ()),
    (WRITES, "esc-resolve --reopen -m again", ()),
]


class Differs(Exception):
    pass


def need(holds, what, *shown):
    if not holds:
        raise Differs(what + "".join("\n    " + str(text) for text in shown))


class Line:
    """A record's bytes, and where its members stand."""

    def __init__(self, raw):
        self.raw = raw
        self.members = members(raw)
        self.names = [name for name, _, _ in self.members]
        self.value = {name: value for name, value, _ in self.members}
        self.events = parts(self.value["events"])
        self.changed = set()
        for event in self.events:
            self.note_change(event)

    def note_change(self, event):
        """What the events that were there may change: names in their `set`."""
        if b"set" not in event and b"\\u" not in event:
            return
        fields = {name: value for name, value, _ in members(event)}
        kind = decode(fields["type"])
        if kind in ("reclassified", "amended"):
            for name, _, _ in members(fields.get("set", b"{}")):
                self.changed.add("requester" if name.startswith("requester.") else name)


def check_event(old, new):
    """An event that was there may gain `judged` and `was`; no byte is lost."""
    if old == new:
        return
    before, after = parts(old), parts(new)
    need(new.startswith(old[:-1]) or len(before) == len(after), "an event's bytes changed",
         old, new)
    grown = after[len(before):]
    need(all(member(part)[0] in ("judged", "was") for part in grown),
         "an event gained a member", old, new)
    for part, now in zip(before, after):
        if part == now:
            continue
        name, value = member(part)
        need(name == "judged" and member(now)[0] == name, "an event's member changed", old, new)
        entries = parts(value)
        need(parts(member(now)[1])[:len(entries)] == entries, "a judgement changed", old, new)


def check_new_event(event):
    names = [name for name, _, _ in members(event)]
    need(len(set(names)) == len(names), "a member twice", event)
    head = [name for name in ("at", "logged", "by", "type") if name in names]
    need(names[:len(head)] == head and len(head) >= 3, "not at, by, type first", event)


def check_order(old, new):
    """Derived fields stand where esc-case(5) says, if the input's fields did."""
    known = [RANK[name] for name in old.names if name in RANK]
    if known != sorted(known):
        return
    known = [RANK[name] for name in new.names if name in RANK]
    need(known == sorted(known), "fields out of order", new.raw)


def check_written(old, new, may_change):
    need(len(set(new.names)) == len(new.names), "a member twice", new.raw)
    need("sla" not in new.names, "sla was kept", new.raw)
    free = NEVER_KEPT | old.changed | set(may_change)
    kept = [part for name, _, part in old.members if name not in free]
    still = [part for name, _, part in new.members if name not in free]
    need(kept == still, "a member changed", kept, still)
    same = [name for name in old.names if name in new.value and name not in ("sla",)]
    need(same == [name for name in new.names if name in old.value], "the order changed",
         old.names, new.names)
    need(len(new.events) >= len(old.events), "an event was lost", old.raw, new.raw)
    for before, after in zip(old.events, new.events):
        check_event(before, after)
    for event in new.events[len(old.events):]:
        check_new_event(event)
    check_order(old, new)


def check_requester(old, new):
    """With its e-mail address amended, the rest of it is the same."""
    if "requester" not in old.value or "requester" in old.changed \
            or old.value["requester"] == b"null":
        return
    before, after = (
        [part if name != "email" else name for name, _, part in members(line.value["requester"])]
        for line in (old, new))
    if "email" not in before:
        before.append("email")
    need(before == after, "the requester changed", old.raw, new.raw)


def check_judged(old, new):
    raw = [part for name, _, part in old.members if name != "sla"]
    got = parts(new)
    need(member(got[-1])[0] == "sla", "no sla at the end", new)
    need(got[:-1] == raw, "a member changed", old.raw, new)
    if "sla" not in old.names:
        body = old.raw.strip(b" \t\r")[:-1].rstrip(b" \t\r")
        need(new.startswith(body + b',"sla":{'), "bytes changed", old.raw, new)


class Runner:
    def __init__(self, folder, folder_of_programs):
        self.folder = pathlib.Path(folder)
        self.programs = pathlib.Path(folder_of_programs)

    def run(self, command, lines):
        """Lines written; {line number: reject line}."""
        name, *options = command.split()
        reject = self.folder / "reject"
        argv = [self.programs / name, "--now", NOW, "--by", "tester",
                "--reject", reject, *options]
        done = subprocess.run(argv, input=b"".join(line + b"\n" for line in lines),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              env={"HOME": str(self.folder), "TZ": "UTC", "LC_ALL": "C"})
        need(done.returncode in (0, 65), "status %d of %s" % (done.returncode, command),
             done.stderr[-500:])
        refused = {}
        for line in reject.read_bytes().split(b"\n")[:-1]:
            fields = {name: value for name, value, _ in members(line)}
            refused[int(decode(fields["source"]).rpartition(":")[2])] = fields
        need((done.returncode == 65) == bool(refused), "the status says otherwise", command)
        return done.stdout.split(b"\n")[:-1], refused


def check_refused(lines, refused):
    for number, fields in refused.items():
        need(fields["record"] == lines[number - 1].strip(b" \t\r"),
             "a reject line holds another record", fields["record"], lines[number - 1])


def check_filter(runner, kind, command, may_change, old, count):
    lines = [line.raw for line in old]
    out, refused = runner.run(command, lines)
    need(kind == WRITES or not refused, "a reader refuses", command, list(refused.items())[:1])
    check_refused(lines, refused)
    taken = [line for number, line in enumerate(old, 1) if number not in refused]
    need(len(taken) == len(out), "lines were lost or doubled", command)
    count[command, "refused"] += len(refused)
    changed = []
    for before, after in zip(taken, out):
        if before.raw == after:
            count[command, "same bytes"] += 1
            continue
        need(kind != KEEPS, "bytes changed", before.raw, after)
        count[command, "changed"] += 1
        if kind == JUDGES:
            check_judged(before, after)
        else:
            after_line = Line(after)
            check_written(before, after_line, may_change)
            if "requester" in may_change:
                check_requester(before, after_line)
            changed.append(after)
    return changed


def check_again(runner, command, changed):
    """What was written is valid, and folds to itself; --auto twice is once."""
    again = ["esc-pick", "esc-fold"] + [command] * ("--auto" in command)
    for program in again:
        if "promote" in program and "catch-up" not in program:
            continue
        out, refused = runner.run(program, changed)
        need(not refused, "what was written is refused", program, list(refused.items())[:1])
        for before, after in zip(changed, out):
            need(before == after, program + " changes what %s wrote" % command, before, after)


def check_chunk(args, first, n):
    generate = Records(args.seed)
    old = [Line(generate.line(i)) for i in range(first, first + n)]
    count = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(folder, args.bin)
        for kind, command, may_change in FILTERS:
            if args.only and args.only not in command:
                continue
            try:
                changed = check_filter(runner, kind, command, may_change, old, count)
                check_again(runner, command, changed)
            except Differs as why:
                return count, "%s (records from %d): %s" % (command, first, why)
    return count, None


def main():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--bin", required=True, help="folder of the programs")
    parse.add_argument("--records", type=int, default=2000)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--jobs", type=int, default=2)
    parse.add_argument("--only", help="filters whose command holds this text")
    args = parse.parse_args()
    step = 1000
    total, faults = collections.Counter(), []
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        runs = [pool.submit(check_chunk, args, first, min(step, args.records - first))
                for first in range(0, args.records, step)]
        for run in runs:
            count, fault = run.result()
            total += count
            faults += [fault] if fault else []
    for fault in faults[:5]:
        print(fault)
    for _, command, _ in FILTERS:
        print("%-85s %s" % (command, "  ".join(
            "%s %d" % (what, total[command, what])
            for what in ("same bytes", "changed", "refused"))))
    print("%d records, %d faults" % (args.records, len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
