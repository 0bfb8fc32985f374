"""A calendar as python3-icalendar reads it: an event a line, its properties
with tabs between, sorted.  What RFC 5545 asks of the bytes is looked at
before: CRLF, no line beyond 75 octets, no control characters.  Texts are
taken from the bytes: icalendar 4 takes an escaped backslash before an n for
a new line."""
import re
import sys
from icalendar import Calendar

data = sys.stdin.buffer.read()
if not data.endswith(b"\r\n"):
    sys.exit("the last line has no end")
for line in data[:-2].split(b"\r\n"):
    if len(line) > 75:
        sys.exit("%d octets: %r" % (len(line), line))
    line.decode()  # folded between characters
    if any(byte < 32 or byte == 127 for byte in line):
        sys.exit("a control character: %r" % line)

calendar = Calendar.from_ical(data)
head = [str(calendar.get(name, "")) for name in ("VERSION", "X-WR-CALNAME")]
if head[0] != "2.0" or not head[1] or not calendar.get("PRODID") or calendar.get("METHOD"):
    sys.exit("the calendar's head: %s" % head)
if not calendar.subcomponents:
    sys.exit("a calendar without components")
events = calendar.walk("VEVENT")
if any(event.errors for event in events):
    sys.exit("errors: %s" % [event.errors for event in events])


def text(match):
    return "\n" if match[1] in "nN" else match[1]


texts = []  # of each event, by name
for line in data.replace(b"\r\n ", b"").decode().split("\r\n"):
    name, _, value = line.partition(":")
    if line == "BEGIN:VEVENT":
        texts.append({})
    elif texts:
        texts[-1].setdefault(name, re.sub(r"\\(.)", text, value))

lines = []
for event, said in zip(events, texts):
    if "\\" not in said["SUMMARY"] and str(event["SUMMARY"]) != said["SUMMARY"]:
        sys.exit("a text is read as two: %r, %r" % (str(event["SUMMARY"]), said["SUMMARY"]))
    cells = [said["UID"]]
    for name in ("DTSTAMP", "DTSTART"):
        cells.append(event[name].dt.strftime("%Y-%m-%dT%H:%M:%S") + event[name].dt.tzname())
    cells += [event["CATEGORIES"].to_ical().decode(), str(event["STATUS"]), str(event["TRANSP"])]
    cells += [said[name].replace("\n", "/") for name in sys.argv[1:]]
    lines.append("\t".join(cells))
sys.stdout.write("".join(line + "\n" for line in sorted(lines)))
