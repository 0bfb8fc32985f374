/*
 * record: one case as one line.  The line stays whole; a record is spans
 * into it, so that what no program changes is written as it was read.
 * Refuses to interpret events (see fold.h) and to check codes (policy.h).
 * A record and all that is borrowed from it live as long as the line and
 * the arena it was read with.
 */
#ifndef ESC_DOMAIN_RECORD_H
#define ESC_DOMAIN_RECORD_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/scan.h"
#include "domain/event.h"
#include "domain/fields.h"

#define RECORD_V 1 /* the version of the record that this library writes */

struct record {
	struct span line;
	const struct scan *scan;
	uint32_t node[FIELD_COUNT]; /* 0: absent */
	const unsigned char *field; /* enum field of each member, in the line's order */
	struct event *event;        /* in list order, from the arena */
	size_t n_events;
	struct span id, policy, version;
	int64_t created, rev;
};

/*
 * Reads a line that was scanned.  0; -1 with EX_DATAERR and every fault
 * with its field, or with EX_CONFIG alone where `v` is higher than
 * RECORD_V (readers pass such a line on, writers stop).
 */
int record_read(struct record *record, struct span line,
	const struct scan *scan, struct arena *arena, struct err *err);

/* A value somewhere: in the line, or in an event's `set`.  node 0: absent. */
struct value {
	const struct scan *scan;
	uint32_t node;
};

static inline struct value
record_value(const struct record *record, enum field field)
{
	return (struct value){ record->scan, record->node[field] };
}

/* Whether a value is of the kind that the field holds. */
bool record_value_fits(struct value value, enum field field);

/* The same, saying why not: 0, or -1 with EX_DATAERR at the field's name. */
int record_value_check(struct value value, enum field field, struct arena *arena,
	struct err *err);

/* A member by its dotted name ("requester.email", "x_site"). */
struct value record_find(const struct record *record, struct span name);

#endif
