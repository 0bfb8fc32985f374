/*
 * import_case: between import.c and import_*.c alone: a case that is being
 * put together.
 */
#ifndef ESC_DOMAIN_IMPORT_CASE_H
#define ESC_DOMAIN_IMPORT_CASE_H

#include "domain/import.h"

/* An event without its time, which may not be known yet. */
struct import_event {
	int64_t at;        /* INSTANT_NONE: when the case was created */
	size_t place;
	const struct import_row *row;
	struct span body;  /* {"by":..,"type":.. and members, brace not closed */
};

struct rule_state {
	bool done;         /* of `once` */
	int64_t last_at;   /* ON_TIME */
	struct span *json; /* ON_FIELDS: the values last known */
};

struct import_case {
	struct import *import;
	const struct mapping *mapping;
	struct arena *arena;
	struct err *err;
	struct import_row *row;
	size_t n_rows;
	const struct import_row *cur;
	struct span *known;      /* a column's value in the rows before */
	struct rule_state *rule;
	struct span *group;      /* lines of support, in turn */
	size_t n_groups;
	int tier, next_tier;     /* who has the case; who gets it in this row */
	struct import_event *event;
	size_t n_events, cap_events;
};

/* import_source.c */

/* The text of a column in the row: {NULL, 0} where it is null. */
struct span cell_text(const struct mapping *mapping, const struct span *cell,
	size_t column, int nth);

bool conds_hold(const struct import_case *c, const struct cell_cond *cond,
	size_t n);

/* {NULL, 0}: no value. */
struct span source_text(const struct import_case *c,
	const struct source *source);

/* 1: its JSON was appended; 0: no value; -1: refused, where `name` is. */
int source_json(const struct import_case *c, const struct source *source,
	const char *name, struct buf *out);

/* 1: *at; 0: no value; -1: refused. */
int source_instant(const struct import_case *c, const struct source *source,
	const char *name, int64_t *at);

/* import_form.c: 0, or -1 with every fault. */

/* Into import->form; what was scanned is a copy that lives in the arena. */
int import_scan(const struct import_case *c, const struct buf *text);
int import_read_form(struct import_case *c, int64_t created,
	struct form *form);

/* import_change.c */

/* The first row's fields, with which later rows are compared. */
int import_first_values(struct import_case *c);

/* "set" and "was" of the fields that differ: how many there are; -1. */
int import_put_fields(struct import_case *c, const struct event_rule *rule,
	struct rule_state *state, struct buf *out);

/* Which tier has the case, and which gets it in this row. */
void import_find_line(struct import_case *c);

/* import_event.c: the events of the current row. */
int import_row_events(struct import_case *c);

#endif
