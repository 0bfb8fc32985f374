#include "store/line.h"

#include "store/take.h"

/*
 * Each part takes its piece of the line; the first that cannot is what is
 * wrong with the line.
 */
static bool
part_start(struct span *text, struct store_line *line)
{
	return take_text(text, "{\"v\":1,\"seq\":") && take_number(text, &line->seq)
	        && line->seq > 0;
}

static bool
part_at(struct span *text, struct store_line *line)
{
	return take_text(text, ",\"at\":\"") && take_instant(text, &line->at);
}

static bool
part_by(struct span *text, struct store_line *line)
{
	return take_text(text, "\",\"by\":\"") && take_string(text, &line->by);
}

static bool
part_id(struct span *text, struct store_line *line)
{
	return take_text(text, ",\"id\":\"") && take_string(text, &line->id);
}

static bool
part_rev(struct span *text, struct store_line *line)
{
	return take_text(text, ",\"rev\":") && take_number(text, &line->rev);
}

static bool
part_batch(struct span *text, struct store_line *line)
{
	int64_t place, of;

	if (!take_text(text, ",\"b\":\"") || !take_number(text, &place)
	        || !take_text(text, "/") || !take_number(text, &of)
	        || !take_text(text, "\""))
		return false;
	line->place = (uint64_t)place;
	line->of = (uint64_t)of;
	return place >= 1 && place <= of;
}

static bool
part_dh(struct span *text, struct store_line *line)
{
	const char *start = line->chained.p;

	if (!take_text(text, ",\"dh\":\"") || !take_hex(text, HASH_HEX - 1, &line->dh)
	        || !take_text(text, "\""))
		return false;
	line->chained.n = (size_t)(text->p - start);
	return true;
}

static bool
part_salt(struct span *text, struct store_line *line)
{
	return take_text(text, ",\"salt\":\"") && take_hex(text, SALT_DIGITS, &line->salt)
	        && take_text(text, "\"");
}

/* An object; where it was erased, blanks follow it. */
static bool
part_data(struct span *text, struct store_line *line)
{
	size_t n;

	if (!take_text(text, ",\"data\":") || text->n < LINE_TAIL + 2)
		return false;
	n = text->n - LINE_TAIL;
	line->data = (struct span){ text->p, n };
	*text = (struct span){ text->p + n, LINE_TAIL };
	while (n > 2 && line->data.p[n - 1] == ' ')
		n--;
	return line->data.p[0] == '{' && line->data.p[n - 1] == '}';
}

static bool
part_h(struct span *text, struct store_line *line)
{
	return take_text(text, ",\"h\":\"") && take_hex(text, HASH_HEX - 1, &line->h)
	        && take_text(text, "\"}") && text->n == 0;
}

static const struct part {
	bool (*take)(struct span *text, struct store_line *line);
	const char *name;
} parts[] = {
	{ part_start, "seq" },
	{ part_at, "at" },
	{ part_by, "by" },
	{ part_id, "id" },
	{ part_rev, "rev" },
	{ part_batch, "b" },
	{ part_dh, "dh" },
	{ part_salt, "salt" },
	{ part_data, "data" },
	{ part_h, "h" },
};

int
line_parse(struct span text, struct store_line *line, struct err *err)
{
	*line = (struct store_line){ .chained = { text.p, 0 } };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!parts[i].take(&text, line))
			return err_add(err, EX_DATAERR, NULL,
			        "no line of a store: bad \"%s\"", parts[i].name);
	return 0;
}

int
line_parse_start(struct span text, int64_t *seq, int64_t *at)
{
	struct store_line line = { 0 };

	if (!part_start(&text, &line) || !part_at(&text, &line))
		return -1;
	*seq = line.seq;
	*at = line.at;
	return 0;
}
