"""The fold, from its definition: what a case's events amount to.

Written from esc-case(5) alone, to be read beside it, and to be slow: goals
are computed afresh whenever they are asked for, from the clock's start and
the list of its holds.
"""

import json

from business_time import CALENDAR_MAX, OutOfRange, instant, text_of
from policy import CLOCKS, DEFAULT_CELLS, is_business

OPEN = {"submitted", "acknowledged", "escalated"}
ANY = OPEN | {"resolved", "closed", "cancelled", "prioritised", "merged"}
BEFORE_ACCEPTANCE = {"submitted", "acknowledged"}

# The states in which an event has an effect.
FROM = {
    "acknowledged": {"submitted"},
    "accepted": BEFORE_ACCEPTANCE,
    "cancelled": OPEN,
    "prioritised": {"submitted", "acknowledged", "cancelled"},
    "asked": OPEN, "answered": OPEN, "paused": OPEN, "resumed": OPEN,
    "contacted": {"escalated"}, "updated": {"escalated"},
    "planned": {"escalated"},
    "noted": ANY, "improved": ANY, "attached": ANY, "notified": ANY,
    "retracted": ANY, "amended": ANY,
    "assigned": OPEN, "routed": OPEN, "reprioritised": OPEN,
    "reclassified": OPEN, "repinned": OPEN,
    "promoted": {"escalated"},
    "due_set": {"escalated"},
    "duplicate": OPEN,
    "resolved": {"escalated"},
    "closed": {"resolved"},
    "rated": {"resolved", "closed", "cancelled"},
    "reopened": {"resolved", "closed", "cancelled"},
}

TO = {
    "acknowledged": "acknowledged", "accepted": "escalated",
    "cancelled": "cancelled", "prioritised": "prioritised",
    "duplicate": "merged", "resolved": "resolved", "closed": "closed",
}

TEXTS = {"case_number", "subject", "description", "impact", "rationale",
         "urgency", "severity", "trigger", "complexity", "channel", "region",
         "product", "service", "handler", "requester.name",
         "requester.email", "requester.role"}
HEAD = ["v", "id", "rev", "policy", "policy_version", "created", "events"]
DERIVED = ["state", "held", "tier", "tier_name", "priority", "assignee",
           "queue", "clocks", "due", "risk", "resolution", "feedback"]
NOT_TO_BE_SET = set(HEAD + DERIVED + ["sla"])

CHANGES_TERMS = {"reclassified", "amended", "reprioritised", "routed",
                 "accepted", "repinned"}
SIGNS_OF_LIFE = {"noted", "planned", "updated", "accepted", "promoted"}
STOPPED = {"met", "missed", "ended"}


LAST_TIER = 999


def ints(value):
    return isinstance(value, int) and not isinstance(value, bool)


def tiers(value):
    """Whether it can be a tier; any other is as good as none."""
    return ints(value) and 1 <= value <= LAST_TIER


def fits(name, value):
    """Whether a field can have that value; any other is not set."""
    if value is None:
        return True
    if name in TEXTS:
        return isinstance(value, str)
    if name == "reason":
        return isinstance(value, str) or (isinstance(value, list) and all(
            isinstance(one, str) for one in value))
    return True


def read_judgement(entry):
    """(key, entry) of a well-formed judgement, else None."""
    if entry.get("clock") not in CLOCKS \
            or entry.get("verdict") not in STOPPED \
            or not ints(entry.get("cycle")):
        return None
    tier = entry.get("tier", 0)
    if not ints(tier):
        return None
    return (entry["clock"], tier, entry["cycle"])


class Instance:
    """One start of one clock."""

    def __init__(self, fold, name, tier, cycle, at):
        self.fold, self.name, self.tier, self.cycle = fold, name, tier, cycle
        self.started_at = at
        self.state = "running"
        self.stopped_at = self.stopped_by = None
        self.holds = []             # [from, to], to None while it lasts
        self.judgement = None
        self.due = self.due_target = None
        self.review_from = at

    @property
    def key(self):
        return (self.name, self.tier, self.cycle)

    def lives(self):
        return self.state in ("running", "held")

    def take(self, terms):
        """The terms: (tier or None, goal or None), calendar, policy."""
        self.tier_terms, self.goal = terms
        self.calendar = self.fold.calendar()
        self.same_time = self.fold.policy.same_time
        self.held_by = self.fold.policy.clocks[self.name].held_by
        if self.goal:
            self.due = self.due_target = None

    # Time of the clock's own kind.

    def business(self):
        return not self.goal or is_business(self.goal.limit)

    def between(self, a, b):
        return self.calendar.between(a, b) if self.business() else b - a

    def add(self, at, seconds):
        try:
            if self.business():
                return self.calendar.add_open(at, seconds)
            return min(at + seconds, CALENDAR_MAX)
        except OutOfRange:
            return CALENDAR_MAX

    def after(self, at, duration):
        try:
            return self.calendar.add(at, duration, self.same_time)
        except OutOfRange:
            return CALENDAR_MAX

    # Holds.

    def hold(self, at):
        if self.state == "running":
            self.state = "held"
            self.holds.append([at, None])

    def release(self, at):
        if self.state == "held":
            self.state = "running"
            self.holds[-1][1] = at

    def ended_holds(self):
        return [hold for hold in self.holds if hold[1] is not None]

    def paused(self):
        return sum(self.between(*hold) for hold in self.ended_holds())

    def moved(self, goal, holds):
        """A goal moved by the holds that began before it had passed."""
        moved, total = goal, 0
        for begin, end in holds:
            if begin <= moved:
                total += self.between(begin, end)
                if total > 0:
                    moved = self.add(goal, total)
        return moved

    # Goals.

    def goals(self):
        """(target, limit), either None."""
        if self.judgement:
            return tuple(None if self.judgement.get(name) is None
                         else instant(self.judgement[name])
                         for name in ("target_at", "limit_at"))
        if self.due is not None:
            return self.due_target, self.due
        if not self.goal:
            return self.review(), None
        limit = self.after(self.started_at, self.goal.limit)
        if self.goal.target:
            target = self.after(self.started_at, self.goal.target)
        else:
            target = self.share(limit, self.goal.warn, self.add, self.between)
        holds = self.ended_holds()
        return self.moved(target, holds), self.moved(limit, holds)

    def share(self, limit, warn, add, between):
        length = between(self.started_at, limit)
        share = (length * warn + 500000) // 1000000
        return add(self.started_at, share) if share > 0 else self.started_at

    def review(self):
        if not self.tier_terms.review:
            return None
        since = self.review_from
        holds = [[max(begin, since), end]
                 for begin, end in self.ended_holds() if end > since]
        return self.moved(self.after(since, self.tier_terms.review), holds)

    def limit(self):
        return self.goals()[1]

    def target(self):
        return self.goals()[0]

    def set_due(self, due):
        self.due = due
        if due <= self.started_at:
            self.due_target = due
            return
        try:
            target = self.share(due, self.tier_terms.warn,
                                self.calendar.add_open, self.calendar.between)
        except OutOfRange:
            target = CALENDAR_MAX
        self.due_target = min(target, due)

    # The end of it.

    def stop(self, at, event, ends):
        self.release(at)
        limit = self.limit()
        if limit is not None and at > limit:
            self.state = "missed"
        else:
            self.state = "ended" if ends else "met"
        self.stopped_at, self.stopped_by = at, event
        event.stopped.append(self.judged())

    def stop_as_judged(self, at, event, judgement):
        self.release(at)
        self.judgement = judgement
        self.state = judgement["verdict"]
        self.stopped_at, self.stopped_by = at, event
        event.stopped.append(self.judged())

    def judged(self):
        """What a program writes into the event that stopped it."""
        target, limit = self.goals()
        return without_none({
            "clock": self.name, "tier": self.tier or None,
            "cycle": self.cycle, "target_at": text(target),
            "limit_at": text(limit), "verdict": self.state,
            "over": self.over()})

    def run_on(self, at, terms):
        self.holds.append([self.stopped_at, at])
        self.state, self.judgement = "running", None
        self.stopped_at = self.stopped_by = None
        self.take(terms)

    def over(self):
        """Seconds past the limit where missed, else None."""
        if self.state != "missed":
            return None
        if self.judgement:
            return self.judgement.get("over")
        return self.between(self.limit(), self.stopped_at)

    def derived(self):
        target, limit = self.goals()
        paused = self.paused()
        held_at = self.holds[-1][0] if self.state == "held" else None
        form = {"clock": self.name, "tier": self.tier or None,
                "cycle": self.cycle, "started_at": text(self.started_at),
                "target_at": text(target), "limit_at": text(limit),
                "stopped_at": text(self.stopped_at),
                "paused": paused or None,
                "held_at": text(held_at), "state": self.state}
        return without_none(form)


def written(value):
    """The same text for values that are the same."""
    return json.dumps(value, sort_keys=True)


def may_be_erased(value):
    members = list(value.values()) if isinstance(value, dict) else []
    return any(written(one) in ('""', "[]", "{}", "0")
               for one in members + [value])


def text(at):
    return None if at is None else text_of(at)


def without_none(form):
    return {name: value for name, value in form.items() if value is not None}


class Event:
    def __init__(self, form, place, created):
        self.form, self.place = form, place
        self.type = "submitted" if place == 1 else form["type"]
        self.raw_at = instant(form["at"])
        self.at = max(self.raw_at, created)
        self.judged = {}
        self.stopped = []       # what a program writes as `judged`
        for entry in form.get("judged") or []:
            key = read_judgement(entry)
            if key:
                self.judged.setdefault(key, entry)

    def get(self, name):
        return self.form.get(name)


class Fold:
    def __init__(self, record, policies, until=None):
        self.record, self.policies = record, policies
        self.created = instant(record["created"])
        self.all = [Event(form, place, self.created)
                    for place, form in enumerate(record["events"], 1)]
        seen = [event for event in self.all
                if until is None or event.raw_at <= until]
        self.events = sorted(self.left(seen), key=lambda event: event.at)
        self.state, self.tier, self.flags = "submitted", 0, set()
        self.in_force = {"priority": None, "assignee": None, "queue": None}
        self.resolution = self.feedback = None
        self.last_resolution = None
        self.clocks = []
        self.form = self.submitted_form()
        self.version = self.submitted_version()
        for index, event in enumerate(self.events):
            self.later = self.events[index + 1:]
            self.apply(event)

    # What the list says before anything happens.

    @staticmethod
    def left(events):
        """Without those retracted: the last retraction first."""
        dead = set()
        for event in reversed(events):
            if event.type == "retracted" and event.place not in dead:
                place = event.get("event")
                if ints(place) and 1 < place < event.place:
                    dead.add(place)
        return [event for event in events if event.place not in dead]

    def submitted_form(self):
        form = {name: value for name, value in self.record.items()
                if name not in NOT_TO_BE_SET}
        if isinstance(form.get("requester"), dict):
            form["requester"] = dict(form["requester"])
        named = set()
        for event in self.all:
            if event.type in ("reclassified", "amended"):
                was = event.get("was")
                for name in event.get("set") or {}:
                    if name not in named and was is not None:
                        set_field(form, name, was.get(name))
                    named.add(name)
        return form

    def submitted_version(self):
        for event in self.all:
            if event.type == "repinned" and event.get("from"):
                return event.get("from")
        return self.record["policy_version"]

    @property
    def policy(self):
        return self.policies.find(self.record["policy"], self.version)

    # What an event does.

    def apply(self, event):
        kinds = self.implied(event) + [event.type]
        for index, kind in enumerate(kinds):
            self.step(event, kind, kinds[index + 1:])

    def implied(self, event):
        """The kinds of event that this one implies."""
        if event.type == "promoted" and self.state in BEFORE_ACCEPTANCE:
            return ["accepted"] if self.promotes(event) else []
        if event.type == "resolved" and self.state in BEFORE_ACCEPTANCE:
            return ["accepted"]
        if event.type == "closed" and self.state in BEFORE_ACCEPTANCE:
            return ["accepted", "resolved"]
        if event.type == "closed" and self.state == "escalated":
            return ["resolved"]
        return []

    def entry_tier(self, event):
        """The tier at which a case is accepted by this event."""
        tier = event.get("from" if event.type == "promoted" else "tier")
        return tier if tiers(tier) else 1

    def promotes(self, event):
        to = event.get("to")
        before = self.tier if self.state == "escalated" \
            else self.entry_tier(event)
        return tiers(to) and to != before

    def has_effect(self, event, kind):
        if kind == "submitted":
            return event.place == 1
        if self.state not in FROM.get(kind, ()):
            return False
        if kind == "promoted":
            return self.promotes(event)
        if kind == "asked":
            return "asked" not in self.flags
        if kind == "answered":
            return "asked" in self.flags
        if kind == "paused":
            return "paused" not in self.flags
        if kind == "resumed":
            return "paused" in self.flags
        if kind in ("assigned", "routed", "reprioritised"):
            name = {"assigned": "assignee", "routed": "queue",
                    "reprioritised": "priority"}[kind]
            return event.get(name) not in (None, self.in_force[name])
        if kind == "due_set":
            clock = self.living("tier")
            return clock is not None and not clock.goal \
                and event.get("due") is not None \
                and clock.due != instant(event.get("due"))
        if kind == "repinned":
            return event.get("to") not in (None, self.version)
        if kind in ("reclassified", "amended"):
            return any(self.changes(name, value)
                       for name, value in (event.get("set") or {}).items())
        return True

    def changes(self, name, value):
        """Whether setting that changes the form; what may have been erased
        (esc-store(5)) is taken to have done so."""
        if name in NOT_TO_BE_SET or not fits(name, value):
            return False
        return may_be_erased(value) \
            or written(self.value(name)) != written(value)

    def value(self, name):
        if name.startswith("requester."):
            name = name[len("requester."):]
            return (self.form.get("requester") or {}).get(name)
        return self.form.get(name)

    def trigger(self, kind):
        if kind == "reopened" and self.state == "cancelled":
            return "reopened-from-cancelled"
        return kind

    def step(self, event, kind, causes):
        effect = self.has_effect(event, kind)
        trigger = self.trigger(kind)
        if effect:
            self.change_flags(event, kind)
        self.stop_judged(event)
        if effect:
            self.stop_computed(event, trigger)
            self.change(event, kind)
            if kind in CHANGES_TERMS:
                self.renew_terms(event)
            self.start(event, trigger, causes)

    def change_flags(self, event, kind):
        if kind in ("asked", "paused"):
            self.flags.add(kind)
        self.flags -= {{"answered": "asked", "resumed": "paused"}.get(kind)}
        if self.state in OPEN and TO.get(kind, self.state) not in OPEN:
            self.flags = set()
        self.follow_flags(event.at)

    def follow_flags(self, at):
        for clock in self.clocks:
            if clock.lives():
                if clock.held_by & self.flags:
                    clock.hold(at)
                else:
                    clock.release(at)

    # Stops.

    def stop_judged(self, event):
        for clock in self.clocks:
            if clock.lives() and clock.key in event.judged:
                clock.stop_as_judged(event.at, event,
                                     event.judged[clock.key])

    def passes_by(self, clock):
        return any(clock.key in event.judged for event in self.later)

    def stop_computed(self, event, trigger):
        for clock in self.clocks:
            if not clock.lives() or self.passes_by(clock):
                continue
            cells = self.policy.clocks.get(clock.name)
            if cells and trigger in cells.stops:
                clock.stop(event.at, event, False)
            elif cells and trigger in cells.ends:
                clock.stop(event.at, event, True)

    # State, tier, fields.

    def change(self, event, kind):
        for clock in self.clocks:
            if clock.lives() and kind in SIGNS_OF_LIFE:
                clock.review_from = event.at
        if kind == "accepted":
            self.tier = self.entry_tier(event)
        if kind == event.type:
            self.change_fields(event, kind)
        if kind == "promoted":
            self.tier = event.get("to")
            self.in_force["assignee"] = event.get("assignee")
        if kind == "resolved":
            self.last_resolution = self.resolution = event
        if kind == "rated":
            self.feedback = event
        if kind == "reopened" and self.state == "cancelled":
            self.state, self.tier = "submitted", 0
        elif kind == "reopened":
            self.state = "escalated"
        if kind == "reopened":
            self.resolution = None
        self.state = TO.get(kind, self.state)

    def change_fields(self, event, kind):
        names = {"accepted": ["priority", "assignee", "queue"],
                 "assigned": ["assignee"], "routed": ["queue"],
                 "reprioritised": ["priority"]}.get(kind, [])
        for name in names:
            if event.get(name) is not None:
                self.in_force[name] = event.get(name)
        if kind in ("reclassified", "amended"):
            for name, value in (event.get("set") or {}).items():
                if fits(name, value):
                    set_field(self.form, name, value)
        if kind == "repinned":
            self.version = event.get("to")
        if kind == "due_set" and self.living("tier"):
            self.living("tier").set_due(instant(event.get("due")))

    # Terms and starts.

    def calendar(self):
        return self.policy.case_calendar(self.in_force["queue"],
                                         self.form.get("region"))

    def fact(self, name):
        if name in self.in_force:
            return self.in_force[name]
        if name == "state":
            return self.state
        if "." in name:
            return (self.form.get("requester") or {}).get(name.split(".")[1])
        return self.form.get(name)

    def holds_true(self, when, at):
        return all(self.age_holds(test, at) if name == "age"
                   else test_holds(self.fact(name), test)
                   for name, test in when.items())

    def age_holds(self, test, at):
        opened = self.form.get("case_opened", self.record["created"])

        def passed(duration):
            return self.calendar().add(instant(opened), duration,
                                       self.policy.same_time) <= at
        return ("at_least" not in test or passed(test["at_least"])) \
            and ("below" not in test or not passed(test["below"]))

    def terms(self, name, tier, at):
        """(tier, goal) under the policy in force; None: there are none."""
        policy = self.policy
        if name not in policy.clocks:
            return None
        if name == "tier":
            row = policy.tier(tier)
            if row is None:
                return None
            goals = row.goals
        else:
            row, goals = None, policy.clocks[name].goals
        for goal in goals:
            if self.holds_true(goal.when, at):
                return (row, goal)
        return (row, None)

    def renew_terms(self, event):
        for clock in self.clocks:
            if not clock.lives():
                continue
            terms = self.terms(clock.name, clock.tier, event.at)
            if terms:
                clock.take(terms)
            elif not self.passes_by(clock):
                clock.stop(event.at, event, True)
            else:       # lives on until judged, by what any policy says
                clock.held_by = set(DEFAULT_CELLS[clock.name][3])
        self.follow_flags(event.at)

    def living(self, name):
        for clock in self.clocks:
            if clock.name == name and clock.lives():
                return clock
        return None

    def start(self, event, trigger, causes):
        for name in CLOCKS:
            cells = self.policy.clocks.get(name)
            if not cells or trigger not in cells.starts or self.living(name):
                continue
            if any(cause in cells.stops | cells.ends for cause in causes):
                continue
            tier = 0 if name == "acknowledge" else self.tier
            if trigger == "reopened" and self.runs_on(event, name, tier):
                continue
            self.start_clock(event, name, tier)

    def start_clock(self, event, name, tier):
        terms = self.terms(name, tier, event.at)
        if not terms:
            return
        cycle = 1 + sum(1 for clock in self.clocks
                        if clock.name == name and clock.tier == tier)
        clock = Instance(self, name, tier, cycle, event.at)
        clock.take(terms)
        self.clocks.append(clock)
        self.follow_flags(event.at)

    def runs_on(self, event, name, tier):
        """Under `continue`: what the last resolution stopped goes on."""
        if not self.policy.continues or name not in ("tier", "resolve"):
            return False
        found = [clock for clock in self.clocks if clock.name == name
                 and (name == "resolve" or clock.tier == tier)]
        if not found or found[-1].stopped_by is not self.last_resolution \
                or found[-1].state == "ended":
            return False
        terms = self.terms(name, found[-1].tier, event.at)
        if not terms:
            return False
        found[-1].run_on(event.at, terms)
        return True

    # What comes of it.

    def due(self, goal):
        """The earliest target (0) or limit (1) of what can still pass."""
        found = []
        for clock in self.clocks:
            at = clock.goals()[goal] if clock.lives() else None
            if at is not None and (clock.state == "running"
                                   or at < clock.holds[-1][0]):
                found.append(at)
        return min(found, default=None)

    def derived(self):
        tier = self.policy.tier(self.tier)
        return without_none({
            "state": self.state,
            "held": [flag for flag in ("asked", "paused")
                     if flag in self.flags] or None,
            "tier": self.tier or None,
            "tier_name": tier.name if tier else None,
            **self.in_force,
            "clocks": [clock.derived() for clock in self.clocks] or None,
            "due": text(self.due(1)), "risk": text(self.due(0)),
            "resolution": self.members(self.resolution, "resolved",
                                       ["outcome", "summary", "at", "by"]),
            "feedback": self.members(self.feedback, "rated",
                                     ["score", "comment", "at"]),
        })

    @staticmethod
    def members(event, kind, names):
        if event is None:
            return None
        if event.type != kind:      # implied: it says nothing of its own
            names = ["at", "by"]
        return without_none({
            name: text(event.at) if name == "at" else event.get(name)
            for name in names})

    def output(self):
        """Every field that folding determines, for comparison."""
        return {**self.form, "policy_version": self.version,
                **self.derived()}


def set_field(form, name, value):
    if name in NOT_TO_BE_SET:
        return
    if name.startswith("requester."):
        person = form.setdefault("requester", {})
        form, name = person, name[len("requester."):]
    if value is None:
        form.pop(name, None)
    else:
        form[name] = value


def test_holds(value, test):
    """A condition: "a", ["a","b"], null, {"not":..} or {"present":..}."""
    values = value if isinstance(value, list) else [value]
    if test is None:
        return value is None
    if isinstance(test, dict) and "present" in test:
        return (value is not None) == test["present"]
    if isinstance(test, dict):
        return not test_holds(value, test["not"])
    wanted = test if isinstance(test, list) else [test]
    return any(one in wanted for one in values)
