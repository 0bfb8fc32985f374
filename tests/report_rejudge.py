"""What other terms say of cases, beside those in force: the figures of
esc-report --rejudge from their definitions, by the fold of the oracles."""

from collections import Counter

from policy import CLOCKS, Policy
from report_case import Case
from report_figures import clock_rows, drop_none, time_rows
from verdict import WORST_FIRST

VERDICTS = WORST_FIRST + ["none"]


class Only:
    """One policy for all cases."""

    def __init__(self, policy):
        self.policy = policy

    def find(self, _name, _version):
        return self.policy


def terms_of(path, policies):
    with open(path, "rb") as file:
        return Policy(file.read(), policies.calendar)


def under(record, terms):
    """The case as if it had always been under these, and nothing judged."""
    events = [{name: value for name, value in event.items()
               if name != "judged"} for event in record["events"]]
    for event in events:
        if event["type"] == "repinned":
            event.update({"from": terms.version, "to": terms.version})
    return {**record, "policy_version": terms.version, "events": events}


class Twins:
    """A case as it was, and as it would have been."""

    def __init__(self, record, policies, terms, period):
        self.case = Case(record, policies, period)
        self.other = Case(under(record, terms), Only(terms), period)
        self.counts = self.case.counts or any(
            clock.lives() for clock in self.other.fold.clocks)

    def moved(self):
        sides = [{(clock.name, clock.tier, clock.cycle): clock
                  for clock in one.fold.clocks}
                 for one in (self.case, self.other)]
        for name in sorted({**sides[0], **sides[1]}):
            found = [(one, side.get(name)) for one, side
                     in zip((self.case, self.other), sides)]
            verdicts = [one.verdict(clock) if clock else "none"
                        for one, clock in found]
            counts = any(clock and one.clock_figures(clock)
                         for one, clock in found)
            if counts and verdicts[0] != verdicts[1]:
                yield (CLOCKS.index(name[0]), name[1],
                       *map(VERDICTS.index, verdicts))


def rejudged(twins):
    others = [one.other for one in twins]
    moved = Counter(way for one in twins for way in one.moved())
    return {
        "clocks": clock_rows(others),
        "times": time_rows(others),
        "moved": [drop_none({
            "clock": CLOCKS[clock], "tier": tier or None,
            "pinned": VERDICTS[a], "rejudged": VERDICTS[b], "n": n})
            for (clock, tier, a, b), n in sorted(moved.items())]}
