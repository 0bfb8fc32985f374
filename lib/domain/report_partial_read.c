#include <inttypes.h>

#include "domain/report_partial.h"
#include "domain/report_partial_work.h"

bool
partial_is_head(const struct scan *scan)
{
	return scan_member(scan, 0, "partial") && scan_member(scan, 0, "program");
}

void
partial_init(struct partial_reader *reader)
{
	*reader = (struct partial_reader){ 0 };
	arena_init(&reader->kept);
}

void
partial_release(struct partial_reader *reader)
{
	digest_release(&reader->digest);
	counts_release(&reader->seen);
	report_part_release(&reader->part);
	arena_release(&reader->kept);
}

/* The scope of a partial against that of those before it. */
static int
join(struct partial_reader *reader, struct scope *scope, struct err *err)
{
	struct report_part *part = &reader->part;
	struct scope first = part->scope;

	if (scope->zoned && !first.zoned
		&& scope_set_zone(&first, scope->zone, err) != 0)
		return -1;
	if (first.zoned && !scope->zoned
		&& scope_set_zone(scope, first.zone, err) != 0)
		return -1;
	if (scope_same(&first, scope, err) != 0)
		return -1;
	if (first.zoned && !part->begun)
		return report_part_begin(part, first.zone, err);
	return 0;
}

/* The period that a head makes in its zone may be none. */
static int
as_data(struct err *err, int result)
{
	if (result != 0 && err->status == EX_USAGE)
		err->status = EX_DATAERR;
	return result;
}

static int
enter(struct partial_reader *reader, const struct partial_line *line)
{
	struct report_part *part = &reader->part;
	struct scope scope;

	if (scope_read(&scope, line->scan,
		reader->any ? line->arena : &reader->kept, line->taken, line->err) != 0)
		return -1;
	if (!reader->any)
		part->scope = scope;
	reader->any = true;
	return as_data(line->err, join(reader, &scope, line->err));
}

static int
read_head(struct partial_reader *reader, const struct partial_line *line)
{
	struct span program;
	int64_t format;

	if (reader->open)
		return err_add(line->err, EX_DATAERR, NULL, "a partial begins "
			"before the end of the one before it, which was cut");
	if (line_int(line, "partial", 1, INT64_MAX, &format) != 0
		|| line_text(line, "program", &program) != 0)
		return -1;
	if (!span_is(program, "esc-report"))
		return err_add(line->err, EX_DATAERR, "program",
			"expected esc-report");
	if (format > PARTIAL_FORMAT)
		return err_add(line->err, EX_CONFIG, "partial", "%" PRId64
			", of a later release than this one, which reads %d",
			format, PARTIAL_FORMAT);
	if (enter(reader, line) != 0)
		return -1;
	reader->open = true;
	reader->lines = 0;
	reader->names_cases = false;
	hash_init(&reader->hash);
	partial_turn(reader, reader->part.begun ? &reader->part.report : NULL);
	return 0;
}

static int
read_refused(struct partial_reader *reader, const struct partial_line *line)
{
	uint64_t n;
	int64_t at;

	if (line_instant(line, "refused_at", &at) != 0
		|| line_n(reader, line, "n", &n) != 0)
		return -1;
	report_part_refused(&reader->part, at, n);
	return 0;
}

static int
check_end(struct partial_reader *reader, const struct partial_line *line,
	struct span *hash)
{
	unsigned char sum[HASH_SIZE];
	char hex[HASH_HEX];
	int64_t lines;

	if (line_true(line, "end_partial") != 0
		|| line_int(line, "lines", 0, INT64_MAX, &lines) != 0
		|| line_text(line, "hash", hash) != 0)
		return -1;
	if ((uint64_t)lines != reader->lines)
		return err_add(line->err, EX_DATAERR, "lines", "%" PRId64
			", but there are %" PRIu64 ": the partial was cut or changed",
			lines, reader->lines);
	hash_end(&reader->hash, sum);
	hash_to_hex(sum, HASH_SIZE, hex);
	if (!span_is(*hash, hex))
		return err_add(line->err, EX_DATAERR, "hash",
			"not that of the lines before it: the partial was changed");
	return 0;
}

/* Parts have no case in common; two that name none may well look the same. */
static bool
was_there(struct partial_reader *reader, struct span hash)
{
	size_t before = reader->seen.n;

	if (!reader->names_cases)
		return false;
	counts_text(&reader->seen, hash, 1);
	return reader->seen.n == before;
}

static int
read_end(struct partial_reader *reader, const struct partial_line *line)
{
	struct span hash;

	if (check_end(reader, line, &hash) != 0)
		return -1;
	if (was_there(reader, hash))
		return err_add(line->err, EX_DATAERR, NULL, "the end of the same "
			"partial as one before: its cases would count twice");
	reader->open = false;
	reader->n++;
	return 0;
}

/* What a line is, by the name of its first member. */
static const struct {
	const char *key;
	partial_fn read;
	bool counts; /* only once the zone is known */
} kinds[] = {
	{ "partial", read_head, false },
	{ "refused_at", read_refused, false },
	{ "end_partial", read_end, false },
	{ "first", partial_first, true },
	{ "figures", partial_figures, true },
	{ "count", partial_count, true },
	{ "top", partial_top, true },
	{ "entry", partial_entry, true },
	{ "group", partial_group, true },
	{ "clocks", partial_clock, true },
	{ "rejudged", partial_clock, true },
	{ "times", partial_times, true },
	{ "page", partial_page, true },
	{ "month", partial_month, true },
	{ "from", partial_flow, true },
	{ "moved", partial_moved, true },
	{ "period", partial_period, true },
};

#define KINDS (sizeof kinds / sizeof *kinds)

static int
read_kind(struct partial_reader *reader, struct partial_line *line)
{
	uint32_t at = scan_first(line->scan, 0);
	size_t i = 0;

	line->kind = at ? scan_key(line->scan, at, line->arena) : span_of("");
	while (i < KINDS && !span_is(line->kind, kinds[i].key))
		i++;
	if (!reader->open && i != 0)
		return err_add(line->err, EX_DATAERR, NULL, "%s",
			scan_member(line->scan, 0, "events")
			? "a case, not a partial: report cases without --merge, or "
			"make a partial of them with --partial"
			: "not the beginning of a partial, which may have been cut");
	if (i == KINDS)
		return line_unknown(line, NULL, line->kind);
	if (kinds[i].counts && !reader->report)
		return err_add(line->err, EX_DATAERR, NULL,
			"figures, but the head has no tz");
	if (reader->into && kinds[i].read != partial_page)
		return err_add(line->err, EX_DATAERR, NULL,
			"the times before it lack a page");
	return kinds[i].read(reader, line);
}

/* What is not known may change what the rest means. */
static int
check_members(const struct partial_line *line)
{
	if (*line->taken == line->scan->node[0].count)
		return 0;
	return err_add(line->err, EX_DATAERR, NULL,
		"a member that esc-report does not know");
}

int
partial_read(struct partial_reader *reader, struct span text,
	const struct scan *scan, struct arena *arena, struct err *err)
{
	uint32_t taken = 0;
	struct partial_line line = { .scan = scan, .arena = arena, .err = err,
		.taken = &taken };

	if (read_kind(reader, &line) != 0 || check_members(&line) != 0)
		return -1;
	if (!reader->open)
		return 0;
	reader->lines++;
	hash_add(&reader->hash, text.p, text.n);
	hash_add(&reader->hash, "\n", 1);
	return 0;
}
