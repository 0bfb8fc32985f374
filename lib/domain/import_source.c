/* What a mapping's sources say in a row. */
#include "domain/import_case.h"
#include "domain/shown.h"
#include "domain/timeform.h"

static struct span
not_null(const struct mapping *mapping, struct span text)
{
	const struct span none = { NULL, 0 };

	if (text.n == 0)
		return none;
	for (size_t i = 0; i < mapping->n_nulls; i++)
		if (span_is(text, mapping->null[i]))
			return none;
	return text;
}

struct span
cell_text(const struct mapping *mapping, const struct span *cell,
	size_t column, int nth)
{
	const struct column *c = &mapping->column[column];
	struct span text = { NULL, 0 };

	if (nth > 0)
		return (size_t)nth > c->n ? text
			: not_null(mapping, cell[c->cell[nth - 1]]);
	for (size_t i = 0; i < c->n && !text.p; i++)
		text = not_null(mapping, cell[c->cell[i]]);
	return text;
}

static bool
cond_holds(const struct import_case *c, const struct cell_cond *cond)
{
	struct span text = cell_text(c->mapping, c->cur->cell, cond->column, 0);

	switch (cond->test) {
	case CELL_PRESENT:
		return text.p != NULL;
	case CELL_ABSENT:
		return text.p == NULL;
	case CELL_IN:
		break;
	}
	return text.p ? value_set_has(&cond->set, text) : cond->set.negated;
}

bool
conds_hold(const struct import_case *c, const struct cell_cond *cond, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!cond_holds(c, &cond[i]))
			return false;
	return true;
}

static struct span
translate(const struct source *source, struct span text)
{
	if (!text.p)
		return text;
	for (size_t i = 0; i < source->n_values; i++)
		if (span_is(text, source->value[i].from))
			return span_of(source->value[i].to);
	return source->has_otherwise ? span_of(source->otherwise) : text;
}

static struct span
keep(const struct import_case *c, struct buf *buf)
{
	struct span kept = { arena_copy(c->arena, buf->data, buf->len), buf->len };

	buf_release(buf);
	return kept;
}

/* A template has no value where one of its columns has none. */
static struct span
template_text(const struct import_case *c, const struct source *source)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < source->n_pieces; i++) {
		const struct piece *piece = &source->piece[i];
		struct span part = piece->text ? span_of(piece->text)
			: cell_text(c->mapping, c->cur->cell, piece->column, 0);

		if (!part.p) {
			buf_release(&text);
			return part;
		}
		buf_span(&text, part);
	}
	return keep(c, &text);
}

static struct span
tier_text(const struct import_case *c)
{
	struct buf text = { 0 };

	if (c->tier == 0)
		return (struct span){ NULL, 0 };
	buf_int(&text, c->tier);
	return keep(c, &text);
}

static struct span
option_text(const struct import_case *c, const struct source *source)
{
	struct span text = { NULL, 0 };

	for (size_t i = 0; i < source->n_options && !text.p; i++)
		text = source_text(c, &source->option[i]);
	return text;
}

struct span
source_text(const struct import_case *c, const struct source *source)
{
	switch (source->kind) {
	case SOURCE_COLUMN:
		return translate(source, cell_text(c->mapping, c->cur->cell,
			source->column, source->nth));
	case SOURCE_TEXT:
		return translate(source, template_text(c, source));
	case SOURCE_TIER:
		return tier_text(c);
	case SOURCE_OPTION:
		return option_text(c, source);
	case SOURCE_VALUE:
		break;
	}
	return (struct span){ NULL, 0 };
}

static int
read_instant(const struct import_case *c, struct span text, const char *name,
	int64_t *at)
{
	const struct mapping *mapping = c->mapping;
	struct err why = { 0 };
	int result = timeform_read(text, mapping->format, mapping->n_formats,
		c->import->zone, at, &why);

	if (result < 0)
		err_add(c->err, EX_DATAERR, name, "%s", err_text(&why));
	err_release(&why);
	return result;
}

int
source_instant(const struct import_case *c, const struct source *source,
	const char *name, int64_t *at)
{
	struct span text = source_text(c, source);

	if (!text.p)
		return 0;
	return read_instant(c, text, name, at) < 0 ? -1 : 1;
}

/* "3" and "3.0", as spreadsheets write it. */
static int
put_integer(const struct import_case *c, struct span text, const char *name,
	struct buf *out)
{
	bool minus = text.n && text.p[0] == '-';
	struct span digits = { text.p + minus, text.n - minus };
	int64_t value;

	while (digits.n > 1 && digits.p[digits.n - 1] == '0' &&
		memchr(digits.p, '.', digits.n))
		digits.n--;
	if (digits.n > 1 && digits.p[digits.n - 1] == '.')
		digits.n--;
	if (text_digits(digits, &value) < 0)
		return err_add(c->err, EX_DATAERR, name,
			"expected a whole number; got \"%.*s\"", SHOWN(text));
	buf_int(out, minus ? -value : value);
	return 1;
}

static int
put_boolean(const struct import_case *c, struct span text, const char *name,
	struct buf *out)
{
	static const char *const words[] = { "true", "yes", "1", "false", "no",
		"0" };

	for (int i = 0; i < 6; i++)
		if (span_eq_nocase(text, span_of(words[i]))) {
			buf_puts(out, i < 3 ? "true" : "false");
			return 1;
		}
	return err_add(c->err, EX_DATAERR, name,
		"expected true or false; got \"%.*s\"", SHOWN(text));
}

static int
put_instant(const struct import_case *c, struct span text, const char *name,
	struct buf *out)
{
	int64_t at;

	if (read_instant(c, text, name, &at) < 0)
		return -1;
	buf_putc(out, '"');
	buf_instant(out, at);
	buf_putc(out, '"');
	return 1;
}

static int
put_as(const struct import_case *c, enum source_as as, struct span text,
	const char *name, struct buf *out)
{
	switch (as) {
	case AS_INSTANT:
		return put_instant(c, text, name, out);
	case AS_INTEGER:
		return put_integer(c, text, name, out);
	case AS_BOOLEAN:
		return put_boolean(c, text, name, out);
	case AS_TEXT:
		break;
	}
	buf_json(out, text);
	return 1;
}

/* Equal headers make a list of what is under them. */
static int
put_list(const struct import_case *c, const struct source *source,
	const char *name, struct buf *out)
{
	const struct column *column = &c->mapping->column[source->column];
	size_t start = out->len;
	bool any = false;

	buf_putc(out, '[');
	for (int i = 1; i <= (int)column->n; i++) {
		struct span text = translate(source, cell_text(c->mapping,
			c->cur->cell, source->column, i));

		if (!text.p)
			continue;
		if (any)
			buf_putc(out, ',');
		any = true;
		if (put_as(c, source->as, text, name, out) < 0)
			return -1;
	}
	buf_putc(out, ']');
	if (!any)
		out->len = start;
	return any;
}

static int
put_option(const struct import_case *c, const struct source *source,
	const char *name, struct buf *out)
{
	int answer = 0;

	for (size_t i = 0; i < source->n_options && answer == 0; i++)
		answer = source_json(c, &source->option[i], name, out);
	return answer;
}

int
source_json(const struct import_case *c, const struct source *source,
	const char *name, struct buf *out)
{
	struct span text;

	if (source->kind == SOURCE_VALUE) {
		buf_puts(out, source->json);
		return 1;
	}
	if (source->kind == SOURCE_OPTION)
		return put_option(c, source, name, out);
	if (source->kind == SOURCE_COLUMN && source->nth == 0 &&
		c->mapping->column[source->column].n > 1)
		return put_list(c, source, name, out);
	text = source_text(c, source);
	if (!text.p)
		return 0;
	return put_as(c, source->kind == SOURCE_TIER ? AS_INTEGER : source->as,
		text, name, out);
}
