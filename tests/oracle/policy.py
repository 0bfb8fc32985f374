"""A policy file as the oracle sees it: only what the fold asks for."""

import hashlib
import json
import os

from business_time import Calendar, parse_duration

CLOCKS = ["acknowledge", "contact", "tier", "update", "resolve"]

# starts, stops, ends, held by: the table of the contract.
DEFAULT_CELLS = {
    "acknowledge": (
        ["submitted", "reopened-from-cancelled"],
        ["acknowledged", "accepted", "cancelled", "prioritised", "resolved"],
        ["duplicate"], []),
    "contact": (
        ["accepted"], ["contacted", "updated"],
        ["resolved", "cancelled", "duplicate"], ["asked", "paused"]),
    "tier": (
        ["accepted", "promoted", "reopened"], ["promoted", "resolved"],
        ["cancelled", "duplicate"], ["asked", "paused"]),
    "update": (
        ["accepted", "reopened", "updated"], ["updated"],
        ["resolved", "cancelled", "duplicate"], ["paused"]),
    "resolve": (
        ["accepted", "reopened"], ["resolved"],
        ["cancelled", "duplicate"], ["asked", "paused"]),
}


class Goal:
    def __init__(self, form, default_warn):
        self.when = form.get("when", {})
        self.limit = form["limit"]
        self.target = form.get("target")
        self.warn = millionths(form["warn"]) if "warn" in form \
            else default_warn


def millionths(share):
    return round(share * 1000000)


def goals_of(form):
    """In the order in which they are tried; the last always matches."""
    plain = Goal({key: form[key] for key in ("limit", "target", "warn")
                  if key in form}, 750000)
    return [Goal(row, plain.warn) for row in form.get("goals", [])] + [plain]


class Tier:
    def __init__(self, form):
        self.name = form["name"]
        self.by_case = form.get("due") == "case"
        self.review = form.get("review")
        self.goals = [] if self.by_case else goals_of(form)
        self.warn = millionths(form.get("warn", 0.75))


class Clock:
    def __init__(self, name, form):
        cells = [form.get(key, cell) for key, cell
                 in zip(("starts", "stops", "ends", "held_by"),
                        DEFAULT_CELLS[name])]
        self.starts, self.stops, self.ends, self.held_by = map(set, cells)
        self.goals = goals_of(form) if name != "tier" else None


class Policy:
    def __init__(self, text, calendar_named):
        form = json.loads(text)
        self.form = form
        self.name = form["name"]
        self.version = hashlib.blake2b(text, digest_size=32).hexdigest()[:12]
        self.same_time = form.get("day_ends", "close") == "same-time"
        self.calendar = calendar_named(form["calendar"])
        self.queue_calendar = {
            name: calendar_named(queue["calendar"])
            for name, queue in form.get("queues", {}).items()
            if "calendar" in queue}
        self.region_calendar = {
            code["code"]: calendar_named(code["calendar"])
            for code in form["form"].get("region", {}).get("codes", [])
            if "calendar" in code}
        self.tiers = [Tier(tier) for tier in form["tiers"]]
        clocks = form.get("clocks", {})
        self.clocks = {name: Clock(name, clocks.get(name, {}))
                       for name in CLOCKS
                       if name in clocks or name == "tier"}
        self.continues = form.get("reopen", "new-cycle") == "continue"

    def tier(self, number):
        if 1 <= number <= len(self.tiers):
            return self.tiers[number - 1]
        return None

    def case_calendar(self, queue, region):
        if queue in self.queue_calendar:
            return self.queue_calendar[queue]
        if isinstance(region, str) and region in self.region_calendar:
            return self.region_calendar[region]
        return self.calendar


class Policies:
    """All policies of a folder: NAME.json, NAME@VERSION.json, calendars/."""

    calendars = {}              # by their text, for all folders

    def __init__(self, folder):
        self.folder = folder
        self.found = {}         # (name, version) -> policy
        for entry in sorted(os.listdir(folder)):
            if entry.endswith(".json"):
                with open(os.path.join(folder, entry), "rb") as file:
                    policy = Policy(file.read(), self.calendar)
                self.found[policy.name, policy.version] = policy

    def calendar(self, name):
        path = os.path.join(self.folder, "calendars", name + ".json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text not in self.calendars:
            self.calendars[text] = Calendar(json.loads(text))
        return self.calendars[text]

    def find(self, name, version):
        return self.found[name, version]

    def versions(self, name):
        return sorted(version for found, version in self.found
                      if found == name)


def is_business(duration):
    return parse_duration(duration)[1] != ""
