#include "store/choose_work.h"

#include <inttypes.h>

#include "domain/fold.h"
#include "domain/last.h"

/* By a scan, damage is told and passed over; by the index, a scan is to tell. */
static enum took
unreadable(struct choosing *c, struct err *err)
{
	c->damaged = true;
	if (c->kind == INDEX_SCAN)
		c->terms->damage(c->terms->ctx, err);
	err_reset(err);
	return c->kind == INDEX_SCAN ? TOOK_NOTHING : TOOK_MISFIT;
}

static int
read_line(struct choosing *c, const struct index_row *row, struct store_line *line,
	struct err *err)
{
	if (log_read(c->files, &row->place, row->seq, &c->text, line, err) < 0)
		return -1;
	if (span_eq(line->id, buf_text(&c->case_id)) && line->rev == row->rev)
		return index_check_erased(c->index, row, line, err);
	return err_add(err, EX_IOERR, NULL, "seq %" PRId64 ": not the line that was looked for",
		row->seq);
}

/* 0, also for a record of a newer version; -1: it is none. */
static int
read_record(struct choosing *c, const struct index_row *row, struct reading *reading,
	struct err *err)
{
	struct span data = reading->line.data;
	char path[SEGMENT_PATH_SIZE];
	struct err why = { 0 };
	int result = scan_line(&c->scan, data.p, data.n, &why);

	reading->chosen.scan = &c->scan;
	if (result == 0)
		result = record_read(&reading->record, data, &c->scan, &c->arena, &why);
	if (result == 0)
		reading->chosen.record = &reading->record;
	if (result < 0 && why.status != EX_CONFIG) {
		segment_path(row->place.segment, path);
		err_add(err, EX_IOERR, path, "offset %" PRId64 ", seq %" PRId64
			": the data is no record: %s", row->place.offset, row->seq, err_text(&why));
	} else {
		result = 0;
	}
	err_release(&why);
	return result;
}

enum took
choose_read(struct choosing *c, const struct index_row *row, struct reading *reading,
	struct err *err)
{
	struct store_line *line = &reading->line;

	if (read_line(c, row, line, err) < 0)
		return unreadable(c, err);
	reading->chosen = (struct chosen){ .id = buf_text(&c->case_id), .rev = line->rev,
		.seq = line->seq, .at = line->at, .data = line->data, .erased = row->erased };
	if (c->choice->unread && !choose_has_conditions(c->choice))
		return TOOK_DONE;
	return read_record(c, row, reading, err) < 0 ? unreadable(c, err) : TOOK_DONE;
}

enum took
choose_before(struct choosing *c, struct index_row *row, struct err *err)
{
	int result = index_before(c->index, row, err);

	if (result >= 0)
		return result ? TOOK_DONE : TOOK_NOTHING;
	return c->kind == INDEX_FILE ? TOOK_BROKEN : TOOK_ERR;
}

/* A scan has left out what came later. */
enum took
choose_as_of(struct choosing *c, struct index_row *row, struct reading *reading,
	struct err *err)
{
	enum took took = choose_read(c, row, reading, err);

	while (took == TOOK_DONE && c->choice->as_of != INSTANT_NONE &&
		reading->line.at > c->choice->as_of) {
		took = choose_before(c, row, err);
		arena_reset(&c->arena);
		if (took == TOOK_DONE)
			took = choose_read(c, row, reading, err);
	}
	return took;
}

bool
choose_has_conditions(const struct choice *choice)
{
	return choice->due_by != INSTANT_NONE || choice->since != INSTANT_NONE ||
		(choice->pick && choice->pick->n);
}

static bool
printed_by(const struct record *record, enum field field, int64_t by, struct arena *arena)
{
	struct value value = record_value(record, field);
	struct err err = { 0 };
	int64_t at;
	bool is_by = value.node &&
		instant_parse(scan_text(value.scan, value.node, arena), &at, &err) == 0 && at <= by;

	err_release(&err);
	return is_by;
}

/*
 * By a fold of now, since calendars may have changed; where the policy is
 * gone, by what is printed.
 */
static bool
is_due(struct choosing *c, const struct record *record)
{
	int64_t by = c->choice->due_by;
	struct err err = { 0 };
	struct fold fold;

	if (fold_record(&fold, record, c->terms->policies, INT64_MAX, &c->arena, &err) == 0)
		return (fold.due != INSTANT_NONE && fold.due <= by) ||
			(fold.risk != INSTANT_NONE && fold.risk <= by);
	err_release(&err);
	return printed_by(record, FIELD_DUE, by, &c->arena) ||
		printed_by(record, FIELD_RISK, by, &c->arena);
}

/* Of a record of a newer version no more is known than that it is there. */
bool
choose_is_wanted(struct choosing *c, const struct record *record)
{
	const struct choice *choice = c->choice;

	if (!record)
		return true;
	if (choice->pick && !pick_matches(choice->pick, record, &c->arena))
		return false;
	if (choice->since != INSTANT_NONE && last_of_record(record, &c->arena) < choice->since)
		return false;
	return choice->due_by == INSTANT_NONE || is_due(c, record);
}
