#include "domain/baseline.h"

#include <stdlib.h>

void
baseline_init(struct baseline *baseline)
{
	*baseline = (struct baseline){ 0 };
	arena_init(&baseline->arena);
}

void
baseline_release(struct baseline *baseline)
{
	free(baseline->entry);
	arena_release(&baseline->arena);
	*baseline = (struct baseline){ 0 };
}

/* The clocks of a case come one behind the other and share its id. */
static struct span
keep_id(struct baseline *baseline, struct span id)
{
	const struct baseline_entry *last = baseline->entry + baseline->n;
	char *copy;

	if (baseline->n && span_eq(last[-1].id, id))
		return last[-1].id;
	copy = arena_alloc(&baseline->arena, id.n);
	memcpy(copy, id.p, id.n);
	return (struct span){ copy, id.n };
}

static void
add(struct baseline *baseline, struct baseline_entry entry)
{
	entry.id = keep_id(baseline, entry.id);
	if (baseline->n == baseline->cap) {
		baseline->cap = mem_grow(baseline->cap, baseline->n + 1);
		baseline->entry = mem_resize(baseline->entry,
			baseline->cap * sizeof *baseline->entry);
	}
	baseline->entry[baseline->n++] = entry;
}

static struct baseline_entry
entry_of(struct span id, const struct clock *clock)
{
	return (struct baseline_entry){ id, clock->id, clock->tier, clock->cycle };
}

void
baseline_add(struct baseline *baseline, struct span id, const struct clock *clock)
{
	add(baseline, entry_of(id, clock));
}

static int
read_clock(struct span name, enum clock_id *clock)
{
	for (int id = 0; id < CLOCK_IDS; id++)
		if (span_is(name, clock_names[id])) {
			*clock = (enum clock_id)id;
			return 0;
		}
	return -1;
}

/* A whole number from 1. */
static int
read_count(const struct scan *scan, uint32_t at, int *count)
{
	int64_t value;

	if (!at || scan_int(scan, at, &value) < 0 || value < 1 || value > INT32_MAX)
		return -1;
	*count = (int)value;
	return 0;
}

int
baseline_read(struct baseline *baseline, const struct scan *scan, struct err *err)
{
	uint32_t id = scan_member(scan, 0, "id"), tier = scan_member(scan, 0, "tier");
	uint32_t clock = scan_member(scan, 0, "clock"), cycle = scan_member(scan, 0, "cycle");
	struct baseline_entry entry = { 0 };

	if (scan->node[0].count != (tier ? 4U : 3U))
		return err_add(err, EX_CONFIG, NULL, "expected id, clock, tier and cycle alone");
	if (!id || scan_type(scan, id) != SCAN_STRING)
		return err_add(err, EX_CONFIG, "id", "expected a case's id");
	if (!clock || read_clock(scan_text(scan, clock, &baseline->arena), &entry.clock) < 0)
		return err_add(err, EX_CONFIG, "clock",
			"expected acknowledge, contact, tier, update or resolve");
	if (tier && read_count(scan, tier, &entry.tier) < 0)
		return err_add(err, EX_CONFIG, "tier", "expected a number, from 1");
	if (read_count(scan, cycle, &entry.cycle) < 0)
		return err_add(err, EX_CONFIG, "cycle", "expected a number, from 1");
	entry.id = scan_text(scan, id, &baseline->arena);
	add(baseline, entry);
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct baseline_entry *x = a, *y = b;
	int order = span_order(x->id, y->id);

	if (order)
		return order;
	if (x->clock != y->clock)
		return x->clock < y->clock ? -1 : 1;
	if (x->tier != y->tier)
		return x->tier < y->tier ? -1 : 1;
	return (x->cycle > y->cycle) - (x->cycle < y->cycle);
}

void
baseline_sort(struct baseline *baseline)
{
	size_t n = 0;

	if (baseline->n)
		qsort(baseline->entry, baseline->n, sizeof *baseline->entry, by_name);
	for (size_t i = 0; i < baseline->n; i++)
		if (!n || by_name(&baseline->entry[n - 1], &baseline->entry[i]) != 0)
			baseline->entry[n++] = baseline->entry[i];
	baseline->n = n;
}

static bool
has(const struct baseline *baseline, const struct baseline_entry *entry)
{
	return baseline->n &&
		bsearch(entry, baseline->entry, baseline->n, sizeof *entry, by_name);
}

bool
baseline_has(const struct baseline *baseline, struct span id, const struct clock *clock)
{
	struct baseline_entry entry = entry_of(id, clock);

	return has(baseline, &entry);
}

size_t
baseline_lost(const struct baseline *baseline, const struct baseline *other)
{
	size_t n = 0;

	for (size_t i = 0; i < baseline->n; i++)
		n += !has(other, &baseline->entry[i]);
	return n;
}

void
baseline_line(const struct baseline_entry *entry, struct buf *out)
{
	buf_putc(out, '{');
	buf_key(out, "id");
	buf_json(out, entry->id);
	buf_member(out, "clock", span_of(clock_names[entry->clock]));
	if (entry->tier) {
		buf_key(out, "tier");
		buf_int(out, entry->tier);
	}
	buf_key(out, "cycle");
	buf_int(out, entry->cycle);
	buf_puts(out, "}\n");
}
