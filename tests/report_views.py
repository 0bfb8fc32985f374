"""report_views: what the pages of a report have to show, made again from its
JSON document: for all cases and each group which tables there are, under which
titles, and their rows.  Names of columns and tables are those of esc-report(1),
TABLES."""

import re

from report_tables import TABLES, WHOLE, Number, at, keyed

KEPT = "clock tier n met in_target missed breached met_rate"
AT_END = "running risk paused open_ended"
SPREAD = "p50 p90 p95 max mean"
NET = "measure tier n open " + " ".join("net." + m for m in SPREAD.split())
GROSS = NET.replace("net.", "gross.")
# section, table, columns (all where there are none), columns of which one is not 0
VIEWS = [
    ("Cases", "cases", "", ""),
    ("Limits kept and passed in the period", "clocks", KEPT, "n"),
    ("Clocks within their limit at the end", "clocks", "clock tier " + AT_END, AT_END),
    ("Limits by month", "months", "", ""),
    ("Times, net", "times", NET, ""),
    ("Times, gross", "times", GROSS, ""),
    ("Escalation", "frequency", "", ""),
    ("Escalation", "promoted_to", "", ""),
    ("Escalation", "top_reached", "", ""),
    ("Escalation", "flow", "", ""),
    ("Submitted cases", "by", "", ""),
    ("Feedback", "feedback", "", ""),
    ("Feedback", "scores", "", ""),
    ("Backlog at the end", "backlog_tiers", "", ""),
    ("Backlog at the end", "backlog_ages", "", ""),
    ("Backlog at the end", "oldest", "", ""),
    ("Hygiene", "hygiene", "", ""),
    ("Limits as the other terms judge them", "rejudged",
     "clock tier n missed breached met_rate", "n"),
    ("Verdicts that differ", "moved", "", ""),
    ("Times under the other terms, net", "rejudged_times", NET, ""),
    ("Times under the other terms, gross", "rejudged_times", GROSS, ""),
    ("Resolutions", "resolutions", "", ""),
    ("Improvements", "improvements", "", ""),
    ("Cases to review", "review", "", ""),
]
ACROSS = {"cases", "frequency", "feedback"}
SHOWN = {"resolutions": 20, "improvements": 20}  # rows that a page has
# Titles that are not the member with blanks, by table and for all.
TITLES = {
    "cases": {"figure": "cases"}, "promoted_to": {"tier": "promoted to tier"},
    "top_reached": {"tier": "highest tier reached", "n": "cases"}, "scores": {"n": "cases"},
    "backlog_tiers": {"tier": "tier (0: none yet)", "n": "cases"}, "backlog_ages": {"n": "cases"},
    "oldest": {"id": "the oldest first"}, "moved": {"n": "clocks"},
    "review": {"case_number": "number"},
    "": {"id": "case", "open_ended": "open-ended"},
}
GLANCE = "submitted accepted promoted resolved closed reopened open".split()


class View:
    """A table of a page: rows are (keys, {member: (now, before, change)})."""

    def __init__(self, part, section, table, members):
        self.part, self.section, self.table, self.members = part, section, table, members
        self.keys, self.rows, self.compared = [], [], False

    def titles(self):
        return [title(self.table, member) for member in self.keys + self.members]

    def name(self):
        part = "all cases" if self.part is None else repr(self.part)
        return f"{part}: {self.section}: {self.table}"


def title(table, member):
    own = TITLES.get(table, {})
    return own.get(member) or TITLES[""].get(member) or re.sub(
        "^(net|gross)[.]", "", member).replace("_", " ")


def letters(text):
    """A key as it can be compared wherever it is shown: its plain letters."""
    return re.sub(r"\\u\{[0-9A-F]+\}|\\[tnr]|[^A-Za-z0-9<]", "", text)


def word(value):
    return " ".join(value) if isinstance(value, list) else value or ""


def is_count(member):
    return not re.search(r"rate$|^net|^gross", member)


def triple(sides, member):
    """A count that a period lacks is 0 there, where it has a change."""
    now, before, change = ([side.get(member) for side in sides] + [None, None])[:3]
    zero = Number("0") if change is not None and is_count(member) else None
    return (zero if now is None else now, zero if before is None else before, change)


def rows_of(table, columns, sides, alone):
    """{keys: {member: triple}}, in their order; alone: those that are not compared."""
    path, shape, n_keys, all_columns = TABLES[table]
    members = (columns or all_columns).split()
    found = [keyed(shape, at(side, path), n_keys, all_columns.split(), word) for side in sides]
    order = dict.fromkeys(k for side in found[2:] + found for k in side)
    rows = {}
    for key in order:
        if alone(key) and key not in found[0]:
            continue
        own = [side.get(key, {}) for side in (found[:1] if alone(key) else found)]
        if table in ACROSS:  # figures of one object: shares among them
            own = [{key[0]: of["n"]} if "n" in of else {} for of in own]
        rows[key] = {m: triple(own, key[0] if table in ACROSS else m)
                     for m in members[n_keys:]}
    return rows


def is_0(figures, members):
    return all(now in (None, "0") and before in (None, "0")
               for now, before, _ in (figures[m] for m in members))


def put_beside(view, pinned):
    """As judged, beside the other terms: n and met_rate of the same clock."""
    for key, figures in view.rows:
        for member in ("n", "met_rate"):
            figures["pinned_" + member.replace("met_", "")] = pinned.get(key, {}).get(
                member, (None, None, None))
    view.members += ["pinned_n", "pinned_rate"]


def drop_empty(view):
    """Of cases to review what none of them has is left out."""
    has = [any(key[k] for key, _ in view.rows) for k in range(len(view.keys))]
    view.keys = [name for name, any_has in zip(view.keys, has) if any_has]
    view.rows = [(tuple(word for word, any_has in zip(key, has) if any_has), figures)
                 for key, figures in view.rows]


def view_of(part, spec, sides):
    section, table, columns, asks = spec
    n_keys = TABLES[table][2]
    members = (columns or TABLES[table][3]).split()
    view = View(part, section, table, members[n_keys:])
    view.keys = members[:n_keys]
    whole = table in WHOLE or table in ("months", "oldest")
    view.compared = len(sides) > 1 and not whole
    rows = rows_of(table, columns, sides[:1] if whole else sides,
                   lambda key: table == "by" and key[0] == "month")
    view.rows = [(key, figures) for key, figures in rows.items()
                 if not asks or not is_0(figures, asks.split())][:SHOWN.get(table)]
    if table == "review":
        drop_empty(view)
    if table == "rejudged":
        put_beside(view, rows_of("clocks", "", sides, lambda key: False))
    return view


def shows(view, document):
    if view.table == "months" and len({key[0] for key, _ in view.rows}) < 2:
        return False
    if TABLES[view.table][0].startswith("rejudged") and "rejudge" not in document:
        return False
    if view.part is None:
        return bool(view.rows)
    return view.table not in WHOLE and bool(view.rows) and not (
        view.members and all(is_0(figures, view.members) for _, figures in view.rows))


def sides_of(document):
    """For all cases (None) and each group: the part now, before, and the change."""
    sides = [document] + [document[k] for k in ("previous", "change") if "previous" in document]
    yield None, sides
    for group in sides[-1].get("groups", {}):
        yield group, [side.get("groups", {}).get(group, {}) for side in sides]


def views(document):
    """All tables of a page that shows every group."""
    parts = list(sides_of(document))
    for part, sides in parts if len(parts) <= 51 else parts[:1]:
        for spec in VIEWS:
            view = view_of(part, spec, sides)
            if shows(view, document):
                yield view


def glance(document):
    """The table of groups."""
    view = View(None, "Groups", "groups", GLANCE)
    view.keys, view.compared = ["group"], "previous" in document
    for part, sides in sides_of(document):
        if part is not None:
            view.rows.append(((part,), {m: triple([s.get("cases", {}) for s in sides], m)
                                        for m in GLANCE}))
    return view
