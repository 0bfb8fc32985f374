#include <inttypes.h>

#include "base/instant.h"
#include "domain/report_partial_work.h"

int
line_int(const struct partial_line *line, const char *key, int64_t least,
	int64_t most, int64_t *value)
{
	uint32_t at = scan_member(line->scan, 0, key);

	if (at && scan_int(line->scan, at, value) == 0 && *value >= least
		&& *value <= most) {
		++*line->taken;
		return 0;
	}
	return err_add(line->err, EX_DATAERR, key, "expected a whole number "
		"from %" PRId64 " to %" PRId64, least, most);
}

int
line_text(const struct partial_line *line, const char *key, struct span *text)
{
	uint32_t at = scan_member(line->scan, 0, key);

	*text = (struct span){ NULL, 0 };
	if (at)
		*text = scan_text(line->scan, at, line->arena);
	if (!text->p)
		return err_add(line->err, EX_DATAERR, key, "expected a text");
	++*line->taken;
	return 0;
}

int
line_true(const struct partial_line *line, const char *key)
{
	uint32_t at = scan_member(line->scan, 0, key);

	if (!at || !span_is(scan_raw(line->scan, at), "true"))
		return err_add(line->err, EX_DATAERR, key, "expected true");
	++*line->taken;
	return 0;
}

int
line_list(const struct partial_line *line, const char *key, uint32_t *list)
{
	*list = scan_member(line->scan, 0, key);
	if (!*list || scan_type(line->scan, *list) != SCAN_ARRAY)
		return err_add(line->err, EX_DATAERR, key, "expected a list");
	++*line->taken;
	return 0;
}

int
line_instant(const struct partial_line *line, const char *key, int64_t *at)
{
	struct span text;

	if (line_text(line, key, &text) != 0)
		return -1;
	return instant_parse(text, at, line->err);
}

int
line_name(const struct partial_line *line, const char *key,
	const char *const *name, int n, int *which)
{
	struct span text;

	if (line_text(line, key, &text) != 0)
		return -1;
	for (*which = 0; *which < n; ++*which)
		if (span_is(text, name[*which]))
			return 0;
	return line_unknown(line, key, text);
}

int
line_unknown(const struct partial_line *line, const char *key, struct span text)
{
	return err_add(line->err, EX_DATAERR, key, "nothing that a partial holds: %.*s",
		text.n > 40 ? 40 : (int)text.n, text.p);
}

/* All that is ever counted is added up once, so that no sum can overflow. */
int
line_n(struct partial_reader *reader, const struct partial_line *line,
	const char *key, uint64_t *n)
{
	int64_t value = 0;

	if (line_int(line, key, 1, PARTIAL_N_MOST, &value) != 0)
		return -1;
	*n = (uint64_t)value;
	return line_spend(&reader->counted, *n, PARTIAL_N_MOST, line, key);
}

int
line_spend(uint64_t *spent, uint64_t n, uint64_t most,
	const struct partial_line *line, const char *key)
{
	if (n > most - *spent)
		return err_add(line->err, EX_DATAERR, key,
			"more in all than can be counted");
	*spent += n;
	return 0;
}
