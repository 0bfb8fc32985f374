"""log.py: the events that the mapping servicenow makes of the incident
log, from its CSV and esc-import(1), and business time by the calendar of
itil.json, from esc-policy(5).  No code of esc."""
import calendar
import csv
import itertools

OPENS, DAY_S, MONDAY = 8 * 3600, 10 * 3600, 4 * 86400  # 1970-01-05
NEW, DONE = "New", ("Resolved", "Closed")
ASKED = ("Awaiting User Info",)
PAUSED = ("Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence")
WORK = ("Active", *ASKED, *PAUSED)
CHANNEL = {"Phone": "phone", "Self service": "self-service", "Email": "email",
           "IVR": "ivr", "Direct opening": "direct-opening"}
LAST_TIER = 3


# Business time: Monday to Friday, 08:00 to 18:00, UTC, no holidays.
def opened(t):
    """Open seconds from that Monday to t."""
    week, rest = divmod(t - MONDAY, 7 * 86400)
    day, clock = divmod(rest, 86400)
    inside = min(max(clock - OPENS, 0), DAY_S) if day < 5 else 0
    return (week * 5 + min(day, 5)) * DAY_S + inside


def between(a, b):
    return opened(b) - opened(a)


def opening(number):
    """When the business day of that number opens, day 0 being that Monday."""
    week, day = divmod(number, 5)
    return MONDAY + (week * 7 + day) * 86400 + OPENS


def after(t, seconds):
    """The first instant by which so much open time has passed since t."""
    whole, rest = divmod(opened(t) + seconds - 1, DAY_S)
    return opening(whole) + rest + 1


def days_after(t, days):
    """Deadline in business days, day_ends same-time."""
    first = opened(t) // DAY_S  # the day that is open or opens next
    return opening(first + days) + max(t - opening(first), 0)


# The log: rows, and the events that the mapping makes of them.
def instant(text):
    date, clock = text.split()
    day, month, year = map(int, date.split("/"))
    hour, minute = map(int, clock.split(":"))
    return calendar.timegm((year, month, day, hour, minute, 0))


def read_log(path):
    with open(path, encoding="utf-8", newline="") as file:
        for number, rows in itertools.groupby(csv.DictReader(file), lambda row: row["number"]):
            rows = [{k: None if v in ("", "?", "-100") else v for k, v in row.items()}
                    for row in rows]
            rows.sort(key=lambda row: instant(row["sys_updated_at"]))
            yield number, list(events(rows))


def events(rows):
    """(at, type, members): the submission, then by row and by rule."""
    first, known, group_tier, line, accepted = rows[0], {}, {}, None, False
    yield instant(first["opened_at"]), "submitted", {
        "impact": first["impact"], "urgency": first["urgency"],
        "channel": CHANNEL.get(first["contact_type"]),
        "subject": f"Symptom {first['u_symptom']}" if first["u_symptom"]
        else f"Incident {first['number']}"}
    for row in rows:
        at, state = instant(row["sys_updated_at"]), row["ident_state"]
        was = known.get("ident_state")
        moved = state is not None and state != was
        changed = {name for name, value in row.items()
                   if value is not None and value != known.get(name)}

        def enters(values):
            return moved and state in values and was not in values

        if moved and was in DONE and state in WORK:
            yield at, "reopened", {}
        codes = {name: row[name] for name in ("impact", "urgency") if name in changed}
        if codes and known:
            yield at, "reclassified", codes
        if "priority" in changed:
            yield at, "reprioritised", {"priority": row["priority"]}
        group, tier, before = row["assignment_group"], None, line
        if group is not None and state not in (NEW, *DONE):
            tier = group_tier.setdefault(group, min(len(group_tier) + 1, LAST_TIER))
            line = tier
        if enters(WORK) and not accepted:
            accepted = True
            yield at, "accepted", {"tier": before or tier or 1}  # a move comes after it
        if "assignment_group" in changed and state not in DONE:
            yield at, "routed", {"queue": group}
        if tier is not None and before is not None and tier != before:
            yield at, "promoted", {"from": before, "to": tier}
        if "assigned_to" in changed and state not in DONE:
            yield at, "assigned", {"assignee": row["assigned_to"]}
        if moved and was in ASKED and state not in DONE:
            yield at, "answered", {}
        if moved and was in PAUSED and state not in (*PAUSED, *DONE):
            yield at, "resumed", {}
        if enters(ASKED):
            yield at, "asked", {}
        if enters(PAUSED):
            yield at, "paused", {}
        if enters(DONE):
            code = row["closed_code"]
            yield at, "resolved", {"outcome": "resolved", "summary":
                                   "no closed code" if code is None else "closed code " + code}
        if enters(("Closed",)):
            yield at, "closed", {}
        known.update((name, value) for name, value in row.items() if value is not None)
