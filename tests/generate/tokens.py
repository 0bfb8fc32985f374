"""The members of an object and the elements of a list, as bytes, just as
they stand.  Knows of JSON only where things begin and end."""

import re

STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],]', re.S)
NAME = re.compile(rb'\s*("(?:[^"\\]|\\.)*")\s*:\s*', re.S)
ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(.))', re.S)
PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
SPACE = b" \t\r\n"


def parts(raw):
    """What stands between the commas of one object or list, white space off."""
    depth, start, out = 0, 0, []
    for match in STRUCTURE.finditer(raw):
        mark = match.group()
        if mark in b"{[":
            depth += 1
            if depth == 1:
                start = match.end()
        elif mark in b"}]":
            depth -= 1
            if depth == 0:
                last = raw[start:match.start()].strip(SPACE)
                if last or out:
                    out.append(last)
                assert not raw[match.end():].strip(SPACE), raw
                return out
        elif mark == b"," and depth == 1:
            out.append(raw[start:match.start()].strip(SPACE))
            start = match.end()
    raise AssertionError(b"not closed: " + raw)


def decode(name):
    """The text of a string that stands in quotes."""
    text = name[1:-1].decode("utf-8")
    if "\\" not in text:
        return text
    units = ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else PLAIN.get(m[2], m[2]), text)
    return units.encode("utf-16", "surrogatepass").decode("utf-16")


def member(raw):
    """(name, value) of one part of an object."""
    match = NAME.match(raw)
    return decode(match[1]), raw[match.end():]


def members(raw):
    """[(name, value, the member as it stands)] of an object."""
    return [member(part) + (part,) for part in parts(raw)]
