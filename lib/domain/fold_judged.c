#include <string.h>

#include "base/instant.h"
#include "domain/fold_work.h"

static int
find_name(struct span name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (names[i] && span_is(name, names[i]))
			return i;
	return -1;
}

static int64_t
instant_of(const struct event *entry, const char *name)
{
	int64_t at;

	return event_instant(entry, name, &at) ? at : INSTANT_NONE;
}

/* An entry reads like an event: an object with members.  false: malformed. */
static bool
read_judgement(const struct event *entry, struct judgement *judgement, struct arena *arena)
{
	int64_t tier = 0, cycle, over = 0;
	int id = find_name(event_text(entry, "clock", arena), clock_names, CLOCK_IDS);
	int verdict = find_name(event_text(entry, "verdict", arena), clock_state_names,
		CLOCK_STATES);

	if (id < 0 || verdict < CLOCK_MET || !event_int(entry, "cycle", &cycle))
		return false;
	event_int(entry, "tier", &tier);
	event_int(entry, "over", &over);
	if (tier < 0 || tier > INT32_MAX || cycle < 1 || cycle > INT32_MAX)
		return false;
	*judgement = (struct judgement){
		.id = (enum clock_id)id,
		.tier = (int)tier,
		.cycle = (int)cycle,
		.verdict = (enum clock_state)verdict,
		.target_at = instant_of(entry, "target_at"),
		.limit_at = instant_of(entry, "limit_at"),
		.over = over,
	};
	return true;
}

static size_t
count_entries(const struct folding *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_order; i++)
		if (f->order[i]->judged)
			n += f->order[i]->scan->node[f->order[i]->judged].count;
	return n;
}

void
judged_collect(struct folding *f)
{
	size_t n = f->anew ? 0 : count_entries(f);

	if (n == 0)
		return;
	f->judgement = arena_alloc(f->fold->arena, n * sizeof *f->judgement);
	for (size_t i = 0; i < f->n_order; i++) {
		const struct event *event = f->order[i];
		uint32_t at = event->judged ? scan_first(event->scan, event->judged) : 0;

		for (; at; at = event->scan->node[at].next) {
			struct judgement *judgement = &f->judgement[f->n_judgements];
			struct event entry = { .scan = event->scan, .node = at };

			if (!read_judgement(&entry, judgement, f->fold->arena))
				continue;
			judgement->position = i;
			f->n_judgements++;
		}
	}
}

static bool
names(const struct judgement *judgement, const struct clock *clock)
{
	return judgement->id == clock->id && judgement->tier == clock->tier &&
		judgement->cycle == clock->cycle;
}

/* Moves the mark to the judgements of the event at hand and of later ones. */
static void
catch_up(struct folding *f)
{
	while (f->next_judgement < f->n_judgements &&
		f->judgement[f->next_judgement].position < f->position)
		f->next_judgement++;
}

bool
judged_later(struct folding *f, const struct clock *clock)
{
	catch_up(f);
	for (size_t i = f->next_judgement; i < f->n_judgements; i++)
		if (f->judgement[i].position > f->position && names(&f->judgement[i], clock))
			return true;
	return false;
}

static void
stop_as_written(struct clock *clock, const struct judgement *judgement, int64_t at)
{
	clock_stop(clock, at, false);
	clock->state = judgement->verdict;
	clock->target_at = judgement->target_at;
	clock->limit_at = judgement->limit_at;
	clock->over = judgement->verdict == CLOCK_MISSED ? judgement->over : 0;
	clock->judged = true;
}

void
judged_stop(struct folding *f, const struct event *event, int64_t at, uint32_t step)
{
	if (!event->judged)
		return;
	catch_up(f);
	for (size_t i = f->next_judgement; i < f->n_judgements; i++) {
		const struct judgement *judgement = &f->judgement[i];
		int at_living = f->living[judgement->id];

		if (judgement->position > f->position)
			break;
		if (at_living < 0 || !names(judgement, &f->fold->clock[at_living]))
			continue;
		stop_as_written(&f->fold->clock[at_living], judgement, at);
		clocks_stopped(f, &f->fold->clock[at_living], step, true);
	}
}
