/*
 * newcase: a new record of a form: its id, its line, its derived fields.
 * Order: form_read (form.h), case_id_of_form or case_id_of_key, case_line,
 * then case_finish, which folds the line.
 */
#ifndef ESC_DOMAIN_NEWCASE_H
#define ESC_DOMAIN_NEWCASE_H

#include "domain/change.h"
#include "domain/form.h"
#include "domain/ulid.h"

struct new_case {
	const struct form *form;
	const struct policy *policy;
	const char *id;
	int64_t created;
	struct span by;     /* who submitted; {NULL, 0}: nobody known */
	struct span events; /* objects joined by commas, that follow `submitted` */
};

/*
 * The id of what was submitted: time part `created`; the hash is of
 * "esc-id 1\n" and lines name=value of policy, created, case_number,
 * requester.email else requester.name, then every other form field that is
 * present, in the record's order.  Source: esc-submit(1), IDENTITY.
 */
void case_id_of_form(const struct form *form, const struct policy *policy,
	int64_t created, char id[CASE_ID_SIZE]);

/* By a key alone: value is JSON; created is 0 where the form does not say. */
void case_id_of_key(const struct policy *policy, struct span value,
	int64_t created, char id[CASE_ID_SIZE]);

/* The record without its derived fields. */
void case_line(const struct new_case *new, struct buf *out);

/*
 * Folds the line that case_line wrote and appends the whole record to out.
 * change says policies, now and judge_all (change_init).
 * 0, or -1 with the reason.
 */
int case_finish(struct change *change, const struct buf *line,
	struct scan *scan, struct arena *arena, struct buf *out, struct err *err);

#endif
