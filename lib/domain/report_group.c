#include <stdlib.h>

#include "base/mem.h"
#include "base/tree.h"
#include "domain/report.h"

/* A derived text that cases can be grouped by; {NULL, 0}: none. */
struct derived {
	const char *name;
	struct span (*text)(const struct fold *fold);
};

static struct span
tier_text(const struct fold *fold)
{
	struct buf text = { 0 };
	struct span span = { NULL, 0 };

	if (fold->tier > 0) {
		buf_int(&text, fold->tier);
		span = (struct span){ arena_copy(fold->arena, text.data, text.len),
			text.len };
	}
	buf_release(&text);
	return span;
}

static struct span
state_text(const struct fold *fold)
{
	return span_of(state_names[fold->state]);
}

static struct span
policy_text(const struct fold *fold)
{
	return fold->record->policy;
}

static struct span
priority_text(const struct fold *fold)
{
	return fold->priority;
}

static struct span
assignee_text(const struct fold *fold)
{
	return fold->assignee;
}

static struct span
queue_text(const struct fold *fold)
{
	return fold->queue;
}

static const struct derived derived[] = {
	{ "tier", tier_text },
	{ "state", state_text },
	{ "policy", policy_text },
	{ "priority", priority_text },
	{ "assignee", assignee_text },
	{ "queue", queue_text },
	{ NULL, NULL },
};

static const struct derived *
derived_find(struct span name)
{
	for (const struct derived *row = derived; row->name; row++)
		if (span_is(name, row->name))
			return row;
	return NULL;
}

int
report_can_group(struct span name, struct err *err)
{
	enum field field = field_find(name);

	if (name.n == 0)
		return err_add(err, EX_USAGE, NULL, "expected the name of a field");
	if (derived_find(name) || field == FIELD_NONE)
		return 0;
	if (field_in_form(field) && field != FIELD_REQUESTER
		&& field != FIELD_ATTACHMENTS)
		return 0;
	return err_add(err, EX_USAGE, NULL, "cases cannot be grouped by %.*s",
		(int)name.n, name.p);
}

bool
report_group_named(const struct record *record, struct span name)
{
	struct span member = field_requester_member(name);
	uint32_t at = 0;

	if (derived_find(name) || field_find(name) != FIELD_NONE)
		return true;
	if (!member.p)
		return scan_find(record->scan, 0, name) != 0;
	at = scan_find(record->scan, 0, span_of(field_table[FIELD_REQUESTER].name));
	return at && scan_find(record->scan, at, member);
}

bool
report_has_values(const struct report *report)
{
	for (; report; report = report->previous)
		if (report->n_groups > 1 || (report->n_groups && report->group[0]->value.n))
			return true;
	return false;
}

static size_t
group_texts(const struct fold *fold, struct span name, struct span **text)
{
	const struct derived *row = derived_find(name);

	if (!row)
		return value_texts(fold_value(fold, name), text, fold->arena);
	*text = arena_alloc(fold->arena, sizeof **text);
	(*text)[0] = row->text(fold);
	return (*text)[0].n > 0;
}

static int
order(const void *a, const void *b)
{
	return span_order(((const struct group *)a)->value, ((const struct group *)b)->value);
}

static int
row_order(const void *a, const void *b)
{
	return order(*(const struct group *const *)a, *(const struct group *const *)b);
}

static struct group *
group_new(struct report *report, struct span value)
{
	struct group *group = arena_alloc(&report->kept, sizeof *group);

	group->value = (struct span){
		arena_copy(&report->kept, value.p, value.n), value.n };
	tally_init(&group->tally);
	if (report->n_groups == report->cap_groups) {
		report->cap_groups = mem_grow(report->cap_groups, report->n_groups + 1);
		report->group = mem_resize(report->group,
			report->cap_groups * sizeof(struct group *));
	}
	report->group[report->n_groups++] = group;
	return group;
}

/* The tree holds the value while it looks, and then the group made for it. */
struct tally *
report_group_get(struct report *report, struct span value)
{
	struct group asked = { .value = value };
	void **slot = tree_slot(&report->group_tree, &asked, order);
	struct group *group = *slot;

	if (group == &asked)
		*slot = group = group_new(report, value);
	return &group->tally;
}

void
report_sort_groups(struct report *report)
{
	if (report->n_groups > 1)
		qsort(report->group, report->n_groups, sizeof *report->group, row_order);
}

static void
group_release(void *group)
{
	tally_release(&((struct group *)group)->tally);
}

void
report_release_groups(struct report *report)
{
	tree_release(&report->group_tree, group_release);
	free(report->group);
}

void
report_add_groups(struct report *report, const struct case_sum *sum)
{
	struct span *text;
	size_t n;

	if (!report->group_by.p)
		return;
	n = group_texts(sum->fold, report->group_by, &text);
	if (n == 0)
		tally_add(report_group_get(report, span_of("")), sum, &report->period);
	for (size_t i = 0; i < n; i++)
		tally_add(report_group_get(report, text[i]), sum, &report->period);
}
