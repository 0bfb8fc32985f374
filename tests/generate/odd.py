"""JSON as other programs may write it, at random, from a seed: every
escape but that of NUL (which is refused), odd numbers, white space, values
of every shape.  All of it valid."""

NUMBERS = ["78.34", "1E2", "-0", "12345678901234567890", "0.1", "-0.0", "1e400",
           "-1E-7", "0e0", "1.0", "9007199254740993", "3.14159265358979323846264338",
           "-9223372036854775809", "2E+3", "100", "0", "1e-400"]

# What breaks programs that decode and encode again.
PIECES = ["é", "Ж", "日本", "\U0001F600", "\u2028", "\u2029", "\u202e", "\u2066",
          "\ufeff", "\u0085", "\u009b31m", "\x7f", "\x1b[31m", "\b", "\f",
          "\n", "\r", "\t", "/", "</script>", "\\", '"', "\u200d", "e\u0301",
          "\uffff", "\U0010ffff", "\ud7ff", "\ue000", "=1+1", "'", "%s", "${x}",
          "{", "}", "[", "]", ",", ":", "a,b", "]}"]

NAMES = ["", "a", "é", "note", "State", "events ", "sla_", "V", "x", "x_site",
         "x_é", "x_n", "__proto__", "constructor", "data", "seq", "end", "a b",
         "\u2028", "\U0001F600", "\"", "\\", "custom_fields", "0", "-1"]

SHORT = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
         '"': '\\"', "\\": "\\\\", "/": "\\/"}


def escape(rng, char):
    """The character as \\uXXXX, digits in either case; a pair beyond the BMP."""
    units = char.encode("utf-16-be").hex()
    if rng.random() < 0.5:
        units = units.upper()
    return "".join("\\u" + units[i:i + 4] for i in range(0, len(units), 4))


class Odd:
    def __init__(self, rng):
        self.rng = rng
        self.restyle()

    def chance(self, share):
        return self.rng.random() < share

    def restyle(self):
        """One manner of writing a record: tight, roomy, or wild."""
        self.spaces = self.rng.choices([[""], ["", " "], ["", " ", "  ", "\t", "\r", " \t "]],
                                       [6, 2, 1])[0]
        self.escapes = self.rng.choice([0, 0.02, 0.3])

    def space(self):
        return self.rng.choice(self.spaces) if len(self.spaces) > 1 else ""

    def string(self, text):
        """A text between quotes, escaped where it must be and now and then."""
        if self.escapes == 0 and text.isascii() and text.isalnum():
            return '"' + text + '"'
        out = []
        for char in text:
            if self.chance(self.escapes):
                out.append(escape(self.rng, char))
            elif char in SHORT and (char != "/" or self.chance(0.5)):
                out.append(SHORT[char])
            elif char < " ":
                out.append(escape(self.rng, char))
            else:
                out.append(char)
        return '"' + "".join(out) + '"'

    def words(self):
        rng = self.rng
        if self.chance(0.3):
            return rng.choice(["", "plain words", "Leeds", "1E2"])
        return "".join(rng.choice(PIECES) if self.chance(0.6) else "word "
                       for _ in range(rng.randint(1, 8)))

    def name(self):
        if self.chance(0.7):
            return self.rng.choice(NAMES)
        return "n%d%s" % (self.rng.randrange(100), self.rng.choice(PIECES))

    def value(self, depth=0):
        """Any JSON value, as text."""
        way = self.rng.randrange(10 if depth < 4 else 7)
        if way < 3:
            return self.rng.choice(NUMBERS)
        if way < 4:
            return self.rng.choice(["true", "false", "null"])
        if way < 7:
            return self.string(self.words())
        if way < 8:
            return self.array([self.value(depth + 1) for _ in range(self.rng.randrange(4))])
        if way < 9 and self.chance(0.05):
            deep = self.rng.randint(5, 55)
            return "[" * deep + "]" * deep
        return self.object(self.members(self.rng.randrange(4), depth + 1))

    def members(self, n, depth=0, taken=()):
        """n unknown members, [(name, value)], no two alike."""
        seen, out = set(taken), []
        for _ in range(n):
            name = self.name()
            if name not in seen:
                seen.add(name)
                out.append((name, self.value(depth)))
        return out

    def object(self, members):
        s = self.space
        if not members:
            return "{" + s() + "}"
        return "{" + ",".join(s() + self.string(name) + s() + ":" + s() + value + s()
                              for name, value in members) + "}"

    def array(self, values):
        s = self.space
        if not values:
            return "[" + s() + "]"
        return "[" + ",".join(s() + value + s() for value in values) + "]"

    def mix(self, known, n, taken=()):
        """The known members in their order, with n unknown ones anywhere."""
        out = list(known)
        for member in self.members(n, taken=[name for name, _ in known] + list(taken)):
            out.insert(self.rng.randint(0, len(out)), member)
        return out
