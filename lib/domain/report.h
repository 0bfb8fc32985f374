/*
 * report: the review of many cases over a period: figures as one JSON
 * document, which is the source of every other format.  Pure; memory grows
 * with what it lists case by case (resolutions, improvements), with the
 * different values that cases are counted by, and with the groups, of which
 * each is a tally; not with the cases it counts.
 * Order: report_init, report_add and report_refused_times for each line,
 * report_write, report_release.  Definitions: esc-report(1), FIGURES.
 */
#ifndef ESC_DOMAIN_REPORT_H
#define ESC_DOMAIN_REPORT_H

#include "domain/report_period.h"
#include "domain/report_tally.h"

/* Lists of which a review is made, each the cases that stand out most. */
enum review_list {
	LIST_PRESSING, /* exhausted, missed-limit, reopened */
	LIST_PROMOTIONS,
	LIST_LONGEST,
	LIST_RATING,
	LIST_HYGIENE, /* not for LIST_PRESSING */
	REVIEW_LISTS
};

extern const size_t review_limits[REVIEW_LISTS];

/* A resolution (outcome and summary) or an improvement (by and text). */
struct entry {
	int64_t at;
	uint32_t place;
	struct span id, first, second; /* {NULL, 0}: absent */
};

struct entries {
	struct entry *row;
	size_t n, cap;
};

struct group {
	struct span value; /* "" where a case has none */
	struct tally tally;
};

struct report {
	struct period period;
	int64_t first;       /* the earliest `created`, or INSTANT_NONE */
	struct span group_by; /* {NULL, 0}: none */
	struct tally total;
	struct group **group; /* as they came until they are sorted */
	size_t n_groups, cap_groups;
	void *group_tree;    /* the same, by their values */
	struct counts policies; /* "name\nversion" */
	struct top review[REVIEW_LISTS];
	uint64_t pressing;   /* how many cases LIST_PRESSING was offered */
	struct entries resolutions, improvements;
	struct arena kept;   /* texts of groups and entries */
	struct report *previous;    /* --compare; NULL: none */
	const struct policy *terms; /* --rejudge; NULL: none, or a merge of such */
	struct span terms_name, terms_version; /* {NULL, 0}: no --rejudge */
};

/* The period is closed; group_by ({NULL, 0}: none) is copied. */
void report_init(struct report *report, const struct period *period,
	struct span group_by);
void report_release(struct report *report);

/* From now on all is also counted for a period before, with the same groups. */
void report_compare(struct report *report, const struct period *previous);

/*
 * From now on limits and times are also judged by these terms, which live as
 * long as the report; or, where there are but name and version, what others
 * have judged by them is merged.  After report_compare.
 */
void report_rejudge(struct report *report, const struct policy *terms);
void report_rejudged_by(struct report *report, struct span name,
	struct span version);

/*
 * Whether cases can be grouped by a name: a form field, requester.role and
 * the like, tier, state, priority, assignee, queue, policy, or a name that
 * is not esc's own (x_site).  0, or -1 with EX_USAGE.
 */
int report_can_group(struct span name, struct err *err);

/* Whether the name is esc's own, or the record has a member of that name. */
bool report_group_named(const struct record *record, struct span name);

/* Whether a case that counted had a value of what cases are grouped by. */
bool report_has_values(const struct report *report);

/* Counts a case.  0, or -1 with EX_CONFIG. */
int report_add(struct report *report, const struct record *record,
	const struct policy_source *policies, struct arena *arena,
	struct err *err);

/* Counts n submissions that were refused at an instant. */
void report_refused_times(struct report *report, int64_t at, uint64_t n);

/* Puts groups (by the bytes of their values) and lists in order. */
void report_sort(struct report *report);

/* The document, without a newline at its end.  Sorts the report. */
void report_write(struct report *report, struct buf *out);

/* report_lists.c, report_group.c, report_review.c: parts of these. */
void report_add_lists(struct report *report, const struct case_sum *sum);
void report_add_groups(struct report *report, const struct case_sum *sum);
void report_add_review(struct report *report, const struct case_sum *sum);
void report_sort_groups(struct report *report);
void report_release_groups(struct report *report);
void report_write_lists(const struct report *report, struct buf *out);
void report_write_review(const struct report *report, struct buf *out);

/* Adds an entry, of which the texts are copied; the tally of a group, maybe new. */
void report_put_entry(struct report *report, struct entries *entries,
	const struct entry *entry);
struct tally *report_group_get(struct report *report, struct span value);

#endif
