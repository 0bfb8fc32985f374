#include <stdlib.h>

#include "domain/derived.h"
#include "domain/report.h"

static struct span
keep(struct report *report, struct span text)
{
	if (!text.p)
		return text;
	return (struct span){ arena_copy(&report->kept, text.p, text.n), text.n };
}

void
report_put_entry(struct report *report, struct entries *entries,
	const struct entry *entry)
{
	if (entries->n == entries->cap) {
		entries->cap = mem_grow(entries->cap, entries->n + 1);
		entries->row = mem_resize(entries->row,
			entries->cap * sizeof *entries->row);
	}
	entries->row[entries->n++] = (struct entry){
		.at = entry->at,
		.place = entry->place,
		.id = keep(report, entry->id),
		.first = keep(report, entry->first),
		.second = keep(report, entry->second),
	};
}

static void
add_entry(struct report *report, struct entries *entries,
	const struct case_sum *sum, const struct step *step,
	const char *first, const char *second)
{
	struct arena *arena = sum->fold->arena;
	struct entry entry = {
		.at = step->at,
		.place = step->event->place,
		.id = sum->fold->record->id,
		.first = event_text(step->event, first, arena),
		.second = event_text(step->event, second, arena),
	};

	report_put_entry(report, entries, &entry);
}

void
report_add_lists(struct report *report, const struct case_sum *sum)
{
	const struct fold *fold = sum->fold;

	if (fold->resolved && period_has(&report->period, fold->resolved->at))
		add_entry(report, &report->resolutions, sum, fold->resolved,
			"outcome", "summary");
	for (size_t i = 0; i < fold->n_steps; i++)
		if (fold->step[i].type == EV_IMPROVED && fold->step[i].effect
			&& period_has(&report->period, fold->step[i].at))
			add_entry(report, &report->improvements, sum,
				&fold->step[i], "by", "text");
}

/* Of two versions of a case, one may say another thing in the same place. */
static int
by_text(const struct entry *x, const struct entry *y)
{
	int order = span_order(x->first, y->first);

	if (order == 0)
		order = span_order(x->second, y->second);
	if (order == 0)
		order = (x->first.p != NULL) - (y->first.p != NULL);
	if (order == 0)
		order = (x->second.p != NULL) - (y->second.p != NULL);
	return order;
}

static int
by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	order = span_order(x->id, y->id);
	if (order != 0)
		return order;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return by_text(x, y);
}

static void
sort(struct entries *entries)
{
	if (entries->n > 1)
		qsort(entries->row, entries->n, sizeof *entries->row, by_time);
}

static void
write_entry(struct buf *out, const struct entry *entry, bool improvement)
{
	buf_putc(out, '{');
	buf_member(out, "id", entry->id);
	if (improvement)
		derived_instant(out, "at", entry->at);
	buf_member(out, improvement ? "by" : "outcome", entry->first);
	buf_member(out, improvement ? "text" : "summary", entry->second);
	buf_putc(out, '}');
}

void
report_sort(struct report *report)
{
	report_sort_groups(report);
	sort(&report->resolutions);
	sort(&report->improvements);
	if (report->previous)
		report_sort(report->previous);
}

static void
write_entries(struct buf *out, const char *key, const struct entries *entries,
	bool improvements)
{
	buf_key(out, key);
	buf_putc(out, '[');
	for (size_t i = 0; i < entries->n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		write_entry(out, &entries->row[i], improvements);
	}
	buf_putc(out, ']');
}

void
report_write_lists(const struct report *report, struct buf *out)
{
	write_entries(out, "resolutions", &report->resolutions, false);
	write_entries(out, "improvements", &report->improvements, true);
}
