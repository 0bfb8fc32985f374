"""Case records at random, from a seed: valid under the built-in policies,
and as odd in every other way as JSON allows."""

import hashlib
import pathlib
import random
from datetime import datetime, timedelta, timezone

from odd import Odd

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICIES = ["customer-resolutions", "five-tier", "perfect-gym", "s-club"]
EPOCH = datetime(2026, 6, 1, tzinfo=timezone.utc)
DAY = 86400

# In the order in which they are written; esc-case(5).
FORM = ["case_number", "subject", "description", "impact", "reason", "rationale",
        "urgency", "severity", "trigger", "complexity", "channel", "region",
        "product", "service", "case_opened", "handler", "requester", "attachments"]
DERIVED = ["state", "held", "tier", "tier_name", "priority", "assignee", "queue",
           "clocks", "due", "risk", "resolution", "feedback"]
ORDER = ["v", "id", "rev", "policy", "policy_version", "created"] + FORM + \
    ["events"] + DERIVED + ["sla"]

CODES = {
    "impact": ["limited", "moderate", "major", "critical"],
    "reason": ["sla-violation", "wrong-resolution", "other"],
    "urgency": ["high", "urgent"],
    "severity": ["low", "medium", "high", "critical"],
    "trigger": ["unresolved", "policy-dispute", "compliance-legal"],
    "complexity": ["basic", "moderate", "complex"],
    "channel": ["ticket", "chat", "conversation"],
    "region": ["aus", "nz", "emea"],
}
TEXTS = ["case_number", "subject", "description", "rationale", "handler", "product"]

# What comes next in a life that makes sense, most of the time.
NEXT = {
    "new": ["acknowledged", "acknowledged", "accepted", "accepted", "accepted", "asked",
            "answered", "noted", "cancelled", "reclassified", "x-scanned", "routed"],
    "open": ["promoted", "promoted", "asked", "answered", "paused", "resumed", "contacted",
             "updated", "planned", "noted", "assigned", "reprioritised", "reclassified",
             "amended", "resolved", "improved", "attached", "x-scanned", "notified",
             "seen by the moon", "due_set", "repinned", "retracted"],
    "done": ["closed", "rated", "reopened", "noted", "amended", "x-scanned"],
}
PHASE = {"accepted": "open", "promoted": "open", "reopened": "open", "resolved": "done",
         "closed": "done", "cancelled": "done"}


def version_of(policy):
    text = (ROOT / "lib/policies" / (policy + ".json")).read_bytes()
    return hashlib.blake2b(text, digest_size=32).hexdigest()[:12]


class Records(Odd):
    """Records number first, first + 1, ...: the same whatever came before."""

    def __init__(self, seed):
        self.seed = seed
        self.versions = {name: version_of(name) for name in POLICIES}
        super().__init__(random.Random(seed))

    def line(self, number):
        self.rng.seed(self.seed * 1000003 + number)
        self.restyle()
        self.policy = self.rng.choice(POLICIES)
        self.at = self.rng.randrange(140 * DAY)
        known = self.head(number) + self.form() + [("events", self.events())]
        known += self.stale()
        if self.chance(0.3):
            self.rng.shuffle(known)
        text = self.object(self.mix(known, self.rng.randrange(6), ORDER))
        return (self.space() + text + self.space()).encode("utf-8", "surrogatepass")

    def instant(self, at, plain=False):
        """An instant as text, now and then in another zone or with a fraction."""
        when = EPOCH + timedelta(seconds=at)
        if plain or self.chance(0.9):
            return '"' + when.strftime("%Y-%m-%dT%H:%M:%SZ") + '"'
        if self.chance(0.3):
            return self.string(when.strftime("%Y-%m-%dT%H:%M:%SZ"))
        if self.chance(0.5):
            return '"' + when.strftime("%Y-%m-%dT%H:%M:%S.25Z") + '"'
        there = when.astimezone(timezone(timedelta(hours=5, minutes=30)))
        return '"' + there.strftime("%Y-%m-%dT%H:%M:%S+05:30") + '"'

    def head(self, number):
        head = [("v", "1"), ("id", self.string("ESC-%026d" % number)), ("rev", "0"),
                ("policy", self.string(self.policy)),
                ("policy_version", self.string(self.versions[self.policy])),
                ("created", self.instant(self.at))]
        if self.chance(0.3):
            head.pop(2)
        return head

    def form(self):
        known = []
        for name in FORM:
            if not self.chance(0.5):
                continue
            if self.chance(0.03):
                known.append((name, "null"))
            elif name in CODES:
                known.append((name, self.code(name)))
            elif name in TEXTS:
                known.append((name, self.string(self.words())))
            elif name == "requester":
                known.append((name, self.requester()))
            elif name == "case_opened":
                known.append((name, self.instant(self.at - self.rng.randrange(20 * DAY))))
            elif name == "attachments":
                known.append((name, self.array([self.attachment()])))
        return known

    def code(self, name):
        code = self.string(self.rng.choice(CODES[name]))
        return self.array([code]) if name == "reason" and self.chance(0.5) else code

    def requester(self):
        known = [("name", self.string(self.words())), ("email", '"eve@example.org"'),
                 ("role", self.string("champion"))]
        return self.object(self.mix(known[:self.rng.randint(0, 3)], self.rng.randrange(3),
                                    ["name", "email", "role"]))

    def attachment(self):
        known = [("name", self.string("../" + self.words())), ("size", "12"),
                 ("b2", '"' + "0" * 64 + '"')]
        return self.object(self.mix(known, self.rng.randrange(2)))

    def stale(self):
        """Derived fields, true or not: none is read back."""
        if self.chance(0.4):
            return []
        values = {"state": '"closed"', "held": '["asked"]', "tier": "7", "tier_name": '"?"',
                  "priority": '"high"', "assignee": self.string(self.words()),
                  "queue": '"nowhere"', "clocks": '[{"clock":"tier","x":1E2}]',
                  "due": '"2020-01-01T00:00:00Z"', "risk": '"2020-01-01T00:00:00Z"',
                  "resolution": '{"n":1E2}', "feedback": "{}", "sla": '{"at":"x"}'}
        return [(name, "null" if self.chance(0.05) else value)
                for name, value in values.items() if self.chance(0.5)]

    # Events.

    def events(self):
        self.count = 1
        self.tier = 0
        out = [self.event("submitted", [])]
        phase = "new"
        for _ in range(self.rng.choice([0, 1, 2, 3, 4, 6, 9])):
            self.at += self.rng.choice([0, 60, 3600, 9000, DAY, 2 * DAY])
            kind = self.rng.choice(NEXT[phase])
            make = getattr(self, "of_" + kind, self.of_other)
            out.append(self.event(kind, make(kind)))
            self.count += 1
            phase = PHASE.get(kind, phase)
        return self.array(out)

    def event(self, kind, members):
        at = self.at - self.rng.randrange(3 * DAY) if self.chance(0.05) else self.at
        known = [("at", self.instant(at))]
        if at != self.at or self.chance(0.1):
            known.append(("logged", self.instant(self.at)))
        known += [("by", self.string(self.words())), ("type", self.string(kind))] + members
        if self.chance(0.03):
            known.append(("judged", self.array([self.object(
                [("clock", '"update"'), ("tier", "1"), ("cycle", "1"), ("verdict", '"met"'),
                 ("x_why", self.value())])])))
        if self.chance(0.2):
            self.rng.shuffle(known)
        return self.object(self.mix(known, self.rng.choice([0, 0, 1, 2]),
                                    ["rule", "auto", "tier", "was", "set", "text"]))

    def text(self, name):
        return (name, self.string(self.words()))

    def of_other(self, kind):
        return [self.text("text")] if self.chance(0.8) else [("text", "null")]

    def of_accepted(self, kind):
        self.tier = self.rng.randint(1, 3)
        members = [("tier", str(self.tier))] if self.chance(0.8) else []
        return members + ([self.text("assignee")] if self.chance(0.4) else [])

    def of_promoted(self, kind):
        self.tier += 1
        return [("from", str(self.tier - 1)), ("to", str(self.tier)), self.text("reason")]

    def of_cancelled(self, kind):
        return [self.text("feedback")]

    def of_paused(self, kind):
        return [self.text("reason")]

    of_reopened = of_paused

    def of_resolved(self, kind):
        return [("outcome", '"resolved"'), self.text("summary")]

    def of_rated(self, kind):
        return [("score", "5"), self.text("comment")]

    def of_assigned(self, kind):
        return [self.text("assignee")]

    def of_routed(self, kind):
        return [("queue", '"helpdesk"')]

    def of_reprioritised(self, kind):
        return [("priority", '"high"'), self.text("because")]

    def of_attached(self, kind):
        return [("attachment", self.attachment())]

    def of_notified(self, kind):
        return [("notice", '"' + "0" * 64 + '"'), self.text("to")]

    def of_due_set(self, kind):
        return [("due", self.instant(self.at + 5 * DAY)), self.text("because")]

    def of_repinned(self, kind):
        version = self.string(self.versions[self.policy])
        return [("from", version), ("to", version), self.text("because")]

    def of_retracted(self, kind):
        return [("event", str(self.rng.randint(1, self.count + 1))), self.text("because")]

    def of_reclassified(self, kind):
        name = self.rng.choice(sorted(CODES))
        return self.change([(name, self.code(name))], [(name, self.code(name))])

    def of_amended(self, kind):
        name = self.rng.choice(["subject", "x_site", "custom_fields", "requester.email",
                                "requester.name", "description", "n5é"])
        known = name in TEXTS or name.startswith("requester.")
        values = [self.string(self.words()) if known else self.value() for _ in range(2)]
        return self.change([(name, values[0])], [(name, values[1])])

    def change(self, new, old):
        members = [("set", self.object(new)), self.text("because")]
        return members + ([("was", self.object(old))] if self.chance(0.5) else [])
