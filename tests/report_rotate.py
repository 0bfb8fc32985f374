#!/usr/bin/env python3
"""report_rotate.py html|markdown|text PAGE SECTION: the page of a report in
which each figure of that section (of HTML: from what has that id) stands one place too far: those of the same
length, so that nothing else of the page is another."""

import re
import sys

# Where a section begins and ends, and what is a figure in it.
KINDS = {
    "html": (' id="{}"', '</section>|<details class="group"', r"<data value=[^>]*>[^<]*</data>"),
    "markdown": ("\n## {}\n", "\n## |\\Z", r"(?<=\| )[-+]?\d[^|]*?(?= \|)"),
    "text": ("\n{}\n", "\n[A-Z]{4}|\n====|\\Z", r"(?<= )[-+]?\d[\d.]*[dhms]?(?: \d+[dhms]| %| pp)?"
             r"(?=  |\n)"),
}


def rotated(text, figure):
    places = {}
    for found in re.finditer(figure, text):
        places.setdefault(len(found[0]), []).append(found)
    moved = {}
    for same in places.values():
        for found, other in zip(same, same[1:] + same[:1]):
            moved[found.start()] = other[0]
    return re.sub(figure, lambda found: moved[found.start()], text)


def main():
    begin, end, figure = KINDS[sys.argv[1]]
    page = open(sys.argv[2], encoding="utf-8").read()
    first = page.index(begin.format(sys.argv[3]))
    start = first + len(begin.format(sys.argv[3]))
    stop = start + re.search(end, page[start:]).start()
    print(page[:start] + rotated(page[start:stop], figure) + page[stop:], end="")


main()
