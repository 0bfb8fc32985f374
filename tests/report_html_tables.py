"""report_html_tables: whether each table of an HTML page of a report has the
figures of its document in their places."""

import report_views

CODES = {
    "Promotions to a higher tier": "promotions", "Returns to a lower tier": "returns",
    "Promotions per hundred accepted cases": "per_100_cases", "Ratings": "n",
    "Mean rating": "mean", "Ratings by cases closed": "response_rate",
}
TILES = ("submitted", "accepted", "resolved", "open")


def text_of(node):
    return "".join(node.itertext())


def last_text(node, names):
    """Of the last such element; of all the text where there is none."""
    found = [one for one in node.iter() if one.tag in names]
    return text_of(found[-1]) if found else text_of(node)


def key_of(cell):
    items = list(cell.iter("li"))
    if items:
        return " ".join(last_text(item, ("code",)) for item in items)
    if cell.find("data") is not None:
        return cell.find("data").attrib["value"]
    if any(one.attrib.get("class") == "none" for one in cell.iter("span")):
        return ""
    text = last_text(cell, ("bdi", "code", "time"))
    return CODES.get(text, text)


def triple_of(cell):
    """Now, before, and the change; None for what is not there."""
    was = next((one for one in cell.iter("span") if one.attrib.get("class") == "was"), None)
    parts = [cell.findall("data"), [] if was is None else was.findall("data"),
             [] if was is None else [d for mark in was if mark.tag in ("b", "i") for d in mark]]
    return tuple(of[0].attrib["value"] if of else None for of in parts)


def rows_of_table(table, n_keys):
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.attrib.get("scope") != "col"]
        if cells:
            yield ([key_of(cell) for cell in cells[:n_keys]],
                   [triple_of(cell) for cell in cells[n_keys:]])


def rows_of_list(figures):
    for pair in figures:
        yield [key_of(pair[0])], [triple_of(pair[1])]


def block(part, section, node):
    """What is found: where, the caption, the titles, and the element."""
    caption = node.find("caption")
    titles = [text_of(cell) for cell in node.iter("th") if cell.attrib["scope"] == "col"]
    return part, section or ("" if caption is None else text_of(caption)), titles, node


def named(shown, names):
    """The group that is shown so; the next one, whose name may not be readable."""
    name = next(names, None)
    same = name is not None and report_views.letters(name) == report_views.letters(shown)
    return name if same else shown


def blocks(tree, document):
    names = (part for part, _ in report_views.sides_of(document) if part is not None)
    for section in tree.iter("section"):
        groups = [one for one in section.iter("details") if one.attrib.get("class") == "group"]
        title = text_of(section.find("h2"))
        inside = {node for group in groups for node in group.iter()}
        for node in section.iter():
            if node not in inside and is_block(node):
                yield block(None, title, node)
        for group in groups:
            part = named(key_of(group.find("summary")), names)
            for node in filter(is_block, group.iter()):
                yield block(part, None if node.tag == "table" else "", node)


def is_block(node):
    return node.tag == "table" or (node.tag == "dl" and node.attrib["class"] == "figures")


def is_of(view, part, section, titles, node):
    """Whether the element shows the view: by its titles, and its section or caption."""
    if part != view.part:
        return False
    if node.tag == "dl":
        return (view.table in report_views.ACROSS
                and key_of(node[0][0]) in [key[0] for key, _ in view.rows])
    same = titles == view.titles()
    return same and (section == view.section or part is not None and not any(
        section == spec[0] for spec in report_views.VIEWS))


def wanted(view):
    return [([report_views.letters(word) for word in key],
             [figures[member] for member in view.members]) for key, figures in view.rows]


def plain(rows):
    return [([report_views.letters(word) for word in keys], figures) for keys, figures in rows]


def compare(view, node):
    found = list(rows_of_list(node) if node.tag == "dl"
                 else rows_of_table(node, len(view.keys)))
    for row, want in zip(plain(found), wanted(view)):
        if row != want:
            return [f"{view.name()}: {row}, wanted {want}"]
    if len(found) != len(view.rows):
        return [f"{view.name()}: {len(found)} rows, wanted {len(view.rows)}"]
    return []


def check_tiles(tree, document):
    """The figures at the top are those of the cases and of the clocks."""
    cases = next(report_views.views(document)).rows
    want = {key[0]: figures["n"] for key, figures in cases if key[0] in TILES}
    rates = {key: figures["met_rate"] for view in report_views.views(document)
             if view.part is None and view.table == "clocks" and "met_rate" in view.members
             for key, figures in view.rows}
    tiles = next(dl for dl in tree.iter("dl") if dl.attrib["class"] == "tiles")
    for tile in tiles:
        clock, tier = tile[0].find("bdi"), tile[0].find("data")
        if clock is None:
            of = want.pop(text_of(tile[0]), None)
        else:
            of = rates.get((text_of(clock), "" if tier is None else tier.attrib["value"]))
        if triple_of(tile[1]) != of:
            yield f"a figure at the top: {text_of(tile)}, wanted {of}"
    if want:
        yield f"not at the top: {want}"


def check(tree, document):
    trouble = list(check_tiles(tree, document))
    left = list(report_views.views(document))
    if "group_by" in document and document.get("groups"):
        left.append(report_views.glance(document))
    for part, section, titles, node in blocks(tree, document):
        if section.startswith("Groups by "):
            section = "Groups"
        view = next((one for one in left if is_of(one, part, section, titles, node)), None)
        if view is None:
            trouble.append(f"a table that the document lacks: {part} {section} {titles}")
            continue
        left.remove(view)
        trouble += compare(view, node)
    return trouble + [f"a table that is not there: {view.name()}" for view in left]
