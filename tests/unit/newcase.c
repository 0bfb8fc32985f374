/* New records: what goes into the id, and the line that is written. */
#include "cases.h"

#include "domain/newcase.h"

#define CREATED "2026-03-02T09:00:00Z"

struct submission {
	struct arena arena;
	struct scan scan;
	struct buf text;
	struct form form;
};

static const struct policy *
terms(const char *name)
{
	return cases_find_policy(NULL, span_of("fold"), span_of(name), NULL);
}

static void
open_form(struct submission *s, const char *text)
{
	const struct form_terms form = { .policy = terms("fold"), .now = instant(CREATED) };
	struct err err = { 0 };

	*s = (struct submission){ 0 };
	arena_init(&s->arena);
	scan_init(&s->scan);
	buf_puts(&s->text, text);
	memset(buf_reserve(&s->text, BUF_SLACK), 0, BUF_SLACK);
	if (scan_line(&s->scan, s->text.data, s->text.len, &err) < 0 ||
		form_read(&s->form, &form, &s->scan, &s->arena, &err) < 0)
		fail_msg("%s: %s", text, err_text(&err));
	err_release(&err);
}

static void
close_form(struct submission *s)
{
	scan_release(&s->scan);
	buf_release(&s->text);
	arena_release(&s->arena);
}

static void
id_of(const char *text, const char *created, char id[CASE_ID_SIZE])
{
	struct submission s;

	open_form(&s, text);
	case_id_of_form(&s.form, terms("fold"), instant(created), id);
	close_form(&s);
}

/* A form, and whether its id is that of {"subject":"s","impact":"limited"}. */
static const struct {
	const char *form;
	bool same;
} forms[] = {
	{ "{\"subject\":\"s\",\"impact\":\"limited\"}", true },
	{ "{\"impact\":\"limited\",\"subject\":\"s\"}", true },
	{ "{ \"subject\" : \"\\u0073\", \"impact\":\"LIMITED\" }", true },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"description\":null,\"product\":\"\"}", true },
	/* Left out: requester.role, attachments, and what esc does not know. */
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"requester\":{\"role\":\"boss\"}}", true },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"x_a\":1}", true },
	{ "{\"subject\":\"S\",\"impact\":\"limited\"}", false },
	{ "{\"subject\":\"s\",\"impact\":\"critical\"}", false },
	{ "{\"description\":\"s\",\"impact\":\"limited\"}", false },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"handler\":\"h\"}", false },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"requester\":{\"name\":\"Kim\"}}", false },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"requester\":{\"email\":\"Kim\"}}", false },
	{ "{\"subject\":\"s\",\"impact\":\"limited\",\"case_number\":\"1\"}", false },
};

static void
test_ids(void **state)
{
	char base[CASE_ID_SIZE], id[CASE_ID_SIZE];

	(void)state;
	id_of(forms[0].form, CREATED, base);
	assert_int_equal(strlen(base), CASE_ID_SIZE - 1);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		id_of(forms[i].form, CREATED, id);
		if ((strcmp(id, base) == 0) != forms[i].same)
			fail_msg("%s: %s, the first has %s", forms[i].form, id, base);
		/* The time part goes by `created`, whatever the form. */
		assert_memory_equal(id, base, 14);
	}
	id_of(forms[0].form, "2026-03-02T09:00:01Z", id);
	assert_memory_not_equal(id, base, 14);
	assert_memory_not_equal(id + 14, base + 14, 16);
	id_of(forms[0].form, "1970-01-01T00:00:00Z", id);
	assert_memory_equal(id, "ESC-0000000000", 14);
}

/* With an email the name is one of the other fields: it counts all the same. */
static void
test_requester(void **state)
{
	char both[CASE_ID_SIZE], email[CASE_ID_SIZE], name[CASE_ID_SIZE];

	(void)state;
	id_of("{\"requester\":{\"email\":\"k@x\",\"name\":\"Kim\"}}", CREATED, both);
	id_of("{\"requester\":{\"email\":\"k@x\"}}", CREATED, email);
	id_of("{\"requester\":{\"name\":\"Kim\"}}", CREATED, name);
	assert_string_not_equal(both, email);
	assert_string_not_equal(both, name);
	assert_string_not_equal(email, name);
}

static void
test_keys(void **state)
{
	char a[CASE_ID_SIZE], b[CASE_ID_SIZE];

	(void)state;
	case_id_of_key(terms("fold"), span_of("\"7\""), 0, a);
	assert_memory_equal(a, "ESC-0000000000", 14);
	case_id_of_key(terms("lean"), span_of("\"7\""), 0, b);
	assert_string_equal(a, b); /* the policy's name, not its version */
	case_id_of_key(terms("fold"), span_of("7"), 0, b);
	assert_string_not_equal(a, b);
	case_id_of_key(terms("fold"), span_of("\"7\""), instant(CREATED), b);
	assert_memory_not_equal(a, b, 14);
	assert_string_equal(a + 14, b + 14);
}

static void
check_line(const char *form, const struct new_case *like, const char *tail)
{
	struct new_case new = *like;
	struct submission s;
	struct buf out = { 0 };

	open_form(&s, form);
	new.form = &s.form;
	case_line(&new, &out);
	if (!strstr(buf_cstr(&out), tail))
		fail_msg("%s: %s\nexpected %s", form, out.data, tail);
	buf_release(&out);
	close_form(&s);
}

static void
test_lines(void **state)
{
	struct new_case new = { .policy = terms("fold"), .id = "ESC-1", .created = instant(CREATED) };

	(void)state;
	check_line("{}", &new, "\"created\":\"" CREATED "\",\"events\":[{\"at\":\"" CREATED
		"\",\"type\":\"submitted\"}]}");
	new.by = span_of("a\"b");
	check_line("{\"x_a\":1E2,\"requester.role\":\"r\",\"subject\":\"s\",\"requester\":{\"name\":\"Kim\"}}",
		&new, "\"created\":\"" CREATED "\",\"subject\":\"s\",\"requester\":{\"name\":\"Kim\","
		"\"role\":\"r\"},\"x_a\":1E2,\"events\":[{\"at\":\"" CREATED
		"\",\"by\":\"a\\\"b\",\"type\":\"submitted\"}]}");
	new.events = span_of("{\"at\":\"" CREATED "\",\"type\":\"noted\"}");
	check_line("{}", &new, "\"type\":\"submitted\"},{\"at\":\"" CREATED "\",\"type\":\"noted\"}]}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_requester),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
