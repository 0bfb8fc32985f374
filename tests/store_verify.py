#!/usr/bin/python3
"""store_verify.py STORE: checks a case store, made from esc-store(5) alone.
Prints each fault with its segment, offset and seq, and answers 1 if any."""
import hashlib
import json
import pathlib
import re
import sys

HASH, TEXT = rb'"([0-9a-f]{64})"', rb'"(?:[^"\\]|\\.)*"'
LINE = re.compile(rb'(\{"v":1,"seq":(\d+),"at":"([\dTZ:-]+)","by":' + TEXT + rb',"id":(' + TEXT
                  + rb'),"rev":(\d+),"b":"(\d+)/(\d+)","dh":' + HASH + rb'),"salt":"([0-9a-f]{32})"'
                  rb',"data":(\{.*\} *),"h":' + HASH + rb'\}\n', re.S)
SLOT = re.compile(rb'(\{"segment":(\d+),"length":(\d+),"seq":(\d+),"h":' + HASH + rb'),"sum":'
                  + HASH + rb'\} *\n')


def digest(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).hexdigest().encode()


def read_head(store, found):
    """(seq, segment, length, h) of the slot in force."""
    text, whole = (store / "HEAD").read_bytes(), []
    for slot in text[:256], text[256:]:
        part = SLOT.fullmatch(slot)
        if part and len(slot) == 256 and digest(part[1]) == part[6]:
            whole.append((*(int(part[i]) for i in (4, 2, 3)), part[5]))
        elif slot != b" " * 255 + b"\n":
            found(0, 0, 0, "HEAD: a slot is neither whole nor blank")
    return max(whole)


def read_lines(store, head):
    """(segment, offset, line) up to HEAD."""
    for path in sorted((store / "log").glob("*.jsonl")):
        first, offset = int(path.stem), 0
        with open(path, "rb") as log:
            while first < head[1] or (first == head[1] and offset < head[2]):
                line = log.readline(1 << 25)
                if not line:
                    break
                yield first, offset, line
                offset += len(line)


def check_log(store, head, h, found):
    """{first: [last, length, h]} of the segments."""
    seq, at, b, ends, revs, erased, blanked = 0, b"", (1, 1), {}, {}, {}, {}
    for first, offset, line in read_lines(store, head):
        seq, part = seq + 1, LINE.fullmatch(line)
        if not part:
            found(first, offset, seq, "no line of a store")
            h, b = line[-67:-3], None
            continue
        case, rev, place = part[4], int(part[5]), (int(part[6]), int(part[7]))
        if int(part[2]) != seq or digest(h, part[1]) != part[11] or part[3] < at \
                or (first not in ends and first != seq):
            found(first, offset, seq, "does not follow the line before it")
        if b and place != ((b[0] + 1, b[1]) if b[0] < b[1] else (1, place[1])):
            found(first, offset, seq, "out of place in its batch")
        if digest(part[9], part[10]) != part[8]:
            blanked[seq] = first, offset, part[9], digest(part[9], part[10]).decode()
        if rev == 0 and part[10].startswith(b'{"erased":'):
            try:
                said = [(one["seq"], one["dh"]) for one in json.loads(part[10])["erased"]["lines"]]
                erased.update(one for one in said if one[0] < seq)
            except (ValueError, KeyError, TypeError):
                found(first, offset, seq, "an erasure that cannot be read")
        elif rev and rev != revs.get(case, 0) + 1:
            found(first, offset, seq, "not the next revision of its case")
        revs[case] = max(rev, revs.get(case, 0))
        seq, at, h, b = int(part[2]), part[3], part[11], place
        ends[first] = [seq, offset + len(line), h]
    for old, (first, offset, salt, dh) in blanked.items():
        if salt != b"0" * 32 or erased.get(old) != dh:
            found(first, offset, old, "the data does not fit its dh")
    if (b and b[0] != b[1]) or (seq, h) != (head[0], head[3]) \
            or (seq and ends.get(head[1], (0, 0))[1] != head[2]):
        found(head[1], ends.get(head[1], (0, 0))[1], seq + 1, "the log does not end as HEAD says")
    return ends


def check_files(store, head, ends, found):
    """Seals say where segments end; attachments and policies are named by their bytes."""
    for first, end in ends.items():
        path = store / "seals" / ("%012d.json" % first)
        want = b'{"first":%d,"last":%d,"length":%d,"h":"%s"}\n' % (first, *end)
        if path.exists() and path.read_bytes() != want:
            found(first, end[1], end[0], "its seal says otherwise")
        elif not path.exists() and first != head[1]:
            found(first, end[1], end[0], "it has no seal")
    for path in sorted(store.glob("blobs/*/*")) + sorted(store.glob("policies/*@*.json")):
        name = path.stem.rpartition("@")[2].encode()
        if not name or not digest(path.read_bytes()).startswith(name):
            found(0, 0, 0, "%s: not what its name says" % path.relative_to(store))


def verify(store):
    """[(segment, offset, seq, what)]: segment 0 is what is not in the log."""
    faults, store = [], pathlib.Path(store)
    try:
        store_id = json.loads((store / "FORMAT").read_bytes())["store_id"].encode()
        head = read_head(store, lambda *fault: faults.append(fault))
        ends = check_log(store, head, digest(b"esc-store 1\n", store_id),
                         lambda *fault: faults.append(fault))
        check_files(store, head, ends, lambda *fault: faults.append(fault))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        faults.append((0, 0, 0, "cannot be read: %s" % why))
    return faults


if __name__ == "__main__":
    FAULTS = verify(sys.argv[1])
    for fault in FAULTS:
        print("segment %d offset %d seq %d: %s" % fault)
    sys.exit(1 if FAULTS else 0)
