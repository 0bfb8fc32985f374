#!/usr/bin/env python3
"""sheet_read.py FILE.fods CSV: the cells of a flat OpenDocument spreadsheet,
as LibreOffice has written it, beside the cells of the CSV file that it read.
Prints a line of JSON for each row: a list of [type, value], the type being
LibreOffice's (float, string, date ..., empty for a cell of nothing).  1 where
the sheet has not as many rows and cells as the file."""

import csv
import json
import sys
import xml.etree.ElementTree as tree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def words(node):
    """Blanks that XML would lose are elements."""
    found = node.text or ""
    for child in node:
        if child.tag == TEXT + "s":
            found += " " * int(child.get(TEXT + "c", "1"))
        found += ("\t" if child.tag == TEXT + "tab" else words(child)) + (child.tail or "")
    return found


def value(cell):
    kind = cell.get(OFFICE + "value-type", "")
    if cell.get(TABLE + "formula"):
        return ["formula", cell.get(TABLE + "formula")]
    if kind in ("float", "percentage", "currency"):
        return [kind, cell.get(OFFICE + "value")]
    return [kind, "\n".join(words(p) for p in cell.findall(TEXT + "p"))]


def cells(row):
    found = []
    for cell in row.findall(TABLE + "table-cell"):
        found += [value(cell)] * int(cell.get(TABLE + "number-columns-repeated", "1"))
    return found


def rows(path):
    sheet = tree.parse(path).getroot().find(f".//{TABLE}table")
    found = []
    for row in sheet.iter(TABLE + "table-row"):
        times = int(row.get(TABLE + "number-rows-repeated", "1"))
        found += [cells(row)] * min(times, 100000)
    return found


def main():
    with open(sys.argv[2], newline="", encoding="utf-8") as file:
        wanted = list(csv.reader(file, strict=True))
    got = rows(sys.argv[1])
    if len(got) < len(wanted):
        sys.exit(f"{len(got)} rows, {len(wanted)} in the file")
    for number, (want, have) in enumerate(zip(wanted, got), 1):
        have = (have + [["", ""]] * len(want))[:max(len(want), len(have))]
        if any(kind for kind, _ in have[len(want):]):
            sys.exit(f"row {number}: {len(have)} cells, {len(want)} in the file")
        print(json.dumps(have[:len(want)], ensure_ascii=False))


main()
