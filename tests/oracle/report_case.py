"""One case in a report: what esc-report(1), FIGURES, says of it, slowly."""

import datetime
import json
import zoneinfo

from business_time import OutOfRange, instant
from fold import Fold, OPEN
from policy import CLOCKS
from verdict import clock_verdict

CASES = ["submitted", "refused", "acknowledged", "accepted", "cancelled",
         "prioritised", "duplicates", "promoted", "resolved", "closed",
         "reopened", "open"]
AT_END = {"ok": "running", "risk": "risk", "paused": "paused",
          "open-ended": "open_ended"}
OVER = {"breached", "exhausted", "paused-breached"}
NOTE = ["case_number", "subject", "tier", "assignee", "queue",
        "limits_passed"]
AGES = [(1, "<1bd"), (2, "<2bd"), (5, "<5bd"), (10, "<10bd"), (20, "<20bd")]
HYGIENE = ["held_after_target", "reclassified_after_breach",
           "due_moved_after_breach", "backdated_past_limit",
           "reopened_within_2bd", "resolved_without_contact", "retracted",
           "amended"]


class Step:
    def __init__(self, fold, event, kind):
        self.event, self.kind, self.at = event, kind, event.at
        self.effect = fold.has_effect(event, kind)
        self.state, self.tier = fold.state, fold.tier


class Story(Fold):
    """A fold that remembers its steps, and what was late at each."""

    def __init__(self, record, policies, until):
        self.steps = []
        super().__init__(record, policies, until)

    def apply(self, event):
        living = [clock for clock in self.clocks if clock.lives()]
        self.late = [[clock for clock in living if late(clock, goal, event.at)]
                     for goal in (0, 1)]
        self.late[0] = [clock for clock in self.late[0]
                        if clock.state == "running"]
        super().apply(event)

    def step(self, event, kind, causes):
        step = Step(self, event, kind)
        super().step(event, kind, causes)
        step.tier_after, step.state_after = self.tier, self.state
        step.targets, step.limits = self.late
        step.held = any([event.at, None] in clock.holds
                        for clock in step.targets)
        self.steps.append(step)


def late(clock, goal, at):
    passes = clock.goals()[goal]
    ran = clock.holds[-1][0] if clock.state == "held" else at
    return passes is not None and passes < ran


class Case:
    """One case as of the end of the period."""

    def __init__(self, record, policies, period):
        self.record, self.id = record, record["id"]
        self.created = instant(record["created"])
        self.period, self.end = period, period.end
        self.fold = Story(record, policies, self.end)
        self.within = [step for step in self.fold.steps
                       if period.has(step.at)]
        self.happened = [step for step in self.within if step.effect]
        self.open = self.fold.state in OPEN
        self.ups = [step for step in self.of("promoted")
                    if step.tier_after > step.tier]
        self.counts = bool(period.has(self.created) or self.within or self.open
                           or any(c.lives() for c in self.fold.clocks))

    def of(self, kind):
        return [step for step in self.happened if step.kind == kind]

    def figures(self):
        found = {kind for kind in CASES if self.of(kind)} - {
            "promoted", "submitted"}
        found |= {name for name, holds in {
            "submitted": self.period.has(self.created),
            "duplicates": self.of("duplicate"), "promoted": self.ups,
            "open": self.open}.items() if holds}
        return found

    def ways(self):
        """(from, to) of each step into a tier, to another and out."""
        ways = [("accepted", str(step.tier_after))
                for step in self.of("accepted")]
        ways += [("reopened", str(step.tier_after))
                 for step in self.of("reopened") if step.state != "cancelled"]
        ways += [(str(step.tier), str(step.tier_after))
                 for step in self.of("promoted")]
        ways += [(str(step.tier), step.state_after)
                 for kind in ("resolved", "cancelled", "duplicate")
                 for step in self.of(kind) if step.state == "escalated"]
        return ways

    def top(self):
        return max(step.tier_after for step in self.fold.steps)

    # Clocks.

    def verdict(self, clock):
        return clock_verdict(self.fold, clock, self.end)

    def passed(self, clock):
        """The second in which the limit was over, None: it was not."""
        limit = clock.limit()
        if self.verdict(clock) in OVER:
            return limit + 1
        if clock.state != "missed":
            return None
        if limit is None or limit >= clock.stopped_at:
            return clock.stopped_at
        return limit + 1

    def passed_here(self):
        return [clock for clock in self.fold.clocks
                if self.passed(clock) is not None
                and self.period.has(self.passed(clock))]

    def clock_figures(self, clock):
        if self.passed(clock) is not None:
            if not self.period.has(self.passed(clock)):
                return []
            return ["missed" if clock.state == "missed" else "breached"]
        if clock.state == "met":
            if not self.period.has(clock.stopped_at):
                return []
            target = clock.target()
            return ["met"] + ["in_target"] * (
                target is not None and clock.stopped_at <= target)
        return [AT_END[self.verdict(clock)]] if clock.lives() else []

    def month_figures(self):
        """(month, clock, tier, figure) of each limit kept or passed."""
        return [(self.period.month(clock.stopped_at if figure == "met"
                                   else self.passed(clock)),
                 CLOCKS.index(clock.name), clock.tier, figure)
                for clock in self.fold.clocks
                for figure in self.clock_figures(clock)
                if figure in ("met", "missed", "breached")]

    def stopped_here(self):
        return [clock for clock in self.fold.clocks
                if clock.state in ("met", "missed")
                and self.period.has(clock.stopped_at)]

    def longest(self):
        return max([(self.end if clock.lives() else clock.stopped_at)
                    - clock.started_at for clock in self.fold.clocks
                    if clock.name == "tier" and (
                        clock.lives() or self.period.has(clock.stopped_at))],
                   default=0)

    def note(self):
        """What a list says of the case beside its id."""
        text = {"case_number": self.fold.form.get("case_number"),
                "subject": self.fold.form.get("subject"),
                "assignee": self.fold.in_force["assignee"],
                "queue": self.fold.in_force["queue"]}
        said = {name: value[:200] for name, value in text.items()
                if isinstance(value, str)}
        said["tier"] = self.fold.tier
        said["limits_passed"] = len(self.passed_here())
        return {name: said[name] for name in NOTE if said.get(name)}

    # Other figures.

    def rating(self):
        event = self.fold.feedback
        if event is None or not self.period.has(event.at):
            return None
        score = event.get("score")
        if not isinstance(score, int) or not 0 <= score <= 10:
            return None
        return score

    def add_bd(self, at, days):
        try:
            return self.fold.calendar().add(at, "%dbd" % days,
                                            self.fold.policy.same_time)
        except OutOfRange:
            return None

    def age(self):
        for days, name in AGES:
            until = self.add_bd(self.created, days)
            if until is None or self.end < until:
                return name
        return "older"

    def values(self, name):
        if name in ("state", "tier", "policy"):
            value = {"state": self.fold.state, "tier": self.fold.tier or None,
                     "policy": self.record["policy"]}[name]
        elif name in self.fold.in_force:
            value = self.fold.in_force[name]
        elif name.startswith("requester."):
            value = (self.fold.form.get("requester") or {}).get(name[10:])
        else:
            value = self.fold.form.get(name)
        found = value if isinstance(value, list) else [value]
        return {raw(one) for one in found if one not in (None, "")}

    def before(self, step, kind):
        """The last effect of a kind before a step: its place, or None."""
        steps = self.fold.steps
        return max((place for place in range(steps.index(step))
                    if steps[place].effect and steps[place].kind == kind),
                   default=None)

    def soon(self, step):
        ended = self.before(
            step, "cancelled" if step.state == "cancelled" else "resolved")
        if ended is None:
            return False
        until = self.add_bd(self.fold.steps[ended].at, 2)
        return until is not None and step.at <= until

    def silent(self, step):
        spoken = [place for place in (self.before(step, "contacted"),
                                      self.before(step, "updated"))
                  if place is not None]
        accepted = self.before(step, "accepted")
        return not spoken or (accepted is not None
                              and max(spoken) < accepted)

    def backdated(self):
        events = set()
        for clock in self.fold.clocks:
            if clock.state != "met" or clock.limit() is None:
                continue
            event = clock.stopped_by
            logged = instant(event.get("logged") or event.get("at"))
            if clock.stopped_at <= clock.limit() < logged \
                    and self.period.has(event.at):
                events.add(event.place)
        return len(events)

    def hygiene(self):
        return {
            "held_after_target": sum(
                step.held for step in self.happened
                if step.kind in ("asked", "paused")),
            "reclassified_after_breach": sum(
                bool(step.limits) for step in self.happened
                if step.kind in ("reclassified", "reprioritised")),
            "due_moved_after_breach": sum(
                any(clock.name == "tier" for clock in step.limits)
                for step in self.of("due_set")),
            "backdated_past_limit": self.backdated(),
            "reopened_within_2bd": sum(map(self.soon, self.of("reopened"))),
            "resolved_without_contact":
                sum(map(self.silent, self.of("resolved"))),
            "retracted": sum(
                isinstance(step.event.get("event"), int)
                and 1 < step.event.get("event") < step.event.place
                for step in self.of("retracted")),
            "amended": len(self.of("amended")),
        }


def raw(value):
    return value if isinstance(value, str) else json.dumps(
        value, ensure_ascii=False, separators=(",", ":"))


class Period:
    def __init__(self, now, since, until, zone):
        self.now, self.since, self.until = now, since, until
        self.zone = zoneinfo.ZoneInfo(zone)
        self.name = zone
        self.end = min(now, until - 1) if until is not None else now

    def has(self, at):
        return (self.since is None or self.since <= at) and at <= self.end

    def month(self, at):
        return datetime.datetime.fromtimestamp(at, self.zone).strftime("%Y-%m")
