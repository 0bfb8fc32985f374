#include "cli/sla_series.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"

static int
compare_policy(const char *policy, struct span text)
{
	size_t n = strlen(policy);
	int order = memcmp(policy, text.p, n < text.n ? n : text.n);

	return order ? order : (n > text.n) - (n < text.n);
}

/* Makes room for an element at `at`. */
static void *
insert(void *list, size_t *n, size_t *cap, size_t at, size_t size)
{
	char *bytes = list;

	if (*n == *cap) {
		*cap = mem_grow(*cap, *n + 1);
		bytes = mem_resize(bytes, *cap * size);
	}
	memmove(bytes + (at + 1) * size, bytes + at * size, (*n - at) * size);
	memset(bytes + at * size, 0, size);
	(*n)++;
	return bytes;
}

static struct series_terms *
terms_of(struct sla_series *series, struct span policy)
{
	size_t at = 0;

	while (at < series->n_terms && compare_policy(series->terms[at].policy, policy) < 0)
		at++;
	if (at < series->n_terms && compare_policy(series->terms[at].policy, policy) == 0)
		return &series->terms[at];
	series->terms = insert(series->terms, &series->n_terms, &series->cap_terms, at,
		sizeof *series->terms);
	series->terms[at].policy = mem_copy(policy.p, policy.n);
	series->terms[at].next = INSTANT_NONE;
	return &series->terms[at];
}

static int
compare_clocks(const struct series_clocks *clocks, struct span policy, const struct clock *clock)
{
	int order = compare_policy(clocks->policy, policy);

	if (order)
		return order;
	if (clocks->id != clock->id)
		return clocks->id < clock->id ? -1 : 1;
	return (clocks->tier > clock->tier) - (clocks->tier < clock->tier);
}

static struct series_clocks *
clocks_of(struct sla_series *series, struct span policy, const struct clock *clock)
{
	struct series_clocks *clocks;
	size_t at = 0;

	while (at < series->n_clocks &&
		compare_clocks(&series->clocks[at], policy, clock) < 0)
		at++;
	if (at < series->n_clocks && compare_clocks(&series->clocks[at], policy, clock) == 0)
		return &series->clocks[at];
	series->clocks = insert(series->clocks, &series->n_clocks, &series->cap_clocks, at,
		sizeof *series->clocks);
	clocks = &series->clocks[at];
	clocks->policy = mem_copy(policy.p, policy.n);
	clocks->id = clock->id;
	clocks->tier = clock->tier;
	return clocks;
}

static void
note_limit(struct series_terms *terms, const struct clock *clock, int64_t at)
{
	if (clock->state != CLOCK_RUNNING || clock->limit_at == INSTANT_NONE ||
		clock->limit_at < at)
		return;
	if (terms->next == INSTANT_NONE || clock->limit_at < terms->next)
		terms->next = clock->limit_at;
}

void
sla_series_add(struct sla_series *series, const struct sla *sla)
{
	struct span policy = sla->record->policy;
	struct series_terms *terms = terms_of(series, policy);

	terms->n[sla->verdict.verdict]++;
	for (size_t i = 0; i < sla->verdict.n; i++) {
		const struct clock_verdict *verdict = &sla->verdict.clock[i];
		struct series_clocks *clocks = clocks_of(series, policy, verdict->clock);
		bool over = verdict->verdict <= VERDICT_BREACHED;

		clocks->n[verdict->verdict]++;
		note_limit(terms, verdict->clock, sla->at);
		if (over && -verdict->left_wall > clocks->overdue)
			clocks->overdue = -verdict->left_wall;
	}
}

void
sla_series_release(struct sla_series *series)
{
	for (size_t i = 0; i < series->n_terms; i++)
		free(series->terms[i].policy);
	for (size_t i = 0; i < series->n_clocks; i++)
		free(series->clocks[i].policy);
	free(series->terms);
	free(series->clocks);
	*series = (struct sla_series){ 0 };
}
