"""The store, from its definition: what a commit makes of what is there.

Written from esc-store(5) and esc-case(5) alone.  A store is a list of lines,
(seq, at, id, rev, text); a record's text is taken from the real store once it
was found to say what this model expects, so that all that is printed later
can be compared byte for byte.
"""

import json

from business_time import instant, text_of
from fold import DERIVED, FROM, Fold, HEAD, OPEN

AHEAD = 300         # seconds that an event may lie in the future
PERSONAL = ("subject", "description", "requester", "attachments")
NEEDED = {"noted": "text", "updated": "text", "planned": "text",
          "improved": "text", "assigned": "assignee", "rated": "score"}
BIGGEST = 1.7976931348623157e308
ADDED = ("judged", "was", "was_at")         # by a commit


class Refused(Exception):
    status = 65


class Stale(Refused):
    status = 75


def alike(value):
    """The same text for values that are equal as JSON values."""
    return json.dumps(canonical(value), sort_keys=True)


def canonical(value):
    if isinstance(value, dict):
        return {name: canonical(one) for name, one in value.items()}
    if isinstance(value, list):
        return [canonical(one) for one in value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    try:
        value = float(value)
    except OverflowError:
        value = BIGGEST if value > 0 else -BIGGEST
    return max(-BIGGEST, min(BIGGEST, value)) + 0.0


def without_added(event, *names):
    return {name: value for name, value in event.items()
            if name not in ADDED and name not in names}


def bare(event, *names):
    return alike(without_added(event, *names))


def fits(stored, incoming, erased):
    """Equal as JSON values; what was erased equals anything that is there."""
    if erased and incoming is not None and (
            stored in ("", {}, []) or isinstance(stored, dict)
            and not any(stored.values())):
        return True
    if isinstance(stored, dict) and isinstance(incoming, dict):
        return stored.keys() == incoming.keys() and all(
            fits(value, incoming[name], erased)
            for name, value in stored.items())
    if isinstance(stored, list) and isinstance(incoming, list):
        return len(stored) == len(incoming) and all(
            fits(*pair, erased) for pair in zip(stored, incoming))
    return alike(stored) == alike(incoming)


def recording(event):
    return instant(event.get("logged", event["at"]))


def original(event):
    """As it was before it was replayed on other events."""
    if "was_at" not in event:
        return event
    name = "logged" if "logged" in event else "at"
    return {**event, name: event["was_at"]}


def same_event(stored, incoming, erased=False, *names):
    incoming = without_added(incoming, *names)
    return fits(without_added(stored, *names), incoming, erased) or fits(
        without_added(original(stored), *names), incoming, erased)


def same_imported(stored, incoming, erased):
    """A `logged` that only the stored event has is left aside."""
    return same_event(stored, incoming, erased) or "logged" not in incoming \
        and same_event(stored, incoming, erased, "logged")


def form_of(record):
    return {name: value for name, value in record.items()
            if name not in HEAD and name not in DERIVED and name != "sla"}


class Merger:
    """What a record adds to the stored one: the record expected, or None
    where there is nothing new, or Refused."""

    def __init__(self, policies, now, allow_future=False, rebase=False):
        self.policies, self.now = policies, now
        self.allow_future, self.rebase = allow_future, rebase
        self.begun = {}         # revisions before the batch
        self.erased = set()     # ids

    def merge(self, stored, incoming):
        if "event" in incoming:
            return self.command(stored, incoming)
        if stored is None:
            return self.new(incoming)
        if incoming.get("rev", 0) > 0:
            return self.revision(stored, incoming)
        return self.imported(stored, incoming)

    def new(self, incoming):
        if incoming.get("rev", 0) > 0:
            raise Refused("not of this store")
        self.check_future(incoming["events"])
        return {**incoming, "rev": 1}

    def command(self, stored, line):
        """A line of --events."""
        if stored is None:
            raise Refused("no such case")
        event = dict(line["event"])
        if "at" in event and any(
                same_event(one, event, line["id"] in self.erased)
                for one in stored["events"]):
            return None
        if line.get("rev", stored["rev"]) not in (
                stored["rev"], self.begun.get(line["id"])):
            raise Stale("another revision")
        last = max(self.now, recording(stored["events"][-1]))
        event.setdefault("at", text_of(last))
        event.setdefault("by", "ann")
        if event["type"] in NEEDED and NEEDED[event["type"]] not in event:
            raise Refused("needs " + NEEDED[event["type"]])
        fold = Fold(stored, self.policies)
        if event["type"] in FROM and fold.state not in FROM[event["type"]]:
            raise Refused("%s: the case is %s" % (event["type"], fold.state))
        if event["type"] == "assigned" \
                and fold.in_force["assignee"] == event["assignee"]:
            return None
        return self.grown(stored, [event])

    def check_future(self, events):
        if self.allow_future:
            return
        for event in events:
            if max(instant(event["at"]), recording(event)) \
                    > self.now + AHEAD:
                raise Refused("lies in the future")

    def in_force(self, record):
        return form_of(Fold(record, self.policies).output())

    def grown(self, stored, events):
        self.check_future(events)
        return {**stored, "rev": stored["rev"] + 1,
                "events": stored["events"] + events}

    def revision(self, stored, incoming):
        old, given = stored["events"], incoming["events"]
        erased = stored["id"] in self.erased
        common = 0
        for mine, theirs in zip(old, given):
            if not same_event(mine, theirs, erased):
                break
            common += 1
        if common < len(old):
            if not self.rebase:
                raise Stale("others were there first")
            return self.replay(stored, given, common)
        self.check_future(given[common:])
        record = {**stored, "rev": stored["rev"] + 1}
        for event in given[common:]:
            record["events"] = record["events"] \
                + [self.raised(record, event)]
        if not fits(self.in_force(record), form_of(incoming), erased):
            raise Refused("only events change a committed case")
        return record if len(given) > len(old) else None

    # Replayed: the new events of a stale record, as commands.

    def replay(self, stored, given, common):
        places = {place: place for place in range(1, common + 1)}
        left = list(range(common, len(stored["events"])))
        record = stored
        for place, event in enumerate(given[common:], common + 1):
            event = self.moved(event, places)
            found = next((at for at in left
                          if same_event(stored["events"][at], event,
                                        stored["id"] in self.erased)), None)
            if found is not None:
                left.remove(found)
                places[place] = found + 1
                continue
            if self.already_so(record, event):
                continue
            self.check_future([event])
            self.check_allowed(record, event)
            record = {**record, "events":
                      record["events"] + [self.raised(record, event)]}
            places[place] = len(record["events"])
        if record is stored:
            return None
        return {**record, "rev": stored["rev"] + 1}

    @staticmethod
    def moved(event, places):
        if event["type"] == "retracted" and event.get("event") in places:
            return {**event, "event": places[event["event"]]}
        return event

    @staticmethod
    def raised(record, event):
        """No event is recorded before the one before it."""
        tail = record["events"][-1]
        if recording(event) >= recording(tail):
            return event
        name = "logged" if "logged" in event else "at"
        return {**event, name: tail.get("logged", tail["at"])}

    def already_so(self, record, event):
        """A command that changes nothing is no error, and adds nothing."""
        if event["type"] not in ("amended", "reclassified"):
            return False
        form = self.in_force(record)
        return all(alike(form.get(name)) == alike(value)
                   for name, value in event["set"].items())

    def check_allowed(self, record, event):
        kind = event["type"]
        fold = Fold(record, self.policies)
        if kind in FROM and fold.state not in FROM[kind]:
            raise Stale("%s: the case is %s" % (kind, fold.state))
        if kind == "promoted" and event.get("from") != fold.tier:
            raise Stale("promoted from another tier")

    # Imported: what the store lacks.

    def imported(self, stored, incoming):
        left, fresh = list(stored["events"][1:]), []
        erased = stored["id"] in self.erased
        for event in incoming["events"][1:]:
            found = next((one for one in left
                          if same_imported(one, event, erased)), None)
            if found is not None:
                left.remove(found)
            elif "rule" not in event and "auto" not in event:
                fresh.append(event)
        record = self.grown(stored, fresh)
        amended = self.amended(stored, incoming)
        if not fresh and not amended:
            return None
        record["imported"] = amended
        return record

    def amended(self, stored, incoming):
        """{field: value} in which an import differs from the last one."""
        known = Fold(stored, self.policies).submitted_form()
        for event in stored["events"]:
            if event["type"] in ("amended", "reclassified") \
                    and event.get("because") == "import":
                for name, value in event["set"].items():
                    known[name] = value
        theirs = Fold(incoming, self.policies).submitted_form()
        erased = stored["id"] in self.erased
        return {name: theirs.get(name) for name in {**known, **theirs}
                if not fits(known.get(name), theirs.get(name), erased)
                and not (erased and name in PERSONAL)}


class Line:
    def __init__(self, seq, at, name, rev, text):
        self.seq, self.at, self.id, self.rev, self.text \
            = seq, at, name, rev, text
        self.record = json.loads(text)


class Store:
    """The lines that were acknowledged, and what readers make of them."""

    def __init__(self):
        self.lines = []
        self.erased = set()

    def revisions(self, as_of=None):
        """{id: [line...]}, in the order of ids."""
        found = {}
        for line in self.lines:
            if line.rev > 0 and (as_of is None or line.at <= as_of):
                found.setdefault(line.id, []).append(line)
        return dict(sorted(found.items()))

    def last(self, as_of=None):
        return {name: lines[-1] for name, lines
                in self.revisions(as_of).items()}

    def commit(self, merger, batch, each_alone=False, if_new=False):
        """(expected records in order, numbers of those refused, status);
        what is expected is None where nothing is new."""
        state = {name: line.record for name, line in self.last().items()}
        known = set(state)
        merger.erased = self.erased
        merger.begun = {name: record["rev"] for name, record in state.items()}
        expected, refused, status = [], [], 0
        for number, incoming in enumerate(batch):
            name = incoming["id"]
            if if_new and name in known:
                continue
            try:
                record = merger.merge(state.get(name), incoming)
            except Refused as reason:
                refused.append(number)
                status = max(status, reason.status)
                continue
            if record is not None:
                state[name] = self.with_import(record, merger.now)
            expected.append((number, record))
        if refused and not each_alone:
            expected = []
        return [(number, record) for number, record in expected
                if record is not None], refused, status

    @staticmethod
    def with_import(record, now):
        """With what an import changed as an event, for the next of the id."""
        record = dict(record)
        changed = record.pop("imported", {})
        if changed:
            record["events"] = record["events"] + [
                {"type": "amended", "because": "import", "at": text_of(now),
                 "set": changed}]
        return record

    # What readers print.

    def all(self, as_of=None):
        return [line.text for line in self.last(as_of).values()]

    def history(self):
        return [line.text for lines in self.revisions().values()
                for line in lines]

    def due(self, at, policies):
        """Open cases by the calendars of now, whatever is printed."""
        def is_due(record):
            if record["state"] in OPEN:
                record = Fold(record, policies).derived()
            return any(name in record and instant(record[name]) <= at
                       for name in ("due", "risk"))
        return [line.text for line in self.last().values()
                if is_due(line.record)]

    def since(self, at):
        """Cases that a report from then on can count."""
        def lasts(record):
            lives = any(clock["state"] in ("running", "held")
                        for clock in record.get("clocks", []))
            told = [event[name] for event in record["events"]
                    for name in ("at", "logged") if event.get(name)]
            return record["state"] in OPEN or lives or at <= max(
                instant(text) for text in [record["created"], *told])
        return [line.text for line in self.last().values()
                if lasts(line.record)]

    def ending(self, end):
        return [name for name in self.last() if name.endswith(end)]

    def until(self, at, policies):
        """[(record, the events left, fields expected)]"""
        found = []
        for line in self.last().values():
            record = line.record
            if instant(record["created"]) <= at:
                found.append((record, left_until(record["events"], at),
                              Fold(record, policies, at).output()))
        return found


def left_until(events, at):
    """Those that happened by then; a retraction's place is that in the rest."""
    places, left = {}, []
    for place, event in enumerate(events, 1):
        if instant(event["at"]) > at:
            continue
        if event["type"] == "retracted":
            if event.get("event") not in places:
                continue
            event = {**event, "event": places[event["event"]]}
        left.append(event)
        places[place] = len(left)
    return left
