#!/usr/bin/env python3
"""github_read.py commands|summary FILE: reads what a GitHub Actions runner
reads, as its documentation ("Workflow commands", "GitHub Flavored Markdown")
describes it, and prints it as JSON, a line each.  1 where it cannot be read.

A command is `::name key=value,key=value::message` on a line of its own; in
it %25, %0D, %0A stand for %, CR, LF, and in a value %3A and %2C for : and ,
too.  A row of a table ends with its line; | parts cells unless a backslash
stands before it."""

import html
import json
import re
import sys

from markdown_read import CALLED

COMMAND = re.compile(r"::([a-z]+)(?: ([^:]*))?::(.*)")
ESCAPE = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
MARKUP = set("\\`*[]#|~<>$")


def unescape(text, known):
    def one(match):
        if match.group().upper() not in known:
            raise ValueError(f"not an escape: {match.group()} in {text}")
        return ESCAPE[match.group().upper()]

    return re.sub("%.{0,2}", one, text)


def command(line):
    match = COMMAND.fullmatch(line)
    if not match:
        raise ValueError(f"no workflow command: {line}")
    name, properties, message = match.groups()
    values = {}
    for pair in filter(None, (properties or "").split(",")):
        key, _, value = pair.partition("=")
        if not value or key in values:
            raise ValueError(f"bad property: {pair}")
        values[key] = unescape(value, list(ESCAPE))
    return {"command": name, **values, "message": unescape(message, ["%25", "%0D", "%0A"])}


def cells(line):
    if not (line.startswith("| ") and line.endswith(" |")):
        raise ValueError(f"not a row: {line}")
    found = [""]
    for piece in re.findall(r"\\.|.", line[1:-1]):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece
    return [cell.strip() for cell in found]


def plain(cell):
    """What a reader sees; fails where some of it is still markup."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", cell)
    bare = re.sub(r"&(?:lt|amp|#8203);", "", bare)
    if MARKUP & set(bare) or "&" in bare:
        raise ValueError(f"markup: {cell}")
    text = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell))
    if CALLED.search(text):
        raise ValueError(f"a forge would act on: {cell}")
    return text.replace("\u200b", "")


def tables(lines):
    head = None
    for line in lines:
        if not line.startswith("|"):
            head = None
            yield {"line": line}
        elif head is None:
            head = cells(line)
        elif set(line) <= set("|-: "):
            if len(cells(line)) != len(head):
                raise ValueError(f"not as wide as its head: {line}")
        else:
            row = [plain(cell) for cell in cells(line)]
            if len(row) != len(head):
                raise ValueError(f"{len(row)} cells, expected {len(head)}: {line}")
            yield dict(zip(head, row))


def main():
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    if lines.pop() != "":
        raise ValueError("the last line has no end")
    if sys.argv[1] == "commands":
        found = [command(line) for line in lines]
    else:
        found = [part for part in tables(lines) if part.get("line") != ""]
    for part in found:
        print(json.dumps(part, ensure_ascii=False))


try:
    main()
except ValueError as fault:
    sys.exit(f"{sys.argv[2]}: {fault}")
