/*
 * msg: all of stderr.  One grammar: `program: place: reason`, with other
 * people's text made visible (control and bidi characters escaped), so that
 * data never acts on a terminal.
 */
#ifndef ESC_CLI_MSG_H
#define ESC_CLI_MSG_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

/* The program's name, once, at the start of main. */
void msg_program(const char *name);
const char *msg_name(void);

void msg_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Lines that another program said, as they are. */
void msg_copy(struct span lines);

/* Where to look further, after an error. */
void msg_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The last error (no warning, no hint), as it was shown; "": none. */
const char *msg_last(void);

/* One line a fault: `program: place: where: what`; place may be NULL. */
void msg_faults(const char *place, const struct err *err);

/* Ends the program with a message. */
_Noreturn void msg_die(int status, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
_Noreturn void msg_die_err(const char *place, const struct err *err);

#endif
