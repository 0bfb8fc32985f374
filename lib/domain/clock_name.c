#include "domain/clock_name.h"

void
clock_name_short(struct buf *out, const struct clock *clock)
{
	if (clock->id != CLOCK_TIER)
		buf_puts(out, clock_names[clock->id]);
	if (clock->tier) {
		buf_puts(out, clock->id == CLOCK_TIER ? "tier " : " tier ");
		buf_int(out, clock->tier);
	}
	buf_puts(out, " cycle ");
	buf_int(out, clock->cycle);
}

void
clock_name(struct buf *out, struct span id, const struct clock *clock)
{
	buf_span(out, id);
	buf_putc(out, ' ');
	clock_name_short(out, clock);
}
