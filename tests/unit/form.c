#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <malloc.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/newcase.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define NOW      INT64_C(1795289400) /* 2026-11-21T19:30:00Z */

static const char calendar_text[] =
	"{\"timezone\":\"UTC\",\"hours\":{\"mon\":[\"09:00-17:00\"]}}";

static const char policy_text[] =
	"{\"name\":\"desk\",\"calendar\":\"days\",\"form\":{"
	"\"case_number\":{\"required\":true},"
	"\"impact\":{\"required\":true,\"codes\":["
	"{\"code\":\"limited\",\"label\":\"A few\"},{\"code\":\"major\",\"label\":\"Many people\"}]},"
	"\"reason\":{\"list\":true,\"codes\":[{\"code\":\"late\"},{\"code\":\"wrong\"},{\"code\":\"rude\"}]},"
	"\"urgency\":{\"codes\":[{\"code\":\"high\"}]},"
	"\"requester.role\":{\"codes\":[{\"code\":\"champion\"}]}},"
	"\"tiers\":[{\"name\":\"one\",\"limit\":\"1bd\"}]}";

static struct calendar *
find_calendar(void *ctx, const char *name, struct err *err)
{
	struct calendar **calendar = ctx;

	if (!*calendar)
		*calendar = calendar_parse(name, span_of(calendar_text), err);
	return *calendar;
}

struct fixture {
	struct calendar *calendar;
	struct policy *policy;
	struct scan scan;
	struct arena arena;
	struct err err;
	struct buf text, out;
	struct form form;
};

static int
setup(void **state)
{
	struct fixture *f = mem_zero(sizeof *f);
	struct calendar_source source = { find_calendar, &f->calendar };

	f->policy = policy_parse(span_of(policy_text), &source, &f->err);
	*state = f;
	return f->policy ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	policy_free(f->policy);
	calendar_free(f->calendar);
	scan_release(&f->scan);
	arena_release(&f->arena);
	err_release(&f->err);
	buf_release(&f->text);
	buf_release(&f->out);
	free(f);
	return 0;
}

/* All faults as FIELD: REASON, one a line; "" where the form is good. */
static const char *
read_form(struct fixture *f, const char *json, const struct zone *zone,
	bool split)
{
	struct form_terms terms = { f->policy, NOW, zone, split };
	int result;

	err_reset(&f->err);
	f->text.len = f->out.len = 0;
	buf_puts(&f->text, json);
	buf_reserve(&f->text, SCAN_SLACK);
	assert_int_equal(scan_line(&f->scan, f->text.data, f->text.len, &f->err), 0);
	result = form_read(&f->form, &terms, &f->scan, &f->arena, &f->err);
	assert_int_equal(result, f->err.n ? -1 : 0);
	for (size_t i = 0; i < f->err.n; i++)
		buf_printf(&f->out, "%s: %s\n", f->err.fault[i].where,
			f->err.fault[i].what);
	return buf_cstr(&f->out);
}

#define GOOD "\"case_number\":\"C-1\",\"impact\":\"limited\""

/* A form beside what is required, and what is said about it. */
static const struct {
	const char *form, *faults;
} refusals[] = {
	{ "{}", "case_number: required\nimpact: required\n" },
	{ "{\"case_number\":null,\"impact\":\" \"}",
		"case_number: required\nimpact: required\n" },
	{ "{\"case_number\":\"C-1\",\"impact\":\"urgent\"}",
		"impact: expected one of limited, major; got \"urgent\"\n" },
	{ "{" GOOD ",\"urgency\":\"low\"}", "urgency: expected high; got \"low\"\n" },
	{ "{\"case_number\":7,\"impact\":\"major\"}", "case_number: expected a text\n" },
	{ "{" GOOD ",\"urgency\":[\"high\",\"HIGH\"]}", "" },
	{ "{" GOOD ",\"reason\":[\"late\",\"early\"]}",
		"reason: expected one of late, wrong, rude; got \"early\"\n" },
	{ "{" GOOD ",\"reason\":[\"late\",4]}", "reason: expected a list of texts\n" },
	{ "{" GOOD ",\"subject\":[\"a\",\"b\"]}", "subject: expected one value; got 2\n" },
	{ "{" GOOD ",\"state\":\"closed\",\"id\":\"X\",\"sla\":{}}",
		"state: a name that esc writes itself: map it away\n"
		"id: a name that esc writes itself: map it away\n"
		"sla: a name that esc writes itself: map it away\n" },
	{ "{" GOOD ",\"created\":\"2026-11-21T19:30:01Z\"}",
		"created: after now; got \"2026-11-21T19:30:01Z\"\n" },
	{ "{" GOOD ",\"created\":\"1969-12-31T23:59:59Z\"}",
		"created: before 1970; got \"1969-12-31T23:59:59Z\"\n" },
	{ "{" GOOD ",\"created\":\"2026-02-30T00:00:00Z\"}",
		"created: no such day; got \"2026-02-30T00:00:00Z\"\n" },
	{ "{" GOOD ",\"case_opened\":\"2026-11-01 10:00\"}",
		"case_opened: expected YYYY-MM-DDThh:mm:ssZ; got \"2026-11-01 10:00\"\n" },
	{ "{" GOOD ",\"case_opened\":\"2026-11-21T19:30:01Z\"}",
		"case_opened: after now; got \"2026-11-21T19:30:01Z\"\n" },
	{ "{" GOOD ",\"case_opened\":\"1969-12-31T23:59:59Z\"}", "" },
	{ "{" GOOD ",\"requester\":{\"role\":\"boss\"}}",
		"requester.role: expected champion; got \"boss\"\n" },
	{ "{" GOOD ",\"requester\":\"Ann\"}",
		"requester: expected an object of name, email, role\n" },
	{ "{" GOOD ",\"requester\":{\"phone\":\"1\"}}",
		"requester: expected name, email and role alone\n" },
	{ "{" GOOD ",\"requester\":{\"email\":\"a@b\"},\"requester.email\":\"c@d\"}",
		"requester.email: given twice\n" },
	{ "{" GOOD ",\"attachments\":[{\"name\":\"a\",\"size\":1,\"b2\":\"12\"}]}",
		"attachments: expected a list of {\"name\",\"size\",\"b2\"}\n" },
	{ "{" GOOD ",\"x_any\":{\"a\":1E2},\"other\":-0}", "" },
};

static void
test_refusals(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(refusals); i++)
		assert_string_equal(read_form(f, refusals[i].form, NULL, false),
			refusals[i].faults);
}

static void
expect(const struct fixture *f, const char *name, const char *json)
{
	struct span value = form_find(&f->form, span_of(name));

	if (!json) {
		assert_null(value.p);
		return;
	}
	assert_non_null(value.p);
	assert_int_equal(value.n, strlen(json));
	assert_memory_equal(value.p, json, value.n);
}

static void
test_values(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(read_form(f, "{\"case_number\":\" C-1\",\"subject\":null,"
		"\"description\":\"caf\\u00e9\\/\",\"impact\":\" many PEOPLE \","
		"\"reason\":[\"WRONG\",\"late\",\"wrong\",\"\"],\"handler\":\"\","
		"\"case_opened\":\"2026-11-21T20:00:00.9+01:00\",\"x_n\": 1E2 ,"
		"\"requester.email\":\"a@b.example\",\"y\":null,"
		"\"x_e\":\"\",\"x_b\":\" \\t\",\"x_a\":\"\\u0041\"}", NULL, false), "");
	expect(f, "case_number", "\" C-1\"");
	expect(f, "subject", NULL);
	expect(f, "description", "\"caf\xC3\xA9/\"");
	expect(f, "impact", "\"major\"");
	expect(f, "reason", "[\"wrong\",\"late\"]");
	expect(f, "handler", NULL);
	expect(f, "case_opened", "\"2026-11-21T19:00:00Z\"");
	expect(f, "x_n", "1E2");
	expect(f, "y", NULL);
	expect(f, "x_e", NULL);
	expect(f, "x_b", NULL);
	expect(f, "x_a", "\"A\"");
	assert_int_equal(f->form.n_extra, 5);
	expect(f, "requester.email", "\"a@b.example\"");
	assert_int_equal(f->form.created, INSTANT_NONE);
}

/* What is kept of many unknown fields is a few times what they say. */
static void
test_many_extras(void **state)
{
	struct fixture *f = *state;
	const size_t n = 40000;
	struct buf json = { 0 };
	struct mallinfo2 before, after;

	buf_puts(&json, "{" GOOD);
	for (size_t i = 0; i < n; i++)
		buf_printf(&json, ",\"x_%zu\":1", i);
	buf_putc(&json, '}');
	before = mallinfo2();
	assert_string_equal(read_form(f, buf_cstr(&json), NULL, false), "");
	after = mallinfo2();
	assert_int_equal(f->form.n_extra, n);
	expect(f, "x_39999", "1");
	assert_true(after.uordblks + after.hblkhd <
		before.uordblks + before.hblkhd + (64U << 20));
	buf_release(&json);
}

static void
test_split_and_zone(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	const struct zone *zone = zone_load("Europe/London", &err);

	assert_non_null(zone);
	assert_string_equal(read_form(f, "{" GOOD ",\"reason\":\"late; Rude;;late\","
		"\"subject\":\"a;b\",\"created\":\"2026-07-01 10:00\"}", zone, true), "");
	expect(f, "reason", "[\"late\",\"rude\"]");
	expect(f, "subject", "\"a;b\"");
	assert_int_equal(f->form.created, INT64_C(1782896400)); /* 09:00Z */
	read_form(f, "{" GOOD ",\"reason\":\"late\"}", NULL, true);
	expect(f, "reason", "\"late\"");
	read_form(f, "{" GOOD ",\"reason\":[\"late\"]}", NULL, false);
	expect(f, "reason", "\"late\"");
	assert_string_equal(read_form(f, "{" GOOD ",\"reason\":\"late;rude\"}",
		NULL, false),
		"reason: expected one of late, wrong, rude; got \"late;rude\"\n");
}

static void
test_line(void **state)
{
	struct fixture *f = *state;
	struct new_case new = { &f->form, f->policy, "ESC-X", 0,
		span_of("ann"), span_of("{\"type\":\"noted\"}") };

	read_form(f, "{\"x_b\":[1, 2],\"requester\":{\"role\":\"Champion\","
		"\"name\":\"Pat\"},\"zeta\":\"\\u0041\",\"impact\":\"major\","
		"\"case_number\":\"7\",\"created\":\"1970-01-01T00:00:00Z\"}", NULL, false);
	f->out.len = 0;
	case_line(&new, &f->out);
	f->text.len = 0;
	buf_printf(&f->text, "{\"v\":1,\"id\":\"ESC-X\",\"rev\":0,\"policy\":\"desk\","
		"\"policy_version\":\"%s\",\"created\":\"1970-01-01T00:00:00Z\","
		"\"case_number\":\"7\",\"impact\":\"major\",\"requester\":{"
		"\"name\":\"Pat\",\"role\":\"champion\"},\"x_b\":[1, 2],"
		"\"zeta\":\"\\u0041\",\"events\":[{\"at\":\"1970-01-01T00:00:00Z\","
		"\"by\":\"ann\",\"type\":\"submitted\"},{\"type\":\"noted\"}]}",
		f->policy->version);
	assert_string_equal(buf_cstr(&f->out), buf_cstr(&f->text));
}

/* What the id is a hash of, by hand. */
static void
expect_id(const char *got, int64_t created, const char *lines)
{
	unsigned char sum[HASH_SIZE];
	char id[CASE_ID_SIZE];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, lines, strlen(lines));
	hash_end(&hash, sum);
	case_id_format(created, sum, id);
	assert_string_equal(got, id);
}

static void
test_ids(void **state)
{
	struct fixture *f = *state;
	char id[CASE_ID_SIZE];

	read_form(f, "{\"requester\":{\"email\":\"a@b\",\"name\":\"Pat\",\"role\":\"champion\"},"
		"\"x_b\":1,\"other\":2,\"handler\":\"kim\",\"impact\":\"Many people\","
		"\"case_number\":\"7\",\"reason\":[\"late\",\"rude\"]}", NULL, false);
	case_id_of_form(&f->form, f->policy, NOW, id);
	expect_id(id, NOW, "esc-id 1\npolicy=\"desk\"\n"
		"created=\"2026-11-21T19:30:00Z\"\ncase_number=\"7\"\n"
		"requester.email=\"a@b\"\nimpact=\"major\"\nreason=[\"late\",\"rude\"]\n"
		"handler=\"kim\"\nrequester.name=\"Pat\"\n");
	read_form(f, "{\"requester\":{\"name\":\"Pat\"}," GOOD "}", NULL, false);
	case_id_of_form(&f->form, f->policy, 0, id);
	expect_id(id, 0, "esc-id 1\npolicy=\"desk\"\n"
		"created=\"1970-01-01T00:00:00Z\"\ncase_number=\"C-1\"\n"
		"requester.name=\"Pat\"\nimpact=\"limited\"\n");
	case_id_of_key(f->policy, span_of("\"7\""), 0, id);
	expect_id(id, 0, "esc-id 1\npolicy=\"desk\"\nkey=\"7\"\n");
}

/* Source: the example of the ULID specification. */
static void
test_ulid(void **state)
{
	unsigned char bytes[ULID_BYTES] = { 0 };
	char id[CASE_ID_SIZE];

	(void)state;
	case_id_format(0, bytes, id);
	assert_string_equal(id, "ESC-00000000000000000000000000");
	memset(bytes, 0xFF, sizeof bytes);
	case_id_format(1469918176, bytes, id);
	assert_string_equal(id, "ESC-01ARYZ6RR0ZZZZZZZZZZZZZZZZ");
	memcpy(bytes, "\x00\x44\x32\x14\xC7\x42\x54\xB6\x35\xCF", ULID_BYTES);
	case_id_format(1, bytes, id);
	assert_string_equal(id, "ESC-00000000Z80123456789ABCDEF");
	assert_true(case_id_is(span_of(id)));
	assert_true(case_id_is(span_of("ESC-7ZZZZZZZZZZZZZZZZZZZZZZZZZ")));
	assert_false(case_id_is(span_of("ESC-80000000000000000000000000")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many_extras, setup, teardown),
		cmocka_unit_test_setup_teardown(test_split_and_zone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_line, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ids, setup, teardown),
		cmocka_unit_test(test_ulid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
