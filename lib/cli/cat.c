#include "cli/cat.h"

#include <stdlib.h>

#include "base/instant.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "domain/last.h"

static int64_t
time_of(const struct cat *cat, const char *option, const char *text)
{
	struct err err = { 0 };
	int64_t at;

	if (!text)
		return INSTANT_NONE;
	if (time_parse(text, cat->loop.now, NULL, DAY_ENDS_CLOSE, &at, &err) < 0)
		opt_usage("%s: %s (or, from now: +3h, -2d)", option, err_text(&err));
	return at;
}

static void
check(const struct cat *cat, char **operands)
{
	const struct cat_opt *opt = &cat->opt;
	bool selects = opt->all || opt->due || opt->since || pick_opt_any(&opt->pick);

	if (!selects && !*operands)
		opt_usage("nothing is selected: say ID..., --all, --due, --since, or a condition "
			"such as --open");
	if (opt->all && *operands)
		opt_usage("--all and ids exclude one another");
	if (opt->history && opt->until)
		opt_usage("--history and --until exclude one another");
	if (opt->history && opt->ids)
		opt_usage("--history and --ids exclude one another");
	if (opt->format && strcmp(opt->format, "csv") != 0 && strcmp(opt->format, "jsonl") != 0)
		opt_usage("--format: expected jsonl or csv; got \"%s\"", opt->format);
	if (cat->as_csv && opt->ids)
		opt_usage("--ids and --format csv exclude one another");
	if (!cat->as_csv && (opt->columns || opt->raw))
		opt_usage("%s goes with --format csv", opt->columns ? "--columns" : "--raw");
}

/*
 * What is asked of a record as of then cannot be asked of the store, which
 * knows today's; nor does the store look into records that nobody looks into.
 */
static void
fill_choice(struct cat *cat)
{
	bool then = cat->until != INSTANT_NONE;

	cat->choice = (struct choice){
		.all = cat->opt.all,
		.id = cat->id,
		.n_ids = cat->n_ids,
		.due_by = then ? INSTANT_NONE : cat->due_by,
		.since = then ? INSTANT_NONE : cat->since,
		.pick = then ? NULL : &cat->pick,
		.history = cat->opt.history,
		.as_of = time_of(cat, "--as-of", cat->opt.as_of),
		.no_index = cat->opt.store.no_index,
		.unread = !then && !cat->as_csv,
	};
}

/* The answer is not whole: no end mark. */
static void
trouble(struct cat *cat, int status)
{
	cat->loop.stopped = true;
	if (status > cat->loop.status)
		cat->loop.status = status;
}

void
cat_open(struct cat *cat, char **operands)
{
	const struct cat_opt *opt = &cat->opt;
	const char *due = opt->due && *opt->due == '=' ? opt->due + 1 : opt->due; /* -d=TIME */

	cat->as_csv = opt->format && strcmp(opt->format, "csv") == 0;
	arena_init(&cat->arena);
	check(cat, operands);
	pick_opt_build(&opt->pick, cat->loop.by, &cat->pick);
	cat->due_by = due && !*due ? cat->loop.now : time_of(cat, "--due", due);
	cat->since = time_of(cat, "--since", opt->since);
	if (cat->since > cat->loop.now) /* the report of a period to come is of now */
		cat->since = cat->loop.now;
	cat->until = time_of(cat, "--until", opt->until);
	if (cat->as_csv)
		cat_csv_columns(cat);
	cat_ids_read(cat, operands);
	fill_choice(cat);
	cat->csv.out = loop_out(&cat->loop);
	cat->csv.raw = opt->raw;
	cat->loop.no_output = cat->as_csv || opt->ids;
	if (!store_opt_open(&opt->store, STORE_READ, &cat->store))
		trouble(cat, EX_IOERR);
	if (cat->until != INSTANT_NONE)
		cat->then = cat_until_new(cat->until, cat->loop.now);
}

void
cat_close(struct cat *cat)
{
	cat_until_free(cat->then);
	pick_release(&cat->pick);
	csv_out_release(&cat->csv);
	arena_release(&cat->arena);
	free(cat->id);
	store_close(&cat->store);
}

static void
tell_damage(void *ctx, const struct err *err)
{
	struct cat *cat = ctx;

	msg_faults(cat->store.path, err);
	trouble(cat, EX_IOERR);
}

static void
tell_unknown(void *ctx, struct span id, const struct span *candidate, size_t n)
{
	struct cat *cat = ctx;

	if (n > 1)
		msg_error("%.*s: more than one case has an id that ends so:", (int)id.n, id.p);
	else if (id.n < CHOOSE_END_MIN)
		msg_error("%.*s: no such case (the end of an id has %d characters at least)",
			(int)id.n, id.p, CHOOSE_END_MIN);
	else
		msg_error("%.*s: no such case", (int)id.n, id.p);
	for (size_t i = 0; n > 1 && i < n; i++)
		msg_error("  %.*s", (int)candidate[i].n, candidate[i].p);
	if (n >= CHOOSE_CANDIDATES)
		msg_error("  ...");
	trouble(cat, EX_NOINPUT);
}

static void
tell_step(void *ctx, uint64_t done)
{
	struct cat *cat = ctx;

	progress_bytes(&cat->progress, "reading the log:", done);
}

/* By what is printed, which was folded just now. */
static bool
is_due(const struct cat *cat, const struct record *record, struct arena *arena)
{
	static const enum field fields[] = { FIELD_DUE, FIELD_RISK };

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct value value = record_value(record, fields[i]);
		struct err err = { 0 };
		int64_t at = INT64_MAX;

		if (value.node)
			instant_parse(scan_text(value.scan, value.node, arena), &at, &err);
		err_release(&err);
		if (at <= cat->due_by)
			return true;
	}
	return cat->due_by == INSTANT_NONE;
}

static void
print(struct cat *cat, struct span id, struct span line, const struct record *record,
	struct arena *arena)
{
	struct err none = { 0 };

	if (cat->as_csv)
		cat_csv_row(cat, record, arena);
	else
		loop_emit(&cat->loop, LOOP_KEEP, NULL, 0, cat->opt.ids ? id : line, NULL, &none);
	if (cat->as_csv)
		loop_emit(&cat->loop, LOOP_DROP, NULL, 0, line, NULL, &none);
	err_release(&none);
}

static void
warn_newer(struct cat *cat, const struct chosen *chosen)
{
	if (!cat->warned_newer)
		msg_warn("%.*s: a record of a newer version; %s", (int)chosen->id.n, chosen->id.p,
			cat->as_csv ? "left out" : "passed on unchanged");
	cat->warned_newer = true;
}

static int
take_then(struct cat *cat, const struct chosen *chosen, struct arena *arena, struct err *err)
{
	struct record record;
	int there = cat_until_take(cat->then, chosen->record, arena, &record, err);

	if (there > 0 && pick_matches(&cat->pick, &record, arena) &&
		last_of_record(&record, arena) >= cat->since && is_due(cat, &record, arena))
		print(cat, chosen->id, record.line, &record, arena);
	return there < 0 ? -1 : 0;
}

static int
take(void *ctx, const struct chosen *chosen, struct arena *arena, struct err *err)
{
	struct cat *cat = ctx;
	bool unread = !chosen->record;

	progress_step(&cat->progress, 0);
	if (unread && !cat->choice.unread)
		warn_newer(cat, chosen);
	if (unread && cat->as_csv)
		return 0;
	if (cat->then && !unread)
		return take_then(cat, chosen, arena, err);
	print(cat, chosen->id, chosen->data, chosen->record, arena);
	return 0;
}

void
cat_run(struct cat *cat)
{
	struct choose_terms terms = { .policies = policies_source(), .world = store_opt_world(),
		.damage = tell_damage, .unknown = tell_unknown,
		.step = tell_step, .ctx = cat };
	struct err err = { 0 };

	if (cat->as_csv)
		cat_csv_header(cat);
	progress_init(&cat->progress, 0);
	if (cat->reads_ids && !cat->n_ids)
		return;
	if (choose_each(&cat->store, &cat->choice, &terms, take, cat, &err) < 0)
		loop_die(&cat->loop, cat->store.path, &err);
	err_release(&err);
}
