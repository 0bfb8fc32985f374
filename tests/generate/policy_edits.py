#!/usr/bin/env python3
"""policy_edits.py FOLDER N SEED POLICY...: of each policy N copies into the
folder, each with one to three random edits of its structure: a member gone,
another type, null, empty, one too many, a part from elsewhere.
"""

import copy
import json
import os
import random
import sys

VALUES = [None, True, 0, -1, 1.5, 10**18, "", "x", "2bd", "0bd", "99999bd", "low",
          [], {}, [[]], [None], [{}], {"": None}, {"x": {}}]
NAMES = ["x", "code", "label", "when", "note", "calendar", "limit", "target", "goals", "due"]


def places(value, path=()):
    if path:
        yield path
    if isinstance(value, dict):
        for name in value:
            yield from places(value[name], path + (name,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, path + (i,))


def value_at(document, path):
    for step in path:
        document = document[step]
    return document


def edit(document, rng):
    path = rng.choice(list(places(document)))
    parent, last = value_at(document, path[:-1]), path[-1]
    kind = rng.randrange(5)
    if kind == 0:
        del parent[last]
    elif kind == 1:
        parent[last] = copy.deepcopy(rng.choice(VALUES))
    elif kind == 2 and isinstance(parent, list):
        parent.append(copy.deepcopy(rng.choice(parent)))
    elif kind == 2:
        parent[rng.choice(NAMES)] = copy.deepcopy(rng.choice(VALUES))
    elif kind == 3:
        parent[last] = [parent[last]]
    else:
        parent[last] = copy.deepcopy(value_at(document, rng.choice(list(places(document)))))


def main():
    folder, n, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    for name in sys.argv[4:]:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        base = os.path.basename(name)[:-len(".json")]
        rng = random.Random(f"{seed} {base}")
        for i in range(n):
            document = json.loads(text)
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                if document:
                    edit(document, rng)
            with open(f"{folder}/{base}-{i:04d}.json", "w", encoding="utf-8") as file:
                json.dump(document, file)


main()
