/*
 * store_said: what a line about the store says (esc-store(5), LINES OF THE
 * STORE).  Refuses to judge it.
 */
#ifndef ESC_STORE_STORE_SAID_H
#define ESC_STORE_STORE_SAID_H

#include "base/scan.h"
#include "store/line.h"

enum store_said {
	SAID_OTHER,
	SAID_ERASED,
	SAID_RECOVERED,
};

/* The data is scanned; the member's node goes into *at. */
enum store_said store_said(const struct scan *scan, uint32_t *at);

/* What an `erased` names; a function answers 0 or ends it, or is NULL. */
struct said_fns {
	int (*line)(void *ctx, int64_t seq, struct span dh, struct err *err);
	int (*blob)(void *ctx, struct span b2, struct err *err);
	int (*field)(void *ctx, struct span name, struct err *err);
	void *ctx;
};

int store_said_each(const struct scan *scan, uint32_t at, const struct said_fns *fns,
	struct arena *arena, struct err *err);

#endif
