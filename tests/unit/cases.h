/*
 * cases: what unit tests of records share: a line that is scanned and read,
 * and policies that are files of tests/data/fold/, found by their stem as
 * the version, so that a repinning names another file.
 * Order: case_open, then the test, then case_close.
 */
#ifndef ESC_TESTS_UNIT_CASES_H
#define ESC_TESTS_UNIT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "cli/policies.h"
#include "domain/change.h"

#define CASES_FOLDER "tests/data/fold"

struct unit_case {
	struct arena arena;
	struct scan scan;
	struct buf text;
	struct record record;
	struct fold fold;
	struct err err;
};

static inline void
read_file(const char *path, struct buf *text)
{
	FILE *file = fopen(path, "r");
	size_t n;

	if (!file)
		fail_msg("%s: cannot open", path);
	while (file && (n = fread(buf_reserve(text, 4096), 1, 4096, file)) > 0)
		text->len += n;
	if (file)
		fclose(file);
}

static inline struct policy *
cases_read_policy(const char *name)
{
	struct buf text = { 0 }, path = { 0 };
	struct err err = { 0 };
	struct policy *policy;

	setenv("ESC_POLICY_PATH", CASES_FOLDER, 1);
	buf_printf(&path, CASES_FOLDER "/%s.json", name);
	read_file(buf_cstr(&path), &text);
	policy = policy_parse(buf_text(&text), calendars_source(), &err);
	if (!policy)
		fail_msg("%s: %s", name, err_text(&err));
	buf_release(&text);
	buf_release(&path);
	err_release(&err);
	return policy;
}

/* Each once, until the program ends; "gone" is nowhere. */
static inline const struct policy *
cases_find_policy(void *ctx, struct span name, struct span version, struct err *err)
{
	static struct {
		char name[32];
		struct policy *policy;
	} known[8];
	size_t i = 0;

	(void)ctx;
	(void)name;
	if (span_is(version, "gone")) {
		err_add(err, EX_CONFIG, "policy", "gone is nowhere");
		return NULL;
	}
	while (i < 7 && known[i].policy && !span_is(version, known[i].name))
		i++;
	if (known[i].policy)
		return known[i].policy;
	assert_in_range(version.n, 1, sizeof known->name - 1);
	snprintf(known[i].name, sizeof known[i].name, "%.*s", (int)version.n, version.p);
	known[i].policy = cases_read_policy(known[i].name);
	return known[i].policy;
}

static const struct policy_source cases_policies = { cases_find_policy, NULL };

/* Scans and reads the line: what record_read says. */
static inline int
case_read(struct unit_case *c, const char *line)
{
	*c = (struct unit_case){ 0 };
	arena_init(&c->arena);
	scan_init(&c->scan);
	buf_puts(&c->text, line);
	memset(buf_reserve(&c->text, BUF_SLACK), 0, BUF_SLACK);
	if (scan_line(&c->scan, c->text.data, c->text.len, &c->err) < 0)
		fail_msg("%s: %s", line, err_text(&c->err));
	return record_read(&c->record, buf_text(&c->text), &c->scan, &c->arena, &c->err);
}

static inline void
case_open(struct unit_case *c, const char *line)
{
	if (case_read(c, line) < 0)
		fail_msg("%s: %s", line, err_text(&c->err));
}

static inline void
case_fold(struct unit_case *c, int64_t until)
{
	if (fold_record(&c->fold, &c->record, &cases_policies, until, &c->arena, &c->err) < 0)
		fail_msg("%s: %s", c->text.data, err_text(&c->err));
}

static inline void
case_close(struct unit_case *c)
{
	scan_release(&c->scan);
	buf_release(&c->text);
	arena_release(&c->arena);
	err_release(&c->err);
}

static inline int64_t
instant(const char *text)
{
	struct err err = { 0 };
	int64_t at = 0;

	if (instant_parse(span_of(text), &at, &err) < 0)
		fail_msg("%s: %s", text, err_text(&err));
	return at;
}

#endif
