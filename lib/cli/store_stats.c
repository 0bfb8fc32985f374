/* esc-store stats: what is in a store, as text or JSON. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/instant.h"
#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/progress.h"
#include "cli/store_admin.h"
#include "store/blobs.h"
#include "store/choose.h"
#include "store/store_walk.h"

struct stats {
	struct store_admin *admin;
	const struct store *store;
	struct head head;
	struct progress progress;
	const char *index;
	uint64_t cases, open, lines, batches, erased, bytes, segments;
	uint64_t attachments, attached_bytes;
	int64_t first, last; /* instants; INSTANT_NONE: no commit yet */
	int status;
};

static void
tell_damage(void *ctx, const struct err *err)
{
	struct stats *stats = ctx;

	msg_faults(stats->store->path, err);
	stats->status = EX_IOERR;
}

static void
count_line(struct stats *stats, const struct store_line *line)
{
	stats->lines++;
	stats->cases += line->rev == 1;
	stats->batches += line->place == line->of;
	stats->erased += line_is_erased(line);
	stats->last = line->at;
	if (stats->first == INSTANT_NONE)
		stats->first = line->at;
}

static void
count_log(struct stats *stats)
{
	struct position from;
	struct log_entry entry;
	struct err err = { 0 };
	enum log_answer answer;
	struct log *log;

	store_genesis(stats->store, &from);
	log = log_open(stats->store, &from, &stats->head.position, &err);
	if (log)
		log_leave_data(log);
	else
		store_admin_die(stats->admin, &err);
	while ((answer = log_next(log, &entry, &err)) != LOG_END) {
		if (answer == LOG_FAILED)
			store_admin_die(stats->admin, &err);
		if (answer == LOG_DAMAGED)
			tell_damage(stats, &err);
		else
			count_line(stats, &entry.line);
		err_reset(&err);
		stats->bytes += (uint64_t)entry.place.length + 1;
		progress_step(&stats->progress, stats->bytes);
	}
	log_close(log);
	err_release(&err);
}

static int
count_open(void *ctx, const struct chosen *chosen, struct arena *arena, struct err *err)
{
	struct stats *stats = ctx;

	(void)chosen;
	(void)arena;
	(void)err;
	stats->open++;
	return 0;
}

static void
count_cases(struct stats *stats)
{
	struct choose_terms terms = { .policies = policies_source(), .world = store_opt_world(),
		.damage = tell_damage, .ctx = stats };
	struct pick pick = { 0 };
	struct choice choice = { .pick = &pick, .due_by = INSTANT_NONE, .since = INSTANT_NONE,
		.as_of = INSTANT_NONE, .no_index = stats->admin->store.no_index, .unread = true };
	struct err err = { 0 };

	if (pick_where(&pick, "state=submitted,acknowledged,escalated", &err) < 0 ||
		choose_each(stats->store, &choice, &terms, count_open, stats, &err) < 0)
		store_admin_die(stats->admin, &err);
	pick_release(&pick);
}

static int
count_segment(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct stats *stats = ctx;

	(void)err;
	stats->segments += *entry->name != '.';
	return 0;
}

static int
count_blob(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct stats *stats = ctx;

	if (S_ISDIR(entry->mode))
		return store_walk(stats->store, entry->path, count_blob, stats, err);
	if (!blobs_is_hash(span_of(entry->name)))
		return 0;
	stats->attachments++;
	stats->attached_bytes += (uint64_t)entry->size;
	return 0;
}

static void
count_files(struct stats *stats)
{
	struct err err = { 0 };

	if (store_walk(stats->store, "log", count_segment, stats, &err) < 0 ||
		store_walk(stats->store, "blobs", count_blob, stats, &err) < 0)
		store_admin_die(stats->admin, &err);
}

/* Before anybody brings it up to date. */
static void
look_at_index(struct stats *stats)
{
	struct err err = { 0 };
	struct stat st;

	if (fstatat(stats->store->dir, INDEX_FILE_NAME, &st, AT_SYMLINK_NOFOLLOW) != 0)
		stats->index = "none";
	else
		stats->index = index_is_fresh(stats->store, &stats->head, &err) > 0 ? "fresh"
			: "behind";
	err_release(&err);
}

struct row {
	const char *name, *label;
	const uint64_t *number; /* else: */
	const char *text;
};

/* Of text no quotes are needed: all of it is ours. */
static void
put(const struct row *row, bool json, struct buf *out)
{
	if (json) {
		buf_key(out, row->name);
		if (row->number)
			buf_printf(out, "%" PRIu64, *row->number);
		else if (row->text)
			buf_json(out, span_of(row->text));
		else
			buf_puts(out, "null");
	} else if (row->number) {
		buf_printf(out, "%-17s %" PRIu64 "\n", row->label, *row->number);
	} else {
		buf_printf(out, "%-17s %s\n", row->label, row->text ? row->text : "-");
	}
}

static const char *
instant_text(int64_t at, char text[INSTANT_SIZE])
{
	if (at == INSTANT_NONE)
		return NULL;
	instant_format(at, text);
	return text;
}

static void
put_stats(const struct stats *stats, bool json, struct buf *out)
{
	char first[INSTANT_SIZE], last[INSTANT_SIZE];
	const struct row rows[] = {
		{ "store_id", "store", NULL, stats->store->id },
		{ "cases", "cases", &stats->cases, NULL },
		{ "open", "  open", &stats->open, NULL },
		{ "lines", "lines", &stats->lines, NULL },
		{ "erased", "  erased", &stats->erased, NULL },
		{ "batches", "batches", &stats->batches, NULL },
		{ "bytes", "bytes", &stats->bytes, NULL },
		{ "segments", "segments", &stats->segments, NULL },
		{ "attachments", "attachments", &stats->attachments, NULL },
		{ "attachment_bytes", "  bytes", &stats->attached_bytes, NULL },
		{ "first_commit", "first commit", NULL, instant_text(stats->first, first) },
		{ "last_commit", "last commit", NULL, instant_text(stats->last, last) },
		{ "index", "index", NULL, stats->index },
	};

	buf_puts(out, json ? "{" : "");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		put(&rows[i], json, out);
	buf_puts(out, json ? "}\n" : "");
}

int
store_admin_stats(struct store_admin *admin, char **operands)
{
	struct stats stats = { .admin = admin, .first = INSTANT_NONE, .last = INSTANT_NONE };
	bool json = admin->format && strcmp(admin->format, "json") == 0;
	struct store store;

	store_admin_no_operands("stats", operands);
	if (admin->format && !json && strcmp(admin->format, "text") != 0)
		opt_usage("--format: expected one of text, json; got \"%s\"", admin->format);
	store_admin_open(admin, STORE_READ, &store);
	stats.store = &store;
	store_admin_head(admin, &store, &stats.head);
	progress_init_alone(&stats.progress, store_admin_log_bytes(admin, &store));
	look_at_index(&stats);
	count_log(&stats);
	count_files(&stats);
	progress_hide();
	count_cases(&stats);
	put_stats(&stats, json, &admin->out);
	store_close(&store);
	return stats.status;
}
