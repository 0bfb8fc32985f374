"""What every clock of a folded case says at an instant."""

from fold import text, without_none

WORST_FIRST = ["exhausted", "breached", "paused-breached", "risk",
               "open-ended", "paused", "ok", "missed", "met", "ended"]


def clock_verdict(fold, clock, now):
    target, limit = clock.goals()
    if clock.state == "held":
        breached = limit is not None and limit < clock.holds[-1][0]
        return "paused-breached" if breached else "paused"
    if clock.state != "running":
        return clock.state
    if limit is not None and now > limit:
        last = clock.name == "tier" and clock.tier == len(fold.policy.tiers)
        return "exhausted" if last else "breached"
    if target is not None and now > target:
        return "risk"
    return "ok" if limit is not None else "open-ended"


def entry(fold, clock, now):
    target, limit = clock.goals()
    left = left_wall = None
    if clock.lives() and limit is not None:
        since = clock.holds[-1][0] if clock.state == "held" else now
        left, left_wall = clock.between(since, limit), limit - since
    return without_none({
        "clock": clock.name, "tier": clock.tier or None, "cycle": clock.cycle,
        "verdict": clock_verdict(fold, clock, now),
        "target_at": text(target), "limit_at": text(limit),
        "left": left, "left_wall": left_wall})


def sla(fold, now):
    entries = [entry(fold, clock, now) for clock in fold.clocks]
    chosen = [one for one, clock in zip(entries, fold.clocks) if clock.lives()]
    worst = min(chosen or entries, default=None, key=lambda one: (
        WORST_FIRST.index(one["verdict"]), one.get("limit_at", "9999")))
    return without_none({
        "at": text(now), "verdict": worst["verdict"] if worst else "none",
        "worst": worst, "clocks": entries or None})
