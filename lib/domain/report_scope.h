/*
 * report_scope: what a report is to be about, as far as it was said: dates
 * stand for midnights of a zone that the first case's policy may name.
 * Reports are summed up only where all of this is the same.
 * Order: fill it in, scope_period, scope_somewhere or scope_set_zone, scope_same.
 */
#ifndef ESC_DOMAIN_REPORT_SCOPE_H
#define ESC_DOMAIN_REPORT_SCOPE_H

#include "base/mem.h"
#include "base/scan.h"
#include "domain/report_period.h"

enum bound_kind {
	BOUND_NONE,
	BOUND_INSTANT,
	BOUND_DATE, /* its midnight in the zone */
};

struct bound {
	enum bound_kind kind;
	int64_t value; /* an instant, or days since 1970 */
};

struct scope {
	int64_t now;
	bool zoned;              /* the zone is known */
	const struct zone *zone; /* then; NULL: UTC */
	struct bound from, to;
	struct span group_by;    /* {NULL, 0}: none */
	bool compare;            /* with the period before */
	struct span rejudge, rejudge_version; /* {NULL, 0}: no --rejudge */
};

/* The period in a zone, closed.  0, or -1 with EX_USAGE. */
int scope_period(const struct scope *scope, const struct zone *zone,
	struct period *period, struct err *err);

/*
 * The period as in UTC, where the zone is not known yet: it may be one there
 * in which nothing lies.  0, or -1 with EX_USAGE: it is none in any zone.
 */
int scope_somewhere(const struct scope *scope, struct period *period,
	struct err *err);

/* Fixes the zone, and with it the bounds: dates become instants. */
int scope_set_zone(struct scope *scope, const struct zone *zone,
	struct err *err);

/* "Europe/London"; "UTC" where there is none. */
const char *scope_tz(const struct scope *scope);

/* `,"now":"...","tz":...`: what was said, for scope_read. */
void scope_write(const struct scope *scope, struct buf *out);

/*
 * From a line that has them; texts are kept in an arena; *taken grows by the
 * members that are read.  0, or -1 with EX_DATAERR, or EX_CONFIG: an unknown
 * zone.
 */
int scope_read(struct scope *scope, const struct scan *scan,
	struct arena *arena, uint32_t *taken, struct err *err);

/* 0; -1 with EX_DATAERR: the second differs, in what. */
int scope_same(const struct scope *first, const struct scope *second,
	struct err *err);

#endif
