#!/usr/bin/python3
"""Compares the real store with the model of it, on sequences of operations.

    store_compare.py --bin bin [--sequences 4] [--steps 30] [--seed 1]
                     [--jobs 2] [--keep DIR]

Answers 1 and says seed and step where they differ.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile

import make_policies
from business_time import DAY, instant, text_of
from commands import old_event_changed
from fold import Fold
from policy import Policies
from programs import fold_unlike, unlike, without, without_empty
from store import Merger, Store, bare, fits, left_until
from store_ops import KINDS, Operations
from store_real import Real

CHECKER = os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "store_verify.py")
TEXTS = ("text", "summary", "feedback", "rationale", "reason", "comment",
         "because")
RECORDING = ("at", "logged", "was_at")
FIRST = instant("2028-01-01T00:00:00Z")
WHERE = ["state=escalated", "state!=submitted", "tier>=2", "tier=1,2",
         "x_site=1", "impact=major,critical", "requester.name=Eve",
         "assignee=ana", "priority!=high", "queue=anz", "due<2026-09",
         "reason=delay", "subject=y"]
SHORT = [["--open"], ["--state", "resolved,closed"], ["--tier", "2"],
         ["--assignee", "bo"], ["--queue", "anz"], ["--case-number", "C1"],
         ["--policy-name", "policy-1"], ["--requester", "eve@example.org"]]


class Difference(Exception):
    pass


class Run:
    def __init__(self, programs, folder, seed):
        make_policies.write(os.path.join(folder, "policies"), seed, 4)
        self.rng = random.Random(seed)
        self.folder = folder
        self.policies = Policies(os.path.join(folder, "policies"))
        self.real = Real(programs, folder, self.policies.folder)
        self.store = Store()
        self.operations = Operations(self.rng, self.policies, self.store,
                                     self.real, self.attachment())
        self.now = FIRST
        self.doing = "init"
        self.real.good("esc-store", "init", "--segment-size",
                       self.rng.choice(["4096", "20000", "64M"]))

    def attachment(self):
        path = os.path.join(self.folder, "a")
        with open(path, "wb") as file:
            file.write(b"a")
        self.real.good("esc-submit", "--policy", "five-tier", "--attach",
                       path, "--subject", "x", "--channel", "chat",
                       "--severity", "low", "--complexity", "basic",
                       "--now", text_of(FIRST))
        return {"name": "a", "size": 1, "b2":
                hashlib.blake2b(b"a", digest_size=32).hexdigest()}

    # One commit, by both.

    def step(self):
        kind = self.rng.choices(list(KINDS), KINDS.values())[0]
        if len(self.store.last()) < 4:
            kind = "new"
        self.now = max(self.now + self.rng.randrange(4 * 3600),
                       self.operations.latest()
                       if self.rng.random() < 0.5 else 0)
        self.operations.now = self.now
        lines, options = getattr(self.operations, kind)()
        self.doing = " ".join([kind, *options, "of %d" % len(lines)])
        if self.rng.random() < 0.1:
            self.perform(lines, [*options, "--dry-run"])
        self.perform(lines, options)
        if self.rng.random() < 0.2:
            self.perform(lines, [*options, "--print"])
        if self.rng.random() < 0.05:
            self.change_calendar()
        if self.rng.random() < 0.05 and self.store.lines:
            self.erase(self.rng.choice(list(self.store.last())))

    def perform(self, lines, options):
        self.write("batch", lines)
        each_alone = self.rng.random() < 0.5
        batch = [json.loads(line) for line in lines]
        merger = Merger(self.policies, self.now,
                        "--allow-future" in options, "--rebase" in options)
        expected, refused, status = self.store.commit(
            merger, batch, each_alone, "--if-new" in options)
        if "--dry-run" in options:
            expected = []
        reject = ["--reject", os.path.join(self.folder, "rejected")] \
            if each_alone else []
        got, out, errors = self.real.run(
            "esc-commit", *options, *reject, "--now", text_of(self.now),
            text=b"".join(line + b"\n" for line in lines))
        self.same(status, got, "status (%s)" % errors[:300])
        if each_alone:
            self.same([batch[number]["id"] for number in refused],
                      self.real.rejected(), "refused ids")
        self.check_lines(expected, batch)
        if "--print" in options and (each_alone or not refused):
            self.check_printed(out, batch, refused,
                               "--if-new" in options)

    def write(self, name, lines):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.writelines(line + b"\n" for line in lines)

    def check_printed(self, out, batch, refused, if_new):
        if if_new:
            return
        want = [record["id"] for number, record in enumerate(batch)
                if number not in refused]
        got = [json.loads(line) for line in out.splitlines()]
        self.same(want, [record["id"] for record in got], "printed")
        stored = {line.text.rstrip() for line in self.store.lines}
        for line in out.splitlines():
            if line.rstrip() not in stored:
                raise Difference("printed what is not stored")

    def check_lines(self, expected, batch):
        lines = self.real.lines(len(self.store.lines))
        self.same([record["id"] for _, record in expected],
                  [line.id for line in lines], "lines written")
        for (number, record), line in zip(expected, lines):
            before = self.store.last().get(line.id)
            self.check_line(before, record, batch[number], line)
            self.store.lines.append(line)

    def check_line(self, before, expected, incoming, line):
        amended = expected.pop("imported", {})
        got, old = line.record, len(before.record["events"]) if before else 0
        self.same(expected["rev"], got["rev"], "rev")
        self.same(got["rev"], line.rev, "rev of the line")
        count = len(expected["events"])
        aside = ["logged"] if incoming.get("rev", 1) == 0 and before else []
        self.same([bare(event, *aside) for event in expected["events"]],
                  [bare(event, *aside) for event in got["events"][:count]],
                  "events")
        self.check_import(amended, got["events"][count:])
        if before:
            self.stays(before.text, line.text)
        for event in Fold(got, self.policies).events:
            if event.type == "amended" and event.place > 1 \
                    and event.get("was") is None:
                raise Difference("no was: %s" % event.form)
        wrong = fold_unlike({**expected, "events": got["events"]}, got,
                            self.policies)
        wrong = self.not_erased(line.id, wrong)
        wrong += self.judged(before, expected, got, old)
        if wrong:
            raise Difference("\n".join(wrong[:6]))

    def not_erased(self, name, wrong):
        """Of a case without personal data, whether {} or {"email":""} is
        left of a requester is not said."""
        return [line for line in wrong if name not in self.store.erased
                or not line.startswith(".requester")]

    def judged(self, before, expected, got, old):
        """New events say what they stop; old ones are as they were."""
        events = got["events"][:old] + expected["events"][old:]
        fold = Fold({**expected, "events": events}, self.policies)
        stopped = {event.place: event.stopped for event in fold.events}
        wrong = []
        for place in range(old, len(events)):
            wrong += old_event_changed(
                without(events[place], *RECORDING),
                without(got["events"][place], *RECORDING),
                stopped.get(place + 1, []))
        return wrong

    def check_import(self, amended, events):
        found = {}
        for event in events:
            self.same("import", event.get("because"), "because")
            self.same(self.now, instant(event["at"]), "at of an import")
            found.update(event["set"])
        self.same({name: value for name, value in amended.items()}, found,
                  "what an import changed")

    @staticmethod
    def stays(before, after):
        """The bytes of the stored events begin those of the new ones."""
        def events(text):
            return text[text.index(b'"events":[') + 10:]
        old = events(before)
        count = len(json.loads(before)["events"])
        decoder, text, place = json.JSONDecoder(), old.decode(), 0
        for _ in range(count):
            place = decoder.raw_decode(text, place)[1] + 1
        if not events(after).decode().startswith(text[:place - 1]):
            raise Difference("stored bytes did not stay")

    def change_calendar(self):
        """Another holiday: what is open is due by it from now on."""
        path = os.path.join(self.policies.folder, "calendars", self.rng.choice(
            ["london", "sydney", "kolkata", "new-york"]) + ".json")
        with open(path, encoding="utf-8") as file:
            form = json.load(file)
        form.setdefault("holidays", []).append(
            text_of(instant("2026-01-02T00:00:00Z")
                    + self.rng.randrange(300) * DAY)[:10])
        form["holidays"] = [day for place, day in enumerate(form["holidays"])
                            if day not in form["holidays"][:place]]
        with open(path, "w", encoding="utf-8") as file:
            json.dump(form, file)
        self.policies = Policies(self.policies.folder)
        self.operations.generator.policies = self.policies

    # Erasure.

    def erase(self, name):
        """Personal data goes, all else stays, in the log and for readers."""
        self.doing = "erase " + name
        self.real.good("esc-store", "erase", "--yes", "-m", "asked", name)
        lines, old = self.real.lines(), self.store.lines
        for line in lines[len(old):]:
            self.same((0, name), (line.rev, line.id), "what erasing adds")
        for before, after in zip(old, lines):
            self.same((before.seq, before.at, before.id, before.rev),
                      (after.seq, after.at, after.id, after.rev), "a line")
            if before.id != name or before.rev == 0:
                self.same(before.text, after.text, "a line of another case")
            else:
                self.check_erased(before.record, after.record)
        self.store.lines = lines
        self.store.erased.add(name)

    def check_erased(self, before, after):
        self.same(before.keys(), after.keys(), "names after erasing")
        for name in ("state", "tier", "held", "clocks", "due", "risk"):
            self.same(before.get(name), after.get(name), name)
        for name in ("subject", "description", "requester", "attachments"):
            if after.get(name):
                raise Difference("not erased: " + name)
        for old, new in zip(before["events"], after["events"]):
            texts = [name for name in TEXTS
                     if new.get(name) not in (None, "", "import")]
            if texts or not fits(new, old, True):
                raise Difference("erased: %s\n  from %s" % (new, old))

    # What readers say.

    def cat(self, *options, status=0):
        """By the index and without; both must say the same."""
        got = []
        for more in ([], ["--no-index"]):
            found, out, errors = self.real.run("esc-cat", *options, *more)
            self.same(status, found, "esc-cat %s %s: %s" % (
                " ".join(options), " ".join(more), errors[:300]))
            got.append(out.splitlines())
        self.same(got[0], got[1], "esc-cat %s with and without index"
                  % " ".join(options))
        return got[0]

    def check_reads(self):
        rng, store = self.rng, self.store
        last = list(store.last().values())
        self.same(store.all(), self.cat("--all"), "--all")
        self.same(store.history(), self.cat("--all", "--history"),
                  "--history")
        self.same([name.encode() for name in store.last()],
                  self.cat("--all", "--ids"), "--ids")
        line = rng.choice([line for line in store.lines if line.rev])
        for at in (line.at, line.at - 1):
            self.same(store.all(at), self.cat("--all", "--as-of",
                                              text_of(at)), "--as-of")
        for _ in range(2):
            record = rng.choice(last).record
            at = instant(record.get(rng.choice(["due", "risk"]),
                                    record["created"])) + rng.choice([-1, 0])
            self.same(store.due(at, self.policies), self.cat("--due=" + text_of(at)),
                      "--due " + text_of(at))
        at = self.event_instant() + rng.choice([0, 1])
        self.same(store.since(at), self.cat("--since", text_of(at), "--now", text_of(at)),
                  "--since " + text_of(at))
        self.check_where()
        self.check_ids()
        self.check_together()
        self.check_until(instant(rng.choice(
            rng.choice(last).record["events"])["at"]) - rng.choice([0, 0, 1]))

    def event_instant(self):
        record = self.rng.choice(list(self.store.last().values())).record
        return max(instant(event.get("logged") or event["at"])
                   for event in record["events"])

    def check_where(self):
        everything = b"".join(text + b"\n" for text in self.store.all())
        options = [word for test in self.rng.sample(WHERE, 2)
                   for word in ("--where", test)][:self.rng.choice([2, 4])]
        for words in (options, self.rng.choice(SHORT)):
            want = self.real.good("esc-pick", *words, text=everything)
            self.same(want.splitlines(), self.cat(*words), " ".join(words))

    def check_together(self):
        """Selections together: the index must not know better."""
        rng = self.rng
        line = rng.choice([line for line in self.store.lines if line.rev])
        event = text_of(instant(rng.choice(line.record["events"])["at"]))
        then = text_of(line.at - rng.choice([0, 1]))
        which = rng.choice([
            ["--all"], ["--open"], ["--due=" + event], ["--tier", "1,2"],
            ["--due=" + event, "--state", "escalated"], [line.id],
            ["--where", rng.choice(WHERE)], ["--queue", "anz", "--open"],
            ["--since", event, "--now", event],
            ["--since", event, "--now", event, "--tier", "1,2"]])
        words = which + rng.choice([
            ["--history"], ["--as-of", then], ["--until", event],
            ["--history", "--as-of", then], ["--until", event, "--ids"],
            ["--as-of", then, "--until", event], ["--ids"]])
        status = self.real.run("esc-cat", *words)[0]
        if status not in (0, 64, 66):
            raise Difference("esc-cat %s: status %d" % (words, status))
        self.cat(*words, status=status)

    def check_ids(self):
        line = self.rng.choice(list(self.store.last().values()))
        end = line.id[-self.rng.choice([5, 6, 8, 30]):]
        found = self.store.ending(end)
        got = self.cat(end, status=0 if len(found) == 1 else 66)
        self.same([self.store.last()[name].text for name in found]
                  if len(found) == 1 else [], got, "id " + end)
        self.same([line.text], self.cat(line.id, "ESC-NOSUCH", status=66),
                  "an id that is not there")

    def check_until(self, at):
        want = self.store.until(at, self.policies)
        got = [json.loads(line) for line in
               self.cat("--all", "--until", text_of(at))]
        self.same([record["id"] for record, *_ in want],
                  [record["id"] for record in got], "--until " + text_of(at))
        for (record, events, fields), mine in zip(want, got):
            wrong = unlike(without_empty(fields), without_empty(
                without(mine, "v", "id", "rev", "policy", "created",
                        "events")))
            wrong += unlike(
                [bare(event) for event in events],
                [bare(event) for event in left_until(mine["events"],
                                                     1 << 60)])
            wrong = self.not_erased(record["id"], wrong)
            if wrong:
                raise Difference("--until %s: %s:\n%s" % (
                    text_of(at), record["id"], "\n".join(wrong[:6])))

    @staticmethod
    def same(want, got, what):
        if want != got:
            if isinstance(want, list) and len(want) == len(got):
                want, got = next(pair for pair in zip(want, got)
                                 if pair[0] != pair[1])
            raise Difference("%s:\n  model %.600r\n  real  %.600r"
                             % (what, want, got))


def run_sequence(work):
    """(how many commits, what differs or None)"""
    programs, seed, steps, keep = work
    folder = tempfile.mkdtemp()
    run = None
    try:
        run = Run(programs, folder, seed)
        for number in range(1, steps + 1):
            run.step()
            if number % 10 == 0 or number == steps:
                run.doing = "reading"
                run.check_reads()
        run.doing = "esc-store verify"
        run.real.good("esc-store", "verify")
        run.doing = "store_verify.py"
        run.real.good(sys.executable, CHECKER, run.real.store)
        return len(run.store.lines), None
    except (Difference, AssertionError) as difference:
        if keep:
            shutil.copytree(folder, os.path.join(keep, str(seed)),
                            dirs_exist_ok=True)
        return 0, "seed %d, %s, now %s: %s" % (
            seed, run.doing if run else "init",
            text_of(run.now) if run else "", difference)
    finally:
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="bin")
    parser.add_argument("--sequences", type=int, default=4)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="folder for what differs")
    options = parser.parse_args()
    work = [(os.path.abspath(options.bin), options.seed * 100000 + number,
             options.steps, options.keep)
            for number in range(options.sequences)]
    lines = failed = 0
    with multiprocessing.Pool(options.jobs) as pool:
        for count, difference in pool.imap_unordered(run_sequence, work):
            lines += count
            if difference:
                failed += 1
                print(difference, flush=True)
    print("%d sequences, %d lines, %d sequences with differences"
          % (options.sequences, lines, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
