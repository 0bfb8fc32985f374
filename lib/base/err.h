/*
 * err: why something was refused: a status for exit() and a list of faults,
 * each with the place (a field, a JSON pointer) and the reason in words.
 * Refuses to print.  Zero it (or err_init), pass it last, test the result
 * of the call, release it.  A function that fails returns -1 and has added
 * at least one fault; one that succeeds leaves it as it was.
 */
#ifndef ESC_BASE_ERR_H
#define ESC_BASE_ERR_H

#include <stddef.h>
#include <sysexits.h>

struct fault {
	char *where; /* "" where the thing as a whole is at fault */
	char *what;
};

struct err {
	int status; /* 0, else EX_DATAERR, EX_CONFIG ... of <sysexits.h> */
	struct fault *fault;
	size_t n, cap;
	char *text; /* err_text's, NULL until asked for */
};

void err_init(struct err *err);
void err_release(struct err *err);

/* Empties it, keeping its memory. */
void err_reset(struct err *err);

/*
 * Adds a fault; the worst (highest) status stays.  where may be NULL.
 * Returns -1, so that `return err_add(...)` is one line.
 */
int err_add(struct err *err, int status, const char *where, const char *format, ...)
        __attribute__((format(printf, 4, 5)));

/* Empties it, then adds. */
int err_set(struct err *err, int status, const char *where, const char *format, ...)
        __attribute__((format(printf, 4, 5)));

/* "field: reason" of the first fault, "" if none; valid until changed. */
const char *err_text(struct err *err);

#endif
