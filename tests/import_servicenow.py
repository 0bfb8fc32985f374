#!/usr/bin/env python3
"""import_servicenow.py LOG POLICY_FOLDER: imports the ServiceNow log and
compares all figures with those that this script finds in the CSV by itself.
Prints TAP.  Programs are found by PATH."""

import csv
import datetime
import hashlib
import io
import json
import os
import subprocess
import sys

LOG, FOLDER = sys.argv[1], sys.argv[2]
POLICY = os.path.join(FOLDER, "itil.json")
NOW = ["--now", "2017-06-01T00:00:00Z"]
IMPORT = ["esc-import", *NOW, "--by", "import", "--policy", POLICY]
WHOLE = {"cases": 24918, "no_resolved_at": 1556, "reopenings": 331,
         "reopened": 275, "begin_resolved": 1819, "sla_false": 9115,
         "rows": 141712}
DONE = ("Resolved", "Closed")
GOES_ON = ("Active", "Awaiting User Info", "Awaiting Vendor",
           "Awaiting Problem", "Awaiting Evidence")
tests = failed = 0


def check(got, want, name):
    global tests, failed
    tests += 1
    if got == want:
        print(f"ok {tests} - {name}")
    else:
        failed += 1
        print(f"not ok {tests} - {name}\n#   got {got!r}\n#   expected {want!r}")


def run(command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, **more)
    if done.returncode != 0 or done.stderr:
        check((done.returncode, done.stderr[:300].decode()), (0, ""),
              " ".join(command[:1]))
    return done.stdout


def records(output):
    return [json.loads(line) for line in output.splitlines()]


def instant(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def zulu(text):
    return instant(text).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_log():
    """The rows of each incident, by time, ties in the order of the file."""
    with open(LOG, encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    at = {name: i for i, name in enumerate(header)}
    incidents = {}
    for row in rows:
        incidents.setdefault(row[0], []).append(row)
    for number in incidents:
        incidents[number].sort(key=lambda r: instant(r[at["sys_updated_at"]]))
    return header, at, rows, incidents


def reopenings(states):
    states = [s for s in states if s != "-100"]
    return sum(a in DONE and b in GOES_ON for a, b in zip(states, states[1:]))


def expected(at, rows, incidents):
    figures = dict.fromkeys(WHOLE, 0)
    figures["rows"], figures["cases"] = len(rows), len(incidents)
    for history in incidents.values():
        again = reopenings([r[at["ident_state"]] for r in history])
        figures["reopenings"] += again
        figures["reopened"] += again > 0
        figures["begin_resolved"] += history[0][at["ident_state"]] == "Resolved"
        figures["no_resolved_at"] += history[-1][at["resolved_at"]] == "?"
        figures["sla_false"] += history[-1][at["made_sla"]] == "false"
    return figures


def types(case):
    return [event["type"] for event in case["events"]]


def begins_resolved(case):
    """The first thing known of it is that it is resolved."""
    first = case["events"][1]["at"]
    return "resolved" in [e["type"] for e in case["events"] if e["at"] == first] \
        and "accepted" not in types(case)[:types(case).index("resolved")]


def imported(cases, at, incidents):
    begun = [c for c in cases if begins_resolved(c) and
             incidents[c["case_number"]][0][at["ident_state"]] != "New"]
    again = [types(c).count("reopened") for c in cases]
    return {
        "cases": len({c["case_number"] for c in cases}),
        "rows": sum(len(incidents[c["case_number"]]) for c in cases),
        "no_resolved_at": sum("x_resolved_at" not in c for c in cases),
        "reopenings": sum(again),
        "reopened": sum(n > 0 for n in again),
        "begin_resolved": len(begun),
        "sla_false": sum(c["x_made_sla"] is False for c in cases),
    }


def entered(states, wanted):
    """How often a known state outside `wanted` is followed by one inside."""
    known = [s for s in states if s != "-100"]
    return sum(b in wanted and a not in wanted
               for a, b in zip([None, *known], known))


def closed_at(case, kinds):
    if "closed" not in kinds:
        return None
    return [e["at"] for e in case["events"] if e["type"] == "closed"][-1]


def last_closing(states, at, history):
    """The first row of the last run of rows that are Closed."""
    last = None
    for before, state, row in zip([None, *states], states, history):
        if state == "Closed" and before != "Closed":
            last = zulu(row[at["sys_updated_at"]])
    return last


def check_case(case, at, history):
    """What one record must say of one incident; the first fault found."""
    states = [r[at["ident_state"]] for r in history]
    kinds = types(case)
    if case["created"] != zulu(history[0][at["opened_at"]]):
        return "created"
    if kinds.count("resolved") != entered(states, DONE):
        return "resolved"
    if kinds.count("closed") != entered(states, ("Closed",)):
        return "closed"
    if kinds.count("asked") != entered(states, ("Awaiting User Info",)):
        return "asked"
    if kinds.count("paused") != entered(states, GOES_ON[2:]):
        return "paused"
    if closed_at(case, kinds) != last_closing(states, at, history):
        return "the time of the last closing"
    if case["state"] != "closed" and states[-1] == "Closed":
        return "state"
    categories = [c for i, c in enumerate(history[-1])
                  if i in (at["category"] - 1, at["category"]) and c != "?"]
    if case.get("x_category", []) != categories:
        return "x_category"
    return check_changes(case, at, history)


def check_changes(case, at, history):
    for field in ("impact", "urgency"):
        values = [r[at[field]] for r in history]
        events = [e for e in case["events"] if e["type"] == "reclassified" and
                  field in e["set"]]
        if len(events) != sum(a != b for a, b in zip(values, values[1:])):
            return "reclassified " + field
        if events and (events[0]["was"][field] != values[0] or
                       events[-1]["set"][field] != values[-1]):
            return "was of " + field
    promoted = [e for e in case["events"] if e["type"] == "promoted"]
    for before, after in zip(promoted, promoted[1:]):
        if before["to"] != after["from"]:
            return "promoted"
    if any(not 1 <= e["to"] <= 3 for e in promoted):
        return "promoted to"
    return None


def check_history(output, at, incidents):
    cases = records(output)
    check([c["case_number"] for c in cases], list(incidents),
          "every incident is one case, in the order of the log")
    check(len({c["id"] for c in cases}), len(incidents), "ids differ")
    want = expected(at, [None] * sum(map(len, incidents.values())), incidents)
    check(imported(cases, at, incidents), want, "all figures")
    if want["rows"] == WHOLE["rows"]:
        check(want, WHOLE, "the figures known of the whole log")
    faults = [(c["case_number"], fault) for c in cases
              if (fault := check_case(c, at, incidents[c["case_number"]]))]
    check(faults[:5], [], "states, waits, changes and times of every case")
    check(sum("logged" in e for c in cases for e in c["events"]), 0,
          "imported events are not backdated")
    stopped = sum("stopped_at" in k for c in cases for k in c["clocks"])
    judged = sum(len(e.get("judged", [])) for c in cases for e in c["events"])
    check(judged, stopped, "every clock that stopped is judged by its event")


def wrong_priorities(output):
    cases = records(output)
    return len(cases), sum(c.get("priority") != c["x_priority"] for c in cases)


def check_priorities(header, rows, incidents):
    opened = run([*IMPORT, "--map", "servicenow-opened", LOG])
    triaged = run(["esc-triage", *NOW, "--by", "import", "--auto"], input=opened,
                  env=dict(os.environ, ESC_POLICY_PATH=FOLDER))
    check(wrong_priorities(triaged), (len(incidents), 0),
          "triage gives every incident its priority")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["row", *header])
    writer.writerows([str(i), *row] for i, row in enumerate(rows))
    each = run([*IMPORT, "--map", os.path.join(FOLDER, "rows.json")],
               input=text.getvalue().encode())
    triaged = run(["esc-triage", *NOW, "--by", "import", "--auto"], input=each,
                  env=dict(os.environ, ESC_POLICY_PATH=FOLDER))
    check(wrong_priorities(triaged), (len(rows), 0),
          "triage gives every row its priority")


def check_unsorted(output, rows, header):
    """Rows in any order make the same cases where no two share their time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows, key=lambda r: (int(r[0]) % 7)))
    mixed = run([*IMPORT, "--map", "servicenow", "--sort"],
                input=text.getvalue().encode())
    check(sorted(mixed.splitlines()) == sorted(output.splitlines()), True,
          "--sort takes rows that stand apart")


def main():
    header, at, rows, incidents = read_log()
    command = [*IMPORT, "--map", "servicenow", LOG]
    output = run(command)
    check(hashlib.sha256(run(command)).hexdigest(),
          hashlib.sha256(output).hexdigest(), "twice gives the same bytes")
    check_history(output, at, incidents)
    check_priorities(header, rows, incidents)
    check_unsorted(output, rows, header)
    print(f"1..{tests}")
    sys.exit(failed > 0)


main()
