/* What is taken out of a record and what stays; which attachments it names. */
#include "cases.h"

#include "domain/redact.h"

#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":3,\"policy\":\"fold\",\"policy_version\":\"fold\"," \
	"\"created\":\"2026-03-02T09:00:00Z\""
#define AT     "\"at\":\"2026-03-02T10:00:00Z\""
#define FIRST  "{" AT ",\"by\":\"ana\",\"type\":\"submitted\"}"
#define EVENTS "\"events\":[" FIRST "]"

/* What stands beside head and events: before, and after. */
static const struct {
	const char *before, *after;
} fields[] = {
	{ "\"subject\":\"MARK\"", "\"subject\":\"\"" },
	{ "\"s\\u0075bject\":\"MARK\"", "\"s\\u0075bject\":\"\"" },
	{ "\"subject\":null", "\"subject\":null" },
	{ "\"description\":\"MA\\\"RK\"", "\"description\":\"\"" },
	{ "\"requester\":{\"name\":\"MARK\",\"role\":\"vip\",\"x\":[1]}", "\"requester\":{}" },
	{ "\"attachments\":[{\"name\":\"MARK\",\"size\":1,\"b2\":\"00\"}]", "\"attachments\":[]" },
	{ "\"impact\":\"high\",\"case_number\":\"C1\",\"handler\":\"bo\"",
	  "\"impact\":\"high\",\"case_number\":\"C1\",\"handler\":\"bo\"" },
	{ "\"odd\":\"stays\",\"x_odd\":[\"stays\"]", "\"odd\":\"stays\",\"x_odd\":[\"stays\"]" },
	/* Named. */
	{ "\"x_text\":\"MARK\"", "\"x_text\":\"\"" },
	{ "\"x_text\":[\"MARK\"]", "\"x_text\":[]" },
	{ "\"x_text\":{\"MARK\":1}", "\"x_text\":{}" },
	{ "\"x_text\":12345", "\"x_text\":\"\"" },
	{ "\"x_text\":5", "\"x_text\":0" },
	{ "\"x_text\":true", "\"x_text\":\"\"" },
	{ "\"x_text\":null", "\"x_text\":null" },
	{ "\"x_site\":{\"name\":\"MARK\",\"country\":\"DE\"}",
	  "\"x_site\":{\"name\":\"\",\"country\":\"DE\"}" },
	{ "\"rationale\":\"MARK\"", "\"rationale\":\"\"" },
	{ "\"case_opened\":\"2026-03-02T08:00:00Z\"", "\"case_opened\":\"2026-03-02T08:00:00Z\"" },
	/* Derived. */
	{ "\"state\":\"resolved\",\"assignee\":\"ana\"", "\"state\":\"resolved\",\"assignee\":\"ana\"" },
	{ "\"resolution\":{\"outcome\":\"fixed\",\"summary\":\"MARK\"," AT ",\"by\":\"ana\"}",
	  "\"resolution\":{\"outcome\":\"fixed\",\"summary\":\"\"," AT ",\"by\":\"ana\"}" },
	{ "\"requester\":{\"name\":\"MARK\"},\"resolution\":{\"summary\":\"s\",\"by\":\"mark\"}",
	  "\"requester\":{},\"resolution\":{\"summary\":\"\",\"by\":\"\"}" },
	{ "\"feedback\":{\"score\":4,\"comment\":\"MARK\"," AT "}",
	  "\"feedback\":{\"score\":4,\"comment\":\"\"," AT "}" },
};

/* The members of an event, its type among them: before, and after. */
static const struct {
	const char *before, *after;
} events[] = {
	{ "\"type\":\"noted\",\"text\":\"MARK\"", "\"type\":\"noted\",\"text\":\"\"" },
	{ "\"type\":\"n\\u006fted\",\"t\\u0065xt\":\"MARK\"",
	  "\"type\":\"n\\u006fted\",\"t\\u0065xt\":\"\"" },
	{ "\"type\":\"noted\",\"logged\":\"2026-03-02T10:00:00Z\",\"auto\":true,\"text\":\"MARK\"",
	  "\"type\":\"noted\",\"logged\":\"2026-03-02T10:00:00Z\",\"auto\":true,\"text\":\"\"" },
	{ "\"type\":\"accepted\",\"tier\":2,\"priority\":\"p1\",\"assignee\":\"bo\",\"queue\":\"q\","
	  "\"text\":\"MARK\",\"rule\":\"r\"",
	  "\"type\":\"accepted\",\"tier\":2,\"priority\":\"p1\",\"assignee\":\"bo\",\"queue\":\"q\","
	  "\"text\":\"\",\"rule\":\"r\"" },
	{ "\"type\":\"cancelled\",\"feedback\":\"MARK\"", "\"type\":\"cancelled\",\"feedback\":\"\"" },
	{ "\"type\":\"prioritised\",\"rationale\":\"MARK\"",
	  "\"type\":\"prioritised\",\"rationale\":\"\"" },
	{ "\"type\":\"paused\",\"reason\":\"MARK\"", "\"type\":\"paused\",\"reason\":\"\"" },
	{ "\"type\":\"updated\",\"text\":\"MARK\",\"expected\":\"2026-03-03T10:00:00Z\"",
	  "\"type\":\"updated\",\"text\":\"\",\"expected\":\"2026-03-03T10:00:00Z\"" },
	{ "\"type\":\"promoted\",\"from\":1,\"to\":2,\"reason\":\"MARK\",\"clock\":\"tier\",\"late_s\":1",
	  "\"type\":\"promoted\",\"from\":1,\"to\":2,\"reason\":\"\",\"clock\":\"tier\",\"late_s\":1" },
	{ "\"type\":\"repinned\",\"from\":\"a\",\"to\":\"b\",\"because\":\"MARK\"",
	  "\"type\":\"repinned\",\"from\":\"a\",\"to\":\"b\",\"because\":\"\"" },
	{ "\"type\":\"duplicate\",\"of\":\"ESC-2\"", "\"type\":\"duplicate\",\"of\":\"ESC-2\"" },
	{ "\"type\":\"resolved\",\"outcome\":\"fixed\",\"summary\":\"MARK\"",
	  "\"type\":\"resolved\",\"outcome\":\"fixed\",\"summary\":\"\"" },
	{ "\"type\":\"rated\",\"score\":4,\"comment\":\"MARK\"",
	  "\"type\":\"rated\",\"score\":4,\"comment\":\"\"" },
	{ "\"type\":\"retracted\",\"event\":2,\"because\":\"MARK\"",
	  "\"type\":\"retracted\",\"event\":2,\"because\":\"\"" },
	{ "\"type\":\"notified\",\"notice\":\"breach\",\"to\":\"MARK\"",
	  "\"type\":\"notified\",\"notice\":\"breach\",\"to\":\"\"" },
	{ "\"type\":\"attached\",\"attachment\":{\"name\":\"MARK\",\"size\":1,\"b2\":\"00\"}",
	  "\"type\":\"attached\",\"attachment\":{}" },
	{ "\"type\":\"noted\",\"text\":\"\",\"judged\":[{\"clock\":\"tier\",\"verdict\":\"met\"}]",
	  "\"type\":\"noted\",\"text\":\"\",\"judged\":[{\"clock\":\"tier\",\"verdict\":\"met\"}]" },
	{ "\"type\":\"x-call\",\"judged\":[{\"clock\":\"MARK\",\"tier\":1,\"cycle\":\"MARK\","
	  "\"verdict\":\"MARK\",\"target_at\":\"MARK\",\"limit_at\":\"2026-03-02T09:30:00Z\","
	  "\"over\":{\"MARK\":1},\"note\":\"MARK\"},{\"clock\":\"tier\",\"verdict\":\"missed\",\"over\":5}]",
	  "\"type\":\"x-call\",\"judged\":[{\"clock\":\"\",\"tier\":1,\"cycle\":\"\","
	  "\"verdict\":\"\",\"target_at\":\"\",\"limit_at\":\"2026-03-02T09:30:00Z\","
	  "\"over\":{},\"note\":\"\"},{\"clock\":\"tier\",\"verdict\":\"missed\",\"over\":5}]" },
	{ "\"type\":\"noted\",\"text\":\"\",\"rule\":\"MARK said\"",
	  "\"type\":\"noted\",\"text\":\"\",\"rule\":\"\"" },
	{ "\"type\":\"noted\",\"text\":\"\",\"rule\":\"too-late-2\"",
	  "\"type\":\"noted\",\"text\":\"\",\"rule\":\"too-late-2\"" },
	/* A member of one type says nothing about another. */
	{ "\"type\":\"noted\",\"text\":\"\",\"priority\":\"MARK\",\"set\":{\"impact\":\"MARK\"}",
	  "\"type\":\"noted\",\"text\":\"\",\"priority\":\"\",\"set\":{}" },
	{ "\"type\":\"noted\",\"text\":\"\",\"was_at\":\"2026-03-02T09:30:00Z\",\"n\":[\"MARK\"],\"k\":1",
	  "\"type\":\"noted\",\"text\":\"\",\"was_at\":\"2026-03-02T09:30:00Z\",\"n\":[],\"k\":1" },
	{ "\"type\":\"noted\",\"text\":\"\",\"was_at\":\"MARK\"",
	  "\"type\":\"noted\",\"text\":\"\",\"was_at\":\"\"" },
	/* A type of others. */
	{ "\"type\":\"x-call\",\"rule\":\"MARK\",\"who\":\"MARK\",\"tier\":\"MARK\",\"deep\":{\"MARK\":[7]},"
	  "\"list\":[\"MARK\"],\"s\":30,\"ok\":false,\"no\":null",
	  "\"type\":\"x-call\",\"rule\":\"\",\"who\":\"\",\"tier\":\"\",\"deep\":{},"
	  "\"list\":[],\"s\":30,\"ok\":false,\"no\":null" },
	/* What was set, and what was before. */
	{ "\"type\":\"amended\",\"set\":{\"subject\":\"MARK\",\"impact\":\"high\"},\"because\":\"MARK\","
	  "\"was\":{\"subject\":\"MARK\",\"impact\":null}",
	  "\"type\":\"amended\",\"set\":{\"subject\":\"\",\"impact\":\"high\"},\"because\":\"\","
	  "\"was\":{\"subject\":\"\",\"impact\":null}" },
	{ "\"type\":\"reclassified\",\"set\":{\"requester.role\":\"MARK\",\"x_text\":42,\"x_site\":"
	  "{\"name\":\"MARK\",\"n\":1},\"x_site.name\":\"MARK\"}",
	  "\"type\":\"reclassified\",\"set\":{\"requester.role\":\"\",\"x_text\":\"\",\"x_site\":"
	  "{\"name\":\"\",\"n\":1},\"x_site.name\":\"\"}" },
	/* Known again by the next import; elsewhere it is a text. */
	{ "\"type\":\"amended\",\"set\":{\"subject\":\"MARK\"},\"because\":\"import\"",
	  "\"type\":\"amended\",\"set\":{\"subject\":\"\"},\"because\":\"import\"" },
	{ "\"type\":\"retracted\",\"event\":2,\"because\":\"import\"",
	  "\"type\":\"retracted\",\"event\":2,\"because\":\"\"" },
	/* Who the requester is, was, and might have been. */
	{ "\"by\":\"bo\",\"type\":\"noted\",\"text\":\"\"",
	  "\"by\":\"bo\",\"type\":\"noted\",\"text\":\"\"" },
	{ "\"by\":\"KIM@example.org\",\"type\":\"answered\",\"text\":\"MARK\"",
	  "\"by\":\"\",\"type\":\"answered\",\"text\":\"\"" },
	{ "\"by\":\"Kim MARK\",\"type\":\"amended\",\"set\":{\"requester.name\":\"Kim MARK\"}",
	  "\"by\":\"\",\"type\":\"amended\",\"set\":{\"requester.name\":\"\"}" },
	{ "\"by\":\"Old MARK\",\"type\":\"amended\",\"set\":{},\"was\":{\"requester\":{\"name\":\"Old MARK\"}}",
	  "\"by\":\"\",\"type\":\"amended\",\"set\":{},\"was\":{\"requester\":{}}" },
	{ "\"by\":\"K. <kim@Example.org>\",\"type\":\"closed\"", "\"by\":\"\",\"type\":\"closed\"" },
	{ "\"by\":\"kim@example.org \",\"type\":\"closed\"", "\"by\":\"\",\"type\":\"closed\"" },
	{ "\"by\":\"joakim@example.org\",\"type\":\"closed\"",
	  "\"by\":\"joakim@example.org\",\"type\":\"closed\"" },
	{ "\"by\":\"also MARK\",\"type\":\"closed\"", "\"by\":\"\",\"type\":\"closed\"" },
};

static const char *const more[] = { "x_text", "x_site.name", "rationale", "case_opened", "state",
	"events", NULL };
static const struct span person = { "also MARK", 9 };
static const struct redact_terms terms = { more, &person, 1 };

/* The redacted line; its length and fixed point are looked at on the way. */
static void
redact_twice(const char *before, struct buf *out)
{
	struct unit_case c;
	struct buf again = { 0 };

	case_open(&c, before);
	redact_record(&c.record, NULL, &terms, &c.arena, out);
	assert_int_equal(out->len, strlen(before));
	case_close(&c);
	case_open(&c, buf_cstr(out));
	redact_record(&c.record, NULL, &terms, &c.arena, &again);
	assert_string_equal(buf_cstr(&again), out->data);
	case_close(&c);
	buf_release(&again);
}

/* Equal but for the blanks at the end. */
static void
expect(const char *before, const char *after)
{
	struct buf out = { 0 };
	size_t n = strlen(after);

	redact_twice(before, &out);
	if (out.len < n || memcmp(out.data, after, n) != 0)
		fail_msg("%s\nbecame   %s\nexpected %s", before, out.data, after);
	assert_int_equal(strspn(out.data + n, " "), out.len - n);
	buf_release(&out);
}

static void
test_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct buf before = { 0 }, after = { 0 };

		buf_printf(&before, "{" HEAD ",%s," EVENTS "}", fields[i].before);
		buf_printf(&after, "{" HEAD ",%s," EVENTS "}", fields[i].after);
		expect(buf_cstr(&before), buf_cstr(&after));
		buf_release(&before);
		buf_release(&after);
	}
}

static void
test_events(void **state)
{
	static const char line[] = "{" HEAD ",\"requester\":%s,\"events\":[" FIRST ",{" AT ",%s}],"
		"\"state\":\"submitted\"}";

	(void)state;
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		struct buf before = { 0 }, after = { 0 };

		buf_printf(&before, line, "{\"email\":\"kim@example.org\"}", events[i].before);
		buf_printf(&after, line, "{}", events[i].after);
		expect(buf_cstr(&before), buf_cstr(&after));
		buf_release(&before);
		buf_release(&after);
	}
}

static void
test_policy_names_more(void **state)
{
	static const char *const personal[] = { "rationale", "x_own" };
	struct policy policy = { .personal = personal, .n_personal = 2 };
	struct redact_terms none = { 0 };
	struct unit_case c;
	struct buf out = { 0 };

	(void)state;
	case_open(&c, "{" HEAD ",\"rationale\":\"MARK\",\"x_own\":\"MARK\",\"x_text\":\"t\"," EVENTS "}");
	redact_record(&c.record, &policy, &none, &c.arena, &out);
	assert_null(strstr(buf_cstr(&out), "MARK"));
	assert_non_null(strstr(out.data, "\"rationale\":\"\",\"x_own\":\"\",\"x_text\":\"t\""));
	case_close(&c);
	buf_release(&out);
}

static void
test_what_may_be_named(void **state)
{
	static const char *const taken[] = { "x_a", "x_a.b", "odd", "handler", "requester.role",
		"impact", NULL };
	static const char *const refused[] = { "", "id", "events", "state", "case_opened", "sla",
		"resolution.summary", NULL };

	(void)state;
	for (size_t i = 0; taken[i]; i++)
		assert_true(redact_takes(span_of(taken[i])));
	for (size_t i = 0; refused[i]; i++)
		assert_false(redact_takes(span_of(refused[i])));
}

static int
note_one(void *ctx, struct span b2, int64_t size, struct err *err)
{
	struct buf *seen = ctx;

	(void)err;
	buf_printf(seen, "%.*s:%d ", (int)b2.n, b2.p, (int)size);
	return span_is(b2, "stop");
}

static void
attachments_are(const char *line, const char *want, int result)
{
	struct unit_case c;
	struct buf seen = { 0 };

	case_open(&c, line);
	assert_int_equal(record_attachments(&c.record, &c.arena, note_one, &seen, &c.err), result);
	assert_string_equal(buf_cstr(&seen), want);
	case_close(&c);
	buf_release(&seen);
}

static void
test_attachments(void **state)
{
	(void)state;
	attachments_are("{" HEAD "," EVENTS "}", "", 0);
	attachments_are("{" HEAD ",\"attachments\":[{\"name\":\"n\",\"size\":3,\"b2\":\"aa\"},{},"
		"{\"b2\":7},{\"b2\":\"\\u0062b\",\"size\":\"3\"}],\"events\":[" FIRST
		",{" AT ",\"type\":\"attached\",\"attachment\":{\"b2\":\"cc\",\"size\":0}}"
		",{" AT ",\"type\":\"noted\",\"text\":\"\",\"attachment\":{\"b2\":\"no\"}}"
		",{" AT ",\"type\":\"amended\",\"set\":{\"attachments\":[{\"b2\":\"dd\"}]},"
		"\"was\":{\"attachments\":[{\"b2\":\"ee\"}]}}]}", "aa:3 bb:-1 cc:0 dd:-1 ee:-1 ", 0);
	attachments_are("{" HEAD ",\"attachments\":[{\"b2\":\"aa\"},{\"b2\":\"stop\"},{\"b2\":\"bb\"}],"
		EVENTS "}", "aa:-1 stop:-1 ", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_policy_names_more),
		cmocka_unit_test(test_what_may_be_named),
		cmocka_unit_test(test_attachments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
