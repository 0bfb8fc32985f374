#include "cli/report_page_index.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/mem.h"

static int64_t
instant_at(const struct report_page *page, uint32_t object, const char *key)
{
	uint32_t node = page_node(&page->scan, object, key);
	struct err err = { 0 };
	int64_t at = INSTANT_NONE;

	if (node != PAGE_NONE && instant_parse(scan_text(&page->scan, node,
		(struct arena *)&page->arena), &at, &err) != 0)
		at = INSTANT_NONE;
	err_release(&err);
	return at;
}

static struct span
text_at(struct report_page *page, const char *path)
{
	uint32_t node = page_node(&page->scan, 0, path);

	if (node == PAGE_NONE)
		return (struct span){ NULL, 0 };
	return scan_type(&page->scan, node) == SCAN_STRING
		? scan_text(&page->scan, node, &page->arena) : scan_raw(&page->scan, node);
}

static struct period
read_period(const struct report_page *page, uint32_t of, const struct zone *zone)
{
	uint32_t node = page_node(&page->scan, of, "period");
	struct period period = { .now = instant_at(page, 0, "now"), .zone = zone,
		.from = instant_at(page, node, "from"), .to = instant_at(page, node, "to") };

	period_close(&period);
	return period;
}

/* Zone data that is gone is no reason not to show what was counted with it. */
static void
read_head(struct report_page *page)
{
	struct page_head *head = &page->head;
	uint32_t previous = page_node(&page->scan, 0, "previous");
	const struct zone *zone;
	struct err err = { 0 };

	head->tz = text_at(page, "period.tz");
	zone = zone_load(arena_copy(&page->arena, head->tz.p, head->tz.n), &err);
	err_release(&err);
	head->period = read_period(page, 0, zone);
	head->group_by = text_at(page, "group_by");
	head->rejudge = text_at(page, "rejudge.policy");
	head->rejudge_version = text_at(page, "rejudge.policy_version");
	head->review_of = text_at(page, "review_of");
	head->compared = previous != PAGE_NONE;
	if (head->compared)
		head->previous = read_period(page, previous, zone);
}

static size_t
count_columns(const struct page_spec *spec)
{
	size_t n = 0;

	while (n < PAGE_COLUMNS && spec->column[n].member)
		n++;
	return n;
}

struct page_table *
page_table_new(const struct page_spec *spec, size_t n_rows)
{
	struct page_table *table = mem_zero(sizeof *table);
	size_t n = count_columns(spec);

	*table = (struct page_table){ .spec = spec, .n_columns = n, .n_rows = n_rows,
		.cell = mem_zero((n_rows * n + 1) * sizeof *table->cell) };
	for (size_t i = 0; i < n_rows * n; i++)
		table->cell[i].kind = spec->column[i % n].kind;
	return table;
}

void
page_table_free(struct page_table *table)
{
	if (table)
		free(table->cell);
	free(table);
}

static struct page_table *
part_fill(const struct page_part *part, const struct page_spec *spec)
{
	struct page_table *table = page_table_new(spec, 0);

	if (!part->group || !spec->whole)
		page_table_fill(table, part);
	return table;
}

const struct page_table *
page_part_table(const struct page_part *part, const char *name)
{
	const struct page_spec *spec = page_spec_find(span_of(name));
	struct page_table **table = spec ? &part->table[spec - page_spec] : NULL;

	if (table && !*table)
		*table = part_fill(part, spec);
	return table ? *table : NULL;
}

void
page_part_drop(const struct page_part *part)
{
	for (size_t i = 0; i < page_specs; i++) {
		page_table_free(part->table[i]);
		part->table[i] = NULL;
	}
}

static void
add_part(struct report_page *page, struct page_sides at)
{
	struct page_part *part = &page->part[page->n_parts++];

	part->compared = page->head.compared;
	part->page = page;
	part->at = at;
	part->table = arena_zero(&page->arena, page_specs * sizeof(struct page_table *));
}

static struct span
group_name(const struct scan *scan, uint32_t at, struct arena *arena, const void *ctx)
{
	(void)ctx;
	return scan_key(scan, at, arena);
}

static void
add_group(void *ctx, struct span name, struct page_sides at)
{
	struct report_page *page = ctx;
	struct page_part *part = &page->part[page->n_parts];

	part->group = true;
	part->value = name;
	add_part(page, at);
}

static void
add_groups(struct report_page *page, struct page_sides root)
{
	const struct scan *scan = &page->scan;
	struct page_sides groups = { page_node(scan, root.now, "groups"),
		page_node(scan, root.previous, "groups"), page_node(scan, root.change, "groups") };

	page_each(scan, groups, group_name, &page->arena, NULL, add_group, page);
}

static size_t
count_groups(const struct report_page *page, struct page_sides root)
{
	const uint32_t side[] = { root.now, root.previous, root.change };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		uint32_t groups = page_node(&page->scan, side[i], "groups");

		n += groups == PAGE_NONE ? 0 : page->scan.node[groups].count;
	}
	return n;
}

int
report_page_read(struct report_page *page, struct span document, struct err *err)
{
	struct page_sides root;

	*page = (struct report_page){ 0 };
	scan_init(&page->scan);
	arena_init(&page->arena);
	if (scan_line(&page->scan, document.p, document.n, err) != 0)
		return -1;
	read_head(page);
	root = (struct page_sides){ 0, page_node(&page->scan, 0, "previous"),
		page_node(&page->scan, 0, "change") };
	page->part = arena_zero(&page->arena,
		(1 + count_groups(page, root)) * sizeof *page->part);
	add_part(page, root);
	add_groups(page, root);
	return 0;
}

void
report_page_release(struct report_page *page)
{
	for (size_t i = 0; i < page->n_parts; i++)
		page_part_drop(&page->part[i]);
	arena_release(&page->arena);
	scan_release(&page->scan);
}
