/*
 * mapping: how rows of another system's CSV become cases: which column is
 * the key, which says the time, which fields and which events come of what.
 * Read once from JSON (esc-import(1), MAPPINGS, is the source of the
 * format), then bound to the columns of a file's header.
 * Refuses to open files and to evaluate (see import.h).
 */
#ifndef ESC_DOMAIN_MAPPING_H
#define ESC_DOMAIN_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/event.h"
#include "domain/fields.h"

/* A header that the mapping names; bound: the cells under it, in order. */
struct column {
	const char *name;
	size_t *cell;
	size_t n;
};

enum source_kind {
	SOURCE_COLUMN,
	SOURCE_TEXT,   /* a template: texts and {columns} */
	SOURCE_VALUE,  /* a constant */
	SOURCE_TIER,   /* the line of support that has the case */
	SOURCE_OPTION, /* the first of several that has a value */
};

enum source_as {
	AS_TEXT,
	AS_INSTANT,
	AS_INTEGER,
	AS_BOOLEAN,
};

/* Which row of a case a field is taken from. */
enum source_row {
	FROM_FIRST,
	FROM_LAST,
	FROM_ANY, /* the first that has a value */
};

struct translation {
	const char *from, *to; /* to NULL: no value */
};

struct piece {
	const char *text; /* NULL: the column */
	size_t column;
};

struct source {
	enum source_kind kind;
	enum source_as as;
	enum source_row row;
	size_t column;
	int nth; /* of equal headers, from 1; 0: all of them */
	const struct translation *value;
	size_t n_values;
	bool has_otherwise;      /* what `value` does not name becomes `otherwise` */
	const char *otherwise;   /* NULL: no value */
	const struct piece *piece;
	size_t n_pieces;
	const char *json;
	const struct source *option;
	size_t n_options;
};

struct named_source {
	const char *name;
	struct source source;
};

/* Values, or all but these; given false: any. */
struct value_set {
	bool given, negated;
	const char *const *value;
	size_t n;
};

enum cell_test {
	CELL_IN,
	CELL_PRESENT,
	CELL_ABSENT,
};

struct cell_cond {
	size_t column;
	enum cell_test test;
	struct value_set set;
};

enum event_trigger {
	ON_ROW,    /* every row */
	ON_VALUE,  /* `on`: a column's value changes, from a set to a set */
	ON_TIME,   /* `at` alone: an instant that was not there before */
	ON_FIELDS, /* fields whose value changes */
	ON_LINE,   /* another line of support has the case */
};

struct event_rule {
	enum event_type type;
	const char *name;        /* of the type; x- types too */
	enum event_trigger trigger;
	size_t column;           /* ON_VALUE */
	struct value_set from, to;
	bool first;              /* the first value known is a change, too */
	bool has_at;
	struct source at;
	const char *const *field; /* ON_FIELDS */
	size_t n_fields;
	bool line, once;
	const struct cell_cond *cond;
	size_t n_conds;
	const struct named_source *with;
	size_t n_with;
};

/* Lines of support: which group is which tier. */
struct line_terms {
	bool given, in_turn;  /* in turn: each new group is the next tier */
	size_t column;
	int most;             /* the last tier; 0: the policy's */
	const struct translation *tier; /* group -> tier, as text */
	size_t n_tiers;
	const struct cell_cond *cond;   /* rows in which a group has the case */
	size_t n_conds;
};

struct mapping {
	const char *title, *zone;
	const char *const *format;
	size_t n_formats;
	const char *const *null;
	size_t n_nulls;
	const size_t *key, *order; /* columns */
	size_t n_keys, n_orders;
	bool has_created, has_by, has_submitted_by;
	struct source created, by, submitted_by;
	struct line_terms line;
	const struct named_source *field;
	size_t n_fields;
	const struct event_rule *rule;
	size_t n_rules;
	struct column *column;
	size_t n_columns, cap_columns;
	json_t *json;
	struct arena *arena;
};

/* Forms need no key: a form's id is made of what it says. */
enum mapping_use {
	MAPPING_OF_FORMS,
	MAPPING_OF_CASES,
};

/*
 * Reads a mapping's text (copied where needed).  The caller owns it
 * (mapping_free).  NULL with EX_CONFIG and every fault by JSON pointer.
 */
struct mapping *mapping_parse(struct span text, enum mapping_use use,
	struct err *err);
void mapping_free(struct mapping *mapping);

struct policy;

/*
 * Holds what the mapping says of itself, without any row, against the policy
 * of its cases: tiers, outcomes, priorities, queues, scores.
 * 0, or -1 with EX_CONFIG and every fault by JSON pointer.
 */
int mapping_check(const struct mapping *mapping, const struct policy *policy,
	struct err *err);

/*
 * Finds the mapping's columns in a header, for the rows that follow.
 * 0, or -1 with EX_DATAERR and every column that is missing.
 */
int mapping_bind(struct mapping *mapping, const struct span *header, size_t n,
	struct err *err);

/*
 * Adds that the header has no column of this name and why that matters, and
 * names one that differs in case or blanks alone.  -1.
 */
int header_lacks(const struct span *header, size_t n, const char *name,
	const char *why, struct err *err);

/* Whether the set holds the text; one that is not given holds all. */
bool value_set_has(const struct value_set *set, struct span text);

#endif
