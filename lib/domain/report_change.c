#include "domain/report_change.h"

#include "base/scan.h"
#include "domain/report_json.h"

#define SCALE_DIGITS 4 /* decimals of a figure, at most */
#define SCALE        10000

/*
 * A value of the document of both tallies together, and its twins in those
 * of each; node 0: there is none.  All three are written by the same code
 * from sorted rows, so twins stand in the same order.
 */
struct place {
	uint32_t both, now, before;
};

struct walk {
	struct scan both, now, before;
	struct buf *out;
};

/* What the members of an object are. */
enum members {
	FIGURES, /* of the document itself */
	OF_ROW,  /* the same, and what a row is known by */
	VALUES,  /* counts by values that cases have, whatever they are called */
};

/* What is measured, not counted: nothing where either side has none. */
static const char *const measures[] = { "met_rate", "per_100_cases",
	"response_rate", "net", "gross", "p50", "p90", "p95", "max", "mean", NULL };

/* Members with which a row begins and by which it is known. */
static const char *const keys[] = { "month", "clock", "measure", "tier", "from",
	"to", "pinned", "rejudged", NULL };

static bool
is_one_of(struct span name, const char *const *names)
{
	while (*names && !span_is(name, *names))
		names++;
	return *names != NULL;
}

static struct span
name_of(const struct scan *scan, uint32_t at)
{
	return (struct span){ scan->text + scan->node[at].key,
		scan->node[at].key_len };
}

/* A decimal of the document, times SCALE. */
static __int128
read_scaled(const struct scan *scan, uint32_t at)
{
	struct span text = scan_raw(scan, at);
	int decimals = -1;
	__int128 value = 0;

	for (size_t i = 0; at && i < text.n; i++) {
		if (text.p[i] == '.') {
			decimals = 0;
			continue;
		}
		value = value * 10 + (text.p[i] - '0');
		decimals += decimals >= 0;
	}
	for (int i = decimals < 0 ? 0 : decimals; i < SCALE_DIGITS; i++)
		value *= 10;
	return value;
}

static void
write_scaled(struct buf *out, __int128 value)
{
	unsigned __int128 size = (unsigned __int128)(value < 0 ? -value : value);
	unsigned rest = (unsigned)(size % SCALE), scale = SCALE / 10;

	buf_puts(out, value < 0 ? "-" : "");
	buf_int(out, (int64_t)(size / SCALE));
	buf_puts(out, rest ? "." : "");
	for (; rest > 0; scale /= 10) {
		buf_putc(out, (char)('0' + rest / scale));
		rest %= scale;
	}
}

/* The comma, where there is something before it, and the name, if it has one. */
static void
write_name(const struct walk *walk, uint32_t at)
{
	char last = walk->out->data[walk->out->len - 1];

	if (last != '{' && last != '[')
		buf_putc(walk->out, ',');
	if (walk->both.node[at].key == 0)
		return;
	buf_putc(walk->out, '"');
	buf_span(walk->out, name_of(&walk->both, at));
	buf_puts(walk->out, "\":");
}

/* The next member of a row, while it is one of those it is known by; else 0. */
static uint32_t
next_key(const struct scan *scan, uint32_t at)
{
	return at && is_one_of(name_of(scan, at), keys) ? at : 0;
}

static bool
same_row(const struct scan *a, uint32_t x, const struct scan *b, uint32_t y)
{
	x = next_key(a, scan_first(a, x));
	y = next_key(b, scan_first(b, y));
	while (x && y && span_eq(name_of(a, x), name_of(b, y))
		&& span_eq(scan_raw(a, x), scan_raw(b, y))) {
		x = next_key(a, a->node[x].next);
		y = next_key(b, b->node[y].next);
	}
	return !x && !y;
}

static bool
is_twin(const struct walk *walk, uint32_t both, const struct scan *scan,
	uint32_t at, bool rows)
{
	if (!at)
		return false;
	return rows ? same_row(&walk->both, both, scan, at)
		: span_eq(name_of(&walk->both, both), name_of(scan, at));
}

static uint32_t
first_of(const struct scan *scan, uint32_t at, bool exists)
{
	return exists ? scan_first(scan, at) : 0;
}

/* The twin of a value, if it is the next one there, which then moves on. */
static uint32_t
take_twin(const struct walk *walk, uint32_t both, const struct scan *scan,
	uint32_t *next, bool rows)
{
	uint32_t at = *next;

	if (!is_twin(walk, both, scan, at, rows))
		return 0;
	*next = scan->node[at].next;
	return at;
}

static void write_value(const struct walk *walk, struct place at,
	enum members of);

/* The members of an object, or the rows of a list. */
static void
write_members(const struct walk *walk, struct place in, enum members of)
{
	bool rows = scan_type(&walk->both, in.both) == SCAN_ARRAY;
	bool whole = in.both == 0;
	uint32_t now = first_of(&walk->now, in.now, whole || in.now);
	uint32_t before = first_of(&walk->before, in.before, whole || in.before);

	for (uint32_t at = scan_first(&walk->both, in.both); at;
		at = walk->both.node[at].next) {
		struct place place = { .both = at };

		place.now = take_twin(walk, at, &walk->now, &now, rows);
		place.before = take_twin(walk, at, &walk->before, &before, rows);
		write_value(walk, place, of);
	}
}

static bool
has_change(const struct walk *walk, struct place at, enum members of)
{
	struct span name = name_of(&walk->both, at.both);

	if (of == VALUES)
		return true;
	if (span_is(name, "oldest"))
		return false;
	return (at.now && at.before) || !is_one_of(name, measures);
}

/* What the members of a member are. */
static enum members
members_of(const struct walk *walk, struct place at, enum members of)
{
	if (scan_type(&walk->both, at.both) == SCAN_ARRAY)
		return OF_ROW;
	if (of == OF_ROW && walk->both.node[at.both].key == 0)
		return OF_ROW;
	if (of == VALUES || span_is(name_of(&walk->both, at.both), "by"))
		return VALUES;
	return FIGURES;
}

static void
write_value(const struct walk *walk, struct place at, enum members of)
{
	enum scan_type type = scan_type(&walk->both, at.both);
	bool list = type == SCAN_ARRAY;

	if (!has_change(walk, at, of))
		return;
	write_name(walk, at.both);
	if (of == OF_ROW && next_key(&walk->both, at.both)) {
		buf_span(walk->out, scan_raw(&walk->both, at.both));
	} else if (list || type == SCAN_OBJECT) {
		buf_putc(walk->out, list ? '[' : '{');
		write_members(walk, at, members_of(walk, at, of));
		buf_putc(walk->out, list ? ']' : '}');
	} else {
		write_scaled(walk->out, read_scaled(&walk->now, at.now)
			- read_scaled(&walk->before, at.before));
	}
}

/* What is written here is legal, so that reading it cannot fail. */
static void
read_tally(struct scan *scan, const struct tally *tally, bool rejudged,
	struct buf *text)
{
	struct err err = { 0 };

	buf_putc(text, '{');
	tally_write(tally, text);
	if (rejudged)
		report_rejudged(text, &tally->rejudged);
	buf_putc(text, '}');
	scan_init(scan);
	scan_line(scan, text->data, text->len, &err);
	err_release(&err);
}

void
report_change(const struct tally *now, const struct tally *before,
	bool rejudged, struct buf *out)
{
	struct walk walk = { .out = out };
	struct buf texts[3] = { { 0 } };
	struct tally both;

	tally_init(&both);
	tally_merge(&both, now);
	tally_merge(&both, before);
	read_tally(&walk.both, &both, rejudged, &texts[0]);
	read_tally(&walk.now, now, rejudged, &texts[1]);
	read_tally(&walk.before, before, rejudged, &texts[2]);
	write_members(&walk, (struct place){ 0 }, FIGURES);
	for (int i = 0; i < 3; i++)
		buf_release(&texts[i]);
	scan_release(&walk.both);
	scan_release(&walk.now);
	scan_release(&walk.before);
	tally_release(&both);
}
