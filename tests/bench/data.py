"""Cases as they are in the middle of their life, from a seed: about 1 kB,
2 to 6 events, under the built-in policy s-club.

    data.py KIND N    KIND: escalated (over their limit at NOW) or submitted
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


def record(rng, kind, number):
    created = START + timedelta(seconds=rng.randrange(120 * 86400))
    return ('{"v":1,"id":"ESC-01KB%022d","rev":%d,"policy":"%s","policy_version":"%s",'
            '"created":"%s","case_number":"C-%06d","subject":"%s","description":"%s",'
            '"trigger":"%s","handler":"%s","requester":{"name":"%s","email":"user%d@'
            'example.org"},"x_site":"%s","x_visits":%d,"x_fee":%d.34,"events":[%s]}'
            % (number, rng.randint(1, 9), POLICY, VERSION, instant(created),
               rng.randrange(10**6), text(rng, 3, 8), text(rng, 15, 45), rng.choice(TRIGGERS),
               rng.choice(PEOPLE), text(rng, 2, 2).title(), number, rng.choice(WORDS),
               rng.randrange(50), rng.randrange(500), life(rng, kind, created)))


def main():
    kind, n = sys.argv[1], int(sys.argv[2])
    rng = random.Random("%s %d" % (kind, 1))
    for number in range(n):
        print(record(rng, kind, number))


if __name__ == "__main__":
    main()
