/*
 * markdown_out: tables and texts in GitHub Flavored Markdown, for forges,
 * wikis and mail.  Other people's text stays text: what is markup has a
 * backslash before it, what would act on a terminal is a visible escape, and
 * where a forge looks at the text once more when the markup is gone
 * (mentions, references, addresses, emoji), an empty character stands in
 * what it looks for, since it has no escape for it.
 * Source: GitHub Flavored Markdown Spec 0.29, "Backslash escapes",
 * "Tables (extension)", "Autolinks (extension)"; github/markup issue 1168.
 * Order: markdown_cell..., markdown_row_end; markdown_rule behind the first row.
 */
#ifndef ESC_CLI_MARKDOWN_OUT_H
#define ESC_CLI_MARKDOWN_OUT_H

#include <stdbool.h>

#include "base/buf.h"

/* Anybody's text, to be read as it stands, on one line. */
void markdown_text(struct buf *out, struct span text);

/* A cell: "| text ", and what ends its row. */
void markdown_cell(struct buf *out, struct span text);
void markdown_row_end(struct buf *out);

/* The line between a table's header and its rows; right[i]: numbers. */
void markdown_rule(struct buf *out, const bool *right, size_t n);

#endif
