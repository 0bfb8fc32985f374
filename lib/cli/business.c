#include "cli/business.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/mem.h"
#include "cli/now.h"
#include "domain/calendar_show.h"

static int
read_time(const struct business *business, struct span text, int64_t *at,
	struct err *err)
{
	char *copy;
	int answer;

	if (text.n == 0 || (*text.p != '+' && *text.p != '-'))
		return instant_parse(text, at, err);
	copy = mem_copy(text.p, text.n);
	answer = time_parse(copy, business->now, business->calendar,
		business->ends, at, err);
	free(copy);
	return answer;
}

/* The texts before and behind the tab. */
static int
split(struct span line, struct span *left, struct span *right,
	const char *shape, struct err *err)
{
	const char *tab = line.n ? memchr(line.p, '\t', line.n) : NULL;

	if (!tab)
		return err_add(err, EX_DATAERR, NULL,
			"expected two columns, %s, and a tab between", shape);
	*left = (struct span){ line.p, (size_t)(tab - line.p) };
	*right = (struct span){ tab + 1, line.n - left->n - 1 };
	return 0;
}

static void
note_years(struct business *business, int64_t from, int64_t to)
{
	if (!calendar_covers(business->calendar, from, to))
		business->outside = true;
}

static int
add(struct business *business, struct span start, struct duration duration,
	struct buf *out, struct err *err)
{
	static const enum explain_time times[] = {
		[UNIT_BUSINESS_DAY] = EXPLAIN_DAYS,
		[UNIT_BUSINESS] = EXPLAIN_OPEN,
		[UNIT_PLAIN] = EXPLAIN_PLAIN,
	};
	int64_t from, deadline;

	if (read_time(business, start, &from, err) != 0 ||
		calendar_add(business->calendar, from, duration, business->ends, &deadline,
			err) != 0)
		return -1;
	if (business->explain)
		calendar_explain(business->calendar, from, deadline,
			times[duration.unit], out);
	if (duration_is_business(duration))
		note_years(business, from, deadline);
	buf_instant(out, deadline);
	return 0;
}

int
business_add(void *ctx, struct span line, struct buf *out, struct err *err)
{
	struct business *business = ctx;

	return add(business, line, business->duration, out, err);
}

int
business_batch(void *ctx, struct span line, struct buf *out, struct err *err)
{
	struct span start, text;
	struct duration duration;

	if (split(line, &start, &text, "a time and a duration", err) != 0 ||
		duration_parse(text, &duration, err) != 0)
		return -1;
	return add(ctx, start, duration, out, err);
}

static int
put_between(struct business *business, struct span left, struct span right,
	struct buf *out, struct err *err)
{
	int64_t from, to;

	if (read_time(business, left, &from, err) != 0 ||
		read_time(business, right, &to, err) != 0)
		return -1;
	if (business->explain)
		calendar_explain(business->calendar, from, to, EXPLAIN_OPEN, out);
	note_years(business, from, to);
	buf_int(out, calendar_open_between(business->calendar, from, to));
	return 0;
}

int
business_between(void *ctx, struct span line, struct buf *out, struct err *err)
{
	struct span left, right;

	if (split(line, &left, &right, "two times", err) != 0)
		return -1;
	return put_between(ctx, left, right, out, err);
}
