/*
 * policy: the terms a case is judged by, as data: the intake form and its
 * codes, rules, queues, tiers, clocks, notices.  Read once, then constant.
 * Refuses what cannot be judged, with every fault located by JSON pointer.
 * Refuses to open files: texts and calendars are handed in (cli/policies
 * finds them).  Source of the format: esc-policy(5).
 */
#ifndef ESC_DOMAIN_POLICY_H
#define ESC_DOMAIN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "domain/calendar.h"
#include "domain/duration.h"
#include "domain/event.h"
#include "domain/fields.h"

#define POLICY_VERSION_DIGITS 12
#define WARN_MILLION          1000000 /* a share of 1 */

struct code {
	const char *code, *label, *meaning; /* meaning may be NULL */
	struct calendar *calendar;          /* regions; may be NULL */
};

struct form_field {
	enum field field;     /* FIELD_REQUESTER with a member */
	const char *member;   /* "name", "email", "role"; else NULL */
	const char *name;     /* as in the file: "requester.role" */
	bool required, list;
	const struct code *code; /* n_codes 0: free text */
	size_t n_codes;
	const char *note;
};

/* What a condition looks at. */
enum cond_subject {
	COND_FIELD,    /* a form field (or a member of requester) */
	COND_STATE,
	COND_PRIORITY,
	COND_QUEUE,
	COND_AGE,      /* open time since case_opened, else created */
};

enum cond_test {
	COND_IN,       /* one of the values; a list matches if a member does */
	COND_NOT_IN,   /* none of the values; an absent field is none */
	COND_PRESENT,
	COND_ABSENT,
	COND_AT_LEAST, /* age: the duration has passed */
	COND_BELOW,    /* age: it has not */
};

struct cond {
	enum cond_subject subject;
	enum cond_test test;
	enum field field;
	const char *member;       /* of requester, else NULL */
	const char *const *value; /* n_values texts */
	size_t n_values;
	struct duration age;
};

/* All conditions must hold; none at all always holds. */
struct when {
	const struct cond *cond;
	size_t n;
};

enum rule_group {
	RULES_CANCEL,
	RULES_QUEUE,
	RULES_PRIORITY,
	RULES_TIER,
	RULES_ASSIGN,
	RULES_ACKNOWLEDGE,
	RULES_ACCEPT,
	RULE_GROUPS
};

extern const char *const rule_group_names[RULE_GROUPS];

struct rule {
	const char *name;
	struct when when;
	const char *text;  /* feedback, acknowledgement; queue, priority, assignee */
	int tier;          /* RULES_TIER */
	const char *note;
};

enum clock_id {
	CLOCK_ACKNOWLEDGE,
	CLOCK_CONTACT,
	CLOCK_TIER,
	CLOCK_UPDATE,
	CLOCK_RESOLVE,
	CLOCK_IDS
};

extern const char *const clock_names[CLOCK_IDS];

/* The goal of a clock under a condition; target or warn, never both. */
struct goal {
	struct when when;
	struct duration target, limit;
	bool has_target;
	uint32_t warn; /* millionths of the way to the limit; 750000 by default */
};

#define HOLD_ASKED  1U
#define HOLD_PAUSED 2U

struct clock_terms {
	bool exists;
	uint64_t starts, stops, ends; /* TRIGGER bits */
	unsigned held_by;             /* HOLD_ bits */
	const struct goal *goal;      /* the first that matches; tier: see tiers */
	size_t n_goals;
	const char *note;
};

struct outcome {
	const char *code, *label;
	bool ends; /* esc-resolve takes it; the other one is a promotion */
};

struct tier {
	const char *name, *label, *owner, *action, *note;
	const struct outcome *outcome;
	size_t n_outcomes;
	bool by_case;            /* "due":"case": no limit but one set by hand */
	const struct goal *goal; /* none where by_case */
	size_t n_goals;
	bool has_review;
	struct duration review;
	bool has_renotify;
	struct duration renotify;
	int renotify_at_most;
	uint32_t warn;           /* for a deadline set by hand */
};

struct queue {
	const char *name, *label, *address, *note;
	struct calendar *calendar; /* may be NULL */
};

enum reopen_mode {
	REOPEN_NEW_CYCLE,
	REOPEN_CONTINUE,
};

struct require {
	enum event_type type;
	const char *member;
};

struct notice {
	const char *on;    /* an event type, or a verdict of sla */
	const char *const *to;
	size_t n_to;
	int order;
	const char *template, *note;
	bool always;       /* not only in open hours */
};

struct policy {
	char *text;        /* the file's bytes */
	size_t text_len;
	const char *name, *title, *source, *note;
	char version[POLICY_VERSION_DIGITS + 1];
	enum day_ends day_ends;
	struct calendar *calendar; /* the default */
	const char *review_zone;   /* NULL: UTC */
	const char *review_every;  /* "month" ...; NULL: not said */
	const struct form_field *form;
	size_t n_form;
	const struct rule *rule[RULE_GROUPS];
	size_t n_rules[RULE_GROUPS];
	const struct queue *queue;
	size_t n_queues;
	const struct code *priority; /* n_priorities 0: any text */
	size_t n_priorities;
	const struct tier *tier; /* tier[0] is tier 1 */
	size_t n_tiers;
	struct clock_terms clock[CLOCK_IDS];
	enum reopen_mode reopen;
	const struct require *require;
	size_t n_requires;
	const struct notice *notice;
	size_t n_notices;
	const char *const *personal; /* dotted names of personal fields */
	size_t n_personal;
	json_t *json;      /* the whole file, for `esc-policy show` and remarks */
	struct arena *arena;
};

/* Finds a calendar by name: owned by the finder, NULL with EX_CONFIG. */
struct calendar_source {
	struct calendar *(*find)(void *ctx, const char *name, struct err *err);
	void *ctx;
};

/*
 * Reads a policy's text (copied).  The caller owns it (policy_free).
 * NULL with EX_CONFIG and every fault.
 */
struct policy *policy_parse(struct span text,
	const struct calendar_source *calendars, struct err *err);
void policy_free(struct policy *policy);

/*
 * A form field by its name in a policy ("impact", "requester.role"); member
 * is NULL but for the requester's.  False: no field of a form.
 */
bool form_name_find(const char *name, enum field *field, const char **member);

/* The row of the form for a field (member NULL but for requester's); NULL. */
const struct form_field *policy_form_field(const struct policy *policy,
	enum field field, const char *member);

/* By code or label, without regard to case; NULL. */
const struct code *form_field_code(const struct form_field *field,
	struct span text);

const struct queue *policy_queue(const struct policy *policy,
	struct span name);

/*
 * The calendars that cases may be under, each once: the default, the
 * queues', the regions'.  The caller frees the list, not the calendars.
 */
struct calendar **policy_calendars(const struct policy *policy, size_t *n);

/* By code or label, without regard to case; NULL. */
const struct code *policy_priority(const struct policy *policy,
	struct span text);

/* tier 1 ...; NULL where the ladder has no such tier. */
const struct tier *policy_tier(const struct policy *policy, int64_t tier);

/*
 * Finds the terms of a case: by name and version; an empty version takes
 * the newest.  Owned by the finder.  NULL with EX_CONFIG, naming both.
 */
struct policy_source {
	const struct policy *(*find)(void *ctx, struct span name,
		struct span version, struct err *err);
	void *ctx;
};

#endif
