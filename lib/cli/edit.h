/*
 * edit: what esc-triage, esc-promote, esc-note and esc-resolve share: a loop
 * over records in which one function adds events to each.
 * Order: edit_open (options, now, by), the program's own checks, edit_run
 * (its result is main's).
 */
#ifndef ESC_CLI_EDIT_H
#define ESC_CLI_EDIT_H

#include "cli/loop.h"
#include "domain/change.h"

struct edit {
	const struct program *program;
	/* Adds events: 0, or -1 with why the record is refused. */
	int (*act)(void *ctx, struct edit *edit, struct err *err);
	void *ctx;
	struct common common;
	int64_t now;
	const char *message;   /* -m or -F, NULL: none */
	struct change change;
	const struct loop_line *line;
};

/* The index of the first operand. */
int edit_open(struct edit *edit, int argc, char **argv);
int edit_run(struct edit *edit, char **files);

/* Ends with 64 where there is no -m, or a blank one: `what` needs a text. */
void edit_need_message(const struct edit *edit, const char *what);

/* Says that -m was given to acts of which none takes a text. */
void edit_unused_message(void);

/* A warning that names the record's place. */
void edit_warn(const struct edit *edit, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A TIME of an option, relative to now in the case's calendar. */
int edit_time(const struct edit *edit, const char *option, const char *text,
	int64_t *at, struct err *err);

#endif
