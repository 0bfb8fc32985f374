#include <inttypes.h>

#include "cli/report_view.h"
#include "cli/spell.h"
#include "domain/report_partial.h"

_Static_assert(PARTIAL_N_MOST <= INT64_MAX / 1000000,
	"a hundred times a count fits into ten-thousandths");

/* A number of the document, which is short and has a point at most. */
struct decimal {
	bool minus, whole; /* whole: no point */
	int64_t ten_thousandths;
};

static struct decimal
decimal_read(struct span raw)
{
	struct decimal value = { .whole = true };
	int missing = 4;

	for (size_t i = 0; i < raw.n; i++) {
		if (raw.p[i] == '-') {
			value.minus = true;
		} else if (raw.p[i] == '.') {
			value.whole = false;
		} else {
			value.ten_thousandths = value.ten_thousandths * 10 + (raw.p[i] - '0');
			missing -= !value.whole;
		}
	}
	for (; missing > 0; missing--)
		value.ten_thousandths *= 10;
	return value;
}

int64_t
page_number(struct span value)
{
	struct decimal n = decimal_read(value);

	return n.minus ? -n.ten_thousandths : n.ten_thousandths;
}

/* 9231 ten-thousandths as 92.31: the point moves, no digit is lost. */
static void
put_percent(struct buf *text, int64_t n)
{
	buf_printf(text, "%" PRId64, n / 100);
	if (n % 10)
		buf_printf(text, ".%02" PRId64, n % 100);
	else if (n % 100)
		buf_printf(text, ".%" PRId64, n % 100 / 10);
}

static bool
is_number(enum page_kind kind, struct span value)
{
	return kind != PAGE_TEXT && value.n > 0;
}

static void
put_size(enum page_kind kind, struct span value, struct buf *text)
{
	struct decimal n = decimal_read(value);
	size_t sign = value.p[0] == '-';

	if (kind == PAGE_SHARE)
		put_percent(text, n.ten_thousandths);
	else if (kind == PAGE_COUNT || !n.whole)
		buf_put(text, value.p + sign, value.n - sign);
	else
		(kind == PAGE_NET ? spell_hours : spell_seconds)(text,
			n.ten_thousandths / 10000);
}

void
report_show(enum page_kind kind, struct span value, struct buf *text)
{
	if (!is_number(kind, value)) {
		buf_span(text, value);
		return;
	}
	buf_puts(text, value.p[0] == '-' ? "-" : "");
	put_size(kind, value, text);
	buf_puts(text, kind == PAGE_SHARE ? " %" : "");
}

void
report_show_change(enum page_kind kind, struct span value, struct buf *text)
{
	if (!is_number(kind, value))
		return;
	if (span_is(value, "0")) {
		buf_putc(text, '0');
		return;
	}
	buf_putc(text, value.p[0] == '-' ? '-' : '+');
	put_size(kind, value, text);
	buf_puts(text, kind == PAGE_SHARE ? " pp" : "");
}

void
report_show_side(const struct page_cell *cell, enum view_side side, struct buf *text)
{
	(side == VIEW_CHANGE ? report_show_change : report_show)(cell->kind,
		view_side(cell, side), text);
}
