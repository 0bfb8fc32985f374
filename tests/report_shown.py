#!/usr/bin/env python3
"""report_shown.py DOCUMENT --markdown BLOCKS|--text PAGE: what is wrong with
the figures of a report's page, a line each: every table has the rows of the
JSON document, spelt for people.  BLOCKS are those of markdown_read.py; PAGE is
one that was written into a file, so that nothing is cut; on it lists of texts
are not looked at."""

import json
import re
import sys

import report_views
from report_tables import Number

UNITS = [(86400, "d"), (3600, "h"), (60, "m"), (1, "s")]


def length(s, units):
    """Two units from the largest that fits; seconds only below a minute."""
    i = next(i for i, (size, _) in enumerate(units) if s >= size or size == 1)
    said = f"{s // units[i][0]}{units[i][1]}"
    more = units[i + 1:-1]
    if more and s % units[i][0] // more[0][0]:
        said += f" {s % units[i][0] // more[0][0]}{more[0][1]}"
    return said


def size(member, raw):
    if member.endswith("rate"):
        return f"{round(float(raw) * 10000) / 100:.2f}".rstrip("0").rstrip(".")
    if raw.isdigit() and member.startswith(("net.", "gross.")):
        return length(int(raw), UNITS[member.startswith("net."):])
    return raw


def spelt(member, raw, change=False):
    if raw is None:
        return ""
    if change and raw == "0":
        return "0"
    sign = "-" if raw[0] == "-" else "+" if change else ""
    unit = (" pp" if change else " %") if member.endswith("rate") else ""
    return sign + size(member, raw.lstrip("-")) + unit


def figures_of(view, figures, side):
    """A row's cells of now (0), before (1) or the change (2)."""
    return [spelt(key_member(view, figures, m), figures[m][side], side == 2)
            for m in view.members]


def key_member(view, figures, member):
    return figures.get("", member) if view.table in report_views.ACROSS else member


def table_of(view):
    """Header and rows as Markdown has them, keys first."""
    wide = view.compared and len(view.members) == 1
    yield view.titles() + (["previous", "change"] if wide else [])
    for key, figures in view.rows:
        if view.table in report_views.ACROSS:
            figures = dict(figures, **{"": key[0]})
        cells = [figures_of(view, figures, side) for side in range(3)]
        yield list(key) + (sum(cells, []) if wide else cells[0])
        for name, side in (("before", 1), ("change", 2)) if view.compared and not wide else ():
            yield [name] + [""] * (len(key) - 1) + cells[side]


def plain(row):
    """Other people's words and names of ours by their letters, figures as they are."""
    return [cell if re.fullmatch(r"[-+]?[0-9].*", cell) else report_views.letters(cell)
            for cell in row]


def all_views(document):
    yield from report_views.views(document)
    if "group_by" in document and document.get("groups"):
        view = report_views.glance(document)
        view.rows = [((key or "(none)",), figures) for (key,), figures in view.rows]
        yield view


# --- Markdown -------------------------------------------------------------

def markdown_tables(blocks, by):
    """(group, section, rows) of each table; a group's heading names it."""
    part, section = None, ""
    for kind, *rest in blocks:
        if kind == "h2":
            group = re.match(re.escape(str(by)) + ": ?(.*)", rest[0])
            part, section = (group[1] if group else None), rest[0]
        elif kind == "h3":
            section = rest[0]
        elif kind == "table":
            yield part, section, rest[1:]


def heading(view):
    return "none" if view.part == "" else view.part


def check_markdown(document, path):
    blocks = [json.loads(line) for line in open(path, encoding="utf-8")]
    left = list(all_views(document))
    for part, section, rows in markdown_tables(blocks, document.get("group_by")):
        if section.startswith("Groups by "):
            section = "Groups"
        view = next((one for one in left if section == one.section and part == heading(one)
                     and rows[0][0] == one.titles()[0]), None)
        if view is None:
            yield f"a table that the document lacks: {part} {section} {rows[0]}"
            continue
        left.remove(view)
        want = [plain(row) for row in table_of(view)]
        if [plain(row) for row in rows] != want:
            pairs = [(a, b) for a, b in zip(map(plain, rows), want) if a != b][:2]
            yield f"{view.name()}: {len(rows)} rows, wanted {len(want)}; {pairs}"
    for view in left:
        yield f"a table that is not there: {view.name()}"


# --- text -----------------------------------------------------------------

def tokens(line):
    """What stands in a line, two blanks apart, without the bar."""
    found = re.split(" {2,}", line.strip())
    return plain([one for one in found if not re.fullmatch("[▏▎▍▌▋▊▉█#]+", one)])


def lines_of(view):
    """A line's cells that are not empty; what is drawn has its title behind."""
    said = None
    for row in table_of(view):
        shown = list(row)
        if view.table == "by" and shown[0] == said:
            shown[0] = ""
        said = row[0]
        yield plain([cell for cell in shown if cell])


def across_of(view):
    """Names and figures, some in a line, as {name: (now, before, change)}."""
    return {key[0]: tuple(spelt(key[0], raw, side == 2) for side, raw in
                          enumerate(figures["n"])) for key, figures in view.rows}


def read_across(lines, view):
    """The same of the page: blocks of names, now, before, change; by columns."""
    rows, found = 3 if view.compared else 1, {}
    lines = [line for line in lines if line]
    for i in range(0, len(lines), rows + 1):
        ends = [m.end() for m in re.finditer(r"\S+", lines[i])]
        names = lines[i].split()
        for name, end, begin in zip(names, ends, [8 * (rows > 1)] + ends):
            cells = [line[begin:end].strip() for line in lines[i + 1:i + 1 + rows]]
            found[name] = tuple(cells + ["", ""])[:3]
    return found


def blocks_of(page):
    """(group, section, lines) between empty lines."""
    part, section = None, ""
    for block in re.split("\n\n+", page):
        lines = block.split("\n")
        group = re.match("==== [^:]*: (.*) ====", lines[0])
        if group:
            part = "" if group[1] == "(none)" else group[1]
            lines = lines[1:]
        first = next((spec[0] for spec in report_views.VIEWS if lines and lines[0].casefold()
                      == spec[0].casefold()), "Groups" if block.startswith("GROUPS") else None)
        if first:
            section, lines = first, lines[1:]
        yield part, section, lines


def has_rows(lines, view):
    if view.table == "review":
        return has_facts(lines, view)
    if view.table in report_views.ACROSS:
        n = 2 * (3 if view.compared else 1) + 2
        want = across_of(view)
        return any(read_across(lines[i:], view) == want for i in range(min(n, len(lines))))
    want = list(lines_of(view))
    found = [tokens(line) for line in lines if line.strip()]
    head = len(want[0])  # behind it the title of what is drawn
    return any(found[i][:head] == want[0] and found[i + 1:i + len(want)] == want[1:]
               for i in range(len(found)))


def has_facts(lines, view):
    """Cases to review: a line of names, and one of what there is of the others."""
    n = sum(key in view.keys for key in ("id", "case_number", "subject"))
    pairs = [(report_views.letters(a), sorted(b.strip().split(", ")))
             for a, b in zip(lines, lines[1:])]
    for key, _ in view.rows:
        facts = [f"{name} {said}" for name, said in list(zip(view.titles(), key))[n:-1] if said]
        if (report_views.letters("".join(key[:n])), sorted(", ".join(facts).split(", "))) \
                not in pairs:
            return False
    return True


def check_text(document, path):
    blocks = list(blocks_of(open(path, encoding="utf-8").read()))
    for view in all_views(document):
        if view.table not in ("resolutions", "improvements") and not any(
                part == view.part and section == view.section and has_rows(lines, view)
                for part, section, lines in blocks):
            yield f"not as the document says: {view.name()}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file, parse_int=Number, parse_float=Number)
    check = check_text if sys.argv[2] == "--text" else check_markdown
    trouble = list(check(document, sys.argv[3]))
    print("\n".join(trouble[:20]), end="\n" if trouble else "")


main()
