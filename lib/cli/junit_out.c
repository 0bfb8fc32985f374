#include "cli/junit_out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"

static const char *const elements[JUNIT_KINDS] = {
	[JUNIT_FAILURE] = "failure",
	[JUNIT_ERROR] = "error",
	[JUNIT_SKIPPED] = "skipped",
};

static const char *
copy(const char *text)
{
	return mem_copy(text ? text : "", text ? strlen(text) : 0);
}

void
junit_add(struct junit *junit, const struct junit_case *from)
{
	if (junit->n == junit->cap) {
		junit->cap = mem_grow(junit->cap, junit->n + 1);
		junit->list = mem_resize(junit->list, junit->cap * sizeof *junit->list);
	}
	junit->list[junit->n++] = (struct junit_case){
		.kind = from->kind,
		.suite = copy(from->suite),
		.class = copy(from->class),
		.name = copy(from->name),
		.type = copy(from->type),
		.message = copy(from->message),
		.output = copy(from->output),
	};
}

void
junit_release(struct junit *junit)
{
	for (size_t i = 0; i < junit->n; i++) {
		const struct junit_case *one = &junit->list[i];
		const char *const text[] = { one->suite, one->class, one->name, one->type,
			one->message, one->output };

		for (size_t k = 0; k < sizeof text / sizeof *text; k++)
			free((void *)text[k]);
	}
	free(junit->list);
	*junit = (struct junit){ 0 };
}

static void
put_text(struct buf *out, const char *text)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" } };

	for (; *text; text++) {
		size_t i = 0;

		while (i < sizeof entities / sizeof *entities && entities[i].c != *text)
			i++;
		if (i < sizeof entities / sizeof *entities)
			buf_puts(out, entities[i].entity);
		else
			buf_putc(out, *text);
	}
}

static void
put_attribute(struct buf *out, const char *key, const char *text)
{
	buf_printf(out, " %s=\"", key);
	put_text(out, text);
	buf_putc(out, '"');
}

static int
by_name(const void *a, const void *b)
{
	const struct junit_case *x = *(struct junit_case *const *)a;
	const struct junit_case *y = *(struct junit_case *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : x < y ? -1 : 1;
}

/* A record that is in the input twice, or text that two cases share. */
static void
count_again(struct junit *junit)
{
	struct junit_case **sorted = mem_alloc((junit->n + 1) * sizeof(struct junit_case *));

	for (size_t i = 0; i < junit->n; i++)
		sorted[i] = &junit->list[i];
	qsort(sorted, junit->n, sizeof *sorted, by_name);
	for (size_t i = 1; i < junit->n; i++)
		if (strcmp(sorted[i]->name, sorted[i - 1]->name) == 0)
			sorted[i]->again = sorted[i - 1]->again + 1;
	free(sorted);
}

/* Of a suite; NULL: of all. */
static void
put_sums(const struct junit *junit, const char *suite, bool skipped, struct buf *out)
{
	uint64_t n = 0, count[JUNIT_KINDS] = { 0 };

	for (size_t i = 0; i < junit->n; i++) {
		if (suite && strcmp(junit->list[i].suite, suite) != 0)
			continue;
		n++;
		count[junit->list[i].kind]++;
	}
	buf_printf(out, " tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"%" PRIu64 "\"",
		n, count[JUNIT_FAILURE], count[JUNIT_ERROR]);
	if (skipped)
		buf_printf(out, " skipped=\"%" PRIu64 "\"", count[JUNIT_SKIPPED]);
	buf_puts(out, " time=\"0\"");
}

/* Servers show the text of a failure, and not all of them its message. */
static void
put_verdict(const struct junit_case *one, struct buf *out)
{
	const char *element = elements[one->kind];

	buf_printf(out, "<%s", element);
	put_attribute(out, "message", one->message);
	if (*one->type)
		put_attribute(out, "type", one->type);
	buf_putc(out, '>');
	put_text(out, one->message);
	buf_printf(out, "</%s>", element);
}

static void
put_output(const char *text, struct buf *out)
{
	buf_puts(out, "<system-out>");
	put_text(out, text);
	buf_puts(out, "</system-out>");
}

static void
put_case(const struct junit_case *one, struct buf *out)
{
	buf_puts(out, "    <testcase classname=\"");
	put_text(out, one->suite);
	if (*one->class) {
		buf_putc(out, '.');
		put_text(out, one->class);
	}
	buf_puts(out, "\" name=\"");
	put_text(out, one->name);
	if (one->again)
		buf_printf(out, " (%zu)", one->again + 1);
	buf_puts(out, "\" time=\"0\">");
	if (elements[one->kind])
		put_verdict(one, out);
	if (*one->output)
		put_output(one->output, out);
	buf_puts(out, "</testcase>\n");
}

/* Its time of day is in UTC and has no zone, as readers want it. */
static void
put_suite(const struct junit *junit, const char *suite, struct buf *out)
{
	char at[INSTANT_SIZE];

	instant_format(junit->at, at);
	at[strlen(at) - 1] = '\0';
	buf_puts(out, "  <testsuite");
	put_attribute(out, "name", suite);
	put_sums(junit, suite, true, out);
	put_attribute(out, "timestamp", at);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < junit->n; i++)
		if (strcmp(junit->list[i].suite, suite) == 0)
			put_case(&junit->list[i], out);
	if (junit->remark) {
		buf_puts(out, "    ");
		put_output(junit->remark, out);
		buf_putc(out, '\n');
	}
	buf_puts(out, "  </testsuite>\n");
}

/* Whether no case before the i-th is of its suite. */
static bool
begins_suite(const struct junit *junit, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(junit->list[k].suite, junit->list[i].suite) == 0)
			return false;
	return true;
}

void
junit_put(struct junit *junit, struct buf *out)
{
	count_again(junit);
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	put_attribute(out, "name", junit->name);
	put_sums(junit, NULL, false, out);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < junit->n; i++)
		if (begins_suite(junit, i))
			put_suite(junit, junit->list[i].suite, out);
	buf_puts(out, "</testsuites>\n");
}
