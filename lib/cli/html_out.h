/*
 * html_out: pieces of an HTML page.  Other people's text is made visible as
 * utf8_display does (no control, no bidi override acts) and escaped, fit for
 * text and for attributes in double quotes alike.
 */
#ifndef ESC_CLI_HTML_OUT_H
#define ESC_CLI_HTML_OUT_H

#include "base/buf.h"
#include "base/text.h"

void html_text(struct buf *out, struct span text);

/* The same cut to so many columns, with an ellipsis where it is longer. */
void html_cut(struct buf *out, struct span text, size_t columns);

/*
 * <bdi>text</bdi>: other people's words, which do not turn those around; in
 * quotes where they are blanks, which nobody could see or follow.
 */
void html_words(struct buf *out, struct span text);

/* " name=\"value\"" */
void html_attribute(struct buf *out, const char *name, struct span value);

/* An id out of a title of ours: "Times, net" is times-net. */
void html_slug(struct buf *out, const char *title);

#endif
