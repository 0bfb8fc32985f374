/* "sla" in a record's line, and what a gate asks of verdicts. */
#include "cases.h"

#include "domain/sla.h"

#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"policy_version\":\"fold\"," \
	"\"created\":\"2026-03-02T09:00:00Z\""
#define FIRST  "{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}"
#define EVENTS "\"events\":[" FIRST "]"
#define LATER  "2026-03-03T18:00:00Z"
#define CLOCK \
	"{\"clock\":\"acknowledge\",\"cycle\":1,\"verdict\":\"breached\"," \
	"\"target_at\":\"2026-03-03T13:00:00Z\",\"limit_at\":\"2026-03-03T17:00:00Z\"," \
	"\"left\":0,\"left_wall\":-3600}"
#define SLA \
	"\"sla\":{\"at\":\"" LATER "\",\"verdict\":\"breached\",\"worst\":" CLOCK ",\"clocks\":[" CLOCK "]}"

/* A line, and the same with its verdicts. */
static const struct {
	const char *line, *judged;
} lines[] = {
	{ "{" HEAD "," EVENTS "}", "{" HEAD "," EVENTS "," SLA "}" },
	{ "{ " HEAD " , " EVENTS ",\"x\" : [ 1E2 ] }", "{ " HEAD " , " EVENTS ",\"x\" : [ 1E2 ]," SLA "}" },
	{ "{" HEAD "," EVENTS ",\"sla\":{}}", "{" HEAD "," EVENTS "," SLA "}" },
	{ "{\"sla\":{\"a\":[1]}," HEAD "," EVENTS "}", "{" HEAD "," EVENTS "," SLA "}" },
	{ "{" HEAD ",\"sl\\u0061\":{} ,\"x\" : [ 1E2 ]," EVENTS " }",
		"{" HEAD ",\"x\" : [ 1E2 ]," EVENTS "," SLA "}" },
	{ "{" HEAD "," EVENTS ",\"sla\":null}", "{" HEAD "," EVENTS "," SLA "}" },
};

static void
test_write(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct sla sla = { 0 };
		struct buf out = { 0 };
		struct unit_case c;

		case_open(&c, lines[i].line);
		case_fold(&c, instant(LATER));
		sla = (struct sla){ .at = instant(LATER), .record = &c.record, .fold = &c.fold };
		verdict_at(&c.fold, sla.at, &sla.verdict);
		sla_write(&sla, &out);
		if (strcmp(buf_cstr(&out), lines[i].judged) != 0)
			fail_msg("%s\n%s\nexpected %s", lines[i].line, out.data, lines[i].judged);
		buf_release(&out);
		case_close(&c);
	}
}

/* A tier in the clock's name; goals and what is left only where there are any. */
static void
test_clocks(void **state)
{
	struct sla sla = { 0 };
	struct buf out = { 0 };
	struct unit_case c;

	(void)state;
	case_open(&c, "{" HEAD ",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"accepted\",\"tier\":3}]}");
	case_fold(&c, instant("2026-03-02T10:00:00Z"));
	sla.at = instant("2026-03-02T10:00:00Z");
	sla.fold = &c.fold;
	verdict_at(&c.fold, sla.at, &sla.verdict);
	sla_value(&sla, &out);
	assert_non_null(strstr(buf_cstr(&out), "\"verdict\":\"open-ended\",\"worst\":"
		"{\"clock\":\"tier\",\"tier\":3,\"cycle\":1,\"verdict\":\"open-ended\","
		"\"target_at\":\"2026-03-09T17:00:00Z\"},\"clocks\":[{\"clock\":\"acknowledge\","
		"\"cycle\":1,\"verdict\":\"met\",\"target_at\":\"2026-03-03T13:00:00Z\","
		"\"limit_at\":\"2026-03-03T17:00:00Z\"},{\"clock\":\"contact\",\"tier\":3,"));
	buf_release(&out);
	case_close(&c);
}

static void
test_no_clock(void **state)
{
	const struct policy none = { 0 };
	struct fold fold = { .policy = &none };
	struct sla sla = { 0 };
	struct buf out = { 0 };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	fold.arena = &arena;
	verdict_at(&fold, 0, &sla.verdict);
	sla_value(&sla, &out);
	assert_string_equal(buf_cstr(&out),
		"{\"at\":\"1970-01-01T00:00:00Z\",\"verdict\":\"none\",\"clocks\":[]}");
	buf_release(&out);
	arena_release(&arena);
}

/* Each verdict, and the mildest gate that it does not pass; GATES: none. */
static void
test_gates(void **state)
{
	static const bool fails[VERDICTS][GATES] = {
		[VERDICT_EXHAUSTED] = { false, true, true, true },
		[VERDICT_BREACHED] = { false, true, true, true },
		[VERDICT_PAUSED_BREACHED] = { false, true, true, true },
		[VERDICT_RISK] = { [GATE_RISK] = true },
		[VERDICT_MISSED] = { [GATE_MISSED] = true },
	};

	(void)state;
	for (int i = 0; i < VERDICTS; i++) {
		for (int gate = 0; gate < GATES; gate++)
			if (gate_stops((enum gate)gate, (enum verdict)i) != fails[i][gate])
				fail_msg("%s at the gate %s", verdict_names[i], gate_names[gate]);
	}
}

static void
test_lists(void **state)
{
	static const unsigned breaches = 1U << VERDICT_EXHAUSTED | 1U << VERDICT_BREACHED |
		1U << VERDICT_PAUSED_BREACHED;
	static const struct {
		const char *text;
		unsigned verdicts;
		const char *fault;
	} rows[] = {
		{ "ok", 1U << VERDICT_OK, NULL },
		{ "breached", breaches, NULL },
		{ "exhausted", 1U << VERDICT_EXHAUSTED, NULL },
		{ "risk,breached,none", breaches | 1U << VERDICT_RISK | 1U << VERDICT_NONE, NULL },
		{ "paused,paused", 1U << VERDICT_PAUSED, NULL },
		{ "", 0, "\"\"" },
		{ "ok,", 0, "\"\"" },
		{ "ok,late,met", 0, "\"late\"" },
		{ "OK", 0, "\"OK\"" },
		{ "ok ", 0, "\"ok \"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };
		unsigned verdicts;
		int result = verdicts_parse(rows[i].text, &verdicts, &err);

		assert_int_equal(result, rows[i].fault ? -1 : 0);
		if (rows[i].fault) {
			assert_int_equal(err.status, EX_USAGE);
			assert_non_null(strstr(err_text(&err), rows[i].fault));
		} else {
			assert_int_equal(verdicts, rows[i].verdicts);
		}
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_no_clock),
		cmocka_unit_test(test_gates),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
