"""report_html_charts: whether the drawings of an HTML page of a report show
what its document says, and are as long as that.  Where they stand is theirs:
what is looked at is what stands by which name, and how lengths are to each
other."""

import re

import report_views

SVG = "{http://www.w3.org/2000/svg}"
MOST = 12  # bars and panels that a chart has
PARTS = ("met", "missed", "breached")
UNITS = {"s": 1, "min": 60, "h": 3600}

trouble = []


def wrong(*words):
    trouble.append(" ".join(str(word) for word in words))


def drawing(tree, name):
    return next((node for node in tree.iter(SVG + "svg") if node.attrib.get("id") == name), None)


def number(node, key):
    return float(node.attrib[key])


def drawn_rows(svg):
    """(name, what is drawn behind it) of each row or panel."""
    rows = []
    for node in svg:
        if node.tag == SVG + "text" and node.attrib["class"] == "name":
            rows.append((node.text or "", []))
        elif rows:
            rows[-1][1].append(node)
    return rows


def figures_in(nodes):
    return [node.attrib["data-value"] for node in nodes if "data-value" in node.attrib]


def of_class(nodes, shape, kind):
    return [node for node in nodes if node.tag == SVG + shape and node.attrib["class"] == kind]


def width_of(nodes, kind):
    return sum(number(node, "width") for node in of_class(nodes, "rect", kind))


def near(found, want, what, reach=0.3):
    if abs(found - want) > reach:
        wrong(what, found, "wanted", round(want, 2))


def rows_of(document, table):
    sides = next(report_views.sides_of(document))[1]
    return report_views.rows_of(table, "", sides, lambda key: table == "months" or (
        table == "by" and key[0] == "month"))


def clock_name(clock, tier):
    if not tier:
        return clock
    return f"tier {tier}" if clock == "tier" else f"{clock}, tier {tier}"


def same_rows(svg, what, want):
    """What is drawn of each of these names; nothing where others are."""
    rows = drawn_rows(svg) if svg is not None else []
    names = [name for name, _ in rows]
    if names != want:
        wrong(what, "of", names, "wanted", want)
        return []
    return [nodes for _, nodes in rows]


def check_limits(tree, document, name, table, marks):
    """Rates and counts stand by their bars, which are parts of a whole."""
    rows = {key: row for key, row in rows_of(document, table).items()
            if row["n"][0] not in (None, "0")}
    drawn = same_rows(drawing(tree, name), name, [clock_name(*key) for key in rows])
    whole = max((sum(width_of(nodes, kind) for kind in PARTS) for nodes in drawn), default=0)
    for nodes, (key, row) in zip(drawn, rows.items()):
        figures = {member: of[0] for member, of in row.items()}
        if figures_in(nodes) != [figures["met_rate"], figures["n"]]:
            wrong(name, key, "has the figures", figures_in(nodes))
        for kind in PARTS:
            near(width_of(nodes, kind), whole * int(figures[kind]) / int(figures["n"]),
                 f"{name}, {key}: bar of {kind}")
        near(width_of(nodes, "before"), whole * float(marks.get(key) or 0),
             f"{name}, {key}: bar of the other rate")


def month_of(text):
    return int(text[:4]) * 12 + int(text[5:]) - 1


def check_panel(nodes, rows, ends):
    """rows: (month, row), in order; ends: the first month of the axis and the last."""
    what = f"chart-months, {rows}:"
    figures = [rows[-1][1][member][0] for member in ("met_rate", "n")]
    if figures_in(nodes) != figures:
        wrong(what, figures_in(nodes))
    grid = of_class(nodes, "line", "grid")
    dots, bars = of_class(nodes, "circle", "met"), of_class(nodes, "rect", "before")
    steps = re.findall("[ML]", of_class(nodes, "path", "trend")[0].attrib["d"])
    if not len(rows) == len(dots) == len(bars) == len(steps):
        wrong(what, len(dots), "dots", len(bars), "bars", len(steps), "steps")
        return
    top, bottom = (number(grid[i], "y1") for i in (0, -1))
    left, right = (number(grid[0], key) for key in ("x1", "x2"))
    most = max(int(row["n"][0]) for _, row in rows)
    tallest = max(number(bar, "height") for bar in bars)
    before = None
    for (month, row), dot, bar, step in zip(rows, dots, bars, steps):
        x = left + (month - ends[0]) * (right - left) / (ends[1] - ends[0])
        near(number(dot, "cx"), x, what + " place of a dot")
        near(number(bar, "x") + number(bar, "width") / 2, x, what + " place of a bar")
        near(number(dot, "cy"), bottom + (top - bottom) * float(row["met_rate"][0]),
             what + " height of a dot")
        near(number(bar, "height"), max(tallest * int(row["n"][0]) / most, 0.5),
             what + " height of a bar")
        if (step == "L") != (before is not None and month == before + 1):
            wrong(what, "a line over a gap, or none between two months")
        before = month


def check_months(tree, document):
    panels = {key: [] for key in rows_of(document, "clocks")}
    for (month, *key), row in rows_of(document, "months").items():
        if row["met_rate"][0] is not None:
            panels[tuple(key)].append((month_of(month), row))
    panels = {key: sorted(rows, key=lambda of: of[0]) for key, rows in panels.items() if rows}
    months = [month for rows in panels.values() for month, _ in rows]
    svg = drawing(tree, "chart-months")
    if len(set(months)) < 2:
        if svg is not None:
            wrong("months that are drawn")
        return
    panels = dict(list(panels.items())[:MOST])
    for nodes, rows in zip(same_rows(svg, "chart-months", [clock_name(*k) for k in panels]),
                           panels.values()):
        check_panel(nodes, rows, (min(months), max(months)))


def is_name(shown, name):
    """Names are cut, and what acts in them is an escape."""
    whole = report_views.letters(name)
    return shown in ("(none)", "(blank)") or report_views.letters(shown) == whole or (
        shown[-1:] == "…" and whole.startswith(
            report_views.letters(re.sub(r"\\[u{0-9A-F]*…", "", shown))))


def shown_bars(rows, months):
    """(name, now, before) of those that are drawn: the largest, or the last months."""
    bars = [(name, int(now or 0), int(before or 0)) for name, (now, before, _) in rows]
    if not months:
        least = sorted((now for _, now, _ in bars), reverse=True)[MOST:][:1] or [-1]
        return [bar for bar in bars if bar[1] > least[0]]
    counts = {month_of(name): now for name, now, _ in bars if now and re.fullmatch(
        r"\d{4}-\d\d", name)}
    last = max(counts, default=0)
    first = max(min(counts, default=1), last - MOST + 1)
    return [(f"{at // 12:04}-{at % 12 + 1:02}", counts.get(at, 0), 0)
            for at in range(first, last + 1)]


def check_bars(tree, name, rows, months=False):
    bars = shown_bars(rows, months)
    top = max((max(now, before) for _, now, before in bars), default=0)
    svg = drawing(tree, name)
    if top == 0 or len(bars) < 2:
        if svg is not None:
            wrong(name, "is drawn")
        return
    drawn = drawn_rows(svg) if svg is not None else []
    if len(drawn) != len(bars):
        wrong(name, "has", len(drawn), "bars, wanted", len(bars))
        return
    length = max(width_of(nodes, kind) for _, nodes in drawn for kind in ("met", "before"))
    for (shown, nodes), (own, now, before) in zip(drawn, bars):
        if not is_name(shown, own) or figures_in(nodes) not in (
                [str(now)], [] if months and not now else [str(now)]):
            wrong(name, shown, figures_in(nodes), "wanted", own, now)
        near(width_of(nodes, "met"), max(length * now / top, 0.5 * (now > 0)),
             f"{name}, {shown}: bar")
        near(width_of(nodes, "before"), length * before / top, f"{name}, {shown}: bar before")


def check_counts(tree, document):
    by = rows_of(document, "by")
    for of in {key[0]: None for key in by}:
        check_bars(tree, f"chart-by-{of}", [(value, row["n"]) for (name, value), row
                                            in by.items() if name == of], of == "month")
    for table in ("scores", "backlog_ages"):
        check_bars(tree, f"chart-{table}", [(key[0], row["n"]) for key, row in
                                            rows_of(document, table).items()])


def marks_of(nodes, row, kind):
    """(seconds, place) of what is drawn of a time's lane."""
    now = {m: row[f"{kind}.{m}"][0] for m in ("p50", "p90", "p95")}
    if None in now.values():
        return
    line = of_class(nodes, "line", kind)[0]
    box = of_class(nodes, "rect", kind)[0]
    path = of_class(nodes, "path", kind)[0].attrib["d"]
    yield now["p50"], number(of_class(nodes, "circle", kind)[0], "cx")
    yield now["p50"], number(line, "x1")
    yield now["p90"], float(re.match(r"M(\S+)", path)[1])
    yield now["p95"], number(line, "x2")
    yield now["p95"], number(box, "x") + number(box, "width") / 2


def spans_of(nodes, row):
    boxes = sorted(of_class(nodes, "rect", "span"), key=lambda box: number(box, "y"))
    kinds = [kind for kind in ("net", "gross") if row[kind + ".p50"][1] is not None]
    if len(boxes) != len(kinds):
        wrong("times before that are drawn", len(boxes), "wanted", len(kinds))
    for box, kind in zip(boxes, kinds):
        yield row[kind + ".p50"][1], number(box, "x")
        yield row[kind + ".p95"][1], number(box, "x") + number(box, "width") - 1


def ticks_of(svg):
    for node in of_class(svg, "text", "tick m"):
        n, unit = node.text.lstrip("≤ ").split()
        yield int(n) * UNITS[unit], number(node, "x")


def check_scale(name, places):
    """The longer a time, the farther to the right, on one scale for all."""
    places = sorted((float(s), x) for s, x in places)
    for (a, ax), (b, bx) in zip(places, places[1:]):
        if (a == b and abs(ax - bx) > 0.2) or bx < ax - 0.2 or (
                a > 0 and b > 1.1 * a and bx < ax + 0.2):
            wrong(name, a, "s at", ax, "and", b, "s at", bx)


def check_times(tree, document, name, table):
    rows = rows_of(document, table)
    times = [of[side] for row in rows.values() for member, of in row.items()
             if member[-3:] in ("p50", "p90", "p95") for side in (0, 1)]
    if all(time in (None, "0") for time in times):
        return
    svg = drawing(tree, name)
    drawn = same_rows(svg, name, [clock_name(*key) for key in rows])
    places = list(ticks_of(svg)) if drawn else []
    for nodes, (key, row) in zip(drawn, rows.items()):
        if figures_in(nodes) != [n for n in (row["n"][0], row["open"][0]) if n is not None]:
            wrong(name, key, "has the figures", figures_in(nodes))
        for kind in ("net", "gross"):
            places += marks_of(nodes, row, kind)
        places += spans_of(nodes, row)
    check_scale(name, places)


def check_flow(tree, document):
    """What stands on the ways is of the flow; loops have all of theirs."""
    svg = drawing(tree, "chart-flow")
    rows = document["frequency"].get("flow", [])
    back = [row["n"] for row in rows if row["from"].isdigit() and row["to"].isdigit()
            and int(row["from"]) > int(row["to"])]
    if svg is None:
        return
    found = figures_in(svg.iter(SVG + "text"))
    loops = [n for n in svg.iter(SVG + "path") if n.attrib["class"] == "back"]
    if len(loops) != len(back) or any(n not in found for n in back):
        wrong("returns", found, "wanted", back)
    if any(n not in [row["n"] for row in rows] for n in found):
        wrong("figures of the flow", found)


def check(tree, document):
    clocks = rows_of(document, "clocks")
    check_limits(tree, document, "chart-limits", "clocks",
                 {key: row["met_rate"][1] for key, row in clocks.items()})
    if "rejudge" in document:
        check_limits(tree, document, "chart-rejudged", "rejudged",
                     {key: row["met_rate"][0] for key, row in clocks.items()})
        check_times(tree, document, "chart-rejudged_times", "rejudged_times")
    check_times(tree, document, "chart-times", "times")
    check_months(tree, document)
    check_counts(tree, document)
    check_flow(tree, document)
    return trouble
