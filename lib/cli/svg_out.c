#include "cli/svg_out.h"

#include <inttypes.h>

#include "cli/html_out.h"
#include "cli/report_view.h"

void
svg_length(struct buf *out, int64_t tenths)
{
	int64_t size = tenths < 0 ? -tenths : tenths;

	buf_printf(out, "%s%" PRId64, tenths < 0 ? "-" : "", size / 10);
	if (size % 10)
		buf_printf(out, ".%" PRId64, size % 10);
}

static void
put_length(struct buf *out, const char *name, int64_t tenths)
{
	buf_printf(out, " %s=\"", name);
	svg_length(out, tenths);
	buf_putc(out, '"');
}

void
svg_begin(struct buf *out, const char *id, const char *title, const char *about,
	struct svg_box view)
{
	buf_printf(out, "<svg id=\"%s\" role=\"img\" aria-labelledby=\"%s-t\" "
		"aria-describedby=\"%s-d\" viewBox=\"", id, id, id);
	svg_length(out, view.x);
	buf_putc(out, ' ');
	svg_length(out, view.y);
	buf_putc(out, ' ');
	svg_length(out, view.w);
	buf_putc(out, ' ');
	svg_length(out, view.h);
	buf_printf(out, "\"><title id=\"%s-t\">%s</title><desc id=\"%s-d\">%s</desc>\n",
		id, title, id, about);
}

void
svg_end(struct buf *out)
{
	buf_puts(out, "</svg>\n");
}

void
svg_rect(struct buf *out, const char *class, struct svg_box box)
{
	buf_printf(out, "<rect class=\"%s\"", class);
	put_length(out, "x", box.x);
	put_length(out, "y", box.y);
	put_length(out, "width", box.w);
	put_length(out, "height", box.h);
	buf_puts(out, "/>");
}

void
svg_line(struct buf *out, const char *class, int64_t x1, int64_t y1, int64_t x2, int64_t y2)
{
	buf_printf(out, "<line class=\"%s\"", class);
	put_length(out, "x1", x1);
	put_length(out, "y1", y1);
	put_length(out, "x2", x2);
	put_length(out, "y2", y2);
	buf_puts(out, "/>");
}

void
svg_circle(struct buf *out, const char *class, int64_t x, int64_t y, int64_t r)
{
	buf_printf(out, "<circle class=\"%s\"", class);
	put_length(out, "cx", x);
	put_length(out, "cy", y);
	put_length(out, "r", r);
	buf_puts(out, "/>");
}

static void
begin_text(struct buf *out, const char *class, int64_t x, int64_t y)
{
	buf_printf(out, "<text class=\"%s\"", class);
	put_length(out, "x", x);
	put_length(out, "y", y);
}

/* Capitals are nearly twice as wide as what columns are reckoned by. */
static size_t
columns_for(struct span text, size_t columns)
{
	size_t wide = 0;

	for (size_t i = 0; i < text.n; i++)
		wide += (text.p[i] >= 'A' && text.p[i] <= 'Z') || text.p[i] == 'm'
			|| text.p[i] == 'w' || text.p[i] == '@' || text.p[i] == '%';
	return wide > text.n / 3 ? columns * 5 / 9 : columns;
}

void
svg_text(struct buf *out, const char *class, int64_t x, int64_t y, struct span text,
	size_t columns)
{
	begin_text(out, class, x, y);
	buf_putc(out, '>');
	html_cut(out, text, columns_for(text, columns));
	buf_puts(out, "</text>");
}

void
svg_figure(struct buf *out, const char *class, int64_t x, int64_t y, enum page_kind kind,
	struct span raw)
{
	struct buf shown = { 0 };

	if (!raw.p)
		return;
	begin_text(out, class, x, y);
	html_attribute(out, "data-value", raw);
	buf_putc(out, '>');
	report_show(kind, raw, &shown);
	html_text(out, buf_text(&shown));
	buf_puts(out, "</text>");
	buf_release(&shown);
}

void
svg_step(struct buf *out, char command, const int64_t *xy, size_t points)
{
	buf_putc(out, command);
	for (size_t i = 0; i < 2 * points; i++) {
		if (i)
			buf_putc(out, ' ');
		svg_length(out, xy[i]);
	}
}
