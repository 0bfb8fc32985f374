#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/import.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define NOW      INT64_C(1795289400) /* 2026-11-21T19:30:00Z */
#define COLUMNS  6
#define ROWS     8

static const char calendar_text[] =
	"{\"timezone\":\"UTC\",\"hours\":{\"mon\":[\"09:00-17:00\"]}}";

static const char policy_text[] =
	"{\"name\":\"desk\",\"calendar\":\"days\",\"form\":{"
	"\"impact\":{\"codes\":[{\"code\":\"1\",\"label\":\"1 - High\"},{\"code\":\"2\"}]},"
	"\"reason\":{\"list\":true,\"codes\":[{\"code\":\"late\"},{\"code\":\"wrong\"}]}},"
	"\"priorities\":[{\"code\":\"p1\",\"label\":\"First\"}],"
	"\"tiers\":[{\"name\":\"one\",\"limit\":\"1d\"},{\"name\":\"two\",\"limit\":\"1d\"},"
	"{\"name\":\"three\",\"limit\":\"1d\"}]}";

static struct calendar *calendar;

static struct calendar *
find_calendar(void *ctx, const char *name, struct err *err)
{
	(void)ctx;
	if (!calendar)
		calendar = calendar_parse(name, span_of(calendar_text), err);
	return calendar;
}

static const struct policy *
find_policy(void *ctx, struct span name, struct span version, struct err *err)
{
	(void)name;
	(void)version;
	(void)err;
	return ctx;
}

/*
 * The header is id, at, state, group, value, value.  A row is its cells
 * joined by |; `want` is the events after submitted, without `judged`, as
 * TIME TYPE, and in brackets what is asked for; else !LINE FAULT.
 */
struct sample {
	const char *mapping; /* all but key, order, time, null */
	const char *row[ROWS];
	const char *want;
};

#define ON(event, more) "{\"event\":\"" event "\",\"on\":\"state\"" more "}"
#define EVENTS(rules)   "\"fields\":{},\"events\":[" rules "]"
#define LINE(tiers)     "\"line\":{\"column\":\"group\",\"tiers\":" tiers "}," \
	"\"fields\":{},\"events\":[{\"event\":\"promoted\",\"line\":true}]"

static const struct sample samples[] = {
	/* Entering a value, from anything or from nothing; once is once. */
	{ EVENTS(ON("noted", ",\"to\":\"A\"")),
		{ "1|01:00|A", "1|02:00|A", "1|03:00|B", "1|04:00|?", "1|05:00|A" },
		"01:00 noted\n05:00 noted\n" },
	{ EVENTS(ON("noted", ",\"to\":\"A\",\"once\":true")),
		{ "1|01:00|A", "1|03:00|B", "1|05:00|A" }, "01:00 noted\n" },
	/* Within a set nothing is entered, and nothing left. */
	{ EVENTS(ON("paused", ",\"to\":[\"W\",\"V\"]") ","
		ON("resumed", ",\"from\":[\"W\",\"V\"]")),
		{ "1|01:00|W", "1|02:00|V", "1|03:00|A", "1|04:00|W" },
		"01:00 paused\n03:00 resumed\n04:00 paused\n" },
	/* From and to; the unknown in between is passed over. */
	{ EVENTS(ON("reopened", ",\"from\":\"R\",\"to\":{\"not\":\"C\"}")),
		{ "1|01:00|A", "1|02:00|R", "1|03:00|?", "1|04:00|A", "1|05:00|R",
			"1|06:00|C" }, "04:00 reopened\n" },
	/* Any change; the first value only where it is asked for. */
	{ EVENTS(ON("noted", "")), { "1|01:00|A", "1|02:00|B", "1|03:00|A" },
		"02:00 noted\n03:00 noted\n" },
	{ EVENTS(ON("noted", ",\"first\":true")), { "1|01:00|?", "1|02:00|B" },
		"02:00 noted\n" },
	/* Rows go by time, ties by the order of the file. */
	{ EVENTS(ON("noted", ",\"to\":\"B\"")),
		{ "1|03:00|A", "1|01:00|B", "1|03:00|B", "1|02:00|A" },
		"01:00 noted\n03:00 noted\n" },
	/* Conditions look at the row. */
	{ EVENTS(ON("noted", ",\"if\":{\"group\":[\"g\"]}")) ,
		{ "1|01:00|A", "1|02:00|B", "1|03:00|C|g", "1|04:00|D|h" },
		"03:00 noted\n" },
	{ EVENTS(ON("noted", ",\"if\":{\"group\":true}")) ,
		{ "1|01:00|A", "1|02:00|B", "1|03:00|C|g" }, "03:00 noted\n" },
	{ EVENTS(ON("noted", ",\"if\":{\"group\":null}")) ,
		{ "1|01:00|A", "1|02:00|B", "1|03:00|C|g" }, "02:00 noted\n" },
	/* Lines of support, by a table and in turn, to the policy's last. */
	{ LINE("{\"a\":\"1\",\"b\":\"3\"}"),
		{ "1|01:00||a", "1|02:00||b", "1|03:00||x", "1|04:00||?", "1|05:00||a" },
		"02:00 promoted \"from\":1,\"to\":3\n05:00 promoted \"from\":3,\"to\":1\n" },
	{ LINE("\"in-turn\""),
		{ "1|01:00||a", "1|02:00||b", "1|03:00||c", "1|04:00||d", "1|05:00||b",
			"1|06:00||a" },
		"02:00 promoted \"from\":1,\"to\":2\n03:00 promoted \"from\":2,\"to\":3\n"
		"05:00 promoted \"from\":3,\"to\":2\n06:00 promoted \"from\":2,\"to\":1\n" },
	/* Fields: coded ones by their codes, with what was before. */
	{ "\"fields\":{\"impact\":{\"column\":\"value\",\"nth\":1}},\"events\":["
		"{\"event\":\"reclassified\",\"fields\":\"impact\"}]",
		{ "1|01:00|||1", "1|02:00|||1 - High", "1|03:00|||2", "1|04:00|||?" },
		"03:00 reclassified \"set\":{\"impact\":\"2\"},\"was\":{\"impact\":\"1\"}\n" },
	{ "\"fields\":{\"x_v\":\"value\"},\"events\":["
		"{\"event\":\"amended\",\"fields\":[\"x_v\"]}]",
		{ "1|01:00", "1|02:00|||a|b", "1|03:00|||a" },
		"02:00 amended \"set\":{\"x_v\":[\"a\",\"b\"]},\"was\":{\"x_v\":null}\n"
		"03:00 amended \"set\":{\"x_v\":[\"a\"]},\"was\":{\"x_v\":[\"a\",\"b\"]}\n" },
	/* A list is compared and written whole. */
	{ "\"fields\":{\"reason\":\"value\"},\"events\":["
		"{\"event\":\"reclassified\",\"fields\":\"reason\"}]",
		{ "1|01:00|||late|wrong", "1|02:00|||wrong", "1|03:00|||wrong|late",
			"1|04:00|||wrong|late", "1|05:00" },
		"02:00 reclassified \"set\":{\"reason\":\"wrong\"},"
		"\"was\":{\"reason\":[\"late\",\"wrong\"]}\n"
		"03:00 reclassified \"set\":{\"reason\":[\"wrong\",\"late\"]},"
		"\"was\":{\"reason\":\"wrong\"}\n" },
	/* Columns that hold instants: once each, at their own time. */
	{ EVENTS("{\"event\":\"resolved\",\"at\":\"state\"},"
		"{\"event\":\"closed\",\"at\":\"group\"}"),
		{ "1|01:00|05:00|?", "1|02:00|05:00|04:00", "1|03:00|06:00|04:00" },
		"04:00 closed\n05:00 resolved\n06:00 resolved\n" },
	{ EVENTS(ON("noted", ",\"to\":\"A\",\"at\":\"group\"")),
		{ "1|01:00|A|00:30", "1|02:00|B", "1|03:00|A" },
		"00:30 noted\n03:00 noted\n" },
	/* Members. */
	{ EVENTS("{\"event\":\"reprioritised\",\"on\":\"state\",\"first\":true,"
		"\"with\":{\"priority\":\"state\"}}"),
		{ "1|01:00|first" }, "01:00 reprioritised \"priority\":\"p1\"\n" },
	{ EVENTS("{\"event\":\"rated\",\"with\":{\"score\":{\"column\":\"state\","
		"\"as\":\"integer\"},\"comment\":[{\"text\":\"{group}\"},{\"text\":\"none\"}]}}"),
		{ "1|01:00|3.0" }, "01:00 rated \"score\":3,\"comment\":\"none\"\n" },
	/* Faults name the row. */
	{ EVENTS("{\"event\":\"rated\",\"with\":{\"score\":{\"column\":\"state\","
		"\"as\":\"integer\"}}}"),
		{ "1|01:00|3", "1|02:00|3.5" },
		"!2 score: expected a whole number; got \"3.5\"" },
	{ EVENTS(""), { "1|01:00", "1|25:00" }, "!2 at: no such time; got \"25:00\"" },
	{ EVENTS(""), { "1|01:00", "1|?" }, "!2 at: required: it says when" },
	{ EVENTS("{\"event\":\"reprioritised\",\"with\":{\"priority\":\"state\"}}"),
		{ "1|01:00|p9" }, "!1 priority: no priority of policy desk; got \"p9\"" },
	{ "\"fields\":{\"impact\":{\"column\":\"value\",\"nth\":1}}", { "1|01:00|||9" },
		"!1 impact: expected one of 1, 2; got \"9\"" },
	{ "\"fields\":{\"x_b\":{\"column\":\"state\",\"as\":\"boolean\",\"row\":\"last\"}}",
		{ "1|01:00|maybe", "1|02:00|no" }, "" },
};

static struct span header[COLUMNS];

static void
split(const char *text, struct span *cell)
{
	for (int i = 0; i < COLUMNS; i++) {
		size_t n = strcspn(text, "|");

		cell[i] = (struct span){ text, n };
		text += n + (text[n] == '|');
	}
}

/* "01:00 noted "k":v\n" of each event after the first. */
static void
put_events(const char *line, struct buf *out)
{
	const char *event = strstr(line, "\"events\":[{");
	const char *end = strstr(line, "],\"state\":");

	assert_non_null(event);
	event = strstr(event, "},{\"at\":");
	while (event && event < end) {
		const char *type = strstr(event, "\"type\":\"") + 8;
		size_t n = strcspn(type, "\"");
		const char *more = type + n + 1, *next = strstr(more, "},{\"at\":");
		const char *stop = strstr(more, ",\"judged\":");

		buf_printf(out, "%.5s %.*s", event + 20, (int)n, type);
		if (!next || next > end)
			next = end - 1;
		if (!stop || stop > next)
			stop = next;
		if (*more == ',')
			buf_printf(out, " %.*s", (int)(stop - more - 1), more + 1);
		buf_putc(out, '\n');
		event = next == end - 1 ? NULL : next;
	}
}

static void
try_sample(const struct sample *sample, struct policy *policy)
{
	struct policy_source policies = { find_policy, policy };
	struct span cells[ROWS][COLUMNS];
	struct import_row row[ROWS] = { 0 };
	struct buf text = { 0 }, out = { 0 }, got = { 0 };
	struct scan form = { 0 }, line = { 0 };
	struct arena arena = { 0 };
	struct change change;
	struct err err = { 0 };
	struct mapping *mapping;
	size_t n = 0;

	buf_printf(&text, "{\"key\":\"id\",\"order\":\"at\",\"null\":\"?\",\"time\":"
		"{\"formats\":\"%%H:%%M\",\"zone\":\"UTC\"},\"created\":{\"text\":\"00:00\"},%s}",
		sample->mapping);
	mapping = mapping_parse(buf_text(&text), MAPPING_OF_CASES, &err);
	assert_string_equal(err_text(&err), "");
	assert_int_equal(mapping_bind(mapping, header, COLUMNS, &err), 0);
	for (; n < ROWS && sample->row[n]; n++) {
		split(sample->row[n], cells[n]);
		row[n] = (struct import_row){ .cell = cells[n], .line = n + 1, .place = n };
	}
	change_init(&change, &policies, NOW, span_of("me"));
	change.judge_all = true;
	struct import import = { .mapping = mapping, .zone = zone_load("UTC", &err),
		.terms = { policy, NOW, NULL, true }, .change = &change,
		.by = span_of("me"), .form = &form, .line = &line };
	if (import_case(&import, row, n, span_of("1"), &arena, &out, &err) == 0)
		put_events(buf_cstr(&out), &got);
	else
		buf_printf(&got, "!%d %s", (int)import.fault->line, err_text(&err));
	assert_string_equal(buf_cstr(&got), sample->want);
	change_release(&change);
	mapping_free(mapping);
	scan_release(&form);
	scan_release(&line);
	arena_release(&arena);
	buf_release(&text);
	buf_release(&out);
	buf_release(&got);
	err_release(&err);
}

static void
test_samples(void **state)
{
	static const char *const names[COLUMNS] = { "id", "at", "state", "group",
		"value", "value" };
	struct calendar_source source = { find_calendar, NULL };
	struct err err = { 0 };
	struct policy *policy = policy_parse(span_of(policy_text), &source, &err);

	(void)state;
	assert_string_equal(err_text(&err), "");
	for (int i = 0; i < COLUMNS; i++)
		header[i] = span_of(names[i]);
	for (size_t i = 0; i < COUNT(samples); i++)
		try_sample(&samples[i], policy);
	policy_free(policy);
	calendar_free(calendar);
	err_release(&err);
}

static void
test_key(void **state)
{
	struct err err = { 0 };
	struct buf key = { 0 };
	struct span cell[COLUMNS];
	struct mapping *mapping = mapping_parse(span_of(
		"{\"key\":[\"id\",\"state\"],\"null\":\"?\",\"fields\":{}}"), MAPPING_OF_CASES, &err);

	(void)state;
	assert_int_equal(mapping_bind(mapping, header, COLUMNS, &err), 0);
	split("7|x|A", cell);
	assert_int_equal(import_key(mapping, cell, &key, &err), 0);
	assert_string_equal(buf_cstr(&key), "[\"7\",\"A\"]");
	split("7|x|?", cell);
	assert_int_equal(import_key(mapping, cell, &key, &err), -1);
	assert_string_equal(err_text(&err), "state: required: it is the key");
	mapping_free(mapping);
	buf_release(&key);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
