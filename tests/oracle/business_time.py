"""Business time, from its definition, slowly.

Open time is the set of instants whose local wall clock reads inside the
hours.  A year of it is a list of intervals, found by walking the stretches
in which the zone's offset does not change and the local dates in each.
Nothing here is shared with the C library: the zone is Python's zoneinfo.
"""

import bisect
import datetime
import zoneinfo

UTC = datetime.timezone.utc
DAY = 86400
CALENDAR_MIN = -2208988800      # 1900-01-01T00:00:00Z
CALENDAR_MAX = 7258118399       # 2199-12-31T23:59:59Z
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EPOCH_ORDINAL = datetime.date(1970, 1, 1).toordinal()


class OutOfRange(Exception):
    """The deadline would lie past 2199."""


def instant(text):
    """Seconds since 1970 of an RFC 3339 text."""
    return int(datetime.datetime.fromisoformat(text).timestamp())


def text_of(at):
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at)
            ).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_of(day):
    return datetime.date.fromordinal(day + EPOCH_ORDINAL)


def day_of(date):
    return date.toordinal() - EPOCH_ORDINAL


def hours_of(texts):
    """["09:00-12:30", ...] as pairs of seconds after midnight."""
    def seconds(text):
        hour, minute = text.split(":")
        return int(hour) * 3600 + int(minute) * 60
    return [tuple(seconds(end) for end in text.split("-")) for text in texts]


def year_start(year):
    return day_of(datetime.date(year, 1, 1)) * DAY


class Calendar:
    def __init__(self, form):
        self.zone = zoneinfo.ZoneInfo(form["timezone"])
        self.week = [hours_of(form["hours"].get(name, []))
                     for name in WEEKDAYS]
        self.dated, self.yearly = {}, {}
        for holiday in form.get("holidays", []):
            if isinstance(holiday, str):
                holiday = {"date": holiday}
            hours = hours_of(holiday.get("hours", []))
            if "date" in holiday:
                self.dated[holiday["date"]] = hours
            else:
                self.yearly[holiday["yearly"]] = hours
        self.first = self.last = None   # the years that the lists cover

    def offset(self, at):
        return int(datetime.datetime.fromtimestamp(at, UTC)
                   .astimezone(self.zone).utcoffset().total_seconds())

    def stretches_of(self, year):
        """[from, to, offset) within a UTC year, offset constant in each."""
        start, end = year_start(year), year_start(year + 1)
        found, begun, offset = [], start, self.offset(start)
        at = start
        while at < end:
            step = min(at + 3600, end)
            if step < end and self.offset(step) != offset:
                low, high = at, step        # the change lies in (low, high]
                while high - low > 1:
                    middle = (low + high) // 2
                    if self.offset(middle) == offset:
                        low = middle
                    else:
                        high = middle
                found.append((begun, high, offset))
                begun, offset = high, self.offset(high)
                at = high
            else:
                at = step
        found.append((begun, end, offset))
        return found

    def hours(self, day):
        date = date_of(day)
        if date.isoformat() in self.dated:
            return self.dated[date.isoformat()]
        if date.strftime("%m-%d") in self.yearly:
            return self.yearly[date.strftime("%m-%d")]
        return self.week[date.weekday()]

    def openings_of(self, stretches):
        """(from, to, local day), in the order of time."""
        found = []
        for begin, end, offset in stretches:
            for day in range((begin + offset) // DAY,
                             (end - 1 + offset) // DAY + 1):
                for opens, closes in self.hours(day):
                    since = max(begin, day * DAY + opens - offset)
                    until = min(end, day * DAY + closes - offset)
                    if since < until:
                        found.append((since, until, day))
        return sorted(found)

    def cover(self, first, last):
        """Makes the lists cover these years, and one more on each side."""
        first, last = max(1899, first - 1), min(2200, last + 1)
        if self.first is not None:
            if self.first <= first and last <= self.last:
                return
            first, last = min(first, self.first), max(last, self.last)
        years = range(first, last + 1)
        self.stretches = [s for year in years for s in self.stretches_of(year)]
        self.openings = self.openings_of(self.stretches)
        self.starts = [opening[0] for opening in self.openings]
        self.before, total = [], 0      # open seconds before each opening
        for since, until, _ in self.openings:
            self.before.append(total)
            total += until - since
        self.total = total
        self.by_day = {}
        for opening in self.openings:
            self.by_day.setdefault(opening[2], []).append(opening)
        self.business_days = sorted(self.by_day)
        self.first, self.last = first, last

    def cover_instant(self, at):
        year = date_of(at // DAY).year
        self.cover(year, year)

    def opened(self, at):
        """Open seconds from the beginning of the lists to an instant."""
        place = bisect.bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        since, until, _ = self.openings[place]
        return self.before[place] + min(at, until) - since

    def between(self, a, b):
        """Open seconds in [a, b); negative when reversed."""
        if a > b:
            return -self.between(b, a)
        a, b = (min(max(at, CALENDAR_MIN), CALENDAR_MAX) for at in (a, b))
        self.cover_instant(a)
        self.cover_instant(b)
        return self.opened(b) - self.opened(a)

    def next_opening(self, at):
        """The instant itself if open, else the next opening."""
        self.cover_instant(at)
        while True:
            place = bisect.bisect_right(self.starts, at) - 1
            for since, until, _ in self.openings[max(0, place):]:
                if at < until:
                    return max(at, since)
            self.further()

    def further(self):
        if self.last >= 2200:
            raise OutOfRange
        self.cover(self.first + 1, self.last + 1)

    def add_open(self, start, seconds):
        """The first instant by which so much open time has passed."""
        if seconds == 0:
            return self.next_opening(start)
        self.cover_instant(start)
        while self.opened(start) + seconds > self.total:
            self.further()
        wanted = self.opened(start) + seconds
        # The first opening at whose end enough has passed.
        place = bisect.bisect_left(self.before, wanted) - 1
        found = self.openings[place][0] + wanted - self.before[place]
        if found > CALENDAR_MAX:
            raise OutOfRange
        return found

    def local(self, at):
        """The local wall clock, as seconds."""
        self.cover_instant(at)
        place = bisect.bisect_right(self.stretches, (at, CALENDAR_MAX, 0)) - 1
        return at + self.stretches[place][2]

    def closing(self, day):
        """The last closing of a local day, None where it has no open time."""
        if day not in self.by_day:
            return None
        return max(until for _, until, _ in self.by_day[day])

    def later_day(self, day, count):
        """The count-th business day after the first one from `day` on."""
        while True:
            place = bisect.bisect_left(self.business_days, day) + count
            # The last days of the lists may be covered in part only.
            if place + 2 < len(self.business_days):
                return self.business_days[place]
            self.further()

    def add_days(self, start, days, same_time):
        self.cover_instant(start)
        day0 = self.local(start) // DAY
        if self.closing(day0) is None or start >= self.closing(day0):
            day0 = self.later_day(day0 + 1, 0)
        day = self.later_day(day0, days)
        found = self.closing(day)
        if same_time:
            found = self.at_same_time(start, day0, day)
        if found > CALENDAR_MAX:
            raise OutOfRange
        return found

    def at_same_time(self, start, day0, day):
        is_open = any(since <= start < until for since, until, _
                      in self.by_day[day0])
        if not is_open:
            start = min(since for since, _, _ in self.by_day[day0]
                        if since >= start)
        clock = self.local(start) % DAY
        at = self.first_reading(day, clock)
        if at is None:
            return self.closing(day)
        for since, until, _ in self.by_day[day]:
            if at < until:
                return max(at, since)
        return self.closing(day)

    def first_reading(self, day, clock):
        """The first instant on a local day that reads this or later."""
        for begin, end, offset in self.stretches:
            at = max(begin, day * DAY + clock - offset)
            if at < min(end, (day + 1) * DAY - offset):
                return at
        return None

    def add(self, start, duration, same_time=False):
        """start + "2bd", "8bh", "30bm", "2d", "8h" or "30m"."""
        number, unit = parse_duration(duration)
        if unit == "bd":
            return self.add_days(start, number, same_time)
        if unit == "b":
            return self.add_open(start, number)
        if start + number > CALENDAR_MAX:
            raise OutOfRange
        return start + number


def parse_duration(text):
    """(days, "bd"), (open seconds, "b") or (seconds, "")."""
    for suffix, unit, seconds in (("bd", "bd", 1), ("bh", "b", 3600),
                                  ("bm", "b", 60), ("d", "", DAY),
                                  ("h", "", 3600), ("m", "", 60)):
        if text.endswith(suffix):
            return int(text[:-len(suffix)]) * seconds, unit
    raise ValueError(text)
