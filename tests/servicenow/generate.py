#!/usr/bin/python3
"""generate.py SEED CASES: an incident log in the shape of ServiceNow's, on stdout,
with what the real one seldom has or never: states in any order, rows that do
not stand in the order of time, updates before the opening, times at the ends
of the day, groups and priorities that are not known, many events at once."""
import csv
import datetime
import pathlib
import random
import sys

SLICE = pathlib.Path(__file__).parent.parent / "data/servicenow/incident_event_log.csv"
STATES = ("New", "Active", "Active", "Awaiting User Info", "Awaiting User Info",
          "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence", "Resolved", "Resolved",
          "Closed", "-100")
EDGES = ((8, 0), (7, 59), (17, 59), (18, 0), (18, 1), (0, 0), (23, 59))


def written(t):
    return f"{t.day}/{t.month}/{t.year} {t.hour:02}:{t.minute:02}"


def later(rng, t):
    kind = rng.random()
    if kind < 0.2:
        return t
    if kind < 0.5:
        return t + datetime.timedelta(minutes=rng.randint(1, 300))
    if kind < 0.8:
        return t + datetime.timedelta(hours=rng.randint(1, 80))
    if kind < 0.9:
        hour, minute = rng.choice(EDGES)
        day = t + datetime.timedelta(days=rng.randint(0, 14))
        return max(t, day.replace(hour=hour, minute=minute))
    return t + datetime.timedelta(days=rng.randint(1, 25))


def case(rng, number):
    t = datetime.datetime(2016, 2, 25) + datetime.timedelta(minutes=rng.randint(0, 86400))
    if rng.random() < 0.2:
        t = t.replace(hour=rng.choice((7, 8, 17, 18)), minute=rng.choice((0, 59)))
    opened = t + datetime.timedelta(minutes=rng.choice((0, 0, 0, 0, rng.randint(0, 4000))))
    groups = [str(group) for group in rng.sample(range(20), rng.randint(1, 6))] + ["?"]
    row = {"number": f"{number:07}", "ident_state": "New", "opened_at": written(opened),
           "opened_by": 8, "sys_updated_by": 3, "caller_id": 1, "u_symptom": 4,
           "contact_type": rng.choice(("Phone", "Email")), "made_sla": "true", "reopen_count": 0,
           "impact": rng.choice("123"), "urgency": rng.choice("123"),
           "priority": rng.choice("1234?"), "assignment_group": rng.choice(groups),
           "assigned_to": rng.choice("12345?")}
    changes = (("impact", "123", 0.1), ("priority", "1234?", 0.15),
               ("assignment_group", groups, 0.3), ("assigned_to", "12345?", 0.2))
    for place in range(rng.randint(1, 14)):
        if place or rng.random() < 0.3:
            row["ident_state"] = rng.choice(STATES)
        row["sys_updated_at"], row["closed_code"] = written(t), rng.choice("12?")
        yield dict(row)
        t = later(rng, t)
        row.update((name, rng.choice(values)) for name, values, share in changes
                   if rng.random() < share)


def main():
    rng, cases = random.Random(int(sys.argv[1])), int(sys.argv[2])
    with open(SLICE, encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(next(csv.reader(file))))
    writer = csv.DictWriter(sys.stdout, names, restval="?", lineterminator="\n")
    writer.writeheader()
    for number in range(cases):
        rows = list(case(rng, number))
        if rng.random() < 0.3:
            rng.shuffle(rows)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
