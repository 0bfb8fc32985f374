/*
 * The {fields} of a notice's template: of the record ({subject},
 * {requester.name}), of the event that caused it ({event.text}), of the clock
 * whose verdict it is ({clock.limit_at}).
 */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/lint_work.h"

static const char *const clock_members[] = {
	"clock", "tier", "cycle", "verdict", "started_at", "target_at", "limit_at", NULL,
};

static const char *const event_common[] = { "at", "by", "type", "rule", NULL };

static bool
among(struct span name, const char *const *list)
{
	for (; *list; list++)
		if (span_is(name, *list))
			return true;
	return false;
}

static bool
event_has(enum event_type type, struct span name)
{
	const struct member_info *member = event_table[type].member;

	if (among(name, event_common))
		return true;
	for (; member->name; member++)
		if (span_is(name, member->name))
			return true;
	return false;
}

/* Strips the prefix: true where it was there. */
static bool
take_prefix(struct span *name, const char *prefix)
{
	size_t n = strlen(prefix);

	if (name->n < n || memcmp(name->p, prefix, n) != 0)
		return false;
	name->p += n;
	name->n -= n;
	return true;
}

static bool
record_has(struct span name)
{
	const char *dot = memchr(name.p, '.', name.n);
	struct span head = { name.p, dot ? (size_t)(dot - name.p) : name.n };
	enum field field = field_find(head);

	if (field_is_private(head))
		return true;
	if (!dot)
		return field != FIELD_NONE && field_table[field].kind != KIND_OBJECTS;
	if (field == FIELD_REQUESTER)
		return among((struct span){ dot + 1, name.n - head.n - 1 },
			(const char *const[]){ "name", "email", "role", NULL });
	return field_table[field].kind == KIND_OBJECT;
}

static bool
name_known(enum event_type on, struct span name)
{
	if (take_prefix(&name, "event."))
		return on != EV_OTHER && event_has(on, name);
	if (take_prefix(&name, "clock."))
		return on == EV_OTHER && among(name, clock_members);
	return name.n > 0 && record_has(name);
}

/* A form field that this policy's form lacks is always empty. */
static bool
name_asked(const struct policy *policy, struct span name)
{
	char *text = mem_copy(name.p, name.n);
	enum field field;
	const char *member;
	bool asked = !form_name_find(text, &field, &member) ||
		policy_form_field(policy, field, member);

	free(text);
	return asked;
}

static void
check_template(struct lint *lint, const struct notice *notice)
{
	enum event_type on = event_type_find(span_of(notice->on));
	const char *open = notice->template;

	while ((open = strchr(open, '{'))) {
		size_t n = strcspn(open, "}");
		struct span name = { open + 1, n - 1 };

		if (open[n] != '}' || !name_known(on, name))
			lint_found(lint, "unknown field {%.*s}", (int)name.n, name.p);
		else if (!name_asked(lint->policy, name))
			lint_found(lint, "the form does not ask for %.*s", (int)name.n,
				name.p);
		open += n;
	}
}

void
lint_templates(struct lint *lint)
{
	for (size_t i = 0; i < lint->policy->n_notices; i++) {
		lint_at(lint, "/notices/%zu/template", i);
		check_template(lint, &lint->policy->notice[i]);
	}
}
