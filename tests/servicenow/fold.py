"""fold.py: the incidents of log.py as tables in SQLite: what
the events do and how long the clocks take (esc-case(5)), under itil.json.

tables(log, last) is a database as of the second `last`:
    incident  as it then is; the last three columns are the resolution in force
    fact      each event, and what had an effect, and what hygiene counts
    clock     goal is the limit; over: it was, or is, past that
    stay      from entering a tier to leaving it
"""
import hashlib
import sqlite3

from .log import after, between, days_after

SCHEMA = """
create table incident(n, id, created, state, tier, top, impact, urgency, channel,
    subject, priority, assignee, queue, resolved_at, outcome, summary);
create table fact(n, at, what, a, b);
create table clock(n, clock, tier, start, stop, held, target, goal, over, net, gross);
create table stay(n, tier, since, until);
"""


def digest(data):
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def identity(number, created):
    """The id by the mapping's key: esc-case(5), IDENTITY."""
    text = f'esc-id 1\npolicy="itil"\nkey="{number}"\n'
    bits = int(digest(text.encode())[:20], 16)
    bits |= created * 1000 << 80
    return "ESC-" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 5 * place & 31]
                            for place in range(25, -1, -1))


class Clock:
    """One clock of a case: itil.json's goals, moved by holds."""

    def __init__(self, name, tier, start, held):
        self.name, self.tier, self.start = name, tier, start
        self.held, self.holds = start if held else None, []

    def goals(self, priority):
        start, target = self.start, None
        if self.name == "tier":
            target = {2: days_after(start, 2), 3: days_after(start, 5)}.get(self.tier)
            limit = days_after(start, {1: 1, 2: 3, 3: 10}[self.tier])
        elif self.name == "acknowledge":
            limit = after(start, 3600 * (1 if priority in ("1", "2") else 4))
        elif priority in ("1", "2"):
            limit = after(start, 3600 * (4 if priority == "1" else 8))
        else:
            limit = days_after(start, 5 if priority == "3" else 10)
        if target is None:  # warn: three quarters, to the second
            target = after(start, (between(start, limit) * 3 + 2) // 4)
        return self.moved(target), self.moved(limit)

    def moved(self, goal):
        at, total = goal, 0
        for begin, end in self.holds:
            if begin <= at:
                total += between(begin, end)
                at = after(goal, total) if total else goal
        return at

    def release(self, at):
        if self.held is not None:
            self.holds.append((self.held, at))
            self.held = None


class Case:
    """The fold of one incident's events, up to an instant."""

    def __init__(self, n):
        self.n, self.facts, self.clocks, self.stays = n, [], [], []
        self.living, self.holds, self.tier, self.top = {}, set(), None, 0
        self.form, self.state, self.resolution = {}, "submitted", None
        self.priority = self.assignee = self.queue = None

    def fact(self, at, what, a=None, b=None):
        self.facts.append((self.n, at, what, a, b))

    def start(self, at, *names):
        for name in names:
            if name not in self.living:
                tier = None if name == "acknowledge" else self.tier
                held = bool(self.holds) and name != "acknowledge"
                self.living[name] = Clock(name, tier, at, held)

    def stop(self, at, *names):
        for clock in [self.living.pop(name) for name in names if name in self.living]:
            clock.release(at)
            self.row(clock, at, clock.goals(self.priority), at)

    def row(self, clock, stop, goals, seen):
        net = between(clock.start, seen) - sum(between(*hold) for hold in clock.holds)
        self.clocks.append((self.n, clock.name, clock.tier, clock.start, stop,
                            clock.held is not None, *goals, seen > goals[1], net,
                            seen - clock.start))

    def past(self, at, goal):
        """Is a living clock past its target (0) or its limit (1)?"""
        return any((at if clock.held is None else clock.held) > clock.goals(self.priority)[goal]
                   for clock in self.living.values())

    def enter(self, at, tier, came_from):
        """At a tier from now on: a new stay."""
        self.fact(at, "flow", came_from, tier)
        self.tier, self.top = tier, max(self.top, tier)
        self.stays.append([self.n, tier, at, None])

    def leave(self, at):
        self.stays[-1][3] = at

    def is_open(self):
        return self.state in ("submitted", "escalated")

    def submitted(self, at, form):
        self.form.update(form)
        self.created = at
        self.fact(at, "submitted")
        self.start(at, "acknowledge")

    def accepted(self, at, event, starts=("tier", "resolve")):
        if self.state != "submitted":
            return
        self.stop(at, "acknowledge")
        self.state = "escalated"
        self.fact(at, "accepted")
        self.enter(at, event["tier"], "accepted")
        self.start(at, *starts)

    def promoted(self, at, event):
        if not self.is_open():
            return
        here, to = self.tier if self.state == "escalated" else event["from"], event["to"]
        if to == here:
            return
        self.accepted(at, {"tier": here}, ("resolve",))
        self.stop(at, "tier")
        self.leave(at)
        self.fact(at, "promoted" if to > here else "returned", here, to)
        self.enter(at, to, here)
        self.assignee = None
        self.start(at, "tier")

    def resolved(self, at, event):
        if not self.is_open():
            return
        self.accepted(at, {"tier": 1}, ())
        for clock in self.living.values():
            clock.release(at)
        self.holds.clear()
        self.stop(at, "tier", "resolve")
        self.leave(at)
        self.state = "resolved"
        self.resolution = at, event.get("outcome"), event.get("summary")
        self.resolved_at = at
        self.fact(at, "flow", self.tier, "resolved")
        self.fact(at, "resolved")
        self.fact(at, "resolved_without_contact")  # the log knows no contact

    def closed(self, at, _):
        self.resolved(at, {})
        if self.state == "resolved":
            self.state = "closed"
            self.fact(at, "closed")

    def reopened(self, at, _):
        if self.state not in ("resolved", "closed"):
            return
        self.state, self.resolution = "escalated", None
        self.fact(at, "reopened")
        if at <= days_after(self.resolved_at, 2):
            self.fact(at, "reopened_within_2bd")
        self.enter(at, self.tier, "reopened")
        self.start(at, "tier", "resolve")

    def hold(self, at, what):
        if not self.is_open() or what in self.holds:
            return
        if not self.holds:
            clocks = [clock for name, clock in self.living.items() if name != "acknowledge"]
            if any(at > clock.goals(self.priority)[0] for clock in clocks):
                self.fact(at, "held_after_target")
            for clock in clocks:
                clock.held = at
        self.holds.add(what)

    def asked(self, at, _):
        self.hold(at, "asked")

    def paused(self, at, _):
        self.hold(at, "paused")

    def release(self, at, what):
        if what not in self.holds:
            return
        self.holds.remove(what)
        if not self.holds:
            for clock in self.living.values():
                clock.release(at)

    def answered(self, at, _):
        self.release(at, "asked")

    def resumed(self, at, _):
        self.release(at, "paused")

    def change(self, at, now, then):
        if self.is_open() and now != then:
            if self.past(at, 1):
                self.fact(at, "reclassified_after_breach")
            return True
        return False

    def reclassified(self, at, codes):
        if self.change(at, {**self.form, **codes}, self.form):
            self.form.update(codes)

    def reprioritised(self, at, event):
        if self.change(at, event["priority"], self.priority):
            self.priority = event["priority"]

    def routed(self, _, event):
        if self.is_open():
            self.queue = event["queue"]

    def assigned(self, _, event):
        if self.is_open():
            self.assignee = event["assignee"]


def fill(db, name, rows):
    if rows:
        db.executemany(f"insert into {name} values(?{',?' * (len(rows[0]) - 1)})", rows)


def tables(log, last):
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    for number, happened in log:
        created = happened[0][0]
        if created > last:
            continue
        case = Case(number)
        for at, what, event in happened:
            if max(at, created) <= last:
                case.fact(max(at, created), "event")
                getattr(case, what)(max(at, created), event)
        for clock in case.living.values():
            goals = clock.goals(case.priority)
            case.row(clock, None, goals, last if clock.held is None else clock.held)
        for name, rows in ("fact", case.facts), ("clock", case.clocks), ("stay", case.stays):
            fill(db, name, rows)
        fill(db, "incident", [(
            number, identity(number, created), created, case.state, case.tier, case.top,
            case.form["impact"], case.form["urgency"], case.form["channel"],
            case.form["subject"], case.priority, case.assignee, case.queue, *(case.resolution or (None,) * 3))])
    return db
