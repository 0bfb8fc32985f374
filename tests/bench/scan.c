/*
 * How long scan takes for 100,000 records of about 1 kB, and for one line
 * of 1 MiB with as many names as fit.  Prints processor time; asserts nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/scan.h"

#define RECORDS 100000
#define ROUNDS 5

static double
cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
put_record(struct buf *buf, int i)
{
	buf_printf(buf,
	        "{\"v\":1,\"id\":\"ESC-01JD8Q4W4M%016d\",\"rev\":3,"
	        "\"policy\":\"five-tier\",\"policy_version\":\"3f0a91c2d4e5\","
	        "\"created\":\"2026-11-20T09:%02d:00Z\","
	        "\"case_number\":\"CS%07d\","
	        "\"subject\":\"Invoices of M\xc3\xbcller GmbH are exported twice\","
	        "\"description\":\"Since the update of Tuesday every invoice that "
	        "is exported arrives twice at the customer's bookkeeping.\\nThe "
	        "second one has no tax line. They close the month on Friday.\","
	        "\"impact\":\"major\",\"severity\":\"s2\",\"region\":\"emea\","
	        "\"requester\":{\"name\":\"Ana Pires\","
	        "\"email\":\"ana@example.com\"},\"x_weight\":78.34,"
	        "\"events\":[{\"at\":\"2026-11-20T09:00:00Z\",\"by\":\"ana\","
	        "\"type\":\"submitted\"},{\"at\":\"2026-11-20T10:00:00Z\","
	        "\"by\":\"ben\",\"type\":\"accepted\",\"tier\":1}],"
	        "\"state\":\"escalated\",\"tier\":1,\"tier_name\":\"service "
	        "representative\",\"priority\":\"high\",\"queue\":\"rest\","
	        "\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"cycle\":1,"
	        "\"started_at\":\"2026-11-20T10:00:00Z\","
	        "\"limit_at\":\"2026-11-21T17:00:00Z\"}],"
	        "\"due\":\"2026-11-21T17:00:00Z\"}",
	        i, i % 60, i);
}

static int
scan_all(struct scan *scan, const struct buf *lines, const size_t *at)
{
	struct err err = { 0 };
	int bad = 0;

	for (int i = 0; i < RECORDS; i++)
		bad += scan_line(scan, lines->data + at[i], at[i + 1] - at[i], &err);
	err_release(&err);
	return bad;
}

static void
bench_records(struct scan *scan)
{
	size_t *at = malloc((RECORDS + 1) * sizeof *at);
	struct buf lines = { 0 };

	if (!at)
		return;
	for (int i = 0; i < RECORDS; i++) {
		at[i] = lines.len;
		put_record(&lines, i);
	}
	at[RECORDS] = lines.len;
	buf_reserve(&lines, SCAN_SLACK);
	for (int i = 0; i < ROUNDS; i++) {
		double from = cpu_s();
		int bad = scan_all(scan, &lines, at);

		printf("%d records, %zu bytes: %.3f s, %d refused\n", RECORDS, lines.len,
		        cpu_s() - from, -bad);
	}
	buf_release(&lines);
	free(at);
}

/* Names of a prefix and a number; the numbers come in a scattered order. */
static void
bench_names(struct scan *scan, const char *prefix, int n)
{
	struct err err = { 0 };
	struct buf line = { 0 };
	double from;
	int bad;

	for (int i = 0; i < n; i++) {
		buf_putc(&line, i ? ',' : '{');
		buf_printf(&line, "\"%s%06lld\":1", prefix, i * 7919LL % n);
	}
	buf_putc(&line, '}');
	from = cpu_s();
	bad = scan_line(scan, line.data, line.len, &err);
	printf("%d names like %s000001, %zu bytes: %.3f s%s\n", n, prefix, line.len,
	        cpu_s() - from, bad ? ", refused" : "");
	buf_release(&line);
	err_release(&err);
}

int
main(void)
{
	struct scan scan;

	scan_init(&scan);
	bench_records(&scan);
	bench_names(&scan, "", 100000);
	bench_names(&scan, "\\u0061", 80000);
	scan_release(&scan);
	return 0;
}
