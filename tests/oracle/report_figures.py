"""A report of many cases, from the definitions in esc-report(1), FIGURES."""

from collections import Counter
from decimal import Decimal, ROUND_HALF_UP

from business_time import instant, text_of
from policy import CLOCKS
from report_case import AGES, CASES, Case, HYGIENE

REASONS = ["exhausted", "missed-limit", "reopened", "most-promotions",
           "longest-in-tier", "lowest-rating"]
PLAYED = HYGIENE[:6]            # of these a review tells
REVIEW_CASES, REVIEW_TOP, REVIEW_PLAYED, OLDEST = 100, 5, 20, 10
INTO, OUT_OF = ["accepted", "reopened"], ["resolved", "cancelled", "merged"]


def decimal(numerator, denominator, digits):
    if not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def met_rate(met, total):
    """One that is not all, and not nothing, is not rounded to be so."""
    rate = decimal(met, total, 4)
    if rate == 1 and met < total:
        return Decimal("0.9999")
    return Decimal("0.0001") if rate == 0 and met else rate


def bucket_end(value):
    """The last whole second of the bucket in which a value lies."""
    width = 1
    while value // width >= 256:
        width *= 2
    return (value // width + 1) * width - 1


def digest(values):
    if not values:
        return None
    values = sorted(max(0, value) for value in values)
    found = {}
    for percent in (50, 90, 95):
        exact = values[-(-percent * len(values) // 100) - 1]
        found["p%d" % percent] = min(bucket_end(exact), values[-1])
        assert exact <= found["p%d" % percent] <= exact * 1.01
    found["max"] = values[-1]
    found["mean"] = int(decimal(sum(values), len(values), 0))
    return found


def drop_none(form):
    return {name: value for name, value in form.items() if value is not None}


def counted(values):
    return {str(value): n for value, n in sorted(Counter(values).items())}


def months(cases):
    rows = {}
    for case in cases:
        for *key, figure in case.month_figures():
            rows.setdefault(tuple(key), Counter())[figure] += 1
    return [drop_none({
        "month": month, "clock": CLOCKS[name], "tier": tier or None,
        "n": sum(n.values()), "met": n["met"], "missed": n["missed"],
        "breached": n["breached"],
        "met_rate": met_rate(n["met"], sum(n.values()))})
        for (month, name, tier), n in sorted(rows.items())]


def flow(cases):
    def place(end):
        return (end not in INTO, end in OUT_OF,
                (INTO + OUT_OF).index(end) if end in INTO + OUT_OF
                else int(end))
    ways = Counter(way for case in cases for way in case.ways())
    return [{"from": way[0], "to": way[1], "n": ways[way]}
            for way in sorted(ways, key=lambda way: tuple(map(place, way)))]


def add_up(cases):
    """The months of a period are its clocks."""
    sums = Counter()
    for row in months(cases):
        for figure in ("n", "met", "missed", "breached"):
            sums[row["clock"], row.get("tier"), figure] += row[figure]
    for row in clock_rows(cases):
        for figure in ("n", "met", "missed", "breached"):
            sums[row["clock"], row.get("tier"), figure] -= row[figure]
    return not any(sums.values())


def clock_rows(cases):
    rows = {}
    for case in cases:
        for clock in case.fold.clocks:
            key = (CLOCKS.index(clock.name), clock.tier)
            for figure in case.clock_figures(clock):
                rows.setdefault(key, Counter())[figure] += 1
    found = []
    for (name, tier), n in sorted(rows.items()):
        total = n["met"] + n["missed"] + n["breached"]
        found.append(drop_none({
            "clock": CLOCKS[name], "tier": tier or None, "n": total,
            **{figure: n[figure] for figure in (
                "met", "in_target", "missed", "running", "risk", "breached",
                "paused", "open_ended")},
            "met_rate": met_rate(n["met"], total)}))
    return found


def time_rows(cases):
    rows = {}
    for case in cases:
        for clock in case.fold.clocks:
            key = (CLOCKS.index(clock.name), clock.tier)
            if clock.lives() or clock in case.stopped_here():
                row = rows.setdefault(key, {"net": [], "gross": [], "open": 0})
            if clock.lives():
                row["open"] += 1
            elif clock in case.stopped_here():
                length = clock.started_at, clock.stopped_at
                row["net"].append(clock.between(*length) - clock.paused())
                row["gross"].append(length[1] - length[0])
    return [drop_none({
        "measure": CLOCKS[name], "tier": tier or None, "n": len(row["net"]),
        "open": row["open"], "net": digest(row["net"]),
        "gross": digest(row["gross"])})
        for (name, tier), row in sorted(rows.items())]


def tally(cases, refused):
    figures = Counter(name for case in cases for name in case.figures())
    figures["refused"] = refused
    new = [case for case in cases if "submitted" in case.figures()]
    left = [case for case in cases if case.open]
    ups = [step.tier_after for case in cases for step in case.ups]
    downs = sum(len(case.of("promoted")) - len(case.ups) for case in cases)
    ratings = [case.rating() for case in cases if case.rating() is not None]
    hygiene = [case.hygiene() for case in cases]
    ages = Counter(case.age() for case in left)
    assert add_up(cases)
    return {
        "cases": {name: figures[name] for name in CASES},
        "clocks": clock_rows(cases),
        "months": months(cases),
        "times": time_rows(cases),
        "frequency": drop_none({
            "promotions": len(ups), "returns": downs,
            "per_100_cases": decimal(100 * len(ups), figures["accepted"], 2),
            "by_tier": counted(ups),
            "top_reached": counted(case.top() for case in cases
                                   if "accepted" in case.figures()),
            "flow": flow(cases)}),
        "by": {**{name: counted(value for case in new
                                for value in case.values(name))
                  for name in ("impact", "reason", "trigger", "region")},
               "month": counted(case.period.month(case.created)
                                for case in new)},
        "feedback": drop_none({
            "n": len(ratings), "mean": decimal(sum(ratings), len(ratings), 2),
            "scores": counted(ratings),
            "response_rate": decimal(len(ratings), figures["closed"], 4)}),
        "backlog": {
            "open": len(left),
            "by_tier": counted(case.fold.tier for case in left),
            "by_age": {name: ages[name] for name in
                       [name for _, name in AGES] + ["older"]},
            "oldest": [case.id for case in sorted(
                left, key=lambda case: (case.created, case.id))][:OLDEST]},
        "hygiene": {name: sum(one[name] for one in hygiene)
                    for name in HYGIENE},
    }


def resolutions(cases):
    found = []
    for case in cases:
        event = case.fold.resolution
        if event is not None and case.period.has(event.at):
            found.append((event.at, case.id, drop_none({
                "id": case.id, "outcome": event.get("outcome"),
                "summary": event.get("summary")})))
    return [entry for _, _, entry in sorted(found, key=lambda row: row[:2])]


def improvements(cases):
    found = [(step.at, case.id, step.event.place, drop_none({
        "id": case.id, "at": text_of(step.at), "by": step.event.get("by"),
        "text": step.event.get("text")}))
        for case in cases for step in case.of("improved")]
    return [entry for *_, entry in sorted(found, key=lambda row: row[:3])]


def review(cases):
    why = {case.id: set() for case in cases}
    weight = {}
    for case in cases:
        exhausted = any(case.verdict(clock) == "exhausted"
                        for clock in case.fold.clocks)
        limits, again = len(case.passed_here()), len(case.of("reopened"))
        weight[case.id] = (-exhausted, -limits, -again, case.id)
        why[case.id] |= {name for name, holds in (
            ("exhausted", exhausted), ("missed-limit", limits),
            ("reopened", again)) if holds}
    pressing = sorted((name for name in why if why[name]), key=weight.get)
    chosen = set(pressing[:REVIEW_CASES])
    for reason, value in (
            ("most-promotions", lambda case: len(case.ups) or None),
            ("longest-in-tier", lambda case: case.longest() or None),
            ("lowest-rating", lambda case: None if case.rating() is None
             else -case.rating())):
        ranked = sorted((-value(case), case.id) for case in cases
                        if value(case) is not None)
        for _, name in ranked[:REVIEW_TOP]:
            why[name].add(reason)
            chosen.add(name)
    others = played(cases, why)
    note = {case.id: case.note() for case in cases}
    entries = [{"id": name, **note[name],
                "why": [code for code in REASONS + CODES if code in why[name]]}
               for name in sorted(chosen, key=weight.get) + others]
    return entries, len(pressing) if len(pressing) > REVIEW_CASES else None


CODES = [name.replace("_", "-") for name in PLAYED]


def played(cases, why):
    """Which cases are listed for nothing else; every case has its codes."""
    ranked = []
    for case in cases:
        events = case.hygiene()
        total = sum(events[name] for name in PLAYED)
        if total and not why[case.id]:
            ranked.append((-total, case.id))
        why[case.id] |= {code for code, name in zip(CODES, PLAYED)
                         if events[name]}
    return [name for _, name in sorted(ranked)[:REVIEW_PLAYED]]


def report(records, policies, period, group_by=None):
    rejects = [instant(one["at"]) for one in records if "rejected" in one]
    here = [one for one in records if "rejected" not in one
            and instant(one["created"]) <= period.end]
    cases = [case for case in (Case(one, policies, period) for one in here)
             if case.counts]
    first = min((instant(one["created"]) for one in here), default=None)
    since = first if period.since is None else period.since
    versions = {}
    for case in cases:
        versions.setdefault(case.record["policy"], set()).add(
            case.fold.version)
    entries, of = review(cases)
    groups = {}
    for case in cases:
        for value in (case.values(group_by) or {""}) if group_by else ():
            groups.setdefault(value, []).append(case)
    return drop_none({
        "now": text_of(period.now),
        "period": drop_none({
            "from": None if since is None else text_of(since),
            "to": text_of(period.now if period.until is None
                          else period.until),
            "tz": period.name}),
        "policies": {name: sorted(found)
                     for name, found in sorted(versions.items())},
        **tally(cases, sum(map(period.has, rejects))),
        "resolutions": resolutions(cases),
        "improvements": improvements(cases),
        "review": entries, "review_of": of,
        "group_by": group_by,
        "groups": {value: tally(found, 0) for value, found
                   in sorted(groups.items())} if group_by else None,
    })
