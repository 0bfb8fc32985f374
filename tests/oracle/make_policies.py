"""Policies at random, in families of versions, and their calendars."""

import glob
import hashlib
import json
import os
import random
import shutil

from policy import CLOCKS

BUILTIN = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                       "..", "..", "lib", "policies")

CALENDARS = {
    "london": {
        "timezone": "Europe/London",
        "hours": {"mon": ["09:00-12:30", "13:30-17:30"],
                  "tue": ["09:00-17:30"], "wed": ["09:00-17:30"],
                  "thu": ["09:00-17:30"], "fri": ["09:00-16:00"]},
        "holidays": ["2026-12-25", {"yearly": "01-01"}, "2026-04-06",
                     {"date": "2026-12-24", "hours": ["09:00-12:00"],
                      "name": "Christmas Eve"}]},
    "new-york": {
        "timezone": "America/New_York",
        "hours": {day: ["00:00-24:00"] for day in
                  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
    "sydney": {
        "timezone": "Australia/Sydney",
        "hours": {"mon": ["00:00-06:00", "22:00-24:00"],
                  "tue": ["00:00-06:00", "22:00-24:00"],
                  "wed": ["00:00-06:00", "22:00-24:00"],
                  "thu": ["00:00-06:00", "22:00-24:00"],
                  "fri": ["00:00-06:00"], "sat": ["22:00-24:00"],
                  "sun": ["00:00-06:00"]},
        "holidays": ["2026-01-26", {"yearly": "12-25"}]},
    "lord-howe": {
        "timezone": "Australia/Lord_Howe",
        "hours": {"mon": ["01:30-02:30", "08:00-12:00"],
                  "wed": ["08:00-20:00"], "sun": ["01:00-03:00"]}},
    "kolkata": {
        "timezone": "Asia/Kolkata",
        "hours": {day: ["10:00-19:00"] for day in
                  ["mon", "tue", "wed", "thu", "fri", "sat"]}},
    # Until 2011 its clocks changed a minute after midnight.
    "st-johns": {
        "timezone": "America/St_Johns",
        "hours": {"sun": ["00:00-03:00", "22:30-24:00"],
                  "mon": ["00:00-00:30", "08:30-16:30"],
                  "sat": ["23:00-24:00"]},
        "holidays": [{"yearly": "11-11", "hours": ["08:30-11:00"]}]},
    # It had no 2011-12-30.
    "apia": {
        "timezone": "Pacific/Apia",
        "hours": {day: ["00:00-02:00", "08:00-16:30"] for day in
                  ["mon", "tue", "wed", "thu", "fri", "sat"]},
        "holidays": [{"date": "2011-12-30", "hours": ["09:00-12:00"]},
                     {"date": "2011-12-31", "hours": ["09:00-12:00"]},
                     {"yearly": "01-01"}]},
}

IMPACTS = ["limited", "moderate", "major", "critical"]
REASONS = ["delay", "quality", "contract", "safety"]
REGIONS = {"emea": "london", "apac": "sydney", "amer": "new-york",
           "other": None, "samoa": "apia"}
QUEUES = {"anz": "sydney", "india": "kolkata", "rest": None,
          "newfoundland": "st-johns"}
PRIORITIES = ["low", "normal", "high"]

STATES = ["submitted", "acknowledged", "escalated", "resolved"]

CELL_EVENTS = [
    "acknowledged", "accepted", "promoted", "contacted", "updated",
    "planned", "noted", "assigned", "routed", "reprioritised",
    "reclassified", "resolved", "closed", "cancelled", "reopened",
    "reopened-from-cancelled", "prioritised", "duplicate", "rated",
    "answered", "resumed", "paused", "improved"]


def duration(rng, kind):
    unit = rng.choice({"business": ["bd", "bd", "bh", "bm"],
                       "plain": ["d", "h", "m"]}[kind])
    most = {"bd": 6, "bh": 60, "bm": 900, "d": 6, "h": 100, "m": 3000}[unit]
    return rng.randint(1, most), unit


def goal(rng, kind):
    limit, unit = duration(rng, kind)
    form = {"limit": "%d%s" % (limit, unit)}
    way = rng.random()
    if way < 0.4:
        form["target"] = "%d%s" % (rng.randint(1, limit), unit)
    elif way < 0.7:
        form["warn"] = rng.choice([0.5, 0.8, 0.9, 0.333333, 1, 0.1])
    return form


def condition(rng):
    form = {}
    for name, values in rng.sample(
            [("impact", IMPACTS), ("reason", REASONS),
             ("region", list(REGIONS)), ("queue", list(QUEUES)),
             ("priority", PRIORITIES)], rng.randint(1, 2)):
        test = rng.choice([rng.choice(values), rng.sample(values, 2)])
        form[name] = rng.choice(
            [test, test, test, {"not": test}, None,
             {"present": rng.random() < 0.5}])
    if rng.random() < 0.15:
        form["age"] = {rng.choice(["at_least", "below"]):
                       rng.choice(["2bd", "9bh", "3d"])}
    if rng.random() < 0.15:
        form["state"] = rng.sample(STATES, 2)
    return form


def goals(rng, kind):
    form = goal(rng, kind)
    if rng.random() < 0.5:
        form["goals"] = [dict(when=condition(rng), **goal(rng, kind))
                         for _ in range(rng.randint(1, 3))]
    return form


def tier(rng, number):
    form = {"name": "level-%d" % number}
    kind = rng.choice(["business", "business", "plain"])
    if rng.random() < 0.25:
        form["due"] = "case"
        if rng.random() < 0.7:
            form["review"] = "%d%s" % duration(rng, kind)
        if rng.random() < 0.4:
            form["warn"] = rng.choice([0.5, 0.9])
    else:
        form.update(goals(rng, kind))
    return form


def clock(rng, name, odd):
    form = {}
    if name != "tier":
        form = goals(rng, rng.choice(["business", "business", "plain"]))
    for cell in ("starts", "stops", "ends"):
        if rng.random() < odd:
            form[cell] = rng.sample(CELL_EVENTS, rng.randint(0, 4))
            if cell == "starts" and name == "acknowledge" \
                    and rng.random() < 0.7:
                form[cell].append("submitted")
    if rng.random() < odd:
        form["held_by"] = rng.sample(["asked", "paused"], rng.randint(0, 2))
    return form


def terms(rng, name, odd=None):
    """odd: how often a cell is another; None: any share."""
    if odd is None:
        odd = rng.choice([0, 0, 0.1, 0.3])
    calendars = list(CALENDARS)
    form = {
        "name": name,
        "day_ends": rng.choice(["close", "same-time"]),
        "calendar": rng.choice(calendars),
        "form": {
            "impact": {"codes": [{"code": code} for code in IMPACTS]},
            "reason": {"list": True,
                       "codes": [{"code": code} for code in REASONS]},
            "region": {"codes": [
                {"code": code, "calendar": calendar} if calendar
                else {"code": code} for code, calendar in REGIONS.items()]},
        },
        "priorities": [{"code": code} for code in PRIORITIES],
        "queues": {code: {"calendar": calendar} if calendar else {}
                   for code, calendar in QUEUES.items()},
        "tiers": [tier(rng, number) for number
                  in range(1, rng.randint(1, 4) + 1)],
        "clocks": {one: clock(rng, one, odd) for one in CLOCKS
                   if rng.random() < 0.85},
        "reopen": rng.choice(["new-cycle", "continue"]),
    }
    return form


def altered(rng, form, odd):
    """Another version: some of the terms anew."""
    fresh = terms(rng, form["name"], odd)
    form = json.loads(json.dumps(form))
    for key in ("tiers", "clocks", "calendar", "reopen", "day_ends"):
        if rng.random() < 0.5:
            form[key] = fresh[key]
    form["note"] = "version %d" % rng.randint(2, 1 << 30)
    return form


def write(folder, seed, families, odd=None):
    """Writes NAME.json and NAME@VERSION.json, and calendars/."""
    rng = random.Random(seed)
    os.makedirs(os.path.join(folder, "calendars"), exist_ok=True)
    for name, form in CALENDARS.items():
        with open(os.path.join(folder, "calendars", name + ".json"), "w",
                  encoding="utf-8") as file:
            json.dump(form, file)
    for family in range(families):
        form = terms(rng, "policy-%d" % family, odd)
        for version in range(3):
            text = json.dumps(form, indent=1).encode()
            digest = hashlib.blake2b(text, digest_size=32).hexdigest()[:12]
            path = "%s.json" % form["name"] if version == 0 \
                else "%s@%s.json" % (form["name"], digest)
            with open(os.path.join(folder, path), "wb") as file:
                file.write(text)
            form = altered(rng, form, odd)


def write_builtin(folder):
    """The built-in policies too; calendars of the same name stay."""
    for path in sorted(glob.glob(os.path.join(BUILTIN, "*.json"))):
        shutil.copy(path, folder)
    for path in glob.glob(os.path.join(BUILTIN, "calendars", "*.json")):
        to = os.path.join(folder, "calendars", os.path.basename(path))
        if not os.path.exists(to):
            shutil.copy(path, to)
