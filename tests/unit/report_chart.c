/* Drawings of a report: which rows they have, and what stands on them. */
#include "cases.h"

#include <unistd.h>

#include "cli/report_chart.h"
#include "cli/report_page.h"

#define HEAD "{\"now\":\"2026-11-02T09:00:00Z\",\"period\":{\"to\":\"2026-11-01T00:00:00Z\"," \
	"\"tz\":\"UTC\"},"
#define MANY 400000
#define HANGS 120 /* seconds, where a tenth of one is enough */

/* What the chart makes of the table in the document {HEAD rest}. */
static struct buf
draw(chart_fn chart, const char *table, const char *rest)
{
	struct buf document = { 0 }, out = { 0 };
	struct report_page page;
	struct err err = { 0 };

	buf_printf(&document, HEAD "%s}", rest);
	assert_int_equal(report_page_read(&page, buf_text(&document), &err), 0);
	chart(&page.part[0], page_part_table(&page.part[0], table), &out);
	report_page_release(&page);
	buf_release(&document);
	return out;
}

/* The words of a class, with blanks between. */
static struct buf
words(const char *drawing, const char *class)
{
	struct buf start = { 0 }, found = { 0 };

	buf_printf(&start, "<text class=\"%s\"", class);
	for (const char *p = drawing; (p = strstr(p, buf_cstr(&start)));) {
		const char *text = strchr(p, '>') + 1;

		buf_puts(&found, found.len ? " " : "");
		buf_put(&found, text, strcspn(text, "<"));
		p = text;
	}
	buf_release(&start);
	return found;
}

static void
assert_words(struct buf *drawing, const char *class, const char *want)
{
	struct buf found = words(buf_cstr(drawing), class);

	assert_string_equal(buf_cstr(&found), want);
	buf_release(&found);
}

static bool
has(struct buf *drawing, const char *piece)
{
	return strstr(buf_cstr(drawing), piece) != NULL;
}

static void
test_month(void **state)
{
	(void)state;
	assert_int_equal(chart_month(span_of("2017-01")), chart_month(span_of("2016-12")) + 1);
	assert_int_equal(chart_month(span_of("2016-01")), 2016 * 12);
	assert_int_equal(chart_month(span_of("")), -1);
	assert_int_equal(chart_month(span_of("2016_01")), -1);
	assert_int_equal(chart_month(span_of("2016-0x")), -1);
	assert_int_equal(chart_month(span_of("2016-012")), -1);
}

/* Ties with the thirteenth are left out, too; the order is the table's. */
static void
test_largest(void **state)
{
	struct buf out = draw(report_chart_bars, "by", "\"by\":{\"region\":{\"a\":5,\"b\":1,"
		"\"c\":7,\"d\":2,\"e\":2,\"f\":9,\"g\":3,\"h\":4,\"i\":6,\"j\":8,\"k\":2,"
		"\"l\":11,\"m\":12,\"n\":13,\"o\":2}}");

	(void)state;
	assert_words(&out, "name", "a c f g h i j l m n");
	assert_true(has(&out, "The largest; the table has all."));
	buf_release(&out);
	out = draw(report_chart_bars, "by", "\"by\":{\"region\":{\"a\":5,\"\":0,\"c\":7}}");
	assert_words(&out, "name", "a (none) c");
	assert_words(&out, "value", "5 0 7");
	assert_false(has(&out, "The largest"));
	buf_release(&out);
}

static void
test_many(void **state)
{
	struct buf rows = { 0 }, out;

	(void)state;
	buf_puts(&rows, "\"by\":{\"region\":{\"x\":1");
	for (int i = 0; i < MANY; i++)
		buf_printf(&rows, ",\"r%d\":%d", i, i < 9 ? i + 2 : 1);
	buf_puts(&rows, "}}");
	alarm(HANGS);
	out = draw(report_chart_bars, "by", buf_cstr(&rows));
	alarm(0);
	assert_words(&out, "name", "r0 r1 r2 r3 r4 r5 r6 r7 r8");
	buf_release(&out);
	buf_release(&rows);
}

/* Small months and empty ones are not left out, only those of long ago. */
static void
test_by_month(void **state)
{
	struct buf out = draw(report_chart_bars, "by", "\"by\":{\"month\":{\"2015-01\":99,"
		"\"2016-01\":98,\"2016-03\":70,\"2016-04\":1,\"2016-06\":80,\"2016-07\":81,"
		"\"2016-08\":82,\"2016-09\":83,\"2016-10\":84,\"2016-11\":85,\"2016-12\":86,"
		"\"2017-01\":87,\"2017-02\":88}}");

	(void)state;
	assert_words(&out, "name", "2016-03 2016-04 2016-05 2016-06 2016-07 2016-08 2016-09 "
		"2016-10 2016-11 2016-12 2017-01 2017-02");
	assert_words(&out, "value", "70 1 80 81 82 83 84 85 86 87 88");
	assert_true(has(&out, "The last; the table has all."));
	buf_release(&out);
	out = draw(report_chart_bars, "by", "\"by\":{\"month\":{\"2016-01\":1,\"2016-02\":2}},"
		"\"previous\":{\"from\":\"2015-11-01T00:00:00Z\",\"to\":\"2016-01-01T00:00:00Z\","
		"\"by\":{\"month\":{\"2015-12\":7}}},\"change\":{}");
	assert_words(&out, "name", "2016-01 2016-02");
	assert_false(has(&out, "class=\"before\""));
	buf_release(&out);
}

#define ROW(month, clock, n, met, rate) "{\"month\":\"" month "\",\"clock\":\"" clock \
	"\",\"tier\":1,\"n\":" #n ",\"met\":" #met ",\"met_rate\":" #rate "}"

/* Each clock's figures are those of its own last month, and say of how many. */
static void
test_months(void **state)
{
	struct buf out = draw(report_chart_months, "months",
		"\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"n\":7},"
		"{\"clock\":\"resolve\",\"tier\":1,\"n\":3}],\"months\":["
		ROW("2016-01", "tier", 2, 1, 0.5) "," ROW("2016-02", "tier", 2, 2, 1) ","
		ROW("2016-02", "resolve", 3, 2, 0.6667) "," ROW("2016-05", "tier", 3, 0, 0) "]");

	(void)state;
	assert_words(&out, "name", "tier 1 resolve, tier 1");
	assert_words(&out, "e value", "0 % 66.67 %");
	assert_words(&out, "soft", "3 3");
	assert_words(&out, "tick e", "2016-05 100 50 0 2016-05 2016-02 100 50 0 2016-05");
	assert_true(has(&out, "cx=\"26\" ")); /* January at the left end */
	assert_true(has(&out, "cx=\"61.7\" ")); /* a month of four on */
	assert_true(has(&out, "cx=\"169\" "));
	buf_release(&out);
}

#define TIME(tier, p50, p95) "{\"measure\":\"tier\",\"tier\":" #tier ",\"n\":2,\"open\":0," \
	"\"net\":{\"p50\":" #p50 ",\"p90\":" #p95 ",\"p95\":" #p95 ",\"max\":" #p95 \
	",\"mean\":" #p50 "}}"

/* Names of ticks are left out where they would lie upon each other. */
static void
test_ticks(void **state)
{
	struct buf out = draw(report_chart_times, "times",
		"\"times\":[" TIME(1, 0, 70) "," TIME(2, 300, 2000000) "]");

	(void)state;
	assert_words(&out, "tick m", "≤ 1 min 1 h 10 h 100 h 1000 h");
	buf_release(&out);
	out = draw(report_chart_times, "times", "\"times\":[" TIME(1, 300, 40000) "]");
	assert_words(&out, "tick m", "1 min 10 min 1 h 10 h 100 h");
	buf_release(&out);
}

static void
test_tiers(void **state)
{
	struct buf rows = { 0 }, out;

	(void)state;
	buf_puts(&rows, "\"frequency\":{\"flow\":[");
	for (int i = 1; i < 7; i++)
		buf_printf(&rows, "%s{\"from\":\"%d\",\"to\":\"%d\",\"n\":1}",
			i > 1 ? "," : "", i, i + 1);
	buf_puts(&rows, "]}");
	out = draw(report_chart_flow, "flow", buf_cstr(&rows));
	assert_false(has(&out, "<figure>"));
	assert_true(has(&out, "There are more tiers than a drawing of the ways holds"));
	buf_release(&out);
	buf_release(&rows);
	out = draw(report_chart_flow, "flow", "\"frequency\":{\"flow\":[]}");
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_month),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_by_month),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_ticks),
		cmocka_unit_test(test_tiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
