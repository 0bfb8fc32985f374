"""Batches at random: what people, filters, other tools and accidents send."""

import json

from business_time import DAY, text_of
from fold import DERIVED
from generate import Generator
from programs import without
from store import recording

FILTERS = [
    ("esc-triage", "--ack"),
    ("esc-triage", "--accept", "--tier", "1"),
    ("esc-triage", "--cancel", "-m", "x"),
    ("esc-triage", "--ask", "-m", "x"),
    ("esc-triage", "--answered", "-m", "x"),
    ("esc-triage", "--impact", "major", "-m", "x"),
    ("esc-triage", "--assign", "bo"),
    ("esc-promote", "-m", "x"),
    ("esc-promote", "--auto"),
    ("esc-note", "--note", "-m", "x"),
    ("esc-note", "--update", "-m", "x"),
    ("esc-note", "--pause", "-m", "x"),
    ("esc-note", "--resume", "-m", "x"),
    ("esc-note", "--amend", "subject=y", "-m", "x"),
    ("esc-note", "--amend", "x_site=z", "-m", "x"),
    ("esc-note", "--retract", "2", "-m", "x"),
    ("esc-resolve", "--outcome", "done", "-m", "x"),
    ("esc-resolve", "--close"),
    ("esc-resolve", "--reopen", "-m", "x"),
    ("esc-fold",),
]
SAFE = [("esc-note", "--note", "-m", "x"),
        ("esc-note", "--note", "-m", "y"),
        ("esc-note", "--amend", "subject=y", "-m", "x"),
        ("esc-promote", "-m", "x"),
        ("esc-note", "--update", "-m", "x"),
        ("esc-resolve", "--outcome", "done", "-m", "x")]


def line_of(record):
    return json.dumps(record, ensure_ascii=False,
                      separators=(",", ":")).encode()


def doubles(value):
    """1 as 1.0, as some languages write it."""
    if isinstance(value, list):
        return [doubles(one) for one in value]
    if isinstance(value, dict):
        return {name: doubles(one) for name, one in value.items()}
    return float(value) if isinstance(value, int) else value


class Operations:
    """Each method makes a batch: (lines, options of esc-commit)."""

    def __init__(self, rng, policies, store, real, attachment):
        self.rng, self.store, self.real = rng, store, real
        self.generator = Generator(policies, rng.random())
        self.attachment = attachment
        self.count = 0
        self.submitted = {}     # as they first came, for imports
        self.now = None

    def some(self, most=4):
        """Texts of some stored cases as they are now."""
        last = [line.text for line in self.store.last().values()]
        return self.rng.sample(last, min(len(last),
                                         self.rng.randint(1, most)))

    def filtered(self, texts, commands=tuple(FILTERS)):
        command = self.rng.choice(commands)
        out = self.real.run(command[0], *command[1:], *(
            [] if command[0] == "esc-fold" else ["--by", "bo"]),
            "--now", text_of(self.now), text=b"\n".join(texts) + b"\n")[1]
        return out.splitlines()

    # Batches.

    def new(self):
        lines = []
        for _ in range(self.rng.randint(1, 5)):
            record = self.generator.record(self.count)
            self.count += 1
            for event in record["events"]:
                if event["type"] == "attached":
                    event["attachment"] = self.attachment
                if event["type"] == "retracted":
                    event.pop("judged", None)   # --until leaves out some
            self.submitted[record["id"]] = record
            lines.append(line_of(record))
        return lines, []

    def filter(self):
        return self.filtered(self.some()), []

    def twice(self):
        """The same batch again, and one record twice in it."""
        lines = self.filtered(self.some(2))
        return lines + lines, []

    def chain(self):
        """Two revisions of one case in one batch."""
        first = self.filtered(self.some(2))
        if not first:
            return first, []
        return first + self.filtered(first), []

    def fork(self):
        """Two records of one case that part, in one batch."""
        texts = self.some(1)
        return self.filtered(texts, SAFE) + self.filtered(texts), []

    def stale(self):
        """Work on a copy that may be old; sometimes replayed."""
        texts = []
        for lines in self.store.revisions().values():
            if len(lines) > 1 and self.rng.random() < 0.5:
                texts.append(self.rng.choice(lines[:-1]).text)
        texts = self.rng.sample(texts, min(len(texts), 3))
        if not texts:
            return [], []
        lines = self.filtered(texts, SAFE)
        if self.rng.random() < 0.3:
            lines = self.filtered(lines, SAFE)
        return lines, ["--rebase"] if self.rng.random() < 0.7 else []

    def through_jq(self):
        """An event of one's own, and numbers as jq writes them."""
        event = {"at": text_of(self.now), "by": "jq", "type": "x-seen",
                 "score": 1.0}
        lines = self.real.good(
            "jq", "-c", ".events += [%s] | .state = \"zork\" | .due = null"
            % json.dumps(event),
            text=b"\n".join(self.some())).splitlines()
        return lines, []

    def through_python(self):
        """Members in another order, numbers as doubles, no derived fields."""
        lines = []
        for text in self.some():
            record = without(json.loads(text), *DERIVED)
            if "x_site" in record:
                record["x_site"] = doubles(record["x_site"])
            if self.rng.random() < 0.5:
                record["events"].append(
                    {"type": "noted", "by": "py", "at": text_of(self.now),
                     "text": "seen"})
            lines.append(line_of(dict(reversed(record.items()))))
        return lines, []

    def changed_form(self):
        """Only events change a committed case."""
        lines = []
        for text in self.some():
            record = json.loads(text)
            name = self.rng.choice(["subject", "x_site", "x_new",
                                    "case_number", "requester"])
            if name in record and self.rng.random() < 0.3:
                del record[name]
            else:
                record[name] = {"name": "Mallory"} if name == "requester" \
                    else self.rng.choice(["changed", "other"])
            lines.append(line_of(record))
        return lines, []

    def rewritten(self):
        """Events taken out, changed or moved."""
        lines = []
        for text in self.some():
            record = json.loads(text)
            events = record["events"]
            place = self.rng.randrange(len(events))
            way = self.rng.choice(["out", "changed", "moved"])
            if way == "out":
                del events[place]
            elif way == "changed":
                events[place]["by"] = "mallory"
            else:
                events.append(events.pop(place))
            if events:
                lines.append(line_of(record))
        return lines, []

    def future(self):
        ahead = self.rng.choice([299, 300, 301, 302, DAY])
        lines = []
        for text in self.some(2):
            record = json.loads(text)
            record["events"].append({"at": text_of(self.now + ahead),
                                     "by": "x", "type": "x-later"})
            lines.append(line_of(record))
        return lines, ["--allow-future"] if self.rng.random() < 0.3 else []

    def events(self):
        """Events alone, of filters in any language."""
        rng, lines = self.rng, []
        for text in self.some():
            record = json.loads(text)
            line = {"id": record["id"]}
            if rng.random() < 0.3:
                line["rev"] = max(1, record["rev"] - rng.choice([0, 0, 1]))
            if rng.random() < 0.05:
                line["id"] = "ESC-" + "9" * 26
            line["event"] = event = {"type": rng.choice(
                ["x-seen", "noted", "improved", "contacted", "updated",
                 "planned", "assigned", "rated"])}
            if rng.random() < 0.9:
                event.update({"assigned": {"assignee": "bo"},
                              "rated": {"score": 4}}.get(
                                  event["type"], {"text": "t"}))
            if recording(record["events"][-1]) <= self.now \
                    and rng.random() < 0.5:
                event.update({"at": text_of(self.now), "by": "robot"})
            lines.append(line_of(line))
            if rng.random() < 0.3:
                lines.append(lines[-1])
            if rng.random() < 0.3:
                event["type"] = "x-more"
                lines.append(line_of(line))
        return lines, ["--events"]

    def unknown(self):
        """A revision of a case that the store never saw."""
        record = self.generator.record(900000 + self.count)
        record["rev"] = 1
        record["events"] = [event for event in record["events"]
                            if event["type"] != "attached"]
        return [line_of(record)], []

    def again(self):
        """An import of what was there, as it was or grown."""
        names = self.rng.sample(sorted(self.submitted),
                                min(3, len(self.submitted)))
        lines = []
        for name in names:
            record = self.submitted[name]
            if self.rng.random() < 0.7:
                record = self.submitted[name] = self.more(record)
            lines.append(line_of(record))
        if lines and self.rng.random() < 0.3:
            lines += lines[:1]
        return lines, ["--if-new"] if self.rng.random() < 0.15 else []

    def more(self, record):
        rng = self.rng
        events = list(record["events"])
        for _ in range(rng.randint(0, 3)):
            event = {"at": text_of(self.now - rng.randrange(400 * DAY)),
                     "by": "other", "type": rng.choice(
                         ["noted", "contacted", "x-import", "assigned",
                          "updated"])}
            event.update({"text": "t"} if event["type"] != "assigned"
                         else {"assignee": "zoe"})
            if rng.random() < 0.2:
                event["rule"] = "some"
            events.insert(rng.randint(1, len(events)), event)
        if rng.random() < 0.2 and len(events) > 1:
            events.append(dict(rng.choice(events[1:])))
            if events[-1]["type"] == "retracted":
                events.pop()
        if any(event["type"] == "retracted" for event in events):
            events = record["events"] + [
                event for event in events if event not in record["events"]]
        record = {**record, "events": events}
        # Where an event says no `was`, the record's own value is two things.
        vague = {name for event in events if "set" in event
                 and "was" not in event for name in event["set"]}
        if rng.random() < 0.3 and "subject" not in vague:
            record["subject"] = rng.choice(["s", "t", "u"])
        if rng.random() < 0.3:
            record["x_system"] = rng.choice([1, "a", None, [1, 2]])
            if record["x_system"] is None:
                del record["x_system"]
        if rng.random() < 0.2 and "impact" not in vague:
            record["impact"] = rng.choice(["limited", "major", "critical"])
        return record

    def latest(self):
        return max([recording(event) for line in self.store.lines
                    for event in line.record.get("events", [])], default=0)


KINDS = {"new": 6, "filter": 8, "twice": 1, "chain": 2, "fork": 1, "stale": 4,
         "through_jq": 2, "through_python": 2, "changed_form": 2,
         "rewritten": 1, "future": 1, "unknown": 1, "again": 4,
         "events": 3}
