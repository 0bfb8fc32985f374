#include "cli/sla_text_work.h"

#include <inttypes.h>

#include "base/zone.h"
#include "cli/sla_say.h"

/* `7 cases: 1 breached, 2 risk, 4 ok`; continued where the screen ends. */
static void
put_counts(const struct text *text, size_t width, struct buf *out)
{
	size_t start = out->len;
	struct buf item = { 0 };
	char mark = ':';

	buf_printf(out, "%zu case%s", text->n, text->n == 1 ? "" : "s");
	for (int i = 0; i < VERDICTS; i++) {
		if (!text->count[i])
			continue;
		item.len = 0;
		buf_printf(&item, "%zu %s", text->count[i], verdict_names[i]);
		buf_putc(out, mark);
		mark = ',';
		if (width && out->len - start + item.len + 2 > width) {
			buf_puts(out, "\n ");
			start = out->len - 1;
		}
		buf_putc(out, ' ');
		buf_span(out, buf_text(&item));
	}
	buf_putc(out, '\n');
	buf_release(&item);
}

static void
put_budgets(const struct sla_run *run, struct buf *out)
{
	for (size_t i = 0; i < run->n_budgets; i++) {
		sla_say_budget(out, &run->budget[i]);
		buf_puts(out, run->budget[i].holds ? ", holds\n" : ", does not hold\n");
	}
}

static void
put_others(const struct text *text, struct buf *out)
{
	if (!text->n_others)
		return;
	buf_printf(out, "%zu more clock%s on which the gate fails:\n", text->n_others,
		text->n_others == 1 ? "" : "s");
	buf_span(out, buf_text(&text->others));
	if (text->n_others > TEXT_OTHERS_MOST)
		buf_printf(out, "  and %zu more\n", text->n_others - TEXT_OTHERS_MOST);
}

static void
put_statements(const struct text *text, struct buf *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < text->n; i++)
		buf_span(out, buf_text(&text->row[i].statement));
	if (out->len > before)
		buf_printf(out, "\nTimes are those of the calendars, by zone data %s.\n",
			zone_data_version());
}

void
text_foot(const struct text *text, const struct sla_run *run, size_t width,
	struct buf *out)
{
	if (text->n || run->whole)
		put_counts(text, width, out);
	if (run->n_known)
		buf_printf(out, "%zu clock%s over in the baseline already\n", run->n_known,
			run->n_known == 1 ? " was" : "s were");
	put_others(text, out);
	put_budgets(run, out);
	for (int i = 0; i < TROUBLES; i++)
		if (sla_say_trouble(out, (enum sla_trouble)i, run, text->unlisted))
			buf_putc(out, '\n');
	if (run->explain)
		put_statements(text, out);
}
