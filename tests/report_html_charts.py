"""report_html_charts: whether the drawings of an HTML page of a report show
what its document says, and are as long as that."""

SVG = "{http://www.w3.org/2000/svg}"

trouble = []


def wrong(*words):
    trouble.append(" ".join(str(word) for word in words))


def drawing(tree, name):
    return next((node for node in tree.iter(SVG + "svg") if node.attrib.get("id") == name), None)


def figures_in(svg):
    return [node.attrib["data-value"] for node in svg.iter(SVG + "text")
            if "data-value" in node.attrib]


def widths(svg, kind):
    return [float(node.attrib["width"]) for node in svg.iter(SVG + "rect")
            if node.attrib["class"] == kind]


def check_limits(tree, document):
    """Rates and counts stand by their bars, which are as long as those say."""
    rows = [row for row in document["clocks"] if row["n"] != "0"]
    svg = drawing(tree, "chart-limits")
    if svg is None:
        if rows:
            wrong("limits that are not drawn")
        return
    if figures_in(svg) != [row[key] for row in rows for key in ("met_rate", "n")]:
        wrong("figures of the limits", figures_in(svg))
    for kind in ("met", "missed", "breached"):
        want = [150 * int(row[kind]) / int(row["n"]) for row in rows if row[kind] != "0"]
        found = widths(svg, kind)
        if len(want) != len(found) or any(abs(a - b) > 0.2 for a, b in zip(want, found)):
            wrong("bars of", kind, found, "wanted", want)


def check_times(tree, document):
    svg = drawing(tree, "chart-times")
    want = [row[key] for row in document["times"] for key in ("n", "open")]
    if svg is not None and "previous" not in document and figures_in(svg) != want:
        wrong("figures of the times", figures_in(svg), "wanted", want)


def check_months(tree, document):
    """The rate and the count of each clock are those of its own last month."""
    svg = drawing(tree, "chart-months")
    last = {}
    for row in document["months"]:
        if "met_rate" in row:
            last[(row["clock"], row.get("tier"))] = [row["met_rate"], row["n"]]
    want = [figure for row in document["clocks"]
            for figure in last.get((row["clock"], row.get("tier")), [])]
    if svg is not None and figures_in(svg) != want[:24]:
        wrong("figures of the months", figures_in(svg), "wanted", want)


def check_by_month(tree, document):
    """No month is left out for being small."""
    svg = drawing(tree, "chart-by-month")
    months = [n for month, n in sorted(document["by"].get("month", {}).items())]
    if svg is not None and figures_in(svg) != months[-len(figures_in(svg)):]:
        wrong("cases by month", figures_in(svg), "wanted", months)
    if svg is None and len(months) > 1:
        wrong("months that are not drawn", months)


def check_ages(tree, document):
    svg = drawing(tree, "chart-backlog_ages")
    ages = list(document["backlog"]["by_age"].values())
    if svg is None:
        if any(age != "0" for age in ages):
            wrong("ages that are not drawn")
        return
    if figures_in(svg) != ages:
        wrong("figures of the ages", figures_in(svg))
    found, most = widths(svg, "met"), max(int(age) for age in ages)
    want = [max(int(age) / most, 0.5 / 180) for age in ages if age != "0"]
    if "previous" not in document and any(
            abs(a - b / 180) > 0.002 for a, b in zip(want, found)):
        wrong("bars of the ages", found, "wanted", want)


def check_flow(tree, document):
    """What stands on the ways is of the flow; loops have all of theirs."""
    svg = drawing(tree, "chart-flow")
    rows = document["frequency"].get("flow", [])
    back = [row["n"] for row in rows if row["from"].isdigit() and row["to"].isdigit()
            and int(row["from"]) > int(row["to"])]
    if svg is None:
        return
    found = figures_in(svg)
    loops = [n for n in svg.iter(SVG + "path") if n.attrib["class"] == "back"]
    if len(loops) != len(back) or any(n not in found for n in back):
        wrong("returns", found, "wanted", back)
    if any(n not in [row["n"] for row in rows] for n in found):
        wrong("figures of the flow", found)


def check(tree, document):
    for one in (check_limits, check_times, check_months, check_by_month, check_ages, check_flow):
        one(tree, document)
    return trouble
