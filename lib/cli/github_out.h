/*
 * github_out: the two grammars of GitHub: workflow commands, which annotate
 * the log of a run, and Markdown for its summary.  Texts must be fit to be
 * looked at (utf8_display).
 * Sources: docs.github.com, "Workflow commands for GitHub Actions" and
 * "GitHub Flavored Markdown Spec".
 */
#ifndef ESC_CLI_GITHUB_OUT_H
#define ESC_CLI_GITHUB_OUT_H

#include "base/buf.h"

/* ::error title=TITLE::TEXT, a line; command is `error` or `warning`. */
void github_annotate(struct buf *out, const char *command, const char *title,
	const char *text);

/* Text that is to be read as it stands, in a cell of a table too. */
void github_markdown(struct buf *out, const char *text);

/* | text |, one cell after the other: a bar and the text. */
void github_cell(struct buf *out, const char *text);

#endif
