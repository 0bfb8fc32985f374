"""Cases as they are in the middle of their life, from a seed: about 1 kB,
2 to 6 events, under the built-in policy s-club.

    data.py KIND N    KIND: escalated (over their limit at NOW), submitted, or
                      ended (whole lives, 2,000 a month up to STOP, the last
                      ones still open)
"""

import hashlib
import pathlib
import random
import sys
from datetime import datetime, timedelta, timezone

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = "s-club"
VERSION = hashlib.blake2b((ROOT / "lib/policies/s-club.json").read_bytes(),
                          digest_size=32).hexdigest()[:12]
START = datetime(2026, 1, 5, 8, tzinfo=timezone.utc)
STOP = datetime(2026, 11, 20, 17, tzinfo=timezone.utc)
EVERY = timedelta(seconds=1296)
PEOPLE = ["ana", "bea", "chi", "dan", "eve.adams"]
WORDS = ("the customer says that again nobody came although the visit was confirmed "
         "twice by phone and the team on site was not told about a change of plan").split()
TRIGGERS = ["unresolved", "service-interruption", "policy-dispute",
            "technical-malfunction", "compliance-legal"]


def text(rng, least, most):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(least, most)))


def instant(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def event(rng, at, kind, more):
    return '{"at":"%s","by":"%s","type":"%s"%s}' % (instant(at), rng.choice(PEOPLE), kind, more)


def life(rng, kind, at):
    events = [event(rng, at, "submitted", "")]
    if kind == "escalated":
        at += timedelta(minutes=rng.randint(5, 300))
        events.append(event(rng, at, "accepted", ',"tier":1,"assignee":"%s"'
                            % rng.choice(PEOPLE)))
    others = ["noted", "updated", "planned"] if kind == "escalated" else ["noted", "asked",
                                                                         "answered"]
    for _ in range(rng.randint(2, 6) - len(events)):
        at += timedelta(minutes=rng.randint(5, 2000))
        events.append(event(rng, at, rng.choice(others), ',"text":"%s"' % text(rng, 4, 12)))
    return ",".join(events)


def whole_life(rng, at):
    """From the submission to the rating, as far as it is over at STOP."""
    tier, first = 1, rng.choice(PEOPLE)
    steps = [(5, 300, "accepted", ',"tier":1,"assignee":"%s"' % first),
             (30, 1500, "updated", ',"text":"%s"' % text(rng, 4, 12))]
    while tier < 3 and rng.random() < 0.25:
        steps.append((300, 4000, "promoted", ',"from":%d,"to":%d,"reason":"%s"'
                      % (tier, tier + 1, text(rng, 2, 5))))
        tier += 1
    steps += [(60, 3000, "resolved", ',"outcome":"%s","summary":"%s"' % (
        "resolved" if tier == 1 else "solution-implemented", text(rng, 4, 9))),
              (30, 3000, "closed", ""), (60, 9000, "rated", ',"score":%d' % rng.randint(0, 5))]
    events = [event(rng, at, "submitted", "")]
    for least, most, kind, more in steps[:rng.choice([len(steps), len(steps) - 1])]:
        at += timedelta(minutes=rng.randint(least, most))
        if at > STOP:
            break
        events.append(event(rng, at, kind, more))
    return ",".join(events)


def record(rng, kind, number, of):
    created = START + timedelta(seconds=rng.randrange(120 * 86400))
    if kind == "ended":
        created = STOP - (of - number) * EVERY
    return ('{"v":1,"id":"ESC-01KB%022d","rev":%d,"policy":"%s","policy_version":"%s",'
            '"created":"%s","case_number":"C-%06d","subject":"%s","description":"%s",'
            '"trigger":"%s","handler":"%s","requester":{"name":"%s","email":"user%d@'
            'example.org"},"x_site":"%s","x_visits":%d,"x_fee":%d.34,"events":[%s]}'
            % (number, 0 if kind == "ended" else rng.randint(1, 9), POLICY, VERSION, instant(created),
               rng.randrange(10**6), text(rng, 3, 8), text(rng, 15, 45), rng.choice(TRIGGERS),
               rng.choice(PEOPLE), text(rng, 2, 2).title(), number, rng.choice(WORDS),
               rng.randrange(50), rng.randrange(500),
               whole_life(rng, created) if kind == "ended" else life(rng, kind, created)))


def main():
    kind, n = sys.argv[1], int(sys.argv[2])
    rng = random.Random("%s %d" % (kind, 1))
    for number in range(n):
        print(record(rng, kind, number, n))


if __name__ == "__main__":
    main()
