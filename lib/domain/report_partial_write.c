#include "base/hash.h"
#include "base/instant.h"
#include "domain/derived.h"
#include "domain/report_partial_work.h"

static void
write_entries(const struct entries_row *kind, const struct report *report,
	struct buf *out)
{
	const struct entries *entries = row_member(report, kind->at);

	for (size_t i = 0; i < entries->n; i++) {
		const struct entry *entry = &entries->row[i];

		line_open(out, "entry", span_of(kind->name));
		derived_instant(out, "at", entry->at);
		line_put_int(out, "place", entry->place);
		buf_member(out, "id", entry->id);
		buf_member(out, kind->first, entry->first);
		buf_member(out, kind->second, entry->second);
		line_end(out);
	}
}

static void
write_report(const struct report *report, struct buf *out)
{
	if (report->first != INSTANT_NONE && report->period.from == INSTANT_NONE) {
		buf_putc(out, '{');
		derived_instant(out, "first", report->first);
		line_end(out);
	}
	partial_write_shape(&report_shape, report, out);
	for (const struct entries_row *kind = report_entries; kind->name; kind++)
		write_entries(kind, report, out);
	partial_write_tally(&report->total, out);
	for (size_t i = 0; i < report->n_groups; i++) {
		line_open(out, "group", report->group[i]->value);
		line_end(out);
		partial_write_tally(&report->group[i]->tally, out);
	}
}

static void
write_head(const struct scope *scope, struct buf *out)
{
	buf_putc(out, '{');
	line_put_int(out, "partial", PARTIAL_FORMAT);
	buf_member(out, "program", span_of("esc-report"));
	scope_write(scope, out);
	line_end(out);
}

static void
write_refused(const struct counts *refused, struct buf *out)
{
	counts_sort(refused);
	for (size_t i = 0; i < refused->n; i++) {
		buf_putc(out, '{');
		derived_instant(out, "refused_at", refused->row[i]->number);
		line_put_int(out, "n", (int64_t)refused->row[i]->n);
		line_end(out);
	}
}

/* How many lines there are now. */
static uint64_t
write_end(size_t start, struct buf *out)
{
	char hash[HASH_HEX];
	int64_t lines = 0;

	for (size_t i = start; i < out->len; i++)
		lines += out->data[i] == '\n';
	hash_hex(out->data + start, out->len - start, hash);
	buf_puts(out, "{\"end_partial\":true");
	line_put_int(out, "lines", lines);
	buf_member(out, "hash", span_of(hash));
	line_end(out);
	return (uint64_t)lines + 1;
}

uint64_t
report_partial_write(struct report_part *part, struct buf *out)
{
	size_t start = out->len;

	if (part->begun)
		report_sort(&part->report);
	write_head(&part->scope, out);
	write_refused(&part->refused, out);
	if (part->begun)
		write_report(&part->report, out);
	if (part->begun && part->report.previous) {
		line_open(out, "period", span_of("previous"));
		line_end(out);
		write_report(part->report.previous, out);
	}
	return write_end(start, out);
}
