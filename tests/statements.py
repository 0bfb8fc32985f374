#!/usr/bin/env python3
"""statements.py TEXT JSONL: the statements of esc-sla-check --format text
--explain, recomputed: what counted adds up to each total and to `elapsed` of
the same clock in JSONL, what is left is what was allowed less the total, and
the times go forward.  Prints faults, and last how many statements and rows."""

import json
import re
import sys

HEAD = re.compile(r"^(ESC-\S+ (?:\w+ )?(?:tier \d+ )?cycle \d+): (\S+)$")
AMOUNT = re.compile(r"^(-?)(\d+)h(\d\d)m(?:(\d\d)s)?$")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def seconds(text):
    sign, hours, minutes, rest = AMOUNT.match(text).groups()
    size = int(hours) * 3600 + int(minutes) * 60 + int(rest or 0)
    return -size if sign else size


def name_of(record, clock):
    words = [record["id"]]
    if clock["clock"] != "tier":
        words.append(clock["clock"])
    if "tier" in clock:
        words.append("tier %d" % clock["tier"])
    return " ".join(words + ["cycle %d" % clock["cycle"]])


def statements(lines):
    """(name, verdict, rows, the last line) of each."""
    found = None
    for line in lines:
        head = HEAD.match(line)
        if head:
            found = [*head.groups(), []]
        elif found and line.startswith("counted "):
            yield (*found, line)
            found = None
        elif found:
            found[2].append(line)


def amounts(titles, rows):
    """COUNTED, TOTAL and LEFT of each row, by where they end; None: not said."""
    ends = [match.end() for match in re.finditer(r"\S+", titles)][2:]
    for row in rows:
        cells = {match.end(): match.group() for match in re.finditer(r"\S+", row)}
        yield [seconds(cells[end]) if AMOUNT.match(cells.get(end, "")) else None
               for end in ends]


def faults_of(rows, last, clock):
    titles = next(row for row in rows if "WHAT" in row)
    total, left_first = 0, None
    for values in amounts(titles, rows[rows.index(titles) + 1:]):
        counted, said = values[0], values[1]
        total += counted or 0
        if said is not None and said != total:
            yield "a total of %d, not %d" % (said, total)
        if len(values) > 2 and said is not None:
            left_first = values[2] if left_first is None else left_first
            if values[2] != left_first - total:
                yield "left %d of %d after %d" % (values[2], left_first, total)
    if total != clock["elapsed"]:
        yield "%d, and %d in the data" % (total, clock["elapsed"])
    if seconds(last.split()[1].rstrip(",")) != total:
        yield last


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    clocks = {name_of(record, clock): clock for record in records
              for clock in record["sla"]["clocks"] if clock["verdict"] != "ended"}
    n = rows = bad = 0
    with open(sys.argv[1], encoding="utf-8") as file:
        for name, verdict, lines, last in statements(file.read().split("\n")):
            n, rows = n + 1, rows + len(lines) - 2
            clock = clocks.pop(name)
            faults = list(faults_of(lines, last, clock))
            if verdict != clock["verdict"]:
                faults.append("%s, not %s" % (verdict, clock["verdict"]))
            for fault in faults:
                print("%s: %s" % (name, fault))
                bad = 1
    for name in clocks:
        print("%s: no statement" % name)
        bad = 1
    print("%d statements, %d rows" % (n, rows))
    return bad


sys.exit(main())
