#include "partials.h"

#define HEAD "{\"partial\":1,\"program\":\"esc-report\",\"now\":\"2026-11-02T09:00:00Z\""
#define UTC  HEAD ",\"tz\":\"UTC\"}\n"
#define FULL HEAD ",\"tz\":\"UTC\",\"from\":\"2026-10-01T00:00:00Z\",\"group_by\":\"x\"," \
	"\"compare\":\"previous\",\"rejudge\":\"p\",\"rejudge_version\":\"1\"}\n"
#define TIMES(rest) "{\"clocks\":\"tier\",\"tier\":1}\n{\"times\":\"net\"," rest

/* Lines under a hash that is right, and what is said of them; NULL: taken. */
static const struct {
	const char *lines, *says;
} forged[] = {
	{ UTC, NULL },
	{ FULL, NULL },
	{ FULL "{\"period\":\"previous\"}\n{\"group\":\"g\"}\n{\"figures\":\"cases\",\"open\":1}\n", NULL },
	{ UTC "{\"figures\":\"cases\",\"open\":9223372036854}\n", NULL },
	{ UTC "{\"figures\":\"cases\",\"open\":9223372036855}\n", "open: expected a whole number" },
	{ UTC "{\"figures\":\"cases\",\"open\":9223372036854}\n"
	  "{\"count\":\"region\",\"value\":\"r\",\"n\":1}\n", "n: more in all than can be counted" },
	{ UTC "{\"figures\":\"cases\",\"open\":18446744073709551617}\n", "open: expected" },
	{ UTC "{\"figures\":\"cases\",\"open\":-1}\n", "open: expected" },
	{ UTC "{\"figures\":\"cases\",\"open\":0}\n", "open: expected" },
	{ UTC "{\"figures\":\"cases\",\"open\":1.5}\n", "open: expected" },
	{ UTC "{\"figures\":\"cases\",\"opened\":1}\n", "a member that esc-report does not know" },
	{ UTC "{\"figures\":\"open\",\"n\":1}\n", "figures: nothing that" },
	{ UTC "{\"count\":\"scores\",\"value\":11,\"n\":1}\n", "value: expected a whole number from 0 to 10" },
	{ UTC "{\"count\":\"open_at\",\"value\":1000,\"n\":1}\n", "value: expected" },
	{ UTC "{\"count\":\"region\",\"value\":1,\"n\":1}\n", "value: expected a text" },
	{ UTC "{\"count\":\"policies\",\"value\":\"p\",\"n\":1}\n", "value: expected a name and a version" },
	{ UTC "{\"count\":\"none\",\"value\":\"p\",\"n\":1}\n", "count: nothing that" },
	{ UTC "{\"top\":\"oldest\",\"id\":\"a\",\"key\":-9223372036854775808,\"weight\":0}\n", NULL },
	{ UTC "{\"top\":\"oldest\",\"id\":\"a\",\"key\":-9223372036854775809,\"weight\":0}\n", "key: expected" },
	{ UTC "{\"top\":\"oldest\",\"id\":\"a\",\"key\":1,\"weight\":0,\"why\":[1]}\n", "why: nothing that" },
	{ UTC "{\"top\":\"pressing\",\"id\":\"a\",\"key\":1,\"weight\":0,\"subject\":\"\",\"tier\":999}\n", NULL },
	{ UTC "{\"top\":\"pressing\",\"id\":\"a\",\"key\":1,\"weight\":0,\"tier\":1000}\n", "tier: expected" },
	{ UTC "{\"top\":\"pressing\",\"id\":\"a\",\"key\":1,\"weight\":0,\"limits_passed\":0}\n", "limits_passed: expected" },
	{ UTC "{\"top\":\"pressing\",\"id\":\"a\",\"key\":1,\"weight\":0,\"subject\":[1]}\n", "subject: expected a text" },
	{ UTC "{\"entry\":\"resolution\",\"at\":\"x\",\"place\":1,\"id\":\"a\"}\n", "expected" },
	{ UTC "{\"entry\":\"resolution\",\"at\":\"2026-10-01T00:00:00Z\",\"place\":4294967296,\"id\":\"a\"}\n", "place" },
	{ UTC "{\"group\":\"g\"}\n", "group: the head has no group_by" },
	{ UTC "{\"period\":\"previous\"}\n", "period: the head has no compare" },
	{ UTC "{\"moved\":\"tier\",\"tier\":1,\"pinned\":\"met\",\"rejudged\":\"none\",\"n\":1}\n", "the head has no rejudge" },
	{ UTC "{\"rejudged\":\"tier\",\"tier\":1}\n", "the head has no rejudge" },
	{ FULL "{\"moved\":\"tier\",\"tier\":1,\"pinned\":\"met\",\"rejudged\":\"maybe\",\"n\":1}\n", "rejudged: nothing" },
	{ UTC "{\"clocks\":\"tier\",\"tier\":1000}\n", "tier: expected" },
	{ UTC "{\"clocks\":\"lunch\",\"tier\":1}\n", "clocks: nothing that" },
	{ UTC "{\"times\":\"net\",\"n\":1,\"sum\":1,\"min\":1,\"max\":1}\n", "times: of no clock" },
	{ UTC "{\"page\":0,\"buckets\":[1,1]}\n", "page: of no times" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[5,1]}\n"), NULL },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":6}\n{\"page\":0,\"buckets\":[5,1]}\n"), "times: sum, min and max" },
	{ UTC TIMES("\"n\":2,\"sum\":9,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[5,2]}\n"), "times: sum, min and max" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[5,2]}\n"), "buckets: expected" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[128,1]}\n"), "buckets: expected" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[5]}\n"), "buckets: expected" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":57,\"buckets\":[5,1]}\n"), "page: expected" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n"), "lack a page" },
	{ UTC TIMES("\"n\":1,\"sum\":-5,\"min\":5,\"max\":5}\n"), "sum: expected" },
	{ UTC "{\"month\":120001,\"clock\":\"tier\",\"tier\":1,\"met\":1}\n", "month: expected" },
	{ UTC "{\"from\":\"lunch\",\"to\":\"1\",\"n\":1}\n", "from: nothing that" },
	{ UTC "{\"from\":\"0\",\"to\":\"1\",\"n\":1}\n", "from: nothing that" },
	{ UTC "{\"from\":\"1\",\"to\":\"1000\",\"n\":1}\n", "to: nothing that" },
	{ UTC "{\"from\":1,\"to\":\"2\",\"n\":1}\n", "from: expected a text" },
	{ UTC "{\"from\":\"reopened\",\"to\":\"999\",\"n\":1}\n", NULL },
	{ UTC "{\"month\":120000,\"clock\":\"tier\",\"tier\":1,\"met\":1}\n", NULL },
	{ UTC "{\"month\":-1,\"clock\":\"tier\",\"tier\":1,\"met\":1}\n", NULL },
	{ UTC "{\"month\":-2,\"clock\":\"tier\",\"tier\":1,\"met\":1}\n", "month: expected" },
	{ UTC "{\"month\":24300,\"clock\":\"tier\",\"tier\":1}\n", "month: no figure" },
	{ UTC TIMES("\"n\":1,\"sum\":9223372036854775806,\"min\":9223372036854775806,"
	  "\"max\":9223372036854775806}\n{\"page\":56,\"buckets\":[127,1]}\n"), "min: expected" },
	{ UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0}\n"), "buckets: expected a list" },
	{ UTC "{\"first\":\"2026-11-02T09:00:00Z\"}\n", NULL },
	{ UTC "{\"first\":\"2026-11-02T09:00:01Z\"}\n", "first: after the end" },
	{ UTC "{\"lunch\":1}\n", "nothing that a partial holds" },
	{ HEAD "}\n{\"refused_at\":\"2026-10-01T00:00:00Z\",\"n\":2}\n", NULL },
	{ HEAD "}\n{\"figures\":\"cases\",\"open\":1}\n", "the head has no tz" },
	{ HEAD ",\"tz\":\"No/Where\"}\n", "zone" },
	{ HEAD ",\"tz\":\"../../etc/passwd\"}\n", "zone" },
	{ HEAD ",\"tz\":\"\"}\n", "tz: expected a text" },
	{ HEAD ",\"from\":\"yesterday\",\"tz\":\"UTC\"}\n", "from: " },
	{ HEAD ",\"from\":\"2026-10-02\",\"to\":\"2026-10-01\",\"tz\":\"UTC\"}\n", "the period is empty" },
	{ HEAD ",\"compare\":\"previous\",\"tz\":\"UTC\"}\n", "has none before it" },
	{ "{\"partial\":1,\"program\":\"esc-report\",\"tz\":\"UTC\"}\n", "now: required" },
	{ "{\"partial\":2,\"program\":\"esc-report\"}\n", "of a later release" },
	{ "{\"partial\":0,\"program\":\"esc-report\"}\n", "partial: expected" },
	{ "{\"partial\":1,\"program\":\"esc-pick\"}\n", "program: expected esc-report" },
	{ "{}\n", "not the beginning of a partial" },
	{ UTC UTC, "before the end of the one before it" },
};

/* A member more, of whatever kind of line. */
static const char *const lines[] = {
	HEAD ",\"tz\":\"UTC\"",
	HEAD "}\n{\"refused_at\":\"2026-10-01T00:00:00Z\",\"n\":2",
	UTC "{\"first\":\"2026-10-01T00:00:00Z\"",
	UTC "{\"figures\":\"cases\",\"open\":1",
	UTC "{\"count\":\"region\",\"value\":\"r\",\"n\":1",
	UTC "{\"top\":\"oldest\",\"id\":\"a\",\"key\":1,\"weight\":0",
	UTC "{\"entry\":\"resolution\",\"at\":\"2026-10-01T00:00:00Z\",\"place\":1,\"id\":\"a\"",
	FULL "{\"group\":\"g\"",
	UTC "{\"clocks\":\"tier\",\"tier\":1",
	FULL "{\"rejudged\":\"tier\",\"tier\":1",
	UTC TIMES("\"n\":1,\"sum\":5,\"min\":5,\"max\":5}\n{\"page\":0,\"buckets\":[5,1]"),
	UTC "{\"month\":24300,\"clock\":\"tier\",\"tier\":1,\"met\":1",
	UTC "{\"from\":\"accepted\",\"to\":\"2\",\"n\":1",
	FULL "{\"moved\":\"tier\",\"tier\":1,\"pinned\":\"met\",\"rejudged\":\"none\",\"n\":1",
	FULL "{\"period\":\"previous\"",
};

static const char *
judge(const char *line, const char *end, struct buf *said)
{
	struct buf text = { 0 };
	struct sum sum;
	int result;

	said->len = 0;
	buf_printf(&text, "%s%s\n", line, end);
	put_end(&text);
	sum_init(&sum);
	result = sum_text(&sum, buf_text(&text));
	buf_puts(said, result == 0 ? "taken" : err_text(&sum.err));
	sum_release(&sum);
	buf_release(&text);
	return buf_cstr(said);
}

static void
test_members(void **state)
{
	struct buf said = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_string_equal(judge(lines[i], "}", &said), "taken");
		if (!strstr(judge(lines[i], ",\"zz\":1}", &said),
			"a member that esc-report does not know"))
			fail_msg("%s\n%s", lines[i], buf_cstr(&said));
	}
	buf_release(&said);
}

/* What nobody wrote is refused, whatever the hash; what is taken can be written. */
static void
test_forged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(forged); i++) {
		struct buf text = { 0 }, out = { 0 };
		struct sum sum;
		int result;

		buf_puts(&text, forged[i].lines);
		put_end(&text);
		sum_init(&sum);
		result = sum_text(&sum, buf_text(&text));
		if ((result == 0) != !forged[i].says || (forged[i].says
			&& !strstr(err_text(&sum.err), forged[i].says)))
			fail_msg("%s\n%s", forged[i].lines, err_text(&sum.err));
		if (result == 0 && sum.reader.part.begun)
			report_write(&sum.reader.part.report, &out);
		sum_release(&sum);
		buf_release(&text);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
