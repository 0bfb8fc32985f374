"""figures.py: the figures of esc-report(1) by SQL, from the tables of fold.py."""
import collections
import datetime
import sqlite3

from .fold import SCHEMA, fill
from .log import days_after

CASES = {"submitted": "submitted", "acknowledged": "acknowledged", "accepted": "accepted",
         "cancelled": "cancelled", "prioritised": "prioritised", "duplicates": "duplicate",
         "promoted": "promoted", "resolved": "resolved", "closed": "closed",
         "reopened": "reopened"}
HYGIENE = ("held_after_target", "reclassified_after_breach", "due_moved_after_breach",
           "backdated_past_limit", "reopened_within_2bd", "resolved_without_contact",
           "retracted", "amended")
NAMES = ("cases", "clocks", "months", "times", "frequency", "by", "feedback", "backlog", "hygiene")
RATES = ("met_rate", "per_100_cases", "response_rate", "mean", "net", "gross")
AGES = ("<1bd", 1), ("<2bd", 2), ("<5bd", 5), ("<10bd", 10), ("<20bd", 20)


def rounded(over, under, places):
    """A quotient with so many decimals at most, halves up."""
    scale = 10 ** places
    return (2 * over * scale + under) // (2 * under) / scale


class Percentile:
    """What a percentile has to be: between exact and exact + 1 %, and on a bucket's end."""

    def __init__(self, values, share):
        self.exact = values[-(-len(values) * share // 100) - 1]
        width = max(1, 1 << max(self.exact.bit_length() - 8, 0))
        self.end = min((self.exact // width + 1) * width - 1, values[-1])

    def __float__(self):
        return float(self.end)

    def __eq__(self, got):
        near = self.exact <= got and 100 * got <= 101 * self.exact
        return near and got == self.end

    def __repr__(self):
        return f"{self.end} for {self.exact}"


def spread(values):
    values = sorted(values)
    return {**{f"p{share}": Percentile(values, share) for share in (50, 90, 95)},
            "max": values[-1], "mean": (2 * sum(values) + len(values)) // (2 * len(values))}


class Figures:
    """The figures of the cases in a database, of [first, last]."""

    def __init__(self, db, first, last, zone):
        self.db, self.first, self.last = db, first, last
        db.create_function("month", 1, lambda t: datetime.datetime.fromtimestamp(
            t, zone).strftime("%Y-%m"), deterministic=True)

    def sql(self, text):
        text = text.replace("in period", "between :first and :last")
        return self.db.execute(text, {"first": self.first, "last": self.last}).fetchall()

    def one(self, text):
        return self.sql(text)[0][0]

    def count(self, text):
        return {str(key): n for key, n in self.sql(text)}

    def touched(self):
        """Was a case open at the end, or did one have an event in the period?"""
        return self.one("select exists (select 1 from fact where at in period)"
                        " or exists (select 1 from incident"
                        " where state in ('submitted', 'escalated'))")

    def cases(self):
        events = self.count("select what, count(distinct n) from fact where at in period"
                            " group by 1")
        return {**{name: events.get(what, 0) for name, what in CASES.items()}, "refused": 0,
                "open": self.one("select count(*) from incident"
                                 " where state in ('submitted', 'escalated')")}

    def rate(self, row):
        row["n"] = row["met"] + row["missed"] + row["breached"]
        if row["n"]:
            least, most = 0.0001 * (row["met"] > 0), 1 - 0.0001 * (row["met"] < row["n"])
            row["met_rate"] = max(least, min(most, rounded(row["met"], row["n"], 4)))
        return row

    def clocks(self):
        names = ("clock", "tier", "met", "in_target", "missed", "breached", "running", "risk",
                 "paused", "open_ended")
        rows = self.sql("""select clock, tier,
            count(*) filter (where stop in period and not over),
            count(*) filter (where stop in period and stop <= target),
            count(*) filter (where over and stop is not null and goal + 1 in period),
            count(*) filter (where over and stop is null and goal + 1 in period),
            count(*) filter (where stop is null and not over and not held and :last <= target),
            count(*) filter (where stop is null and not over and not held and :last > target),
            count(*) filter (where stop is null and not over and held), 0
            from clock group by 1, 2""")
        rows = [self.rate(dict(zip(names, row))) for row in rows]
        return [row for row in rows if any(row[name] for name in names[2:])]

    def months(self):
        rows = self.sql("""select month(at), clock, tier, count(*) filter (where what = 'met'),
            count(*) filter (where what = 'missed'), count(*) filter (where what = 'breached')
            from (
            select clock, tier, case when over then goal + 1 else stop end as at,
                case when not over then 'met' when stop is null then 'breached'
                     else 'missed' end as what
            from clock where over or stop is not null) where at in period group by 1, 2, 3""")
        return [self.rate(dict(zip(("month", "clock", "tier", "met", "missed", "breached"), row)))
                for row in rows]

    def times(self):
        return list(self.times_rows())

    def times_rows(self):
        took = collections.defaultdict(lambda: ([], []))
        for clock, tier, net, gross in self.sql(
                "select clock, tier, net, gross from clock where stop in period"):
            took[clock, tier][0].append(net)
            took[clock, tier][1].append(gross)
        still = {row[:2]: row[2] for row in self.sql(
            "select clock, tier, count(*) from clock where stop is null group by 1, 2")}
        for key in {**took, **still}:
            row = {"measure": key[0], "tier": key[1], "n": 0, "open": still.get(key, 0)}
            if key in took:
                net, gross = took[key]
                row.update(n=len(net), net=spread(net), gross=spread(gross))
            yield row

    def frequency(self):
        of = self.count("select what, count(*) from fact where at in period group by 1")
        accepted = self.one("select count(distinct n) from fact"
                            " where what = 'accepted' and at in period")
        figures = {
            "promotions": of.get("promoted", 0), "returns": of.get("returned", 0),
            "by_tier": self.count("select b, count(*) from fact"
                                  " where what = 'promoted' and at in period group by 1"),
            "top_reached": self.count("""select top, count(*) from incident where n in (
                select n from fact where what = 'accepted' and at in period) group by 1"""),
            "flow": [dict(zip(("from", "to", "n"), row)) for row in self.sql(
                "select a, b, count(*) from fact where what = 'flow' and at in period"
                " group by 1, 2")]}
        if accepted:
            figures["per_100_cases"] = rounded(100 * of.get("promoted", 0), accepted, 2)
        return figures

    def by(self):
        return {"impact": self.count("select impact, count(*) from incident"
                                     " where created in period group by 1"),
                "reason": {}, "trigger": {}, "region": {},
                "month": self.count("select month(created), count(*) from incident"
                                    " where created in period group by 1")}

    def feedback(self):
        closed = self.one("select count(*) from fact where what = 'closed' and at in period")
        return {"n": 0, "scores": {}, **({"response_rate": 0} if closed else {})}

    def backlog(self):
        cases = self.sql("select id, created, coalesce(tier, 0) from incident"
                         " where state in ('submitted', 'escalated') order by created, id")
        ages = dict.fromkeys([age for age, _ in AGES] + ["older"], 0)
        for _, created, _ in cases:
            ages[next((age for age, days in AGES if self.last < days_after(created, days)),
                      "older")] += 1
        return {"open": len(cases), "by_age": ages, "oldest": [case[0] for case in cases[:10]],
                "by_tier": dict(collections.Counter(str(case[2]) for case in cases))}

    def hygiene(self):
        of = self.count("select what, count(*) from fact where at in period group by 1")
        return {name: of.get(name, 0) for name in HYGIENE}

    def document(self):
        return {name: getattr(self, name)() for name in NAMES}

    def resolutions(self):
        return [{"id": case, "outcome": outcome, "summary": summary}
                for case, outcome, summary in self.sql(
                    "select id, outcome, summary from incident where resolved_at in period"
                    " order by resolved_at, id")]

    def top(self, text):
        return {row[0] for row in self.sql(text + " order by 2 desc, id limit 5")}

    def reasons(self):
        """The codes of each case, in the order of the page, and its rank."""
        why = collections.defaultdict(list)
        limits = dict(self.sql("select id, count(*) from clock join incident using (n)"
                               " where over and goal + 1 in period group by 1"))
        again = dict(self.sql("select id, count(*) from fact join incident using (n)"
                              " where what = 'reopened' and at in period group by 1"))
        exhausted = {case for case, in self.sql(
            "select id from clock join incident using (n) where clock = 'tier'"
            " and clock.tier = 3 and stop is null and not held and over")}
        promotions = self.top("select id, count(*) from fact join incident using (n)"
                              " where what = 'promoted' and at in period group by 1")
        longest = self.top("""select id, max(coalesce(until, :last) - since)
            from stay join incident using (n)
            where until is null or until in period group by 1""")
        for code, cases in (("exhausted", exhausted), ("missed-limit", limits),
                            ("reopened", again), ("most-promotions", promotions),
                            ("longest-in-tier", longest)):
            for case in cases:
                why[case].append(code)
        rank = {case: (case not in exhausted, -limits.get(case, 0), -again.get(case, 0), case)
                for case in why}
        return why, rank, exhausted | set(limits) | set(again), promotions | longest

    def note(self, case, rank):
        """What a row says beside the reasons, as it is at the end."""
        row = self.db.execute("select id, n, subject, tier, assignee, queue from incident"
                              " where id = ?", (case,)).fetchone()
        names = "id", "case_number", "subject", "tier", "assignee", "queue", "limits_passed"
        limits = -rank[case][1] if case in rank else None
        return {name: value for name, value in zip(names, (*row, limits)) if value}

    def review(self):
        why, rank, pressing, among_five = self.reasons()
        listed = sorted(pressing, key=rank.get)[:100]
        listed += sorted(among_five - set(listed), key=rank.get)
        events = collections.defaultdict(dict)
        for case, what, n in self.sql("select id, what, count(*) from fact join incident using (n)"
                                      " where at in period group by 1, 2"):
            if what in HYGIENE[:-2]:
                events[case][what] = n
        others = sorted((case for case in events if case not in why),
                        key=lambda case: (-sum(events[case].values()), case))[:20]
        rows = [{**self.note(case, rank), "why": why.get(case, []) + [
            name.replace("_", "-") for name in HYGIENE if name in events.get(case, ())]}
            for case in listed + others]
        more = {"review_of": len(pressing)} if len(pressing) > 100 else {}
        return {"review": rows, **more}


def groups(db, field, first, last, zone):
    """The same of the cases of each value of a column of incident, where one of
    them was open at the end or had an event in the period, be it without effect."""
    column = [row[1] for row in db.execute("pragma table_info(incident)")].index(
        "n" if field == "case_number" else field)
    value_of, parts = {}, {}
    for name in "incident", "fact", "clock", "stay":
        for row in db.execute(f"select * from {name}"):
            if name == "incident":
                value_of[row[0]] = "" if row[column] is None else str(row[column])
            parts.setdefault(value_of[row[0]], {}).setdefault(name, []).append(row)
    for value, part in parts.items():
        one = sqlite3.connect(":memory:")
        one.executescript(SCHEMA)
        for name, rows in part.items():
            fill(one, name, rows)
        counted = Figures(one, first, last, zone)
        if counted.touched():
            yield value, counted.document()
