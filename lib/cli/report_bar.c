#include "cli/report_bar.h"

#define PARTS 8 /* of a block */

static const char *const block[PARTS + 1] = { "", "\u258F", "\u258E", "\u258D", "\u258C",
	"\u258B", "\u258A", "\u2589", "\u2588" };

static void
put_parts(struct buf *out, size_t parts)
{
	for (; parts >= PARTS; parts -= PARTS)
		buf_puts(out, block[PARTS]);
	buf_puts(out, block[parts]);
}

void
bar_put(struct buf *out, int64_t n, int64_t of, size_t width, bool ascii)
{
	size_t most = width * (ascii ? 1 : PARTS), parts;

	if (n <= 0 || of <= 0)
		return;
	n = n < of ? n : of;
	parts = (size_t)((unsigned __int128)n * most / (unsigned __int128)of);
	parts = parts ? parts : 1;
	if (!ascii)
		put_parts(out, parts);
	while (ascii && parts-- > 0)
		buf_putc(out, '#');
}
