"""What commands append: the facts they judge, and the fold of it.

Each command runs on all records of a batch; those that it refuses are left
out.  An event's `judged` must say what the oracle finds that it stops.
"""

import json

from business_time import DAY, instant, text_of
from fold import Fold
from programs import by_id, first, fold_unlike, unlike, without

COMMANDS = [
    ("esc-triage", "--ack"),
    ("esc-triage", "--accept", "--tier", "1"),
    ("esc-triage", "--cancel", "-m", "x"),
    ("esc-triage", "--prioritise", "-m", "x"),
    ("esc-triage", "--ask", "-m", "x"),
    ("esc-triage", "--answered", "-m", "x"),
    ("esc-triage", "--impact", "major", "-m", "x"),
    ("esc-triage", "--region", "apac", "-m", "x"),
    ("esc-triage", "--queue", "anz", "-m", "x"),
    ("esc-triage", "--duplicate-of", "ESC-01KAKZAX500000000000000000"),
    ("esc-promote", "-m", "x"),
    ("esc-promote", "-m", "x", "--to", "1"),
    ("esc-promote", "--auto"),
    ("esc-promote", "--auto", "--catch-up"),
    ("esc-note", "--update", "-m", "x"),
    ("esc-note", "--contacted", "-m", "x"),
    ("esc-note", "--pause", "-m", "x"),
    ("esc-note", "--resume", "-m", "x"),
    ("esc-note", "--set-due", "+3d", "-m", "x"),
    ("esc-note", "--amend", "subject=y", "-m", "x"),
    ("esc-note", "--retract", "3", "-m", "x"),
    ("esc-resolve", "--outcome", "done", "-m", "x"),
    ("esc-resolve", "--close"),
    ("esc-resolve", "--reopen", "-m", "x"),
]
TRIED = 4       # commands a batch


def latest(records):
    return max(instant(event.get("logged", event["at"]))
               for record in records for event in record["events"])


def check_commands(batch):
    records = batch.programs.fold(batch.records)[0]
    for command in batch.rng.sample(COMMANDS, TRIED):
        now = latest(records) + batch.rng.randrange(20 * DAY)
        when = ["--now", text_of(now)]
        if batch.rng.random() < 0.5 and "--retract" not in command \
                and "--auto" not in command:
            at = instant(batch.rng.choice(records)["created"]) \
                + batch.rng.randrange(100 * DAY)
            when += ["--at", text_of(min(at, now))]
        before = by_id(records)
        for record in run_command(batch, [*command, *when], records):
            wrong = wrongly_changed(batch, before[record["id"]], record)
            if wrong:
                batch.fail(
                    " ".join([*command, *when]), before[record["id"]], wrong,
                    lambda one, words=(*command, *when):
                    once_more(batch, words, one))


def run_command(batch, words, records):
    """What it writes; each line marked where folding it changes it."""
    changed, once, _ = batch.programs.run(words[0], *words[1:], "--by", "ann",
                                          records=records)
    twice = batch.programs.run("esc-fold", text=once)[1]
    if once != twice:
        for record, *lines in zip(changed, once.splitlines(),
                                  twice.splitlines()):
            record["unsteady"] = lines[0] != lines[1]
    return changed


def once_more(batch, words, record):
    record = first(batch.programs.fold([record])[0])
    return record and [line for changed in run_command(batch, words, [record])
            for line in wrongly_changed(batch, record, changed)]


def wrongly_changed(batch, before, after):
    count = len(before["events"])
    wrong = ["folding it changes it"] if after.pop("unsteady", False) else []
    stopped = {event.place: event.stopped
               for event in Fold(before, batch.policies).events}
    for place, pair in enumerate(zip(before["events"], after["events"]), 1):
        wrong += old_event_changed(*pair, stopped.get(place, []))
    bare = {**after, "events": after["events"][:count] + [
        without(event, "judged") for event in after["events"][count:]]}
    for event in Fold(bare, batch.policies).events:
        if event.place > count:
            got = after["events"][event.place - 1].get("judged", [])
            wrong += unlike(in_order(event.stopped), in_order(got), ".judged")
    return wrong + fold_unlike(after, after, batch.policies)


def in_order(entries):
    return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))


def old_event_changed(old, new, stopped):
    """Only `was` is filled in, and `judged` with what it had stopped."""
    wrong = unlike(without(old, "was", "judged"),
                   without(new, "was", "judged"), ".events")
    known = old.get("judged", [])
    entries = new.get("judged", [])
    wrong += unlike(known, entries[:len(known)], ".old judged")
    return wrong + ["old judged: %s" % entry
                    for entry in entries[len(known):] if entry not in stopped]
