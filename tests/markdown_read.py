#!/usr/bin/env python3
"""markdown_read.py RENDERED: reads the HTML that a renderer of GitHub
Flavored Markdown has made of a report, and prints it as JSON, a line each:
["h1", text] for a heading, ["p", text] for a paragraph, ["table", align, row
...] for a table, its header first.  An empty character that keeps a forge
from acting is taken out.  1 where there is an element that no report has (a
link, an image, emphasis, code, a list ...), where a forge would find a
mention, a reference, an address or an emoji in the text, or where a row has
not as many cells as its header."""

import json
import re
import sys
from html.parser import HTMLParser

KNOWN = {"h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
BLOCKS = {"h1", "h2", "h3", "p"}

# What GitHub and GitLab look for in a text once the markup is gone.
CALLED = re.compile(
    r"@\w|[#!$%~&^][\w\"]|[a-z][a-z0-9+.-]*:/|www\.\w|:[a-z+_-][\w+-]*:", re.IGNORECASE)


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.text, self.row, self.table, self.align = [], "", [], None, []

    def handle_starttag(self, tag, attrs):
        if tag not in KNOWN or set(dict(attrs)) - {"align"}:
            sys.exit(f"an element that no report has: {tag} {attrs}")
        if tag == "table":
            self.table, self.align = [], []
        elif tag == "tr":
            self.row = []
        elif tag == "th":
            self.align.append(dict(attrs).get("align", ""))
        if tag in BLOCKS | {"th", "td"}:
            self.text = ""

    def handle_data(self, data):
        self.text += data

    def shown(self):
        found = CALLED.search(self.text)
        if found:
            sys.exit(f"a forge would act on {found.group()!r} in {self.text!r}")
        return self.text.replace("\u200b", "")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.blocks.append([tag, self.shown()])
        elif tag in ("th", "td"):
            self.row.append(self.shown())
        elif tag == "tr":
            if len(self.row) != len(self.align):
                sys.exit(f"{len(self.row)} cells below {len(self.align)}: {self.row}")
            self.table.append(self.row)
        elif tag == "table":
            self.blocks.append(["table", self.align] + self.table)


def main():
    page = Page()
    with open(sys.argv[1], encoding="utf-8") as file:
        page.feed(file.read())
    page.close()
    for block in page.blocks:
        print(json.dumps(block, ensure_ascii=False))


if __name__ == "__main__":
    main()
