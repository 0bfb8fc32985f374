/* The lines of one case, what they are to become, and its attachments. */
#include <string.h>

#include "store/blobs.h"
#include "store/erase_work.h"
#include "store/store_said.h"

bool
erase_is_id(struct erase *erase, struct span written)
{
	struct buf form = { 0 };
	bool same;

	if (!memchr(written.p, '\\', written.n))
		return span_eq(written, erase->id);
	buf_json(&form, erase->id);
	same = span_eq((struct span){ form.data + 1, form.len - 2 }, written);
	buf_release(&form);
	return same;
}

static bool
has_span(const struct span *list, size_t n, struct span text)
{
	while (n > 0 && !span_eq(list[n - 1], text))
		n--;
	return n > 0;
}

static void
add_blob(struct erase *erase, struct span b2)
{
	if (!blobs_is_hash(b2) || has_span(erase->blob, erase->n_blobs, b2))
		return;
	erase->blob = arena_grow(&erase->keep, erase->blob, erase->n_blobs, &erase->cap_blobs,
		sizeof *erase->blob);
	erase->blob[erase->n_blobs++] = (struct span){ arena_copy(&erase->keep, b2.p, b2.n), b2.n };
}

/* Always one NULL behind the last. */
static void
add_field(struct erase *erase, struct span name)
{
	size_t n = erase->n_fields;

	if (redact_always(name))
		return;
	for (size_t i = 0; i < n; i++)
		if (span_is(name, erase->field[i]))
			return;
	erase->field = arena_grow(&erase->keep, erase->field, n + 1, &erase->cap_fields,
		sizeof *erase->field);
	erase->field[n] = arena_copy(&erase->keep, name.p, name.n);
	erase->field[n + 1] = NULL;
	erase->n_fields = n + 1;
}

static int
note_said_line(void *ctx, int64_t seq, struct span dh, struct err *err)
{
	struct erase *erase = ctx;
	struct erase_said *said;

	(void)err;
	if (dh.n != HASH_HEX - 1)
		return 0;
	erase->said = arena_grow(&erase->keep, erase->said, erase->n_said, &erase->cap_said,
		sizeof *said);
	said = &erase->said[erase->n_said++];
	*said = (struct erase_said){ .seq = seq };
	memcpy(said->dh, dh.p, dh.n);
	return 0;
}

static int
note_said_blob(void *ctx, struct span b2, struct err *err)
{
	(void)err;
	add_blob(ctx, b2);
	return 0;
}

/* What was once asked for stays asked for. */
static int
note_said_field(void *ctx, struct span name, struct err *err)
{
	(void)err;
	if (redact_takes(name))
		add_field(ctx, name);
	return 0;
}

/* A line about the case, if it is an `erased` one. */
static int
note_store_line(struct erase *erase, const struct log_entry *entry, struct err *err)
{
	const struct said_fns fns = { note_said_line, note_said_blob, note_said_field, erase };
	uint32_t at;

	if (scan_line(&erase->scan, entry->line.data.p, entry->line.data.n, err) < 0)
		return -1;
	if (store_said(&erase->scan, &at) != SAID_ERASED)
		return 0;
	return store_said_each(&erase->scan, at, &fns, &erase->keep, err);
}

static int
note_line(struct erase *erase, const struct log_entry *entry, struct err *err)
{
	if (entry->line.rev == 0)
		return note_store_line(erase, entry, err);
	erase->line = arena_grow(&erase->keep, erase->line, erase->n_lines, &erase->cap_lines,
		sizeof *erase->line);
	erase->line[erase->n_lines++] = (struct erase_line){ .seq = entry->seq,
		.place = entry->place };
	return 0;
}

static int
find_lines(struct erase *erase, struct err *err)
{
	struct position from;
	struct log_entry entry;
	struct log *log;
	int result = 0;

	store_genesis(erase->store, &from);
	log = log_open(erase->store, &from, &erase->end, err);
	if (!log)
		return -1;
	log_leave_data(log);
	while (result == 0) {
		enum log_answer answer = log_next(log, &entry, err);

		if (answer == LOG_END)
			break;
		if (answer != LOG_LINE)
			result = -1;
		else if (erase_is_id(erase, entry.line.id))
			result = note_line(erase, &entry, err);
	}
	log_close(log);
	return result;
}

int
erase_read(struct erase *erase, const struct erase_line *at, struct store_line *line,
	struct record *record, struct err *err)
{
	arena_reset(&erase->arena);
	if (log_read(erase->files, &at->place, at->seq, &erase->text, line, err) < 0 ||
		scan_line(&erase->scan, line->data.p, line->data.n, err) < 0)
		return -1;
	return record_read(record, line->data, &erase->scan, &erase->arena, err);
}

static int
note_attached(void *ctx, struct span b2, int64_t size, struct err *err)
{
	(void)size;
	(void)err;
	add_blob(ctx, b2);
	return 0;
}

static int
note_policy(struct erase *erase, const struct record *record, struct err *err)
{
	const struct policy_source *policies = erase->terms->policies;
	const struct policy *policy;

	if (!policies)
		return 0;
	policy = policies->find(policies->ctx, record->policy, record->version, err);
	for (size_t i = 0; policy && i < policy->n_personal; i++)
		if (redact_takes(span_of(policy->personal[i])))
			add_field(erase, span_of(policy->personal[i]));
	return policy ? 0 : -1;
}

/* The last revision knows every name that the requester ever had. */
static void
note_persons(struct erase *erase, const struct record *record)
{
	size_t n;
	struct span *person = redact_persons(record, &erase->arena, &n);
	struct span *kept = arena_alloc(&erase->keep, (n + 1) * sizeof *kept);

	for (size_t i = 0; i < n; i++)
		kept[i] = (struct span){ arena_copy(&erase->keep, person[i].p, person[i].n),
			person[i].n };
	erase->redact.person = kept;
	erase->redact.n_persons = n;
}

/* All that must be known before a line can be redacted. */
static int
look_at_lines(struct erase *erase, struct err *err)
{
	const char *const *field = erase->terms->redact.field;
	struct store_line line;
	struct record record;

	for (; field && *field; field++)
		add_field(erase, span_of(*field));
	for (size_t i = 0; i < erase->n_lines; i++) {
		if (erase_read(erase, &erase->line[i], &line, &record, err) < 0 ||
			note_policy(erase, &record, err) < 0 ||
			record_attachments(&record, &erase->arena, note_attached, erase, err) < 0)
			return -1;
		if (i + 1 == erase->n_lines)
			note_persons(erase, &record);
	}
	erase->redact.field = erase->field;
	return 0;
}

void
erase_redact(struct erase *erase, const struct record *record, struct buf *out)
{
	redact_record(record, NULL, &erase->redact, &erase->arena, out);
}

static bool
is_said(const struct erase *erase, const struct erase_line *at)
{
	for (size_t i = erase->n_said; i-- > 0;)
		if (erase->said[i].seq == at->seq)
			return strcmp(erase->said[i].dh, at->dh) == 0;
	return false;
}

static int
plan_line(struct erase *erase, struct erase_line *at, struct err *err)
{
	struct buf data = { 0 };
	struct store_line line;
	struct record record;

	if (erase_read(erase, at, &line, &record, err) < 0)
		return -1;
	erase_redact(erase, &record, &data);
	line_data_hash(span_of(SALT_ERASED), buf_text(&data), at->dh);
	at->changes = !span_eq(buf_text(&data), line.data);
	at->is_said = is_said(erase, at);
	buf_release(&data);
	return 0;
}

int
erase_find(struct erase *erase, struct err *err)
{
	if (find_lines(erase, err) < 0)
		return -1;
	if (erase->n_lines == 0)
		return err_add(err, EX_NOINPUT, NULL, "%.*s: no such case", (int)erase->id.n,
			erase->id.p);
	if (look_at_lines(erase, err) < 0)
		return -1;
	for (size_t i = 0; i < erase->n_lines; i++)
		if (plan_line(erase, &erase->line[i], err) < 0)
			return -1;
	return 0;
}
