/*
 * merge_work: what the parts of merge share; private to merge*.c.  merge.c
 * has the entries, merge_revision.c, merge_rebase.c, merge_import.c and
 * merge_line.c the ways to meet the stored record; merge_same.c knows when
 * two events are one, merge_pool.c finds it, merge_rewrite.c changes its
 * recording, merge_fields.c compares all else.
 */
#ifndef ESC_DOMAIN_MERGE_WORK_H
#define ESC_DOMAIN_MERGE_WORK_H

#include "domain/merge.h"
#include "domain/same.h"

/* A record that meets the one that is stored. */
struct meeting {
	struct merge *merge;
	const struct merge_stored *stored;
	const struct record *in; /* NULL: a line of --events */
	struct arena *arena;
	struct err *err;
};

/* merge.c */

/* What lies too far ahead is refused: an instant; an event; all from `from` on.  0; -1. */
int merge_ahead(const struct meeting *m, const char *where, int64_t at);
int merge_event_ahead(const struct meeting *m, const struct event *event);
int merge_check_ahead(const struct meeting *m, size_t from);

/* Begins the change on the stored record; the next revision into out. */
void merge_start(const struct meeting *m);
enum merged merge_write(const struct meeting *m, struct buf *out);

/* The ways: a record by revision; one that is stale; an import. */
enum merged merge_revision(const struct meeting *m, struct buf *out);
enum merged merge_stale(const struct meeting *m, size_t common, struct buf *out);
enum merged merge_import(const struct meeting *m, struct buf *out);

/* merge_same.c */
struct likeness {
	bool erased;          /* see same.h */
	bool import;          /* a `logged` that only the stored event has is left aside */
	bool anyone;          /* so is `by` */
	const int64_t *place; /* of each event of the input in the store; NULL: its own */
};

/*
 * Whether the stored event is the one that came, as it was then or as it was
 * replayed: `judged`, `was` and `was_at` aside; of a replayed one the
 * recording, which `was_at` keeps.
 */
bool merge_event_same(const struct event *stored, const struct event *in,
	const struct likeness *like, struct arena *arena);

/* merge_pool.c: stored events, each of which can be one event of the input. */
struct pool {
	struct pooled *list;
	size_t n;
	const struct event *event; /* the stored record's */
	struct likeness like;
	struct arena *scratch;      /* of one comparison */
};

/* Of the events from `from` on. */
void pool_fill(struct pool *pool, const struct meeting *m, size_t from,
	const struct likeness *like);

/* The place of the stored event that this one is, which is no other's from now on; 0. */
uint32_t pool_take(struct pool *pool, const struct event *in);

/* Whether a stored event is none of the input's. */
bool pool_has(const struct pool *pool, const struct event *stored);

/* merge_rewrite.c: an event with members replaced or added. */
#define REWRITES 3

struct rewrite {
	struct {
		const char *name;
		int64_t value;
		bool instant; /* else a number */
	} set[REWRITES];
	size_t n;
};

void rewrite_number(struct rewrite *rewrite, const char *name, int64_t value);
void rewrite_instant(struct rewrite *rewrite, const char *name, int64_t at);

/* The recording, later than it was; `was_at` keeps it. */
void rewrite_recording(struct rewrite *rewrite, const struct event *event, int64_t at);

/* The event's text, but for the last brace. */
void rewrite_put(const struct rewrite *rewrite, const struct event *event, struct buf *out);

/* The event itself, with a text that lives in the arena.  0; -1. */
int rewrite_event(const struct rewrite *rewrite, const struct meeting *m, struct event *event);

/* merge_fields.c */

/*
 * Whether the input's other fields say what they may: what the stored
 * record says; what `after` has in force, which has the new events; what
 * the input's own events make of it (`own`, where it is stale).  Folds may
 * be NULL.  0; -1, refused.
 */
int merge_fields(const struct meeting *m, const struct fold *after, const struct fold *own);

/* merge_settings.c: what amended and reclassified events set, name by name. */
struct setting {
	struct span name;
	struct value value;
	uint32_t place;      /* of the event */
};

struct settings {
	struct setting *list; /* by name, then by place */
	size_t n, cap;
};

bool settings_any(const struct event *event);

/* Made of what an import changed. */
bool settings_imported(const struct event *event, struct arena *arena);
void settings_add(struct settings *settings, const struct event *event, struct arena *arena);
void settings_sort(struct settings *settings);

/* The last event that sets the name; NULL. */
const struct setting *settings_last(const struct settings *settings, struct span name);

/* merge_import_set.c: what an import says differently: 1: appended; 0: nothing; -1. */
int merge_import_set(const struct meeting *m, const struct pool *ours);

#endif
