/*
 * mapping_read: between mapping.c and mapping_*.c alone: how the parts
 * of a mapping's JSON are read.
 */
#ifndef ESC_DOMAIN_MAPPING_READ_H
#define ESC_DOMAIN_MAPPING_READ_H

#include "domain/mapping.h"
#include "domain/policy_read.h"

/*
 * The readers of policies keep what they read in policy->arena: here that
 * of the mapping.
 */
struct mapping_reader {
	struct reader r; /* first: the readers know only this */
	struct policy keeper;
	struct mapping *mapping;
};

static inline struct mapping *
mapping_of(struct reader *r)
{
	return ((struct mapping_reader *)r)->mapping;
}

/* The place of a name among the mapping's columns. */
size_t column_of(struct mapping *mapping, const char *name);

/* Into size_t, struct source, struct value_set. */
void read_column(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_source(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_value_set(struct reader *r, const struct place *place, json_t *json,
	void *to);

/* In mapping_event.c, into struct event_rule. */
void read_event_rule(struct reader *r, const struct place *place,
	json_t *json, void *to);

/* In mapping_fields.c, into struct mapping. */
void read_fields(struct reader *r, const struct place *place, json_t *json,
	void *to);

const struct named_source *read_sources(struct reader *r,
	const struct place *place, json_t *json, size_t *n);
const struct cell_cond *read_conds(struct reader *r,
	const struct place *place, json_t *json, size_t *n);
const struct translation *read_translations(struct reader *r,
	const struct place *place, json_t *json, size_t *n);

/* A text, or a list of texts. */
const char *const *read_text_or_list(struct reader *r,
	const struct place *place, json_t *json, size_t *n);

#endif
