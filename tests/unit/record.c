/* Records and their events: what is refused, where, and in which words. */
#include "cases.h"

#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"policy_version\":\"fold\"," \
	"\"created\":\"2026-03-02T09:00:00Z\""
#define FIRST "{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}"
#define EVENTS "\"events\":[" FIRST "]"

/* A line, the status it is refused with (0: not), and every fault. */
static const struct {
	const char *line;
	int status;
	const char *faults;
} lines[] = {
	{ "{" HEAD "," EVENTS "}", 0, "" },
	{ "{" EVENTS "," HEAD "}", 0, "" },
	{ "{\"x_odd\":[{\"a\":[]}],\"no\":1," HEAD "," EVENTS "}", 0, "" },
	{ "{" HEAD ",\"\\u0073ubject\":7," EVENTS "}", EX_DATAERR, "subject: expected a text" },
	/* Without a head. */
	{ "{}", EX_DATAERR, "v: required; id: required; policy: required; "
		"policy_version: required; created: required; events: required" },
	{ "{\"v\":null,\"id\":null,\"policy\":null,\"policy_version\":null,\"created\":null,"
	  "\"events\":null}", EX_DATAERR, "v: required; id: required; policy: required; "
		"policy_version: required; created: required; events: required" },
	/* A newer version is not judged further. */
	{ "{\"v\":2}", EX_CONFIG,
		"v: version 2 is newer than this program, which knows 1" },
	{ "{\"v\":2,\"id\":7,\"created\":\"then\"}", EX_CONFIG,
		"v: version 2 is newer than this program, which knows 1" },
	{ "{\"v\":\"2\"}", EX_DATAERR, "v: expected a whole number; id: required; "
		"policy: required; policy_version: required; created: required; events: required" },
	{ "{\"v\":0,\"id\":\"E\",\"policy\":\"p\",\"policy_version\":\"1\","
	  "\"created\":\"2026-03-02T09:00:00Z\"," EVENTS "}", EX_DATAERR, "v: expected 1" },
	{ "{\"v\":1,\"id\":\"E\",\"rev\":-1,\"policy\":\"p\",\"policy_version\":\"1\","
	  "\"created\":\"2026-03-02T09:00:00Z\"," EVENTS "}", EX_DATAERR, "rev: is negative" },
	{ "{\"v\":1,\"id\":\"E\",\"policy\":\"p\",\"policy_version\":\"1\","
	  "\"created\":\"1970-01-01T00:00:00Z\"," EVENTS "}", 0, "" },
	{ "{\"v\":1,\"id\":\"E\",\"policy\":\"p\",\"policy_version\":\"1\","
	  "\"created\":\"1969-12-31T23:59:59Z\"," EVENTS "}", EX_DATAERR, "created: is before 1970" },
	/* Each kind of field. */
	{ "{" HEAD ",\"subject\":[],\"reason\":7,\"requester\":[],\"attachments\":[7]," EVENTS "}",
		EX_DATAERR, "subject: expected a text; reason: expected a text or a list of texts; "
		"requester: expected an object of texts; attachments: expected a list of objects" },
	{ "{" HEAD ",\"reason\":[\"a\",7]," EVENTS "}", EX_DATAERR,
		"reason: expected a text or a list of texts" },
	{ "{" HEAD ",\"reason\":[]," EVENTS "}", 0, "" },
	{ "{" HEAD ",\"requester\":{\"name\":\"Kim\",\"email\":7}," EVENTS "}", EX_DATAERR,
		"requester: expected an object of texts" },
	{ "{" HEAD ",\"requester\":{\"name\":\"Kim\",\"x\":7}," EVENTS "}", 0, "" },
	{ "{" HEAD "," EVENTS ",\"tier\":1.5,\"held\":[1],\"resolution\":[],\"clocks\":{},"
	  "\"due\":\"soon\",\"sla\":7}", EX_DATAERR,
		"held: expected a list of texts; tier: expected a whole number; "
		"clocks: expected a list of objects; "
		"due: expected YYYY-MM-DDThh:mm:ssZ; got \"soon\"; "
		"resolution: expected an object; sla: expected an object" },
	{ "{" HEAD ",\"events\":{}}", EX_DATAERR, "events: expected a list of objects" },
	{ "{" HEAD ",\"events\":[]}", EX_DATAERR, "events: expected at least one event" },
	{ "{" HEAD ",\"events\":[7]}", EX_DATAERR, "events: expected a list of objects" },
};

/* The second event of a record, and every fault. */
static const struct {
	const char *event, *faults;
} events[] = {
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"x-mine\",\"text\":7,\"tier\":\"x\"}", "" },
	{ "{\"at\":\"2026-03-02T10:00:00+01:00\",\"type\":\"noted\"}", "" },
	{ "{}", "events[1].type: required; events[1].at: required" },
	{ "{\"at\":null,\"type\":null}", "events[1].type: required; events[1].at: required" },
	{ "{\"at\":7,\"type\":7}", "events[1].type: expected a text; "
		"events[1].at: expected an instant (RFC 3339)" },
	{ "{\"at\":\"2026-03-02T10:00:00\\u005a\",\"type\":\"n\\u006fted\",\"text\":1}",
		"events[1].text: expected a text" },
	{ "{\"at\":\"2026-02-30T10:00:00Z\",\"type\":\"noted\"}",
		"events[1].at: no such day; got \"2026-02-30T10:00:00Z\"" },
	/* What any event may carry, whatever its type. */
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"x-y\",\"by\":7,\"rule\":7,\"auto\":7,"
	  "\"logged\":7,\"judged\":7}",
		"events[1].by: expected a text; events[1].rule: expected a text; "
		"events[1].auto: expected true or false; "
		"events[1].logged: expected an instant (RFC 3339); "
		"events[1].judged: expected a list of objects" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"noted\",\"judged\":[{},7]}",
		"events[1].judged: expected a list of objects" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"noted\",\"judged\":[],\"auto\":false,"
	  "\"by\":null,\"text\":null}", "" },
	/* Members of a type; starred ones may lack: an import loads. */
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"noted\",\"text\":7}",
		"events[1].text: expected a text" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":\"2\",\"priority\":1,"
	  "\"assignee\":[],\"queue\":{}}",
		"events[1].tier: expected a whole number; events[1].priority: expected a text; "
		"events[1].assignee: expected a text; events[1].queue: expected a text" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":2.0}",
		"events[1].tier: expected a whole number" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"reclassified\",\"set\":[],\"was\":\"\"}",
		"events[1].set: expected an object; events[1].was: expected an object" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"due_set\",\"due\":\"tomorrow\"}",
		"events[1].due: expected YYYY-MM-DDThh:mm:ssZ; got \"tomorrow\"" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"promoted\"}", "" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"promoted\",\"to\":true,\"limit_at\":1,"
	  "\"late_s\":\"9\"}",
		"events[1].to: expected a whole number; "
		"events[1].limit_at: expected an instant (RFC 3339); "
		"events[1].late_s: expected a whole number" },
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"attached\",\"attachment\":\"file\"}",
		"events[1].attachment: expected an object" },
	/* A member of another type is unknown here. */
	{ "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"noted\",\"to\":\"x\",\"set\":7}", "" },
};

static void
put_faults(struct buf *out, const struct err *err)
{
	for (size_t i = 0; i < err->n; i++) {
		buf_puts(out, i ? "; " : "");
		if (*err->fault[i].where)
			buf_printf(out, "%s: ", err->fault[i].where);
		buf_puts(out, err->fault[i].what);
	}
}

static void
check(const char *line, int status, const char *faults)
{
	struct buf got = { 0 };
	struct unit_case c;
	int result = case_read(&c, line);

	put_faults(&got, &c.err);
	if (strcmp(buf_cstr(&got), faults) != 0)
		fail_msg("%s\n%s\nexpected %s", line, got.data, faults);
	assert_int_equal(c.err.status, status);
	assert_int_equal(result, status ? -1 : 0);
	buf_release(&got);
	case_close(&c);
}

static void
test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		check(lines[i].line, lines[i].status, lines[i].faults);
}

static void
test_events(void **state)
{
	struct buf line = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		line.len = 0;
		buf_printf(&line, "{%s,\"events\":[%s,%s]}", HEAD, FIRST, events[i].event);
		check(buf_cstr(&line), *events[i].faults ? EX_DATAERR : 0, events[i].faults);
	}
	buf_release(&line);
}

static void
test_read(void **state)
{
	struct unit_case c;

	(void)state;
	case_open(&c, "{\"v\":1,\"id\":\"E-\\u0031\",\"rev\":7,\"policy\":\"p\",\"policy_version\":\"1\","
		"\"created\":\"2026-03-02T10:00:00.9+01:00\",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:00:00Z\",\"logged\":\"2026-03-02T11:00:00Z\",\"type\":\"noted\","
		"\"judged\":[]},{\"at\":\"2026-03-02T10:30:00Z\",\"type\":\"x-y\"}]}");
	assert_true(span_is(c.record.id, "E-1"));
	assert_int_equal(c.record.rev, 7);
	assert_int_equal(c.record.created, instant("2026-03-02T09:00:00Z"));
	assert_int_equal(c.record.n_events, 3);
	assert_int_equal(c.record.event[1].type, EV_NOTED);
	assert_int_equal(c.record.event[1].place, 2);
	assert_int_equal(c.record.event[1].recorded, instant("2026-03-02T11:00:00Z"));
	assert_true(c.record.event[1].judged);
	assert_int_equal(c.record.event[2].type, EV_OTHER);
	assert_int_equal(c.record.event[2].recorded, c.record.event[2].at);
	assert_false(c.record.event[2].judged);
	case_close(&c);
}

static void
test_find(void **state)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{ "subject", "\"s\"" }, { "x_site", "[1]" }, { "requester.email", "\"k@x\"" },
		{ "x_o.a", "1" }, { "x_o.b", NULL }, { "x_site.a", NULL }, { "subject.a", NULL },
		{ "no", NULL }, { "no.a", NULL }, { "", NULL }, { "x_o.a.b", NULL }, { "v", "1" },
	};
	struct buf name = { 0 };
	struct unit_case c;

	(void)state;
	case_open(&c, "{" HEAD ",\"subject\":\"s\",\"x_site\":[1],\"requester\":{\"email\":\"k@x\"},"
		"\"x_o\":{\"a\":1}," EVENTS "}");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct value value = record_find(&c.record, span_of(rows[i].name));

		assert_int_equal(value.node != 0, rows[i].value != NULL);
		if (rows[i].value)
			assert_true(span_is(scan_raw(value.scan, value.node), rows[i].value));
	}
	for (int i = 0; i < 300; i++)
		buf_putc(&name, 'n');
	assert_int_equal(record_find(&c.record, buf_text(&name)).node, 0);
	memcpy(name.data, "x_o.", 4);
	assert_int_equal(record_find(&c.record, buf_text(&name)).node, 0);
	buf_release(&name);
	case_close(&c);
}

/* Names, verbs and states of the table; row 0 is for what is not known. */
static void
test_types(void **state)
{
	(void)state;
	for (int type = EV_SUBMITTED; type < EVENT_TYPES; type++) {
		assert_int_equal(event_type_find(span_of(event_table[type].name)), type);
		assert_non_null(event_table[type].verb);
		assert_null(event_table[type].member[EVENT_MEMBERS - 1].name);
	}
	assert_int_equal(event_type_find(span_of("")), EV_OTHER);
	assert_int_equal(event_type_find(span_of("Noted")), EV_OTHER);
	assert_int_equal(event_type_find(span_of("x-noted")), EV_OTHER);
}

static void
test_automatic(void **state)
{
	static const struct {
		const char *members;
		bool automatic;
	} rows[] = {
		{ "", false }, { ",\"rule\":\"r\"", true }, { ",\"auto\":true", true },
		{ ",\"auto\":false", false }, { ",\"rule\":null,\"auto\":null", false },
	};
	struct buf line = { 0 };
	struct unit_case c;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		line.len = 0;
		buf_printf(&line, "{%s,\"events\":[%s,{\"at\":\"2026-03-02T10:00:00Z\","
			"\"type\":\"noted\"%s}]}", HEAD, FIRST, rows[i].members);
		case_open(&c, buf_cstr(&line));
		assert_int_equal(event_is_automatic(&c.record.event[1]), rows[i].automatic);
		case_close(&c);
	}
	buf_release(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_automatic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
