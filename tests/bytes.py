#!/usr/bin/env python3
"""bytes.py make N VERSION: N case records under s-club of that version, with
unknown fields everywhere, odd numbers, every escape and blanks in odd places.

bytes.py check BEFORE AFTER: every member of a record that is not derived, and
every event, has the very bytes that it had before, in the same order; events
may only have been added at the end.
"""

import json
import random
import sys

DERIVED = {"state", "held", "tier", "tier_name", "priority", "assignee", "queue", "clocks",
           "due", "risk", "resolution", "feedback", "sla"}
NUMBERS = ["78.34", "1E2", "-0", "12345678901234567890", "0.1", "1e400", "-1e-400", "0.0",
           "1.0", "1e+05", "9007199254740993", "-9223372036854775809", "3.141592653589793238462"]
PIECES = ["plain", "\\u00e9", "\u00e9", "\\\"", "\\\\", "\\/", "/", "\\b\\f\\n\\r\\t",
          "\\ud83d\\ude00", "\U0001F600", "\\u001f", "\u2028", "\u202e", "\\u202E",
          "\x7f", "\u0080", "{}[],:", " ", "\uffff", "\\uDBFF\\uDFFF"]


def blank(rng):
    return rng.choice(["", "", "", "", " ", "  ", "\t", "\r"])


def text(rng):
    return '"' + "".join(rng.choice(PIECES) for _ in range(rng.randrange(6))) + '"'


def value(rng, depth=0):
    kind = rng.randrange(8 if depth < 4 else 5)
    if kind == 0:
        return rng.choice(["null", "true", "false"])
    if kind < 3:
        return rng.choice(NUMBERS)
    if kind < 5:
        return text(rng)
    if kind < 7:
        items = [blank(rng) + value(rng, depth + 1) + blank(rng) for _ in range(rng.randrange(4))]
        return "[" + (",".join(items) or blank(rng)) + "]"
    return members(rng, unknown(rng, rng.randrange(4), depth + 1))


def unknown(rng, n, depth=0):
    """n members whose names no other member has, some written with escapes."""
    names = [rng.choice(["x_", "x\\u005f", "vendor.", "\u00fc", "\\ud83d\\ude00", " "]) + "k%d" % i
             for i in rng.sample(range(1000), n)]
    return [('"%s"' % name, value(rng, depth)) for name in names]


def members(rng, pairs):
    inside = ",".join(blank(rng) + key + blank(rng) + ":" + blank(rng) + val + blank(rng)
                      for key, val in pairs)
    return "{" + (inside or blank(rng)) + "}"


def mixed(rng, known, n):
    """The known members in their order, unknown ones between them."""
    pairs = [('"%s"' % key, val) for key, val in known]
    for pair in unknown(rng, n):
        pairs.insert(rng.randrange(len(pairs) + 1), pair)
    return members(rng, pairs)


def event(rng, at, kind, more=()):
    known = [("at", '"2026-11-16T%s:00Z"' % at), ("by", text(rng)), ("type", '"%s"' % kind)]
    return mixed(rng, known + list(more), rng.randrange(3))


def record(rng, number, version):
    events = [event(rng, "09:00", "submitted"), event(rng, "10:00", "accepted", [("tier", "1")])]
    events += [event(rng, "11:00", rng.choice(["x-mine", "noted", "unheard-of"]),
                     [("text", text(rng))]) for _ in range(rng.randrange(3))]
    known = [("v", "1"), ("id", '"ESC-01KAKZAX50%016d"' % number), ("policy", '"s-club"'),
             ("policy_version", '"%s"' % version), ("created", '"2026-11-16T09:00:00Z"'),
             ("subject", text(rng)), ("description", text(rng)),
             ("requester", mixed(rng, [("name", text(rng))], rng.randrange(3))),
             ("events", "[" + ",".join(blank(rng) + e + blank(rng) for e in events) + "]")]
    return blank(rng) + mixed(rng, known, rng.randrange(8)) + blank(rng)


def skip(line, at):
    while line[at] in " \t\r\n":
        at += 1
    return at


def items(line, at, closing, pairs):
    """The raw items of the array or object whose inside begins at `at`."""
    decode = json.JSONDecoder(strict=False).raw_decode
    found = []
    at = skip(line, at)
    while line[at] != closing:
        key = None
        if pairs:
            _, end = decode(line, at)
            key, at = line[at:end], skip(line, skip(line, end) + 1)
        _, end = decode(line, at)
        found.append((key, line[at:end]))
        at = skip(line, end)
        if line[at] == ",":
            at = skip(line, at + 1)
    return found


def parts(line):
    """(members that stay, events) of a record, as they are written."""
    pairs = items(line, line.index("{") + 1, "}", True)
    stay = [pair for pair in pairs if json.loads(pair[0]) not in DERIVED | {"events"}]
    events = [raw for key, raw in pairs if key == '"events"']
    return stay, items(events[0], 1, "]", False)


def check(before, after):
    with open(before, encoding="utf-8", newline="\n") as f:
        old = f.read().split("\n")
    with open(after, encoding="utf-8", newline="\n") as f:
        new = f.read().split("\n")
    if len(old) != len(new):
        sys.exit("%d records became %d" % (len(old) - 1, len(new) - 1))
    for number, (was, now) in enumerate(zip(old[:-1], new[:-1]), 1):
        stay, events = parts(was)
        stayed, grown = parts(now)
        if stay != stayed or events != grown[:len(events)]:
            sys.exit("record %d:\n%s\n%s" % (number, was, now))


def make(n, version):
    rng = random.Random(20261121)
    out = open(1, "w", encoding="utf-8", newline="\n", closefd=False)
    for number in range(n):
        out.write(record(rng, number, version) + "\n")
    out.flush()


if sys.argv[1] == "make":
    make(int(sys.argv[2]), sys.argv[3])
else:
    check(sys.argv[2], sys.argv[3])
