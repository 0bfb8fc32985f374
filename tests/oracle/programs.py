"""The C programs under test, and what their answers are compared by."""

import json
import os
import subprocess

from business_time import text_of
from fold import Fold, HEAD
from verdict import sla


class Failed(Exception):
    pass


class Programs:
    """The C programs, in an environment of their own."""

    def __init__(self, folder, policies, driver=None):
        self.folder, self.driver = folder, driver
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": policies, "TZ": "UTC",
            "LC_ALL": "C", "ESC_POLICY_PATH": policies}

    def run(self, name, *options, records=None, text=None):
        """(status, lines of JSON, bytes of stdout, stderr)."""
        if text is None:
            text = lines_of(records)
        done = subprocess.run(
            [os.path.join(self.folder, name), *options], input=text,
            env=self.environment, capture_output=True, check=False)
        if done.returncode not in (0, 1, 65):
            raise Failed("%s: status %d: %s" % (
                name, done.returncode, done.stderr.decode()[:500]))
        found = [json.loads(line) for line in done.stdout.splitlines()]
        return found, done.stdout, done.stderr.decode()

    def fold(self, records):
        return self.run("esc-fold", records=records)

    def sla(self, records, now):
        found, _, _ = self.run("esc-sla-check", "--now", text_of(now),
                               "--format", "jsonl", records=records)
        return found


def lines_of(records):
    return "".join(json.dumps(record, ensure_ascii=False,
                              separators=(",", ":")) + "\n"
                   for record in records).encode()


def unlike(expected, got, path=""):
    """The places in which two JSON values differ, as texts."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return [line for name in sorted({**expected, **got})
                for line in unlike(expected.get(name), got.get(name),
                                   "%s.%s" % (path, name))]
    if isinstance(expected, list) and isinstance(got, list) \
            and len(expected) == len(got):
        return [line for place, pair in enumerate(zip(expected, got))
                for line in unlike(*pair, "%s[%d]" % (path, place))]
    if expected == got:
        return []
    return ["%s: oracle %s, esc %s" % (path, json.dumps(expected),
                                       json.dumps(got))]


def without_empty(form):
    return {name: value for name, value in form.items() if value != []}


def fold_unlike(record, got, policies):
    """What esc-fold's answer has wrong."""
    if got is None:
        return ["refused or lost"]
    wrong = unlike(without_empty(Fold(record, policies).output()),
                   without_empty({name: value for name, value in got.items()
                                  if name not in HEAD
                                  or name == "policy_version"}))
    for name in HEAD:
        if name not in ("events", "policy_version"):
            wrong += unlike(record[name], got[name], "." + name)
    for place, (old, new) in enumerate(zip(record["events"], got["events"])):
        wrong += unlike(without(old, "was"), without(new, "was"),
                        ".events[%d]" % place)
    return wrong + unlike(len(record["events"]), len(got["events"]), ".events")


def sla_unlike(record, got, now, policies):
    """What esc-sla-check's answer has wrong."""
    if got is None:
        return ["refused or lost"]
    return unlike(without_empty(sla(Fold(record, policies, now), now)),
                  without_empty(got["sla"]), ".sla")


def without(form, *names):
    return {name: value for name, value in form.items() if name not in names}


def first(records):
    return records[0] if records else None


def by_id(records):
    return {record["id"]: record for record in records}
