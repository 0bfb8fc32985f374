/*
 * github_out: GitHub's workflow commands, which annotate the log of a run.
 * Texts must be fit to be looked at (utf8_display).
 * Source: docs.github.com, "Workflow commands for GitHub Actions".
 */
#ifndef ESC_CLI_GITHUB_OUT_H
#define ESC_CLI_GITHUB_OUT_H

#include "base/buf.h"

/* ::error title=TITLE::TEXT, a line; command is `error` or `warning`. */
void github_annotate(struct buf *out, const char *command, const char *title,
	const char *text);

#endif
