/* Where a clock's time went: the pieces, without gaps, and their sum. */
#include "cases.h"

#include "domain/explain.h"

#define HEAD(version, created) \
	"{\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"policy_version\":\"" version \
	"\",\"created\":\"" created "\",\"events\":[{\"at\":\"" created "\",\"type\":\"submitted\"}"
#define EVENT(at, type, more) ",{\"at\":\"" at "\",\"by\":\"ana\",\"type\":\"" type "\"" more "}"
#define TAIL  "]}"

/* As `cases` say it: a clock of a case at an instant, and its ledger. */
struct told {
	const char *name, *line;
	enum clock_id id;
	const char *at;
	int64_t elapsed;
	const char *pieces; /* FROM TO KIND[ NAME][ by BY][: BECAUSE] COUNTED; */
};

#define MONDAY "2026-03-02T09:00:00Z"

static const struct told cases[] = {
	{ "a night", HEAD("fold", MONDAY) TAIL, CLOCK_ACKNOWLEDGE, "2026-03-03T10:00:00Z", 32400,
		"02T09:00 02T17:00 counted 28800;02T17:00 03T09:00 closed 0;"
		"03T09:00 03T10:00 counted 3600;" },
	{ "a weekend", HEAD("fold", "2026-03-06T16:00:00Z") TAIL, CLOCK_ACKNOWLEDGE,
		"2026-03-09T09:30:00Z", 5400,
		"06T16:00 06T17:00 counted 3600;06T17:00 09T09:00 closed 0;"
		"09T09:00 09T09:30 counted 1800;" },
	{ "a holiday", HEAD("fold", "2026-12-24T16:00:00Z") TAIL, CLOCK_ACKNOWLEDGE,
		"2026-12-28T10:00:00Z", 7200,
		"24T16:00 24T17:00 counted 3600;24T17:00 25T00:00 closed 0;"
		"25T00:00 26T00:00 holiday 0;26T00:00 28T09:00 closed 0;"
		"28T09:00 28T10:00 counted 3600;" },
	{ "nothing yet", HEAD("fold", MONDAY) TAIL, CLOCK_ACKNOWLEDGE, MONDAY, 0, "" },
	{ "judged before it was submitted", HEAD("fold", MONDAY) TAIL, CLOCK_ACKNOWLEDGE,
		"2026-03-01T09:00:00Z", 0, "" },
	{ "stopped", HEAD("fold", MONDAY) EVENT("2026-03-02T10:00:00Z", "acknowledged", "") TAIL,
		CLOCK_ACKNOWLEDGE, "2026-03-03T10:00:00Z", 3600, "02T09:00 02T10:00 counted 3600;" },
	{ "a pause over closing time", HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T16:00:00Z", "paused", ",\"reason\":\"parts\"")
		EVENT("2026-03-03T10:00:00Z", "resumed", "") TAIL,
		CLOCK_TIER, "2026-03-03T11:00:00Z", 28800,
		"02T09:00 02T16:00 counted 25200;02T16:00 03T10:00 paused paused by ana: parts 0;"
		"03T10:00 03T11:00 counted 3600;" },
	{ "a pause over a holiday", HEAD("fold", "2026-12-24T15:00:00Z")
		EVENT("2026-12-24T15:00:00Z", "accepted", "")
		EVENT("2026-12-24T16:00:00Z", "asked", ",\"text\":\"Which?\"")
		EVENT("2026-12-25T12:00:00Z", "answered", ",\"text\":\"That\"") TAIL,
		CLOCK_TIER, "2026-12-28T10:00:00Z", 7200,
		"24T15:00 24T16:00 counted 3600;24T16:00 25T12:00 paused asked by ana: Which? 0;"
		"25T12:00 26T00:00 holiday 0;26T00:00 28T09:00 closed 0;"
		"28T09:00 28T10:00 counted 3600;" },
	{ "held still", HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "asked", ",\"text\":\"Which?\"") TAIL,
		CLOCK_TIER, "2026-03-04T10:00:00Z", 3600,
		"02T09:00 02T10:00 counted 3600;02T10:00 04T10:00 paused asked by ana: Which? 0;" },
	{ "two holds are one, that of the first", HEAD("fold", MONDAY)
		EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "paused", ",\"reason\":\"parts\"")
		EVENT("2026-03-02T11:00:00Z", "asked", ",\"text\":\"Which?\"")
		EVENT("2026-03-02T12:00:00Z", "resumed", "")
		EVENT("2026-03-02T13:00:00Z", "answered", ",\"text\":\"That\"") TAIL,
		CLOCK_TIER, "2026-03-02T14:00:00Z", 7200,
		"02T09:00 02T10:00 counted 3600;02T10:00 02T13:00 paused paused by ana: parts 0;"
		"02T13:00 02T14:00 counted 3600;" },
	{ "what holds another clock alone", HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "asked", ",\"text\":\"Which?\"")
		EVENT("2026-03-02T11:00:00Z", "paused", ",\"reason\":\"parts\"") TAIL,
		CLOCK_UPDATE, "2026-03-02T14:00:00Z", 7200,
		"02T09:00 02T11:00 counted 7200;02T11:00 02T14:00 paused paused by ana: parts 0;" },
	{ "a clock that starts held", HEAD("fold", MONDAY)
		EVENT("2026-03-02T10:00:00Z", "asked", ",\"text\":\"Which?\"")
		EVENT("2026-03-02T11:00:00Z", "accepted", "")
		EVENT("2026-03-02T12:00:00Z", "answered", ",\"text\":\"That\"") TAIL,
		CLOCK_TIER, "2026-03-02T13:00:00Z", 3600,
		"02T11:00 02T12:00 paused asked by ana: Which? 0;02T12:00 02T13:00 counted 3600;" },
	{ "a pause that was retracted", HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "paused", ",\"reason\":\"parts\"")
		EVENT("2026-03-02T11:00:00Z", "retracted", ",\"event\":3,\"because\":\"no\"") TAIL,
		CLOCK_TIER, "2026-03-02T12:00:00Z", 10800, "02T09:00 02T12:00 counted 10800;" },
	{ "a pause of no length", HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "paused", ",\"reason\":\"parts\"")
		EVENT("2026-03-02T10:00:00Z", "resumed", "") TAIL,
		CLOCK_TIER, "2026-03-02T11:00:00Z", 7200,
		"02T09:00 02T10:00 counted 3600;02T10:00 02T11:00 counted 3600;" },
	{ "reopened to run on", HEAD("continue", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "resolved",
			",\"outcome\":\"resolved\",\"summary\":\"Sent\"")
		EVENT("2026-03-02T12:00:00Z", "reopened", ",\"reason\":\"again\"") TAIL,
		CLOCK_TIER, "2026-03-02T13:00:00Z", 7200,
		"02T09:00 02T10:00 counted 3600;02T10:00 02T12:00 paused resolved by ana: Sent 0;"
		"02T12:00 02T13:00 counted 3600;" },
	{ "a question that the resolution ended", HEAD("continue", MONDAY)
		EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T10:00:00Z", "asked", ",\"text\":\"Which?\"")
		EVENT("2026-03-02T11:00:00Z", "closed", "")
		EVENT("2026-03-02T12:00:00Z", "reopened", ",\"reason\":\"again\"") TAIL,
		CLOCK_TIER, "2026-03-02T13:00:00Z", 7200,
		"02T09:00 02T10:00 counted 3600;02T10:00 02T11:00 paused asked by ana: Which? 0;"
		"02T11:00 02T12:00 paused resolved by ana 0;02T12:00 02T13:00 counted 3600;" },
	{ "plain time runs at night", HEAD("plain", MONDAY) EVENT(MONDAY, "accepted", "")
		EVENT("2026-03-02T16:00:00Z", "paused", ",\"reason\":\"parts\"")
		EVENT("2026-03-02T17:00:00Z", "resumed", "") TAIL,
		CLOCK_TIER, "2026-03-03T09:00:00Z", 82800,
		"02T09:00 02T16:00 counted 25200;02T16:00 02T17:00 paused paused by ana: parts 0;"
		"02T17:00 03T09:00 counted 57600;" },
	{ "the calendar in force counts, from the start on", HEAD("fold", MONDAY)
		EVENT("2026-03-02T12:00:00Z", "routed", ",\"queue\":\"early\"")
		EVENT("2026-03-02T12:00:00Z", "accepted", "")
		EVENT("2026-03-03T08:00:00Z", "routed", ",\"queue\":\"home\"") TAIL,
		CLOCK_TIER, "2026-03-03T10:00:00Z", 21600,
		"02T12:00 02T17:00 counted 18000;02T17:00 03T09:00 closed 0;"
		"03T09:00 03T10:00 counted 3600;" },
};

static void
put_instant(struct buf *out, int64_t at)
{
	struct civil civil;

	civil_from_seconds(at, &civil);
	buf_printf(out, "%02dT%02d:%02d ", civil.day, civil.hour, civil.minute);
}

static void
put_piece(struct buf *out, const struct ledger_line *line)
{
	put_instant(out, line->from);
	put_instant(out, line->to);
	buf_puts(out, ledger_names[line->kind]);
	if (line->name.p)
		buf_printf(out, " %.*s", (int)line->name.n, line->name.p);
	if (line->by.p)
		buf_printf(out, " by %.*s", (int)line->by.n, line->by.p);
	if (line->because.p)
		buf_printf(out, ": %.*s", (int)line->because.n, line->because.p);
	buf_printf(out, " %lld;", (long long)line->counted);
}

/* What holds of every ledger: no gaps, from start to end, and the sum. */
static void
check_sum(const char *name, const struct clock *clock, const struct explained *explained)
{
	int64_t at = clock->started_at, sum = 0;

	for (size_t i = 0; i < explained->n; i++) {
		const struct ledger_line *line = &explained->line[i];

		if (line->from != at || line->to < line->from ||
			(line->to == line->from && line->kind != LEDGER_DST))
			fail_msg("%s: a gap before piece %zu", name, i);
		if (line->counted < 0 || line->counted > line->to - line->from)
			fail_msg("%s: piece %zu counts too much", name, i);
		at = line->to;
		sum += line->counted;
	}
	if (at != explained->end || sum != explained->elapsed)
		fail_msg("%s: the sum is %lld, elapsed %lld", name, (long long)sum,
			(long long)explained->elapsed);
}

static const struct clock *
last_clock(const struct fold *fold, enum clock_id id)
{
	for (size_t i = fold->n_clocks; i-- > 0;)
		if (fold->clock[i].id == id)
			return &fold->clock[i];
	fail_msg("no clock %s", clock_names[id]);
	return NULL;
}

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct told *told = &cases[i];
		struct explained explained;
		const struct clock *clock;
		struct buf pieces = { 0 };
		struct unit_case c;

		case_open(&c, told->line);
		case_fold(&c, instant(told->at));
		clock = last_clock(&c.fold, told->id);
		explain_clock(&c.fold, clock, instant(told->at), EXPLAIN_LINES, &explained);
		for (size_t k = 0; k < explained.n; k++)
			put_piece(&pieces, &explained.line[k]);
		if (strcmp(buf_cstr(&pieces), told->pieces) != 0)
			fail_msg("%s:\n%s\nexpected\n%s", told->name, pieces.data, told->pieces);
		if (explained.elapsed != told->elapsed)
			fail_msg("%s: elapsed %lld", told->name, (long long)explained.elapsed);
		check_sum(told->name, clock, &explained);
		buf_release(&pieces);
		case_close(&c);
	}
}

/* A calendar that the fold's policies do not have. */
#define LONDON(hours) \
	"{\"timezone\":\"Europe/London\",\"hours\":{" hours "}," \
	"\"holidays\":[{\"yearly\":\"12-25\",\"name\":\"Christmas Day\"}," \
	"{\"date\":\"2026-12-24\",\"hours\":[\"09:00-12:00\"],\"name\":\"Christmas Eve\"}]}"
#define WEEKEND "\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]"
#define OFFICE \
	"\"mon\":[\"09:00-17:00\"],\"tue\":[\"09:00-17:00\"],\"wed\":[\"09:00-17:00\"]," \
	"\"thu\":[\"09:00-17:00\"],\"fri\":[\"09:00-17:00\"]"

static struct calendar *
read_calendar(const char *text)
{
	struct err err = { 0 };
	struct calendar *calendar = calendar_parse("london", span_of(text), &err);

	if (!calendar)
		fail_msg("%s", err_text(&err));
	return calendar;
}

static const struct {
	const char *name, *calendar, *from, *to;
	bool business;
	const char *pieces;
} spans[] = {
	{ "clocks go back in open time", LONDON(WEEKEND), "2026-10-25T00:00:00Z",
		"2026-10-25T02:00:00Z", true,
		"25T00:00 25T01:00 counted 3600;25T01:00 25T01:00 dst -1h 0;"
		"25T01:00 25T02:00 counted 3600;" },
	{ "clocks go forward in open time", LONDON(WEEKEND), "2026-03-29T00:00:00Z",
		"2026-03-29T02:00:00Z", true,
		"29T00:00 29T01:00 counted 3600;29T01:00 29T01:00 dst +1h 0;"
		"29T01:00 29T02:00 counted 3600;" },
	{ "clocks go back in closed time", LONDON(OFFICE), "2026-10-23T15:00:00Z",
		"2026-10-26T10:00:00Z", true,
		"23T15:00 23T16:00 counted 3600;23T16:00 25T01:00 closed 0;"
		"25T01:00 25T01:00 dst -1h 0;25T01:00 26T09:00 closed 0;"
		"26T09:00 26T10:00 counted 3600;" },
	{ "and in plain time", LONDON(OFFICE), "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z",
		false,
		"25T00:00 25T01:00 counted 3600;25T01:00 25T01:00 dst -1h 0;"
		"25T01:00 25T02:00 counted 3600;" },
	{ "half a day, and a name", LONDON(OFFICE), "2026-12-24T10:00:00Z",
		"2026-12-26T10:00:00Z", true,
		"24T10:00 24T12:00 counted Christmas Eve 7200;"
		"24T12:00 25T00:00 holiday Christmas Eve 0;"
		"25T00:00 26T00:00 holiday Christmas Day 0;26T00:00 26T10:00 closed 0;" },
	{ "after the last year of calendars", LONDON(OFFICE), "2199-12-31T23:00:00Z",
		"2200-01-02T00:00:00Z", true,
		"31T23:00 31T23:59 closed 0;31T23:59 02T00:00 closed 0;" },
};

/* A clock that nothing but time has happened to. */
static struct clock
clock_of(struct calendar *calendar, const char *from, bool business)
{
	return (struct clock){ .id = CLOCK_TIER, .state = CLOCK_RUNNING, .calendar = calendar,
		.business = business, .started_at = instant(from), .stopped_at = INSTANT_NONE,
		.held_at = INSTANT_NONE };
}

static void
test_spans(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct calendar *calendar = read_calendar(spans[i].calendar);
		struct clock clock = clock_of(calendar, spans[i].from, spans[i].business);
		struct buf pieces = { 0 };
		struct explained explained;
		struct arena arena;
		struct fold fold = { .arena = &arena };

		arena_init(&arena);
		explain_clock(&fold, &clock, instant(spans[i].to), EXPLAIN_LINES, &explained);
		for (size_t k = 0; k < explained.n; k++)
			put_piece(&pieces, &explained.line[k]);
		if (strcmp(buf_cstr(&pieces), spans[i].pieces) != 0)
			fail_msg("%s:\n%s\nexpected\n%s", spans[i].name, pieces.data,
				spans[i].pieces);
		check_sum(spans[i].name, &clock, &explained);
		buf_release(&pieces);
		arena_release(&arena);
		calendar_free(calendar);
	}
}

/* Long ledgers keep their sum, their holidays and a bounded length. */
static const struct {
	const char *to;
	size_t max, least, most;
} lengths[] = {
	{ "2027-01-01T00:00:00Z", 1000, 500, 530 },  /* days */
	{ "2027-01-01T00:00:00Z", 60, 12, 30 },      /* months */
	{ "2028-01-01T00:00:00Z", 500, 100, 130 },   /* weeks */
	{ "2036-01-01T00:00:00Z", 1000, 500, 600 },  /* weeks, for ten years */
	{ "2199-01-01T00:00:00Z", 1000, 500, 1300 }, /* years: holidays and changes stay */
};

static void
test_lengths(void **state)
{
	struct calendar *calendar = read_calendar(LONDON(OFFICE));

	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct clock clock = clock_of(calendar, "2026-01-01T00:00:00Z", true);
		struct explained explained;
		struct arena arena;
		struct fold fold = { .arena = &arena };
		size_t christmas = 0;

		arena_init(&arena);
		explain_clock(&fold, &clock, instant(lengths[i].to), lengths[i].max, &explained);
		check_sum(lengths[i].to, &clock, &explained);
		for (size_t k = 0; k < explained.n; k++)
			christmas += span_is(explained.line[k].name, "Christmas Day");
		assert_int_equal(christmas, atoi(lengths[i].to) - 2026);
		if (explained.n < lengths[i].least || explained.n > lengths[i].most)
			fail_msg("%s, at most %zu: %zu lines", lengths[i].to, lengths[i].max,
				explained.n);
		arena_release(&arena);
	}
	calendar_free(calendar);
}

/* As data: members that have no value are left out, and so is what is empty. */
static void
test_write(void **state)
{
	struct buf out = { 0 };
	struct unit_case c;

	(void)state;
	case_open(&c, HEAD("fold", MONDAY) EVENT(MONDAY, "accepted", "")
		",{\"at\":\"2026-03-02T10:00:00Z\",\"by\":\"\",\"type\":\"asked\","
		"\"text\":\"a \\\"b\\\"\"}" TAIL);
	case_fold(&c, instant("2026-03-02T11:00:00Z"));
	buf_putc(&out, '{');
	explain_write(&explain_case(&c.fold, instant("2026-03-02T11:00:00Z"))[2], &out);
	assert_string_equal(buf_cstr(&out), "{\"elapsed\":3600,\"ledger\":["
		"{\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T10:00:00Z\","
		"\"kind\":\"counted\",\"counted\":3600},"
		"{\"from\":\"2026-03-02T10:00:00Z\",\"to\":\"2026-03-02T11:00:00Z\","
		"\"kind\":\"paused\",\"name\":\"asked\",\"because\":\"a \\\"b\\\"\",\"counted\":0}]");
	buf_release(&out);
	case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
