#!/usr/bin/python3
"""servicenow_report.py CSV DOCUMENT --now TIME [--month YYYY-MM] [--from TIME] [--to TIME]
                        [--tz ZONE] [--group-by FIELD] [--compare previous]

Every figure of esc-report's JSON document on the ServiceNow incident log once
more: from the CSV and the manual pages alone, counted by SQL.  Prints what
differs (NAME: what the document says, what was counted), and answers 1.
Percentiles have to be within 1 % of the exact ones, and the upper end of the
bucket that the page names.  Rows may stand in any order, but for resolutions
and review."""
import argparse
import datetime
import json
import pathlib
import sys
import zoneinfo

sys.dont_write_bytecode = True
from servicenow import figures, fold, log  # noqa: E402

POLICY = pathlib.Path(__file__).parent / "data/servicenow/itil.json"
KEYS = {"clocks": ("clock", "tier"), "months": ("month", "clock", "tier"),
        "times": ("measure", "tier"), "flow": ("from", "to")}
MIDNIGHT = datetime.time()


def options():
    parser = argparse.ArgumentParser()
    for name in "csv", "document", "--now", "--month", "--from", "--to", "--group-by", "--compare":
        parser.add_argument(name)
    parser.add_argument("--tz", default="UTC")
    return vars(parser.parse_args())


def seconds(text, zone):
    if text is None:
        return None
    time = datetime.datetime.fromisoformat(text)
    return int((time if time.tzinfo else time.replace(tzinfo=zone)).timestamp())


def month_start(number, zone):
    return int(datetime.datetime(number // 12, number % 12 + 1, 1, tzinfo=zone).timestamp())


def period(args, cases, now, zone):
    """[first, end); without an end now is in it."""
    if args["month"]:
        year, month = map(int, args["month"].split("-"))
        return month_start(year * 12 + month - 1, zone), month_start(year * 12 + month, zone)
    first, end = seconds(args["from"], zone), seconds(args["to"], zone)
    if first is None:
        last = now if end is None else min(end - 1, now)
        first = min((events[0][0] for _, events in cases if events[0][0] <= last), default=None)
    return first, end


def before(first, end, zone):
    """The period before: of as many whole months, whole days, or seconds."""
    a, b = (datetime.datetime.fromtimestamp(t, zone) for t in (first, end))
    if (a.time(), b.time()) != (MIDNIGHT, MIDNIGHT):
        return 2 * first - end, first
    if (a.day, b.day) == (1, 1):
        months = (b.year - a.year) * 12 + b.month - a.month
        return month_start(a.year * 12 + a.month - 1 - months, zone), first
    start = datetime.datetime.combine(a.date() - (b.date() - a.date()), MIDNIGHT, zone)
    return int(start.timestamp()), first


def rfc3339(t):
    return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def part(cases, args, span, now, zone):
    """The figures of a period, and its groups."""
    first, end = span
    last = now if end is None else min(end - 1, now)
    db = fold.tables(cases, last)
    counted = figures.Figures(db, first, last, zone)
    begins = {} if first is None else {"from": rfc3339(first)}
    document = {"period": {**begins, "to": rfc3339(now if end is None else end),
                           "tz": args["tz"]},
                "policies": {"itil": [fold.digest(POLICY.read_bytes())[:12]]}
                if counted.touched() else {}, **counted.document()}
    if args["group_by"]:
        document["groups"] = dict(figures.groups(db, args["group_by"], first, last, zone))
    return document, counted


def expected(args):
    zone = zoneinfo.ZoneInfo(args["tz"])
    cases, now = list(log.read_log(args["csv"])), seconds(args["now"], zone)
    span = period(args, cases, now, zone)
    document, counted = part(cases, args, span, now, zone)
    document.update(now=rfc3339(now), improvements=[], resolutions=counted.resolutions(),
                    **counted.review())
    if args["group_by"]:
        document["group_by"] = args["group_by"]
    if args["compare"]:
        span = before(span[0], now if span[1] is None else span[1], zone)
        document["previous"] = part(cases, args, span, now, zone)[0]
        document["change"] = {
            name: change(keyed(name, figure), keyed(name, document["previous"][name]))
            for name, figure in document.items() if name in figures.NAMES + ("groups",)}
    return document


def keyed(name, value):
    """Lists of rows as objects by their keys, all the way down."""
    if isinstance(value, dict):
        return {key: keyed(key, of) for key, of in value.items()}
    if name not in KEYS or not isinstance(value, list):
        return value
    rows = {" ".join(str(row[key]) for key in KEYS[name] if row.get(key) is not None):
            {key: keyed(key, of) for key, of in row.items() if key not in KEYS[name]}
            for row in value}
    return rows if len(rows) == len(value) else f"{len(value)} rows of {len(rows)} keys"


def change(now, then):
    """What is more now.  A count that one lacks is 0 there; a rate that one lacks has no
    change, and neither has a list of ids."""
    if not isinstance(now, dict) and not isinstance(then, dict):
        return round(float(now or 0) - float(then or 0), 4)
    now, then, more = now or {}, then or {}, {}
    for name in {**then, **now}:
        pair = now.get(name), then.get(name)
        missing = any(figure is None for figure in pair)
        if name != "oldest" and not (missing and name in figures.RATES):
            more[name] = change(*pair)
    return more


def differences(name, got, want):
    """Every leaf that differs."""
    if isinstance(got, dict) and isinstance(want, dict):
        for key in {**want, **got}:
            yield from differences(f"{name}.{key}" if name else key, got.get(key), want.get(key))
    elif isinstance(got, list) and isinstance(want, list):
        if len(got) != len(want):
            yield f"{name}: {len(got)} rows, counted {len(want)}"
        for place, pair in enumerate(zip(got, want)):
            yield from differences(f"{name}[{place}]", *pair)
    elif isinstance(got, bool) or not want == got:
        yield f"{name}: {got!r}, counted {want!r}"


def main():
    args = options()
    got = json.loads(pathlib.Path(args["document"]).read_text(encoding="utf-8"))
    found = list(differences("", keyed("", got), keyed("", expected(args))))
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
