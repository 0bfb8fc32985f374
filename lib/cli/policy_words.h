/*
 * policy_words: a policy's terms as a person would say them.
 * Refuses to know of pages: each call appends words to a buffer.
 */
#ifndef ESC_CLI_POLICY_WORDS_H
#define ESC_CLI_POLICY_WORDS_H

#include "base/buf.h"
#include "domain/policy.h"

/* "2 business days". */
void words_duration(struct buf *out, struct duration duration);

/* "every 2 business days", "every business day". */
void words_every(struct buf *out, struct duration duration);

/* "2 to 3 business days", "1 business day". */
void words_goal(struct buf *out, const struct goal *goal);

/* "impact is critical and age is at least 10 business days"; "always". */
void words_when(struct buf *out, const struct when *when);

/* "accepted, promoted, reopened"; "-" for none. */
void words_triggers(struct buf *out, uint64_t triggers);

/* "asked, paused"; "-" for none. */
void words_holds(struct buf *out, unsigned held_by);

/* What a rule of a group does: "queue orders"; "" where the group says all. */
void words_rule(struct buf *out, const struct policy *policy,
	enum rule_group group, const struct rule *rule);

/* "resolved (Issue resolved)"; the code alone where the label says no more. */
void words_outcome(struct buf *out, const struct outcome *outcome);

/* "high: High. It is needed now." */
void words_code(struct buf *out, const struct code *code);

/* The lines of a long text, after so many blanks, none wider than width. */
void words_wrap(struct buf *out, size_t indent, size_t width, const char *text);

#endif
