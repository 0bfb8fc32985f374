/*
 * calendar_read: where a reader of a calendar's JSON stands, as a JSON
 * pointer (RFC 6901), and the hours of a day.  Private to domain/calendar*.
 */
#ifndef ESC_DOMAIN_CALENDAR_READ_H
#define ESC_DOMAIN_CALENDAR_READ_H

#include "base/buf.h"
#include "base/json.h"
#include "domain/calendar_table.h"

struct place {
	struct buf pointer;
	struct err *err;
};

/* One step down; what place_leave needs to go back. */
size_t place_enter(struct place *place, const char *key);
size_t place_enter_index(struct place *place, size_t index);
void place_leave(struct place *place, size_t back);

/* A fault is added at place_text(place), with EX_CONFIG. */
const char *place_text(struct place *place);

/* One fault for each member that is not in the list (a NULL ends it). */
void place_check_keys(struct place *place, const json_t *object,
	const char *const *known);

/* A member's text; NULL where it is absent, or no text, which is a fault. */
const char *place_string(struct place *place, const json_t *object,
	const char *key);

/* The value at `place` as a list of "09:00-17:30", sorted and merged. */
void hours_read(struct place *place, const json_t *list, struct arena *arena,
	struct hours *hours);

#endif
