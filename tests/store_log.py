#!/usr/bin/env python3
"""store_log.py LOG POLICY_FOLDER [EVERY]: the ServiceNow log through the
store, twice, and in two exports of which the second is longer; compares what
is stored with the stream that went in and with the oracle's fold (of every
EVERYth case).  Prints TAP.  Programs are found by PATH."""

import csv
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "oracle"))
# pylint: disable=wrong-import-position
from business_time import instant, text_of
from fold import DERIVED, Fold, HEAD
from policy import Policies
from programs import unlike, without, without_empty
from store import bare, left_until

LOG, SOURCE = sys.argv[1], sys.argv[2]
EVERY = int(sys.argv[3]) if len(sys.argv) > 3 else 1
NOW = "2017-06-01T00:00:00Z"
tests = failed = 0


def check(got, want, name):
    global tests, failed
    tests += 1
    if got == want:
        print(f"ok {tests} - {name}")
    else:
        failed += 1
        print(f"not ok {tests} - {name}\n#   got {got!r:.900}\n"
              f"#   expected {want!r:.900}", flush=True)


class Desk:
    """A store, a policy in a folder, and the pipeline into the store."""

    def __init__(self, folder, name, rules=None):
        self.folder = os.path.join(folder, name)
        policies = os.path.join(self.folder, "policies")
        shutil.copytree(os.path.join(SOURCE, "calendars"),
                        os.path.join(policies, "calendars"))
        with open(os.path.join(SOURCE, "itil.json"), encoding="utf-8") as file:
            form = json.load(file)
        if rules:
            form["rules"] = {kind: form["rules"][kind] for kind in rules}
        self.policy = os.path.join(policies, "itil.json")
        with open(self.policy, "w", encoding="utf-8") as file:
            json.dump(form, file)
        self.policies = Policies(policies)
        self.store = os.path.join(self.folder, "store")
        self.environment = {**os.environ, "ESC_POLICY_PATH": policies,
                            "ESC_STORE": self.store}
        self.run("esc-store", "init")

    def run(self, *words, text=b""):
        done = subprocess.run(words, input=text, env=self.environment,
                              capture_output=True, check=False)
        if done.returncode != 0 or done.stderr:
            check((done.returncode, done.stderr[:300].decode()), (0, ""),
                  " ".join(words))
        return done.stdout

    def intake(self, log, now=NOW):
        """esc-import | esc-triage --auto | esc-commit: the stream."""
        when = ["--now", now]
        stream = self.run("esc-import", *when, "--by", "import", "--map",
                          "servicenow", "--policy", self.policy, log)
        stream = self.run("esc-triage", *when, "--by", "rules", "--auto",
                          text=stream)
        self.run("esc-commit", *when, text=stream)
        return stream.splitlines()

    def cat(self, *options):
        found = self.run("esc-cat", *options)
        check(hashlib.sha256(self.run("esc-cat", "--no-index", *options))
              .hexdigest(), hashlib.sha256(found).hexdigest(),
              "by the index and without: " + " ".join(options))
        return found.splitlines()

    def end(self):
        """The end of the log: (seq, hash)."""
        _, count, digest = self.run("esc-store", "checkpoint").split()
        return int(count), digest.decode()


def name_of(line):
    return json.loads(line)["id"]


def check_twice(desk):
    stream = desk.intake(LOG)
    end = desk.end()
    check(end[0], len(stream), "each case is one line")
    again = desk.intake(LOG)
    check(again, stream, "the same stream")
    check(desk.end(), end, "the second run changes nothing")
    want = [line.replace(b'"rev":0', b'"rev":1', 1)
            for line in sorted(stream, key=name_of)]
    check(desk.cat("--all") == want, True,
          "esc-cat --all is the stream, sorted by id, but for rev")
    return [json.loads(line) for line in want]


def check_until(desk, records, at):
    want = [record for record in records if instant(record["created"]) <= at]
    got = [json.loads(line) for line in
           desk.cat("--all", "--until", text_of(at))]
    name = "--until " + text_of(at)
    check([record["id"] for record in got],
          [record["id"] for record in want], name + ": the cases of then")
    wrong = [fault for mine, record in list(zip(got, want))[::EVERY]
             for fault in until_faults(desk, mine, record, at)]
    check(wrong[:5], [], name + ": each is the fold of its events up to then")


def until_faults(desk, mine, record, at):
    fields = Fold(record, desk.policies, at).output()
    faults = unlike(without_empty(fields), without_empty(without(
        mine, *[name for name in HEAD if name != "policy_version"])))
    return faults + unlike(
        [bare(event) for event in left_until(record["events"], at)],
        [bare(event) for event in mine["events"]])


def check_as_of(desk, before):
    """What came later is not in what the store was then."""
    line = desk.run("sh", "-c", 'tail -n 1 "$ESC_STORE"/log/*.jsonl')
    first = json.loads(line)["at"]
    time.sleep(1.1)
    some = b"\n".join(before[:50]) + b"\n"
    noted = desk.run("esc-note", "-m", "later", "--now", NOW, "--by", "ann",
                     text=some)
    desk.run("esc-commit", "--now", NOW, text=noted)
    check(desk.cat("--all") != before, True, "more was committed")
    check(desk.cat("--all", "--as-of", first) == before, True,
          "--as-of the first run is what it committed")
    earlier = text_of(instant(first) - 86400)
    check(desk.cat("--all", "--as-of", earlier), [], "and before it: nothing")


def row_time(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def halves(folder):
    """The export of some day, by when half of the rows were written, and
    that instant."""
    with open(LOG, encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    when = header.index("sys_updated_at")
    middle = sorted(row_time(row[when]) for row in rows)[len(rows) // 2]
    path = os.path.join(folder, "half.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(row for row in rows if row_time(row[when]) <= middle)
    return path, middle.strftime("%Y-%m-%dT%H:%M:59Z")


def facts(line):
    """Form, state, tier and clocks."""
    record = json.loads(line)
    return {name: value for name, value in record.items()
            if name in ("id", "state", "tier", "clocks", "created")
            or name not in HEAD and name not in DERIVED}


def check_growing(folder):
    half, middle = halves(folder)
    grown = Desk(folder, "grown", ["priority"])
    first = grown.intake(half, middle)
    check(len(first) > 0 and grown.end()[0] == len(first), True,
          "half of the log")
    grown.intake(LOG)
    end = grown.end()
    grown.intake(LOG)
    check(grown.end(), end, "the whole log again changes nothing")
    whole = Desk(folder, "whole", ["priority"])
    whole.intake(LOG)
    got, want = grown.cat("--all"), whole.cat("--all")
    check(any(json.loads(line)["rev"] > 1 for line in got), True,
          "some cases grew")
    wrong = [fault for mine, line in zip(got, want)
             for fault in unlike(facts(line), facts(mine), name_of(line))]
    check((len(got), wrong[:5]), (len(want), []),
          "a longer export ends in cases of the same form, state, tier and "
          "clocks as the whole at once")
    grown.run("esc-store", "verify")


def main():
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder, "desk")
        records = check_twice(desk)
        moments = sorted(event["at"] for record in records
                         for event in record["events"])
        for share in (5, 2, 1.2):
            check_until(desk, records,
                        instant(moments[int(len(moments) / share) - 1]))
        check_as_of(desk, desk.cat("--all"))
        desk.run("esc-store", "verify")
        check_growing(folder)
    print(f"1..{tests}")
    sys.exit(failed > 0)


main()
