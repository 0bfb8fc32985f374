#include "base/instant.h"
#include "domain/report_partial_work.h"

/* Where rows of a name may be: a table, and whose members its rows are. */
struct place {
	const void *table;
	void *holder;
};

/* The row and its holder; NULL: none has that name. */
static const void *
find(const struct place *place, size_t n, size_t size, struct span name,
	void **holder)
{
	const void *row = NULL;

	for (size_t i = 0; i < n && !row; i++) {
		*holder = place[i].holder;
		row = place[i].holder ? row_find(place[i].table, size, name) : NULL;
	}
	return row;
}

#define FIND(place, type, name, holder) \
	find((place), sizeof(place) / sizeof *(place), sizeof(type), name, holder)

void
partial_turn(struct partial_reader *reader, struct report *report)
{
	reader->report = report;
	reader->tally = report ? &report->total : NULL;
	reader->clock = NULL;
}

int
partial_first(struct partial_reader *reader, const struct partial_line *line)
{
	struct report *report = reader->report;
	int64_t at;

	if (line_instant(line, "first", &at) != 0)
		return -1;
	if (at > report->period.end)
		return err_add(line->err, EX_DATAERR, "first",
			"after the end of the period");
	if (report->first == INSTANT_NONE || at < report->first)
		report->first = at;
	return 0;
}

static int
add_figures(struct partial_reader *reader, const struct partial_line *line,
	const struct figures_row *row, uint64_t *sum)
{
	for (size_t i = 0; i < row->n; i++) {
		uint64_t n;

		if (!scan_member(line->scan, 0, row->key[i]))
			continue;
		if (line_n(reader, line, row->key[i], &n) != 0)
			return -1;
		sum[i] += n;
	}
	return 0;
}

int
partial_figures(struct partial_reader *reader, const struct partial_line *line)
{
	const struct place place[] = {
		{ tally_shape.figures, reader->tally },
		{ report_shape.figures, reader->report },
		{ clock_figures, reader->clock },
	};
	const struct figures_row *row;
	struct span name;
	void *holder;

	if (line_text(line, "figures", &name) != 0)
		return -1;
	row = FIND(place, struct figures_row, name, &holder);
	if (!row)
		return line_unknown(line, "figures", name);
	return add_figures(reader, line, row, row_member(holder, row->at));
}

/* Policies are the one count of which the text has a form. */
static int
read_value(const struct partial_line *line, const struct counts_row *row,
	struct span *text, int64_t *number)
{
	if (!row->text)
		return line_int(line, "value", row->least, row->most, number);
	if (line_text(line, "value", text) != 0)
		return -1;
	if (row->two && !memchr(text->p, '\n', text->n))
		return err_add(line->err, EX_DATAERR, "value",
			"expected a name and a version");
	return 0;
}

int
partial_count(struct partial_reader *reader, const struct partial_line *line)
{
	const struct place place[] = {
		{ tally_shape.counts, reader->tally },
		{ report_shape.counts, reader->report },
	};
	const struct counts_row *row;
	struct span name, text;
	int64_t number = 0;
	void *holder;
	uint64_t n;

	if (line_text(line, "count", &name) != 0)
		return -1;
	row = FIND(place, struct counts_row, name, &holder);
	if (!row)
		return line_unknown(line, "count", name);
	if (read_value(line, row, &text, &number) != 0
		|| line_n(reader, line, "n", &n) != 0)
		return -1;
	if (row->text)
		counts_text(row_member(holder, row->at), text, n);
	else
		counts_number(row_member(holder, row->at), number, n);
	return 0;
}

/* A text that may be absent. */
static int
read_maybe(const struct partial_line *line, const char *key, struct span *text)
{
	*text = (struct span){ NULL, 0 };
	return scan_member(line->scan, 0, key) ? line_text(line, key, text) : 0;
}

static int
read_note(const struct partial_line *line, struct note *note)
{
	*note = (struct note){ .tier = 0 };
	for (const struct note_member *member = note_members; member->name; member++) {
		void *at = row_member(note, member->at);

		if (!scan_member(line->scan, 0, member->name))
			continue;
		if ((member->most ? line_int(line, member->name, 1, member->most, at)
			: line_text(line, member->name, at)) != 0)
			return -1;
	}
	return 0;
}

static int
read_why(const struct partial_line *line, unsigned *why)
{
	uint32_t list, at;

	*why = 0;
	if (!scan_member(line->scan, 0, "why"))
		return 0;
	if (line_list(line, "why", &list) != 0)
		return -1;
	for (at = scan_first(line->scan, list); at; at = line->scan->node[at].next) {
		struct span text = scan_text(line->scan, at, line->arena);
		int i = 0;

		while (i < REVIEW_REASONS && !span_is(text, review_names[i]))
			i++;
		if (i == REVIEW_REASONS)
			return line_unknown(line, "why", text);
		*why |= REVIEW(i);
	}
	return 0;
}

int
partial_top(struct partial_reader *reader, const struct partial_line *line)
{
	const struct place place[] = {
		{ tally_shape.tops, reader->tally },
		{ report_shape.tops, reader->report },
	};
	const struct top_kind *kind;
	struct note note;
	struct top_row row = { .note = &note };
	struct span name;
	void *holder;

	if (line_text(line, "top", &name) != 0
		|| line_text(line, "id", &row.id) != 0
		|| line_int(line, "key", INT64_MIN, INT64_MAX, &row.key) != 0
		|| line_int(line, "weight", 0, INT64_MAX, &row.weight) != 0
		|| read_note(line, &note) != 0
		|| read_why(line, &row.why) != 0)
		return -1;
	kind = FIND(place, struct top_kind, name, &holder);
	if (!kind)
		return line_unknown(line, "top", name);
	top_offer(row_member(holder, kind->at), &row);
	reader->names_cases = true;
	return 0;
}

int
partial_entry(struct partial_reader *reader, const struct partial_line *line)
{
	const struct entries_row *row;
	struct entry entry = { 0 };
	struct span name;
	int64_t place;

	if (line_text(line, "entry", &name) != 0)
		return -1;
	row = row_find(report_entries, sizeof *row, name);
	if (!row)
		return line_unknown(line, "entry", name);
	if (line_instant(line, "at", &entry.at) != 0
		|| line_int(line, "place", 0, UINT32_MAX, &place) != 0
		|| line_text(line, "id", &entry.id) != 0
		|| read_maybe(line, row->first, &entry.first) != 0
		|| read_maybe(line, row->second, &entry.second) != 0)
		return -1;
	entry.place = (uint32_t)place;
	report_put_entry(reader->report, row_member(reader->report, row->at), &entry);
	reader->names_cases = true;
	return 0;
}

int
partial_group(struct partial_reader *reader, const struct partial_line *line)
{
	struct span value;

	if (line_text(line, "group", &value) != 0)
		return -1;
	if (!reader->report->group_by.p)
		return err_add(line->err, EX_DATAERR, "group",
			"the head has no group_by");
	reader->tally = report_group_get(reader->report, value);
	reader->clock = NULL;
	return 0;
}

int
partial_period(struct partial_reader *reader, const struct partial_line *line)
{
	struct span which;

	if (line_text(line, "period", &which) != 0)
		return -1;
	if (!span_is(which, "previous"))
		return line_unknown(line, "period", which);
	if (!reader->part.report.previous)
		return err_add(line->err, EX_DATAERR, "period",
			"the head has no compare");
	partial_turn(reader, reader->part.report.previous);
	return 0;
}
