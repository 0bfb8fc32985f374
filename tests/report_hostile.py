#!/usr/bin/env python3
"""report_hostile.py VERSION: records of the policy s-club of that version,
created in October 2026, a line each.  Each has one text that is after some
reader of a report wherever a text of others comes into one: spreadsheets,
Markdown, forges, HTML, terminals."""

import json
import sys

TEXTS = [
    # spreadsheets
    "=cmd|' /C calc'!A0", "=1+1", "+1-2", "-3", "@SUM(A1)", "\t=1", "\r=1", 'a "q", b',
    "a\nb\r\nc", "'=1", " =1", ";=1", "1,5", '"', ",", "",
    # markup
    "|a|`b`\\| x", "| --- | --- |", "a\\", "[l](http://x.example) ![i](a) [[w]] [r]: x", "# h",
    "h #", "> q", "- l", "1. n", "***b*** __u__ ~~s~~ in_a_word _x_", "    code", "---", "~~~",
    "```", "<b>&amp; <script>alert(1)</script><!-- x", "&#64;x &lt;", "{{ x }} {% y %} {+a+} [-b-]",
    # forges
    "@you @org/team #12 !3 $4 %5 ~l &6 ^a :tada: o/r#7 $x$ $`m`$ at 10:30:00",
    "http://a.example www.b.example WWW.B.EXAMPLE a@b.example https://c.example/d?e=1&f=2 ftp://g",
    # pages
    "</style></svg></title></bdi>--></script>]]><svg onload=alert(1)>", "\" onload=\"x\" 'y'",
    "\ufffe\uffff\U0001ffff\ufdd0\u2028", "W" * 300, "Zalgo" + "\u0301\u0323" * 200, "  ",
    # terminals and eyes
    "\u202egnirts \u2066x\u2069 \u05e9\u05dc\u05d5\u05dd", "\x1b[2J\x07b\x85", "\u00e9" * 10000,
]


def event(at, kind, by="ana", **members):
    return {"at": f"2026-10-{at}:00Z", "by": by, "type": kind, **members}


def record(number, text, version):
    return {
        "v": 1, "id": f"ESC-{number:026d}", "rev": 0, "policy": "s-club",
        "policy_version": version, "created": "2026-10-05T09:00:00Z",
        "trigger": "unresolved", "region": text, "x_site": text,
        "case_number": text, "subject": text,
        "events": [
            event("05T09:00", "submitted", "eve"),
            event("05T09:10", "accepted", tier=1, assignee=text, queue=text),
            event("08T12:00", "resolved", outcome=text, summary=text),
            event("08T13:00", "closed"),
            event("09T13:00", "improved", text or "eve", text=text),
        ],
    }


for index, words in enumerate(TEXTS, 1):
    print(json.dumps(record(index, words, sys.argv[1])))
