/*
 * junit_out: a document of JUnit's XML from a list of test cases: their
 * suites in the order in which the list comes to them, the sums, and names
 * that are each there once.  Texts must be fit to be looked at
 * (utf8_display): of such only what XML itself uses needs an escape.
 * Source: tests/data/junit/README.
 * Order: fill a struct junit_case for each junit_add, junit_put, junit_release.
 */
#ifndef ESC_CLI_JUNIT_OUT_H
#define ESC_CLI_JUNIT_OUT_H

#include "base/buf.h"

enum junit_kind {
	JUNIT_PASSED,
	JUNIT_FAILURE,
	JUNIT_ERROR,
	JUNIT_SKIPPED,
	JUNIT_KINDS
};

/* Texts are copied; NULL and "" are the same. */
struct junit_case {
	enum junit_kind kind;
	const char *suite;
	const char *class;   /* within the suite */
	const char *name;
	const char *type;    /* of a failure or an error */
	const char *message; /* unless it passed */
	const char *output;  /* what else is to be said of it */
	size_t again;        /* how many of that name stand before it; junit_put's */
};

struct junit {
	const char *name;    /* of the document */
	const char *remark;  /* in each suite; NULL: none */
	int64_t at;
	struct junit_case *list;
	size_t n, cap;
};

void junit_add(struct junit *junit, const struct junit_case *from);
void junit_put(struct junit *junit, struct buf *out);
void junit_release(struct junit *junit);

#endif
