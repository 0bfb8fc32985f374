#include "base/mem.h"
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

/* A value in force: of the form, of requester, or set by an amendment. */
static struct value
value_in_force(const struct fold *fold, struct span name)
{
	static const char requester[] = "requester.";
	struct value person = fold->form[FIELD_REQUESTER];
	enum field field = field_find(name);
	struct buf member = { 0 };

	if (field != FIELD_NONE)
		return fold->form[field];
	for (size_t i = 0; i < fold->n_amends; i++)
		if (span_eq(fold->amend[i].name, name))
			return fold->amend[i].value;
	if (name.n < sizeof requester
		|| memcmp(name.p, requester, sizeof requester - 1) != 0)
		return record_find(fold->record, name);
	if (person.node) {
		buf_put(&member, name.p + sizeof requester - 1,
			name.n - (sizeof requester - 1));
		person.node = scan_member(person.scan, person.node, buf_cstr(&member));
		buf_release(&member);
	}
	return person;
}

static size_t
group_texts(const struct fold *fold, struct span name, struct span **text)
{
	const struct derived *row = derived_find(name);

	if (!row)
		return value_texts(value_in_force(fold, name), text, fold->arena);
	*text = arena_alloc(fold->arena, sizeof **text);
	(*text)[0] = row->text(fold);
	return (*text)[0].n > 0;
}

static struct tally *
group_get(struct report *report, struct span value)
{
	size_t at = 0;

	while (at < report->n_groups
		&& span_order(report->group[at].value, value) < 0)
		at++;
	if (at < report->n_groups && span_eq(report->group[at].value, value))
		return &report->group[at].tally;
	if (report->n_groups == report->cap_groups) {
		report->cap_groups = mem_grow(report->cap_groups, report->n_groups + 1);
		report->group = mem_resize(report->group,
			report->cap_groups * sizeof *report->group);
	}
	memmove(&report->group[at + 1], &report->group[at],
		(report->n_groups - at) * sizeof *report->group);
	report->group[at].value = (struct span){
		arena_copy(&report->kept, value.p, value.n), value.n };
	tally_init(&report->group[at].tally);
	report->n_groups++;
	return &report->group[at].tally;
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
		tally_add(group_get(report, span_of("")), sum, &report->period);
	for (size_t i = 0; i < n; i++)
		tally_add(group_get(report, text[i]), sum, &report->period);
}

void
report_merge_groups(struct report *report, const struct report *other)
{
	for (size_t i = 0; i < other->n_groups; i++)
		tally_merge(group_get(report, other->group[i].value),
			&other->group[i].tally);
}
