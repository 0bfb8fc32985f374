"""Small valid cases, and what may be added to them."""

import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = "s-club"
CREATED = "2026-03-02T09:00:00Z"


def policy_text(name=POLICY):
    return (ROOT / "lib/policies" / (name + ".json")).read_bytes()


def version_of(text):
    return hashlib.blake2b(text, digest_size=32).hexdigest()[:12]


VERSION = version_of(policy_text())


def case_id(number):
    return "ESC-01KB%022d" % number


def case(number, text="the lift stands still", **more):
    """A case that was just submitted, as one line of bytes."""
    record = {"v": 1, "id": case_id(number), "rev": 0, "policy": POLICY,
              "policy_version": VERSION, "created": CREATED, "subject": "Lift %d" % number,
              "description": text, "trigger": "unresolved", **more,
              "events": [event("submitted", CREATED)]}
    return dump(record)


def cases(first, n, text="the lift stands still"):
    return [case(number, text) for number in range(first, first + n)]


def event(kind, at="2026-03-03T09:00:00Z", **more):
    return {"at": at, "by": "ana", "type": kind, **more}


def grown(record, *events):
    """The record with more events, its derived fields left as they are."""
    value = json.loads(record)
    value["events"] += events
    return dump(value)


def noted(record, text):
    return grown(record, event("noted", text=text))


def with_attachment(number, name, content):
    """A case, and the hash that names its attachment's bytes."""
    b2 = hashlib.blake2b(content, digest_size=32).hexdigest()
    return case(number, attachments=[{"name": name, "size": len(content), "b2": b2}]), b2


def put_blob(folder, content):
    """Bytes into a folder for --blobs."""
    b2 = hashlib.blake2b(content, digest_size=32).hexdigest()
    path = pathlib.Path(folder) / b2[:2] / b2
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return b2


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def texts(record):
    """What its events say."""
    return [event.get("text") for event in json.loads(record)["events"]]
