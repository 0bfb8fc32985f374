#!/usr/bin/env python3
"""report_rotate.py KIND PAGE SECTION: the page of a report in which each figure
of that section (of HTML: of what has that id) stands one place too far; of
markdown and text those of the same length, so that nothing else of the page is
another.  KIND is html, markdown, text, or of a drawing on an HTML page:
drawn, its figures; width, cx, cy, how long its bars are and where marks stand."""

import re
import sys

# Where a section begins and ends, and what is a figure in it.
KINDS = {
    "html": (' id="{}"', '</section>|<details class="group"', r"<data value=[^>]*>[^<]*</data>"),
    "drawn": (' id="{}"', "</svg>", r'(?<=data-value=)"[^"]*">[^<]*'),
    "width": (' id="{}"', "</svg>", r'(?<= width=)"[^"]*"'),
    "cx": (' id="{}"', "</svg>", r'(?<= cx=)"[^"]*"'),
    "cy": (' id="{}"', "</svg>", r'(?<= cy=)"[^"]*"'),
    "markdown": ("\n## {}\n", "\n## |\\Z", r"(?<=\| )[-+]?\d[^|]*?(?= \|)"),
    "text": ("\n{}\n", "\n[A-Z]{4}|\n====|\\Z", r"(?<= )[-+]?\d[\d.]*[dhms]?(?: \d+[dhms]| %| pp)?"
             r"(?=  |,|\n)"),
}


def rotated(text, figure, by_length):
    places = {}
    for found in re.finditer(figure, text):
        places.setdefault(by_length and len(found[0]), []).append(found)
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
    moved = rotated(page[start:stop], figure, sys.argv[1] in ("markdown", "text"))
    print(page[:start] + moved + page[stop:], end="")


main()
