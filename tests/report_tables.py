#!/usr/bin/env python3
"""report_tables.py DOCUMENT DIR: the tables of a report (esc-report(1),
TABLES) made again from its JSON document, and compared with the CSV files in
DIR.  Says what differs; 1 where something does, or a file is missing or is
none of the report's."""

import csv
import json
import re
import sys
from pathlib import Path

CLOCKS = "clock tier n met in_target missed breached met_rate running risk paused open_ended"
SPREAD = "p50 p90 p95 max mean"
TIMES = "measure tier n open " + " ".join(
    f"{of}.{member}" for of in ("net", "gross") for member in SPREAD.split())

# name: where it is, what it is made of, keys, columns
TABLES = {
    "policies": ("policies", "lists", 2, "policy version"),
    "cases": ("cases", "figures", 1, "figure n"),
    "clocks": ("clocks", "rows", 2, CLOCKS),
    "months": ("months", "rows", 3, "month clock tier n met missed breached met_rate"),
    "times": ("times", "rows", 2, TIMES),
    "frequency": ("frequency", "figures", 1, "figure n"),
    "promoted_to": ("frequency.by_tier", "figures", 1, "tier n"),
    "top_reached": ("frequency.top_reached", "figures", 1, "tier n"),
    "flow": ("frequency.flow", "rows", 2, "from to n"),
    "by": ("by", "nested", 2, "by value n"),
    "feedback": ("feedback", "figures", 1, "figure n"),
    "scores": ("feedback.scores", "figures", 1, "score n"),
    "backlog_tiers": ("backlog.by_tier", "figures", 1, "tier n"),
    "backlog_ages": ("backlog.by_age", "figures", 1, "age n"),
    "oldest": ("backlog.oldest", "texts", 1, "id"),
    "hygiene": ("hygiene", "figures", 1, "event n"),
    "rejudged": ("rejudged.clocks", "rows", 2, CLOCKS),
    "rejudged_times": ("rejudged.times", "rows", 2, TIMES),
    "moved": ("rejudged.moved", "rows", 4, "clock tier pinned rejudged n"),
    "resolutions": ("resolutions", "rows", 3, "id outcome summary"),
    "improvements": ("improvements", "rows", 4, "id at by text"),
    "review": ("review", "rows", 8, "id case_number subject tier assignee queue limits_passed why"),
}
WHOLE = {"policies", "resolutions", "improvements", "review"}
# What csv_out shows as an escape; lines and tabs may stand in a cell.
ACTS = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")


class Number(str):
    """As it is written in the document."""


def at(node, path):
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node


def shown(value):
    if value is None or isinstance(value, Number):
        return value or ""
    if isinstance(value, list):
        value = " ".join(value)
    guard = "'" if value[:1] in tuple("=+-@\t\r") else ""
    return guard + ACTS.sub(lambda m: "\\r" if m[0] == "\r" else f"\\u{{{ord(m[0]):02X}}}", value)


def keyed(shape, node, n_keys, columns, shown=shown):
    """{keys: {column: figure}} of what stands at a table's place."""
    if not node:
        return {}
    if shape == "rows":
        return {tuple(shown(at(row, c)) for c in columns[:n_keys]):
                {c: at(row, c) for c in columns[n_keys:]} for row in node}
    if shape == "figures":
        return {(shown(k),): {"n": v} for k, v in node.items() if isinstance(v, Number)}
    if shape == "nested":
        return {(shown(a), shown(b)): {"n": v} for a, of in node.items() for b, v in of.items()}
    if shape == "lists":
        return {(shown(k), shown(v)): {} for k, of in node.items() for v in of}
    return {(shown(v),): {} for v in node}


def part_rows(spec, now, previous, change, compared):
    path, shape, n_keys, columns = spec
    columns = columns.split()
    sides = [keyed(shape, at(side or {}, path), n_keys, columns)
             for side in (now, previous, change)]
    order = dict.fromkeys(list(sides[2]) + list(sides[0]) + list(sides[1])) \
        if compared else dict.fromkeys(sides[0])
    for key in order:
        row = list(key)
        for column in columns[n_keys:]:
            row += [shown(side.get(key, {}).get(column))
                    for side in (sides if compared else sides[:1])]
        yield row


def header(spec, compared):
    columns = spec[3].replace(".", "_").split()
    for i, column in enumerate(columns):
        yield column
        if compared and i >= spec[2]:
            yield from (column + "_previous", column + "_change")


def table(name, document):
    spec, compared = TABLES[name], "previous" in document and name not in WHOLE
    if spec[1] == "texts":
        compared = False
    grouped = "group_by" in document and name not in WHOLE
    before, change = document.get("previous", {}), document.get("change", {})
    lead = ["", ""] if grouped else []
    yield (["group_by", "group"] if grouped else []) + list(header(spec, compared))
    for row in part_rows(spec, document, before, change, compared):
        yield lead + row
    for group in (change if "previous" in document else document).get("groups", {}) if grouped else []:
        for row in part_rows(spec, *(side.get("groups", {}).get(group, {})
                                     for side in (document, before, change)), compared):
            yield [document["group_by"], shown(group)] + row


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file, parse_int=Number, parse_float=Number)
    wanted = {name for name, spec in TABLES.items()
              if "rejudge" in document or not spec[0].startswith("rejudged")}
    found = {path.stem for path in Path(sys.argv[2]).glob("*.csv")}
    wrong = [f"files: {sorted(wanted ^ found)}"] if wanted != found else []
    for name in sorted(wanted & found):
        data = Path(sys.argv[2], name + ".csv").read_bytes().decode()
        rows = list(csv.reader(data.splitlines(keepends=True), strict=True))
        if data.count("\r\n") < len(rows) or not data.endswith("\r\n"):
            wrong.append(f"{name}: rows do not end with CRLF")
        want = list(table(name, document))
        if rows != want:
            pairs = [(a, b) for a, b in zip(rows, want) if a != b][:2]
            wrong.append(f"{name}: {len(rows)} rows, expected {len(want)}; {pairs}")
    print("\n".join(wrong), end="")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
