#!/usr/bin/python3
"""Runs tests/rules/fold.tsv against esc-fold, esc-sla-check and the oracle.

    rules.py --bin bin --rules tests/rules/fold.tsv --policies tests/data/fold

Writes TAP: one test a rule.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile

from business_time import instant
from fold import Fold
from policy import Policies
from programs import Failed, Programs, without_empty
from verdict import sla


def long_instant(text):
    """03-02T10:00 as 2026-03-02T10:00:00Z."""
    return "2026-%s%sZ" % (text, ":00" if len(text) == 11 else "")


def value_of(name, text, versions):
    if name in ("at", "due") or name.endswith("_at"):
        return long_instant(text)
    if text in versions and name in ("from", "to"):
        return versions[text]
    if text[0] in "{[" or text.isdigit():
        return json.loads(text)
    return text


def record_of(policy, events, versions):
    form = []
    for event in events.split(";"):
        at, kind, *members = event.split()
        row = {"at": long_instant(at), "by": "ann", "type": kind}
        for member in members:
            name, text = member.split("=", 1)
            row[name] = value_of(name, text, versions)
        form.append(row)
    return {"v": 1, "id": "ESC-" + "0" * 26, "rev": 0,
            "policy": "continue" if policy == "continue" else "fold",
            "policy_version": versions[policy], "created": form[0]["at"],
            "case_number": "C1", "events": form}


def clock_named(clocks, name):
    for clock in clocks:
        if name == "%s/%d/%d" % (clock["clock"], clock.get("tier", 0),
                                 clock["cycle"]):
            return clock
    return {}


class Subject:
    """Something that folds: (record) -> fields, (record, now) -> sla."""

    def __init__(self, name, fold, judge):
        self.name, self.fold, self.judge = name, fold, judge


def faults(subject, record, claims, versions):
    folded = subject.fold(record)
    found = []
    for claim in claims.split("; "):
        got, expected = actual(subject, record, folded, claim, versions)
        if got != expected:
            found.append("%s: %s: it is %s" % (subject.name, claim,
                                               json.dumps(got)))
    return found


def actual(subject, record, folded, claim, versions):
    if claim.startswith("@"):
        at, claim = claim[1:].split(" ")
        judged = subject.judge(record, instant(long_instant(at)))
        name, expected = claim.split("=")
        if name == "case":
            return judged["verdict"], expected
        return clock_named(judged.get("clocks", []), name).get("verdict"), \
            expected
    name, expected = claim.split("=", 1)
    holder = folded
    if "/" in name:
        clock, name = name.split(".")
        holder = clock_named(folded.get("clocks", []), clock)
    if expected == "-":
        return holder.get(name), None
    if name in ("due", "risk"):
        return holder.get(name), long_instant(expected)
    return holder.get(name), value_of(name, expected, versions)


def write_policies(source, folder):
    """fold, its other version, and the one that continues; their versions."""
    shutil.copytree(os.path.join(source, "calendars"),
                    os.path.join(folder, "calendars"))
    with open(os.path.join(source, "fold.json"), encoding="utf-8") as file:
        form = json.load(file)
    later = json.loads(json.dumps(form))
    later["tiers"][0] = {"name": "one", "limit": "4bd"}
    del later["clocks"]["contact"]
    found = {}
    for name, text in (
            ("fold", form), ("next", later),
            ("continue", {**form, "name": "continue", "reopen": "continue"})):
        path = os.path.join(folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(text, file)
        policies = Policies(folder)
        found[name] = next(version for one, version in policies.found
                           if one == text["name"]
                           and version not in found.values())
    os.rename(os.path.join(folder, "next.json"),
              os.path.join(folder, "fold@%s.json" % found["next"]))
    return found


def main():
    parser = argparse.ArgumentParser()
    for name in ("--bin", "--rules", "--policies"):
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return run(options, folder)


def run(options, folder):
    versions = write_policies(options.policies, folder)
    policies = Policies(folder)
    programs = Programs(os.path.abspath(options.bin), folder)
    subjects = [
        Subject("oracle", lambda record: without_empty(
            Fold(record, policies).output()),
            lambda record, now: sla(Fold(record, policies, now), now)),
        Subject("esc", lambda record: programs.fold([record])[0][0],
                lambda record, now: programs.sla([record], now)[0]["sla"])]
    failed = count = 0
    with open(options.rules, encoding="utf-8") as file:
        rules = [line.rstrip("\n").split("\t") for line in file
                 if line.strip() and not line.startswith("#")]
    for count, (rule, policy, events, claims) in enumerate(rules, 1):
        record = record_of(policy, events, versions)
        try:
            wrong = [line for subject in subjects
                     for line in faults(subject, record, claims, versions)]
        except (Failed, IndexError) as failure:
            wrong = ["%s: %s" % (type(failure).__name__, failure)]
        failed += bool(wrong)
        print("%sok %d - %s" % ("not " if wrong else "", count, rule))
        for line in wrong:
            print("#   " + line)
    print("1..%d" % count)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
