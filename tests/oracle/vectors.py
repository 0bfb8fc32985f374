#!/usr/bin/python3
"""The oracle's business time against the vectors: vectors.py FOLDER."""

import datetime
import json
import os
import sys

from business_time import Calendar, instant, text_of


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def local(calendar, text):
    return int(datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
               .replace(tzinfo=calendar.zone).timestamp())


def published(folder):
    """(line, right) of each published case."""
    for (text,) in rows(folder, "published.jsonl"):
        case = json.loads(text)
        calendar = Calendar(case["calendar"])
        start = local(calendar, case["start_local"])
        end = local(calendar, case["end_local"])
        if case["op"] == "add":
            yield text, calendar.add_open(start, case["seconds"]) == end
        else:
            yield text, calendar.between(start, end) == case["seconds"]


def deadlines(folder, calendars):
    for row in rows(folder, "deadlines.tsv"):
        name, ends, start, duration, expected = row
        got = calendars[name].add(instant(start), duration,
                                  ends == "same-time")
        yield row, text_of(got) == expected


def elapsed(folder, calendars):
    for row in rows(folder, "elapsed.tsv"):
        name, begin, end, expected = row
        got = calendars[name].between(instant(begin), instant(end))
        yield row, got == int(expected)


def main():
    folder = sys.argv[1]
    calendars = {}
    for entry in os.listdir(os.path.join(folder, "calendars")):
        path = os.path.join(folder, "calendars", entry)
        with open(path, encoding="utf-8") as file:
            calendars[entry.removesuffix(".json")] = Calendar(json.load(file))
    count = failed = 0
    for found in (deadlines(folder, calendars), elapsed(folder, calendars),
                  published(folder)):
        for row, right in found:
            count += 1
            if not right:
                failed += 1
                print("wrong:", row)
    print("%d vectors, %d wrong" % (count, failed))
    return 1 if failed or count < 1505 else 0


if __name__ == "__main__":
    sys.exit(main())
