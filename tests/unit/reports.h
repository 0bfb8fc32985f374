/*
 * reports: what unit tests of reports share: a policy of two tiers without
 * other clocks, and cases that are counted one by one.
 * Order: set_up, report_init, put_case and add_line for each case,
 * report_write, report_release, tear_down.
 */
#ifndef ESC_TESTS_UNIT_REPORTS_H
#define ESC_TESTS_UNIT_REPORTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/instant.h"
#include "domain/report.h"

#define EVENT(at, type) ",{\"at\":\"2026-" at "Z\",\"by\":\"ana\",\"type\":\"" type "\""
#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char reports_calendar[] = "{\"timezone\":\"UTC\",\"hours\":{"
	"\"mon\":[\"09:00-17:00\"],\"tue\":[\"09:00-17:00\"],\"wed\":[\"09:00-17:00\"],"
	"\"thu\":[\"09:00-17:00\"],\"fri\":[\"09:00-17:00\"]}}";

/* One tier of one business day, one of 48 hours with a target of 24. */
static const char reports_policy[] = "{\"name\":\"desk\",\"calendar\":\"days\","
	"\"form\":{\"impact\":{},\"reason\":{\"list\":true}},\"tiers\":["
	"{\"name\":\"one\",\"limit\":\"1bd\"},"
	"{\"name\":\"two\",\"target\":\"24h\",\"limit\":\"48h\"}]}";

struct terms {
	struct calendar *calendar;
	struct policy *policy;
	struct policy_source source;
	struct scan scan;
	struct arena arena;
	struct err err;
};

static inline struct calendar *
find_calendar(void *ctx, const char *name, struct err *err)
{
	struct terms *terms = ctx;

	if (!terms->calendar)
		terms->calendar = calendar_parse(name, span_of(reports_calendar), err);
	return terms->calendar;
}

static inline const struct policy *
find_policy(void *ctx, struct span name, struct span version, struct err *err)
{
	struct terms *terms = ctx;

	(void)name;
	(void)version;
	(void)err;
	return terms->policy;
}

static inline int
set_up(void **state)
{
	struct terms *terms = mem_zero(sizeof *terms);
	struct calendar_source calendars = { find_calendar, terms };

	terms->policy = policy_parse(span_of(reports_policy), &calendars, &terms->err);
	assert_non_null(terms->policy);
	terms->source = (struct policy_source){ find_policy, terms };
	scan_init(&terms->scan);
	arena_init(&terms->arena);
	*state = terms;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct terms *terms = *state;

	policy_free(terms->policy);
	calendar_free(terms->calendar);
	scan_release(&terms->scan);
	arena_release(&terms->arena);
	err_release(&terms->err);
	free(terms);
	return 0;
}

static inline int64_t
at(const char *text)
{
	struct err err = { 0 };
	int64_t instant = 0;

	assert_int_equal(instant_parse(span_of(text), &instant, &err), 0);
	return instant;
}

static inline void
add_line(struct terms *terms, struct report *report, struct buf *line)
{
	struct record record;

	buf_cstr(line);
	assert_int_equal(scan_line(&terms->scan, line->data, line->len,
		&terms->err), 0);
	assert_int_equal(record_read(&record, buf_text(line), &terms->scan,
		&terms->arena, &terms->err), 0);
	assert_int_equal(report_add(report, &record, &terms->source,
		&terms->arena, &terms->err), 0);
	arena_reset(&terms->arena);
}

/* The document of a case alone, from its line. */
static inline void
report_one(struct terms *terms, const struct period *period, struct buf *line,
	struct buf *out)
{
	struct report report;

	report_init(&report, period, (struct span){ NULL, 0 });
	add_line(terms, &report, line);
	report_write(&report, out);
	buf_cstr(out);
	report_release(&report);
}

/* A case from its form and the events after submission, without braces. */
static inline void
put_case(struct buf *line, int number, const char *created, const char *form,
	const char *events)
{
	line->len = 0;
	buf_printf(line, "{\"v\":1,\"id\":\"ESC-%026d\",\"rev\":0,\"policy\":\"desk\","
		"\"policy_version\":\"000000000000\",\"created\":\"%s\",%s%s"
		"\"events\":[{\"at\":\"%s\",\"by\":\"eve\",\"type\":\"submitted\"}%s]}",
		number, created, form, *form ? "," : "", created, events);
}

#endif
