/*
 * partials: what unit tests of partials share: a reader that is fed with text.
 * Order: sum_init, sum_text, then the test, then sum_release.
 */
#ifndef ESC_TESTS_UNIT_PARTIALS_H
#define ESC_TESTS_UNIT_PARTIALS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/report_partial.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct sum {
	struct partial_reader reader;
	struct scan scan;
	struct arena arena;
	struct err err;
};

static inline void
sum_init(struct sum *sum)
{
	*sum = (struct sum){ 0 };
	partial_init(&sum->reader);
	scan_init(&sum->scan);
	arena_init(&sum->arena);
}

static inline void
sum_release(struct sum *sum)
{
	partial_release(&sum->reader);
	scan_release(&sum->scan);
	arena_release(&sum->arena);
	err_release(&sum->err);
}

static inline int
sum_line(struct sum *sum, struct span line)
{
	int result = scan_line(&sum->scan, line.p, line.n, &sum->err);

	if (result == 0)
		result = partial_read(&sum->reader, line, &sum->scan, &sum->arena,
			&sum->err);
	arena_reset(&sum->arena);
	return result;
}

/* 0: all lines are whole partials; else what is wrong is in sum->err. */
static inline int
sum_text(struct sum *sum, struct span text)
{
	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;

		if (!end || sum_line(sum, (struct span){ text.p, n }) != 0)
			return -1;
		text = (struct span){ end + 1, text.n - n - 1 };
	}
	return sum->reader.open || sum->reader.n == 0 ? -1 : 0;
}

#endif
