#!/usr/bin/env python3
"""Many plausible cases, fast: some hundred made by the real programs under
the built-in policy s-club, and copies of them with ids and numbers of their
own.

    cases.py --bin BIN N DUE    N records on stdout, of which DUE are over
                                their limit at NOW; the others are resolved
                                or not yet due
"""

import argparse
import json
import os
import random
import subprocess
import sys

KINDS = 300             # templates of each kind
NOW = "2026-11-20T17:00:00Z"
WORDS = ("the customer says that again nobody came although the visit was "
         "confirmed twice by phone and the team on site was not told about a "
         "change of plan so that the room stayed as it was").split()
TRIGGERS = ["unresolved", "service-interruption", "policy-dispute",
            "technical-malfunction", "compliance-legal"]
PEOPLE = ["ana", "bea", "chi", "dan", "eve.adams"]
NUMBER = "C-000000000"


class Maker:
    def __init__(self, programs):
        self.programs = programs
        self.rng = random.Random(1)

    def run(self, now, name, *options, text):
        done = subprocess.run(
            [os.path.join(self.programs, name), *options, "--now", now],
            input=text, stdout=subprocess.PIPE, check=True,
            env={**os.environ, "TZ": "UTC", "LC_ALL": "C"})
        return done.stdout

    def words(self, least, most):
        return " ".join(self.rng.choice(WORDS)
                        for _ in range(self.rng.randint(least, most)))

    def form(self, day, hour):
        rng = self.rng
        return {"created": "2026-%sT%02d:%02d:00Z" % (
                    day, hour, rng.randrange(60)),
                "case_number": NUMBER, "subject": self.words(3, 8),
                "description": self.words(6, 14),
                "trigger": rng.choice(TRIGGERS),
                "requester": {"name": self.words(2, 2).title()},
                "x_site": rng.choice(WORDS), "x_fee": 78.34}

    def submitted(self, days, by):
        forms = [self.form(self.rng.choice(days), self.rng.randrange(8, 16))
                 for _ in range(KINDS)]
        text = "".join(json.dumps(form) + "\n" for form in forms).encode()
        text = self.run(by, "esc-submit", "--policy", "s-club", "--by",
                        "portal", text=text)
        return self.run(by, "esc-triage", "--accept", "--by",
                        self.rng.choice(PEOPLE), text=text)

    def late(self):
        """Accepted on a day of October, and nothing since."""
        return self.submitted(["10-%02d" % day for day in range(5, 24)],
                              "2026-10-24T09:00:00Z")

    def early(self):
        """Accepted today, and a note."""
        text = self.submitted(["11-20"], "2026-11-20T16:00:00Z")
        return self.run("2026-11-20T16:00:00Z", "esc-note", "-m",
                        self.words(4, 12), "--by", "bea", text=text)

    def resolved(self):
        text = self.submitted(["09-%02d" % day for day in range(1, 25)],
                              "2026-09-25T09:00:00Z")
        return self.run("2026-09-26T10:00:00Z", "esc-resolve", "--outcome",
                        "resolved", "-m", self.words(2, 6), "--by", "chi", text=text)


def cut(line):
    """(time part, before the id, between, behind the number)"""
    start = line.index(b"ESC-")
    number = line.index(NUMBER.encode())
    return (line[start:start + 14], line[:start],
            line[start + 30:number], line[number + len(NUMBER):] + b"\n")


def write(out, count, due, late, early, resolved):
    every = max(1, count // due) if due else 0
    dues = 0
    for number in range(count):
        if every and number % every == 0 and dues < due:
            kind = late
            dues += 1
        else:
            kind = early if number % 10 == 3 else resolved
        time, before, between, behind = kind[number % KINDS]
        end = b"%016X" % ((number * 0x9E3779B97F4A7C15 + 1) & (1 << 64) - 1)
        out.write(b"".join((before, time, end, between, b"C-%09d" % number,
                            behind)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="bin")
    parser.add_argument("count", type=int)
    parser.add_argument("due", type=int)
    options = parser.parse_args()
    maker = Maker(options.bin)
    kinds = [[cut(line) for line in text.splitlines()]
             for text in (maker.late(), maker.early(), maker.resolved())]
    write(sys.stdout.buffer, options.count, options.due, *kinds)


if __name__ == "__main__":
    main()
