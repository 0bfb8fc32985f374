"""Case records at random, from a seed: what commands write, what imports
bring, and what nobody would."""

import random

from business_time import DAY, instant, text_of
from fold import Fold
from make_policies import IMPACTS, PRIORITIES, QUEUES, REASONS, REGIONS
from policy import CLOCKS

FIRST = instant("2026-01-05T00:00:00Z")
LONG_AGO = instant("2010-10-20T00:00:00Z")  # zones had other rules
PEOPLE = ["ana", "bo", "chi"]
TIERS = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 0, -1, 999, 1000]
ANYWHERE = ["noted", "improved", "attached", "amended", "notified",
            "x-ray", "from-the-future"]

# What is likely in a state, with weights.
LIKELY = {
    "submitted": {"acknowledged": 4, "accepted": 6, "cancelled": 1,
                  "prioritised": 1, "asked": 2, "answered": 2, "paused": 1,
                  "resumed": 1, "promoted": 1, "resolved": 1, "closed": 1,
                  "routed": 1, "reclassified": 2, "duplicate": 1},
    "acknowledged": {"accepted": 8, "cancelled": 1, "asked": 2, "paused": 1,
                     "answered": 2, "resumed": 1, "prioritised": 1,
                     "promoted": 1, "resolved": 1, "reprioritised": 1},
    "escalated": {"promoted": 6, "asked": 5, "answered": 5, "paused": 4,
                  "resumed": 4, "contacted": 3, "updated": 5, "planned": 2,
                  "noted": 2, "assigned": 2, "routed": 3, "reprioritised": 3,
                  "reclassified": 4, "amended": 1, "due_set": 3,
                  "repinned": 3, "duplicate": 1, "resolved": 5,
                  "cancelled": 1, "closed": 1},
    "resolved": {"reopened": 8, "closed": 3, "rated": 2, "amended": 1,
                 "noted": 1},
    "closed": {"reopened": 6, "rated": 2, "noted": 1},
    "cancelled": {"reopened": 6, "rated": 2, "prioritised": 1},
    "prioritised": {"noted": 1},
    "merged": {"noted": 1},
}


class Generator:
    def __init__(self, policies, seed, first=FIRST):
        self.rng = random.Random(seed)
        self.policies = policies
        self.first = first
        self.names = sorted({name for name, _ in policies.found})

    def chance(self, share):
        return self.rng.random() < share

    def record(self, number):
        rng = self.rng
        self.name = rng.choice(self.names)
        self.created = self.first + rng.randrange(440 * DAY)
        if self.chance(0.3):
            self.created -= self.created % 1800
        record = {"v": 1, "id": "ESC-%026d" % number, "rev": 0,
                  "policy": self.name,
                  "policy_version": rng.choice(
                      self.policies.versions(self.name)),
                  "created": text_of(self.created), "case_number": "C1"}
        self.look_up(record)
        self.fill(record)
        first = "submitted" if self.chance(0.97) \
            else rng.choice(["accepted", "noted", "x-first"])
        at = self.created if self.chance(0.97) else self.created - 3600
        record["events"] = [{"at": text_of(at), "by": "ana", "type": first}]
        self.record_so_far = record
        self.now = self.created
        self.tidy = self.chance(0.5)
        self.falsehood = rng.choice([0, 0.03, 0.06, 0.3])
        for _ in range(rng.choice([0, 2, 4, 6, 8, 10, 14, 20])):
            self.append()
        if not self.tidy and self.chance(0.2):
            tail = record["events"][1:]
            rng.shuffle(tail)
            record["events"][1:] = tail
        if self.chance(0.5):
            self.show_what_is_in_force(record)
        if self.chance(0.15):
            record.update({"state": "closed", "tier": 3, "clocks": [],
                           "due": "2020-01-01T00:00:00Z", "held": ["asked"]})
        return record

    def show_what_is_in_force(self, record):
        """As programs write it; what was submitted is in the events."""
        fold = self.fold()
        record["policy_version"] = fold.version
        for name in ("impact", "region", "reason", "subject", "x_site"):
            record.pop(name, None)
        record.update(fold.form)

    def look_up(self, record):
        """The codes and queues of the terms at first."""
        form = self.policies.find(self.name, record["policy_version"]).form
        self.codes = {name: [code["code"] for code in field["codes"]]
                      for name, field in form["form"].items()
                      if field.get("codes") and not field.get("list")}
        self.queues = sorted({*QUEUES, *form.get("queues", {})})

    def fill(self, record):
        rng = self.rng
        for name, values in (("impact", IMPACTS), ("region", list(REGIONS))):
            if self.chance(0.8):
                record[name] = rng.choice(values)
        if self.chance(0.6):
            record["reason"] = rng.sample(REASONS, rng.randint(1, 2))
        record["requester"] = {"name": "Eve", "email": "eve@example.org"}
        for name, codes in self.codes.items():
            if name not in record and "." not in name and self.chance(0.8):
                record[name] = rng.choice(codes)
        if self.chance(0.4):
            record["case_opened"] = text_of(
                self.created - rng.randrange(9 * DAY))
        if self.chance(0.5):
            record["x_site"] = rng.choice([1, "a", [1, {"b": 2}]])

    # One event more.

    def fold(self):
        return Fold(self.record_so_far, self.policies)

    def append(self):
        rng = self.rng
        events = self.record_so_far["events"]
        self.folded = self.fold()
        self.now = self.next_instant()
        if len(events) > 2 and self.chance(0.08):
            kind = "retracted"
        elif self.chance(0.8):
            likely = LIKELY[self.folded.state]
            kind = rng.choices(list(likely), likely.values())[0]
        elif self.chance(0.5):
            kind = rng.choice(ANYWHERE)
        else:
            kind = rng.choice(sorted(set().union(*LIKELY.values())))
        at = self.now
        if self.chance(0.12):
            at = rng.randint(self.created - 3600 * self.chance(0.1), self.now)
        event = {"at": text_of(at)}
        if at < self.now:
            event["logged"] = text_of(self.now)
        event.update({"by": rng.choice(PEOPLE), "type": kind})
        self.event = event
        getattr(self, "add_" + kind, lambda: None)()
        events.append(event)
        if not self.tidy and self.chance(0.12) and kind != "retracted":
            events.insert(rng.randint(1, len(events) - 1), events.pop())
        elif self.chance(0.5):
            self.judge_truly(event)
        if self.chance(self.falsehood):
            self.judge_falsely(event)

    def next_instant(self):
        rng = self.rng
        way = rng.random()
        if way < 0.1:
            return self.now
        if way < 0.35:
            goals = [at for clock in self.folded.clocks if clock.lives()
                     for at in clock.goals()
                     if at is not None and at + 1 >= self.now
                     and at < self.now + 60 * DAY]
            if goals:
                return max(self.now,
                           rng.choice(goals) + rng.choice([-1, 0, 0, 1]))
        most = rng.choice([60, 3600, 6 * 3600, DAY, DAY, 3 * DAY, 10 * DAY])
        return self.now + rng.randint(0, most)

    def judge_truly(self, event):
        fold = self.fold()
        for mine in fold.events:
            if mine.form is event:
                if mine.stopped:
                    event["judged"] = mine.stopped

    def judge_falsely(self, event):
        rng = self.rng
        entry = {"clock": rng.choice(CLOCKS), "tier": rng.randint(1, 3),
                 "cycle": rng.randint(1, 2),
                 "verdict": rng.choice(["met", "missed", "ended"])}
        clocks = self.folded.clocks
        if self.chance(0.6):
            clocks = [clock for clock in clocks if clock.lives()]
        if clocks and self.chance(0.8):
            clock = rng.choice(clocks)
            entry.update({"clock": clock.name, "tier": clock.tier or None,
                          "cycle": clock.cycle + self.chance(0.1)})
        if entry["tier"] is None or (entry["clock"] == "acknowledge"
                                     and self.chance(0.9)):
            del entry["tier"]
        for name in ("target_at", "limit_at"):
            if self.chance(0.7):
                entry[name] = text_of(self.now + rng.randint(-DAY, DAY))
        if entry["verdict"] == "missed":
            entry["over"] = rng.randint(1, 9999)
        if self.chance(0.1):
            del entry[rng.choice(sorted(entry))]
        if self.chance(0.1):
            entry[rng.choice(["clock", "verdict"])] = "other"
        event.setdefault("judged", []).append(entry)

    # The members of each kind of event.

    def add_accepted(self):
        rng, event = self.rng, self.event
        if self.chance(0.7):
            event["tier"] = rng.choice(TIERS)
        for name, values in (("priority", PRIORITIES), ("assignee", PEOPLE),
                             ("queue", self.queues + ["nowhere"])):
            if self.chance(0.4):
                event[name] = rng.choice(values)

    def add_cancelled(self):
        self.event["feedback"] = "no"

    def add_asked(self):
        self.event["text"] = "what?"

    add_answered = add_updated = add_planned = add_noted = add_improved \
        = add_asked

    def add_paused(self):
        self.event["reason"] = "waiting"

    add_reopened = add_paused

    def add_attached(self):
        self.event["attachment"] = {"name": "a", "size": 1, "b2": "0" * 64}

    def add_assigned(self):
        self.event["assignee"] = self.rng.choice(PEOPLE)

    def add_routed(self):
        self.event["queue"] = self.rng.choice(self.queues)

    def add_reprioritised(self):
        self.event["priority"] = self.rng.choice(PRIORITIES)

    def add_reclassified(self):
        rng = self.rng
        values = {"impact": IMPACTS, "region": list(REGIONS), **self.codes}
        self.set({name: rng.choice(values[name] + [None])
                  for name in rng.sample(sorted(values), rng.randint(1, 2))})
        if self.chance(0.2):
            self.set({"reason": rng.sample(REASONS, 2)})

    def add_amended(self):
        rng = self.rng
        self.set(rng.choice([
            {"subject": rng.choice(["a", "b", None])},
            {"x_site": rng.choice([5, "b", None])},
            {"requester.email": rng.choice(["new@example.org", None])},
            {"impact": rng.choice(IMPACTS), "state": "closed", "rev": 7},
            {"region": rng.choice(list(REGIONS))},
            {"region": 7, "reason": [1], "requester.email": True},
            {"reason": rng.choice(REASONS)},
        ]))

    def set(self, values):
        event = self.event
        event["set"] = values
        if self.chance(0.8):
            event["was"] = {name: self.folded.fact(name) for name in values}
        elif self.chance(0.2):
            event["was"] = {"impact": self.rng.choice(IMPACTS + [None])}

    def add_promoted(self):
        rng, event = self.rng, self.event
        tier = self.folded.tier
        event["from"] = tier if self.chance(0.9) else rng.choice(TIERS)
        event["to"] = tier + 1 if self.chance(0.6) else rng.choice(TIERS)
        if self.chance(0.3):
            event["assignee"] = rng.choice(PEOPLE)
        if self.chance(0.02):
            del event["to"]

    def add_due_set(self):
        rng = self.rng
        at = self.now + rng.randint(1, rng.choice([DAY, 20 * DAY]))
        if self.chance(0.05):
            at = self.created + rng.randint(-DAY, DAY)
        self.event["due"] = text_of(at)

    def add_repinned(self):
        self.event["from"] = self.folded.version
        self.event["to"] = self.rng.choice(self.policies.versions(self.name))

    def add_duplicate(self):
        self.event["of"] = "ESC-" + "0" * 26

    def add_resolved(self):
        self.event["outcome"] = self.rng.choice(["done", "refund"])
        self.event["summary"] = "s"
        if self.chance(0.1):
            self.event["tier"] = self.rng.choice(TIERS)

    def add_closed(self):
        if self.chance(0.1):
            self.event["tier"] = self.rng.choice(TIERS)

    def add_rated(self):
        self.event["score"] = self.rng.randint(1, 5)
        if self.chance(0.5):
            self.event["comment"] = "c"

    def add_retracted(self):
        count = len(self.record_so_far["events"])
        places = [place for place, event
                  in enumerate(self.record_so_far["events"], 1)
                  if event["type"] == "retracted" and place > 1]
        self.event["event"] = self.rng.randint(max(1, count - 4), count + 1)
        if places and self.chance(0.5):
            self.event["event"] = self.rng.choice(places)

    def add_notified(self):
        self.event["notice"] = "n"
