#!/usr/bin/env python3
"""report_html.py PAGE DOCUMENT [RECORDS]: what is wrong with an HTML page of a
report, a line each; DOCUMENT is the JSON that it was made from.  Nothing is
printed of a page that a strict parser takes, that loads and runs nothing, in
which every figure is one of the document, and that people can find their way
in.  Where RECORDS are given, each text in their x_site is on it as text."""

import base64
import hashlib
import json
import re
import sys

import html5lib

import report_html_charts
import report_html_tables
from report_tables import Number

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = set(
    "html head meta title style body header main nav footer section h1 h2 h3 p a ul li dl div dt"
    " dd table caption thead tbody tr th td data time code bdi cite b i span details summary"
    " figure figcaption".split())
DRAWN = set("svg title desc defs pattern rect circle line path text".split())
ATTRIBUTES = set(
    "id class lang charset content name http-equiv href scope role tabindex value datetime"
    " aria-label aria-labelledby aria-describedby aria-hidden viewBox x y width height cx cy r x1"
    " y1 x2 y2 d stroke-width patternUnits patternTransform data-value".split())
# Where digits are no figures: names, dates, titles of columns, ticks, sentences of ours.
NO_FIGURES = ("bdi", "code", "time", "style", "title", "cite")
NO_FIGURE_CLASSES = {"tick", "name", "hint"}

trouble = []


def wrong(*words):
    trouble.append(" ".join(str(word) for word in words))


def numbers_of(value, found):
    """All numbers of the document, as they are written."""
    if isinstance(value, dict):
        for inner in value.values():
            numbers_of(inner, found)
    elif isinstance(value, list):
        for inner in value:
            numbers_of(inner, found)
    elif isinstance(value, Number):
        found.add(str(value))
    return found


def name_of(node):
    return node.tag.replace(SVG, "") if isinstance(node.tag, str) else "comment"


def text_of(node):
    return "".join(node.itertext())


def check_elements(tree):
    for node in tree.iter():
        known = DRAWN if str(node.tag).startswith(SVG) else ELEMENTS
        if name_of(node) not in known:
            wrong("an element", name_of(node), text_of(node)[:60] if node.text else "")
        for key, value in node.attrib.items():
            if key not in ATTRIBUTES:
                wrong("an attribute", name_of(node), key, value[:60])
        if "href" in node.attrib and not node.attrib["href"].startswith("#"):
            wrong("a link that leads out", node.attrib["href"])


def check_references(tree):
    ids = [node.attrib["id"] for node in tree.iter() if "id" in node.attrib]
    for one in {one for one in ids if ids.count(one) > 1}:
        wrong("an id twice", one)
    for node in tree.iter():
        for key in ("aria-labelledby", "aria-describedby"):
            if node.attrib.get(key, ids[0]) not in ids:
                wrong("a label that is nowhere", node.attrib[key])
        if node.attrib.get("href", "#" + ids[0])[1:] not in ids:
            wrong("a link to nowhere", node.attrib["href"])
        if node.tag == SVG + "svg" and node.attrib.get("aria-hidden") != "true":
            if not node.find(SVG + "title").text or not node.find(SVG + "desc").text:
                wrong("a drawing without a name", node.attrib.get("id"))


def check_order(tree):
    before = 0
    for node in tree.iter():
        if node.tag in ("h1", "h2", "h3"):
            level = int(node.tag[1])
            if level > before + 1:
                wrong("a heading too deep", text_of(node))
            before = level
    for one in ("header", "nav", "main", "footer", "h1"):
        if len(list(tree.iter(one))) != 1:
            wrong("not one", one)
    for table in tree.iter("table"):
        if table.find("caption") is None or not text_of(table.find("caption")):
            wrong("a table without a caption")
        for cell in table.iter("th"):
            if cell.attrib.get("scope") not in ("col", "row"):
                wrong("a heading of nothing", text_of(cell))


def check_policy(tree):
    meta = {m.attrib.get("http-equiv", m.attrib.get("name")): m.attrib.get("content")
            for m in tree.iter("meta")}
    style = list(tree.iter("style"))
    digest = hashlib.sha256(style[0].text.encode()).digest()
    want = ("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
            % base64.b64encode(digest).decode())
    if len(style) != 1 or meta["Content-Security-Policy"] != want:
        wrong("the policy", meta["Content-Security-Policy"], "wanted", want)
    if meta["referrer"] != "no-referrer" or meta["robots"] != "noindex":
        wrong("referrer or robots", meta)
    if re.search(r"@import|url\((?!#)", style[0].text):
        wrong("the style sheet loads something")
    return style[0].text


def check_figures(node, known, shown):
    raw = node.attrib.get("value" if node.tag == "data" else "data-value")
    if raw is not None:
        shown.append(raw)
        if raw not in known:
            wrong("a figure that the document lacks", raw, text_of(node))
        if not text_of(node).strip():
            wrong("a figure that nobody sees", raw)
        return
    classes = set(node.attrib.get("class", "").split())
    column = node.tag == "th" and node.attrib.get("scope") == "col"
    if name_of(node) in NO_FIGURES or node.tag in ("h1",) or column:
        return
    exempt = node.tag in (SVG + "text", "p") and classes & NO_FIGURE_CLASSES
    if not exempt and node.text:
        check_digits(node.text, node)
    for child in node:
        check_figures(child, known, shown)
        check_digits(child.tail or "", node)


def check_digits(text, node):
    if re.search(r"\d", re.sub(r"\bp(50|90|95)\b", "", text)):
        wrong("digits that are no figure:", name_of(node), text.strip()[:80])


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(2 * c for c in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_colours(style):
    modes = re.findall(r":root\{([^}]*)\}", style)
    if len(modes) != 3:
        wrong("not light, dark and paper:", len(modes))
    for mode in modes:
        colour = dict(re.findall(r"--([a-z]+):(#[0-9a-f]+)", mode))
        for name in ("text", "soft", "link"):
            for ground in ("ground", "raised"):
                if contrast(colour[name], colour[ground]) < 4.5:
                    wrong("too pale to read:", name, colour[name], "on", colour[ground])
        for name in ("met", "missed", "breached", "gross", "before", "back"):
            if contrast(colour[name], colour["ground"]) < 3:
                wrong("too pale to see:", name, colour[name], "on", colour["ground"])


def check_texts(tree, records):
    """What can be seen is there as it is; what cannot is nowhere."""
    seen = {text_of(node) for node in tree.iter("bdi")}
    for line in open(records, encoding="utf-8"):
        text = json.loads(line)["x_site"]
        if text.strip() and text.isprintable() and text not in seen:
            wrong("a text that is not on the page", text[:60])


def check_letters(page):
    for letter in set(page) - {"\n"}:
        if not letter.isprintable():
            wrong("a letter that acts", hex(ord(letter)))


def main():
    document = json.load(open(sys.argv[2], encoding="utf-8"), parse_int=Number, parse_float=Number)
    page = open(sys.argv[1], encoding="utf-8", newline="").read()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    shown = []
    check_elements(tree)
    check_references(tree)
    check_order(tree)
    style = check_policy(tree)
    check_colours(style)
    check_figures(tree, numbers_of(document, set()), shown)
    trouble.extend(report_html_tables.check(tree, document))
    trouble.extend(report_html_charts.check(tree, document))
    check_letters(page)
    if sys.argv[3:] and sys.argv[3]:
        check_texts(tree, sys.argv[3])
    if not shown:
        wrong("no figure at all")
    print("\n".join(trouble[:20]), end="\n" if trouble else "")


main()
