/*
 * report_note: what a list of a report says of a case beside its id, so that
 * a reviewer sees which one to open: its number and subject, where it is and
 * whose it is.  Any text is cut: a list stays short whatever others wrote.
 * Order: note_of_case or the members by hand; note_copy, note_free.
 */
#ifndef ESC_DOMAIN_REPORT_NOTE_H
#define ESC_DOMAIN_REPORT_NOTE_H

#include "domain/report_case.h"

#define NOTE_TEXT_MOST 200 /* characters, whole code points */

/* What is missing is {NULL, 0} or 0. */
struct note {
	struct span case_number, subject, assignee, queue;
	int64_t tier;
	int64_t limits_passed; /* in the period */
};

/* Its members, in the order in which they are written; name NULL ends them. */
struct note_member {
	const char *name;
	size_t at;
	int64_t most; /* of a number; 0: a struct span */
};
extern const struct note_member note_members[];

/* Of the case at the end of the period; borrows. */
struct note note_of_case(const struct case_sum *sum);

/* A copy with its texts cut; NULL: the note says nothing.  note may be NULL. */
struct note *note_copy(const struct note *note);
void note_free(struct note *note);

/* Any order that is total; NULL is a note that says nothing. */
int note_order(const struct note *a, const struct note *b);

/* The members that there are, behind others of an object. */
void note_write(const struct note *note, struct buf *out);

#endif
