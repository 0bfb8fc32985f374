/*
 * policy_read: how the parts of a policy's JSON become structs: tables of
 * keys, and a place that knows its JSON pointer.  Private to policy*.c.
 * Refuses nothing silently: unknown keys, missing keys and wrong types each
 * become a fault, and reading goes on, so that all are found at once.
 */
#ifndef ESC_DOMAIN_POLICY_READ_H
#define ESC_DOMAIN_POLICY_READ_H

#include "base/mem.h"
#include "domain/policy.h"

struct reader {
	struct policy *policy;
	const struct calendar_source *calendars;
	struct err *err;
};

/* A value's way up to the top: an object's key, else a list's index. */
struct place {
	const struct place *up;
	const char *key;
	size_t index;
};

typedef void (*read_fn)(struct reader *r, const struct place *place,
	json_t *json, void *to);

/* read NULL: known here, read by someone else. */
struct key {
	const char *name;
	read_fn read;
	size_t offset; /* of what it reads into, in the struct it belongs to */
	bool needed;
};

void read_fault(struct reader *r, const struct place *place,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same for a member of the place. */
void read_fault_at(struct reader *r, const struct place *place,
	const char *key, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reads in the order of the table, which ends with a NULL name. */
void read_object(struct reader *r, const struct place *place, json_t *json,
	const struct key *keys, void *to);

/* A list, each element into a zeroed struct of that size. */
void *read_list(struct reader *r, const struct place *place, json_t *json,
	size_t size, read_fn read, size_t *n);

/* A remark among things by name. */
bool is_note(const char *name, const json_t *value);

/* An object of things by name: read gets the place whose key is the name. */
void *read_named(struct reader *r, const struct place *place, json_t *json,
	size_t size, read_fn read, size_t *n);

/* Of type const char *; a name holds [a-z0-9-] only. */
void read_text(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_name(struct reader *r, const struct place *place, json_t *json,
	void *to);
/* Of type bool, int, struct duration, struct calendar *, uint32_t. */
void read_flag(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_int(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_duration(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_calendar(struct reader *r, const struct place *place, json_t *json,
	void *to);
void read_warn(struct reader *r, const struct place *place, json_t *json,
	void *to);

/* Texts of a list; *n of them. */
const char *const *read_texts(struct reader *r, const struct place *place,
	json_t *json, size_t *n);

/* One of `words` (ends with NULL): its index, else a fault and -1. */
int read_word(struct reader *r, const struct place *place, json_t *json,
	const char *const *words);

bool name_is_valid(const char *name);

/* The parts.  `to` is the struct named. */
void read_form(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_queues(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_priorities(struct reader *r, const struct place *place,
	json_t *json, void *policy);
void read_when(struct reader *r, const struct place *place, json_t *json,
	void *when);
void read_tiers(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_clocks(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_rules(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_notices(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_require(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_personal(struct reader *r, const struct place *place, json_t *json,
	void *policy);
void read_review(struct reader *r, const struct place *place, json_t *json,
	void *policy);

/* The clocks of a policy that names none: the tier clock alone. */
void clocks_default(struct policy *policy);

/*
 * The goals of a tier or a clock: those of its "goals", then the plain
 * limit and target beside them, which always hold.
 */
const struct goal *read_goals(struct reader *r, const struct place *place,
	json_t *json, size_t *n);

/*
 * A fault at a member of the place where its duration, begun in 2026, ends
 * past 2199 on a calendar of the policy: no case would see the end of it.
 */
void read_check_reach(struct reader *r, const struct place *place, const char *key,
	struct duration duration);

#endif
