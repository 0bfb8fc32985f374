/*
 * reject: the --reject file: one line of JSON for each refused one, with the
 * reasons and the refused bytes, so that it can be mended and fed in again.
 * The file is emptied first, once it is known to be none of the inputs.
 * Ends the program when it cannot write (73, 74).
 */
#ifndef ESC_CLI_REJECT_H
#define ESC_CLI_REJECT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/scan.h"
#include "base/text.h"
#include "cli/loop.h"

struct reject;

/* NULL where no file is wanted. */
struct reject *reject_open(const char *file);

/* Ends with 64 where an operand is the reject file itself. */
void reject_check(const struct reject *reject, char **files);

/* place: "forms.csv:17", NULL: not known. */
void reject_put(struct reject *reject, const struct loop *loop,
	const char *place, struct span source, const struct err *err);

void reject_close(struct reject *reject);

/* A line that some program wrote to its reject file. */
bool reject_is_line(const struct scan *scan);

#endif
