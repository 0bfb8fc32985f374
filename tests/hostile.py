"""Records of one legal line each that would take a quadratic fold for ever.

usage: hostile.py KIND N: one record of policy s-club, N events (or names).
"""
import json
import sys


def at(i):
    return "2026-11-20T%02d:%02d:%02dZ" % (12 + i // 3600 % 12, i // 60 % 60, i % 60)


def updated(n):
    return [{"at": at(i), "type": "updated", "text": "t"} for i in range(n)]


def holds(n):
    return [{"at": at(i), "type": ("paused", "resumed")[i % 2], "reason": "t"} for i in range(n)]


def amended(n):
    return [{"at": at(0), "type": "amended", "set": {"x_%d" % i: 1}, "because": "b"}
            for i in range(n)]


def names(n):
    return [{"at": at(0), "type": "amended", "set": {"x_%d" % i: 1 for i in range(n)},
             "because": "b"}]


def reopened(n):
    return [{"at": at(0), "type": kind, "outcome": "a", "summary": "s", "reason": "t"}
            for _ in range(n // 2) for kind in ("resolved", "reopened")]


def promoted(n):
    return [{"at": at(0), "type": "promoted", "from": 1 + i % 2, "to": 2 - i % 2, "reason": "t"}
            for i in range(n)]


case = json.loads(sys.stdin.read())
case["events"] += globals()[sys.argv[1]](int(sys.argv[2]))
print(json.dumps(case, separators=(",", ":")))
