#include "base/instant.h"
#include "domain/report_scope.h"

static void
put_bound(struct buf *out, struct bound bound)
{
	int year, month, day;

	if (bound.kind == BOUND_INSTANT)
		buf_instant(out, bound.value);
	if (bound.kind != BOUND_DATE)
		return;
	civil_from_days(bound.value, &year, &month, &day);
	buf_printf(out, "%04d-%02d-%02d", year, month, day);
}

static void
put_now(const struct scope *scope, struct buf *out)
{
	buf_instant(out, scope->now);
}

static void
put_tz(const struct scope *scope, struct buf *out)
{
	if (scope->zoned)
		buf_puts(out, scope_tz(scope));
}

static void
put_from(const struct scope *scope, struct buf *out)
{
	put_bound(out, scope->from);
}

static void
put_to(const struct scope *scope, struct buf *out)
{
	put_bound(out, scope->to);
}

static void
put_group_by(const struct scope *scope, struct buf *out)
{
	buf_span(out, scope->group_by);
}

static void
put_compare(const struct scope *scope, struct buf *out)
{
	buf_puts(out, scope->compare ? "previous" : "");
}

static void
put_rejudge(const struct scope *scope, struct buf *out)
{
	buf_span(out, scope->rejudge);
}

static void
put_rejudge_version(const struct scope *scope, struct buf *out)
{
	buf_span(out, scope->rejudge_version);
}

static int
read_instant(struct span text, int64_t *at, const char *key, struct err *err)
{
	struct err why = { 0 };
	int result = instant_parse(text, at, &why);

	if (result != 0)
		err_add(err, EX_DATAERR, key, "%s", err_text(&why));
	err_release(&why);
	return result;
}

static int
read_now(struct scope *scope, struct span text, struct err *err)
{
	return read_instant(text, &scope->now, "now", err);
}

static int
read_tz(struct scope *scope, struct span text, struct err *err)
{
	scope->zoned = true;
	scope->zone = zone_load(text.p, err);
	return scope->zone ? 0 : -1;
}

static int
read_bound(struct bound *bound, struct span text, const char *key,
	struct err *err)
{
	struct err why = { 0 };

	bound->kind = BOUND_DATE;
	if (date_parse(text, &bound->value, &why) == 0)
		return 0;
	err_release(&why);
	bound->kind = BOUND_INSTANT;
	return read_instant(text, &bound->value, key, err);
}

static int
read_from(struct scope *scope, struct span text, struct err *err)
{
	return read_bound(&scope->from, text, "from", err);
}

static int
read_to(struct scope *scope, struct span text, struct err *err)
{
	return read_bound(&scope->to, text, "to", err);
}

static int
read_group_by(struct scope *scope, struct span text, struct err *err)
{
	(void)err;
	scope->group_by = text;
	return 0;
}

static int
read_compare(struct scope *scope, struct span text, struct err *err)
{
	scope->compare = span_is(text, "previous");
	return scope->compare ? 0 : err_add(err, EX_DATAERR, "compare",
		"expected previous");
}

static int
read_rejudge(struct scope *scope, struct span text, struct err *err)
{
	(void)err;
	scope->rejudge = text;
	return 0;
}

static int
read_rejudge_version(struct scope *scope, struct span text, struct err *err)
{
	(void)err;
	scope->rejudge_version = text;
	return 0;
}

/* What is put is "" where nothing was said. */
struct scope_row {
	const char *key, *option;
	void (*put)(const struct scope *scope, struct buf *out);
	int (*read)(struct scope *scope, struct span text, struct err *err);
};

static const struct scope_row rows[] = {
	{ "now", "--now", put_now, read_now },
	{ "tz", "--tz", put_tz, read_tz },
	{ "from", "period", put_from, read_from },
	{ "to", "period", put_to, read_to },
	{ "group_by", "--group-by", put_group_by, read_group_by },
	{ "compare", "--compare", put_compare, read_compare },
	{ "rejudge", "--rejudge", put_rejudge, read_rejudge },
	{ "rejudge_version", "--rejudge", put_rejudge_version,
		read_rejudge_version },
};

#define ROWS (sizeof rows / sizeof *rows)

void
scope_write(const struct scope *scope, struct buf *out)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < ROWS; i++) {
		text.len = 0;
		rows[i].put(scope, &text);
		if (text.len == 0)
			continue;
		buf_key(out, rows[i].key);
		buf_json(out, buf_text(&text));
	}
	buf_release(&text);
}

int
scope_read(struct scope *scope, const struct scan *scan, struct arena *arena,
	uint32_t *taken, struct err *err)
{
	*scope = (struct scope){ .now = INSTANT_NONE };
	for (size_t i = 0; i < ROWS; i++) {
		uint32_t at = scan_member(scan, 0, rows[i].key);
		struct span text;

		if (!at)
			continue;
		text = scan_text(scan, at, arena);
		if (text.n == 0 || memchr(text.p, 0, text.n))
			return err_add(err, EX_DATAERR, rows[i].key,
				"expected a text");
		text.p = arena_copy(arena, text.p, text.n);
		if (rows[i].read(scope, text, err) != 0)
			return -1;
		++*taken;
	}
	if (scope->now == INSTANT_NONE)
		return err_add(err, EX_DATAERR, "now", "required");
	return 0;
}

int
scope_same(const struct scope *first, const struct scope *second,
	struct err *err)
{
	struct buf a = { 0 }, b = { 0 };
	int result = 0;

	for (size_t i = 0; i < ROWS && result == 0; i++) {
		a.len = b.len = 0;
		rows[i].put(first, &a);
		rows[i].put(second, &b);
		if (!span_eq(buf_text(&a), buf_text(&b)))
			result = err_add(err, EX_DATAERR, rows[i].key,
				"%s, and %s in the partials before: make all with "
				"one %s", b.len ? buf_cstr(&b) : "none",
				a.len ? buf_cstr(&a) : "none", rows[i].option);
	}
	buf_release(&a);
	buf_release(&b);
	return result;
}
