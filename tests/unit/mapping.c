#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/mapping.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* A mapping and every fault in it, one a line; "" where there is none. */
static const struct {
	const char *text, *faults;
} rows[] = {
	{ "{\"key\":\"id\",\"fields\":{}}", "" },
	{ "{\"key\":[\"id\",\"n\"],\"order\":[\"at\",\"n\"],\"null\":\"?\","
	  "\"time\":{\"formats\":\"%Y-%m-%d\",\"zone\":\"Europe/London\"},"
	  "\"created\":{\"text\":\"2020-01-01\"},\"by\":\"who\","
	  "\"line\":{\"column\":\"g\",\"tiers\":{\"a\":\"1\",\"b\":\"2\"},\"if\":{\"s\":true}},"
	  "\"fields\":{\"subject\":[{\"text\":\"{a} and {b}\"},\"c\"],"
	  "\"x_n\":{\"value\":[1,2]},\"impact\":{\"column\":\"i\",\"nth\":2,"
	  "\"values\":{\"High\":\"major\",\"-\":null},\"else\":\"minor\",\"row\":\"any\"}},"
	  "\"events\":[{\"event\":\"promoted\",\"line\":true},"
	  "{\"event\":\"x-seen\",\"on\":\"s\",\"from\":\"a\",\"to\":{\"not\":[\"b\"]}},"
	  "{\"event\":\"reclassified\",\"fields\":\"impact\"}]}", "" },
	{ "[]", ": expected an object\n" },
	{ "{\"fields\":{},\"events\":[{\"event\":\"routed\",\"with\":{"
	  "\"queue\":\"q\",\"quue\":\"q\",\"x_q\":\"q\"}},"
	  "{\"event\":\"x-own\",\"with\":{\"quue\":\"q\"}}]}",
		"/events/0/with/quue: no member of routed; names of your own begin with x_\n" },
	{ "{\"key\":\"id\"}", "/fields: required\n" },
	{ "{\"key\":[],\"fields\":{}}", "/key: expected a column\n" },
	{ "{\"keys\":\"id\",\"fields\":{}}", "/keys: unknown key\n" },
	{ "{\"fields\":{\"x_a\":{\"column\":\"c\",\"text\":\"t\"},\"x_b\":{},\"x_c\":7}}",
		"/fields/x_a: expected one of column, text, value, tier\n"
		"/fields/x_b: expected one of column, text, value, tier\n"
		"/fields/x_c: expected an object\n" },
	{ "{\"fields\":{\"x_a\":{\"text\":\"x {y\"}}}", "/fields/x_a/text: a { without its }\n" },
	{ "{\"fields\":{\"x_a\":{\"column\":\"c\",\"as\":\"date\",\"row\":\"next\"}}}",
		"/fields/x_a/as: expected one of text, instant, integer, boolean; got \"date\"\n"
		"/fields/x_a/row: expected one of first, last, any; got \"next\"\n" },
	{ "{\"fields\":{\"subject\":\"a\",\"requester.role\":\"a\",\"bogus\":\"a\",\"x_\":\"a\","
	  "\"id\":\"a\",\"state\":\"a\",\"created\":\"a\",\"requester.foo\":\"a\"}}",
		"/fields/bogus: no field of a form; names of your own begin with x_\n"
		"/fields/x_: no field of a form; names of your own begin with x_\n"
		"/fields/id: esc writes this field itself\n"
		"/fields/state: esc writes this field itself\n"
		"/fields/created: belongs in /created\n"
		"/fields/requester.foo: expected requester.name, .email or .role\n" },
	{ "{\"fields\":{},\"time\":{\"formats\":[\"%Q\",\"dd\"],\"zone\":\"Mars/Base\"}}",
		"/time/formats: \"%Q\": a directive that is not known\n"
		"/time/formats: \"dd\": no directive in it\n/time/zone: " },
	{ "{\"fields\":{},\"events\":[{\"event\":\"exploded\"},{\"event\":\"submitted\"},"
	  "{\"event\":\"noted\",\"from\":\"a\"},{\"event\":\"noted\",\"on\":\"s\",\"fields\":\"x\"},"
	  "{\"event\":\"promoted\"},{\"event\":\"noted\",\"with\":{\"at\":\"c\"}},{}]}",
		"/events/0/event: unknown event \"exploded\"; those of your own begin with x-\n"
		"/events/1/event: every case begins with one: see /created\n"
		"/events/2: from, to and first belong to an \"on\"\n"
		"/events/3/fields: no \"x\" in /fields\n"
		"/events/3: expected one of on, fields, line\n"
		"/events/4: \"promoted\" and \"line\":true belong together\n"
		"/events/5/with/at: esc writes this member itself\n"
		"/events/6/event: required\n" },
	{ "{\"fields\":{},\"events\":[{\"event\":\"promoted\",\"line\":true}]}",
		"/events/0/line: no /line says which groups\n" },
	{ "{\"fields\":{},\"line\":{\"column\":\"g\",\"tiers\":{\"a\":\"x\",\"b\":\"0\"}}}",
		"/line/tiers/a: expected a tier's number as a text, from \"1\"\n"
		"/line/tiers/b: expected a tier's number as a text, from \"1\"\n" },
};

static void
test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };
		struct buf got = { 0 };
		struct mapping *mapping = mapping_parse(span_of(rows[i].text),
			MAPPING_OF_FORMS, &err);

		for (size_t k = 0; k < err.n; k++)
			buf_printf(&got, "%s: %s\n", err.fault[k].where,
				err.fault[k].what);
		if (strcmp(rows[i].faults, "") == 0)
			assert_string_equal(buf_cstr(&got), "");
		/* What zone data says of a zone is its own affair. */
		assert_memory_equal(buf_cstr(&got), rows[i].faults,
			strlen(rows[i].faults));
		assert_int_equal(mapping != NULL, err.n == 0);
		mapping_free(mapping);
		buf_release(&got);
		err_release(&err);
	}
}

static void
test_bind(void **state)
{
	const struct span header[] = { span_of("id"), span_of("c"), span_of(" F"),
		span_of("c") };
	struct err err = { 0 };
	struct mapping *mapping = mapping_parse(span_of(
		"{\"key\":\"id\",\"fields\":{\"x_c\":\"c\",\"x_e\":\"e\",\"x_f\":\"f\"}}"),
		MAPPING_OF_CASES, &err);

	(void)state;
	assert_int_equal(mapping_bind(mapping, header, 4, &err), -1);
	assert_int_equal(err.n, 2);
	assert_string_equal(err.fault[1].what,
		"no column \"f\", which the mapping names; there is \" F\"");
	assert_int_equal(mapping->column[1].n, 2);
	assert_int_equal(mapping->column[1].cell[0], 1);
	assert_int_equal(mapping->column[1].cell[1], 3);
	mapping_free(mapping);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_bind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
