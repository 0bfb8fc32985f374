#include "domain/calendar_read.h"

#include <stdlib.h>

static void
put_escaped(struct buf *buf, const char *key)
{
	for (; *key; key++) {
		if (*key == '~')
			buf_puts(buf, "~0");
		else if (*key == '/')
			buf_puts(buf, "~1");
		else
			buf_putc(buf, *key);
	}
}

size_t
place_enter(struct place *place, const char *key)
{
	size_t back = place->pointer.len;

	buf_putc(&place->pointer, '/');
	put_escaped(&place->pointer, key);
	return back;
}

size_t
place_enter_index(struct place *place, size_t index)
{
	size_t back = place->pointer.len;

	buf_putc(&place->pointer, '/');
	buf_int(&place->pointer, (int64_t)index);
	return back;
}

void
place_leave(struct place *place, size_t back)
{
	place->pointer.len = back;
}

const char *
place_text(struct place *place)
{
	return buf_cstr(&place->pointer);
}

static bool
is_known(const char *key, const char *const *known)
{
	for (; *known; known++)
		if (strcmp(key, *known) == 0)
			return true;
	return false;
}

void
place_check_keys(struct place *place, const json_t *object,
	const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		size_t back = place_enter(place, key);

		if (!is_known(key, known))
			err_add(place->err, EX_CONFIG, place_text(place),
				"unknown key");
		place_leave(place, back);
	}
}

const char *
place_string(struct place *place, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	size_t back;

	if (!value || json_is_string(value))
		return json_string_value(value);
	back = place_enter(place, key);
	err_add(place->err, EX_CONFIG, place_text(place), "expected a text");
	place_leave(place, back);
	return NULL;
}

static bool
read_two(const char *p, int32_t max, int32_t *value)
{
	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
		return false;
	*value = (p[0] - '0') * 10 + (p[1] - '0');
	return *value <= max;
}

/* hh:mm, 24:00 included. */
static bool
read_clock(const char *p, int32_t *time_s)
{
	int32_t hour, minute;

	if (!read_two(p, 24, &hour) || p[2] != ':' ||
		!read_two(p + 3, 59, &minute))
		return false;
	*time_s = hour * 3600 + minute * 60;
	return *time_s <= DAY_S;
}

static bool
read_span(const json_t *value, struct hours_span *span)
{
	const char *p = json_string_value(value);

	return p && json_string_length(value) == 11 && p[5] == '-' &&
		read_clock(p, &span->from) && read_clock(p + 6, &span->to);
}

static int
compare_spans(const void *a, const void *b)
{
	const struct hours_span *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* What touches is one; what overlaps is a fault. */
static void
merge_spans(struct place *place, struct hours_span *span, size_t *n)
{
	size_t kept = 0;

	qsort(span, *n, sizeof *span, compare_spans);
	for (size_t i = 0; i < *n; i++) {
		if (kept > 0 && span[i].from < span[kept - 1].to)
			err_add(place->err, EX_CONFIG, place_text(place),
				"hours overlap at %02d:%02d",
				span[i].from / 3600, span[i].from / 60 % 60);
		if (kept > 0 && span[i].from <= span[kept - 1].to)
			span[kept - 1].to = span[i].to;
		else
			span[kept++] = span[i];
	}
	*n = kept;
}

static bool
read_element(struct place *place, const json_t *value,
	struct hours_span *span)
{
	const char *what = NULL;

	if (!read_span(value, span))
		what = "expected hours such as \"09:00-17:30\"";
	else if (span->from == span->to)
		what = "the hours are empty";
	else if (span->from > span->to)
		what = "ends before it begins; write hours past midnight "
			"as two days";
	if (what)
		err_add(place->err, EX_CONFIG, place_text(place), "%s", what);
	return !what;
}

void
hours_read(struct place *place, const json_t *list, struct arena *arena,
	struct hours *hours)
{
	struct hours_span *span;
	size_t i, back;
	json_t *value;

	hours->n = 0;
	if (!json_is_array(list)) {
		err_add(place->err, EX_CONFIG, place_text(place),
			"expected a list of hours such as [\"09:00-17:30\"]");
		return;
	}
	span = arena_alloc(arena, json_array_size(list) * sizeof *span);
	json_array_foreach(list, i, value) {
		back = place_enter_index(place, i);
		if (read_element(place, value, &span[hours->n]))
			hours->n++;
		place_leave(place, back);
	}
	merge_spans(place, span, &hours->n);
	hours->span = span;
}
