/*
 * svg_out: pieces of a drawing inside a page.  Lengths are whole tenths of a
 * unit, so that the same figures give the same bytes on every machine; looks
 * are classes of the page's style sheet.
 * Order: svg_begin, shapes, svg_end.
 */
#ifndef ESC_CLI_SVG_OUT_H
#define ESC_CLI_SVG_OUT_H

#include <stdint.h>

#include "base/buf.h"
#include "cli/report_page.h"

struct svg_box {
	int64_t x, y, w, h;
};

/* An image with a title and a description; id is a name of ours. */
void svg_begin(struct buf *out, const char *id, const char *title, const char *about,
	struct svg_box view);
void svg_end(struct buf *out);

void svg_rect(struct buf *out, const char *class, struct svg_box box);
void svg_line(struct buf *out, const char *class, int64_t x1, int64_t y1, int64_t x2,
	int64_t y2);
void svg_circle(struct buf *out, const char *class, int64_t x, int64_t y, int64_t r);

/* Words of ours, or other people's, cut to columns. */
void svg_text(struct buf *out, const char *class, int64_t x, int64_t y, struct span text,
	size_t columns);

/* A figure of the document, spelt for people. */
void svg_figure(struct buf *out, const char *class, int64_t x, int64_t y,
	enum page_kind kind, struct span raw);

/* A length as it stands in an attribute: 12.5 for 125. */
void svg_length(struct buf *out, int64_t tenths);

/* "M" and a point, "C" and three: a word of a path. */
void svg_step(struct buf *out, char command, const int64_t *xy, size_t points);

#endif
