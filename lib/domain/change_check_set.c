#include <string.h>

#include "domain/change_work.h"

static bool
is_code(const struct form_field *form, const struct scan *scan, uint32_t at,
	struct arena *arena)
{
	struct span text = scan_text(scan, at, arena);
	const struct code *code = text.p ? form_field_code(form, text) : NULL;

	return code && span_is(text, code->code);
}

/* A code of the policy, a list of them where the form takes one, or null. */
static enum check
check_codes(const struct form_field *form, const struct event *event, uint32_t at,
	struct arena *arena, struct err *err)
{
	const struct scan *scan = event->scan;
	bool good = scan_type(scan, at) == SCAN_NULL || is_code(form, scan, at, arena);

	if (scan_type(scan, at) == SCAN_ARRAY && form->list) {
		good = scan_first(scan, at) != 0;
		for (uint32_t i = scan_first(scan, at); i; i = scan->node[i].next)
			good = good && is_code(form, scan, i, arena);
	}
	if (good)
		return CHECK_OK;
	err_add(err, EX_DATAERR, form->name, "not a code of the policy");
	return CHECK_REFUSED;
}

/* The fold would pass over a value that the field cannot hold. */
static enum check
check_kind(const struct event *event, uint32_t at, enum field field, struct arena *arena,
	struct err *err)
{
	struct value value = { event->scan, at };

	if (field == FIELD_NONE || scan_type(event->scan, at) == SCAN_NULL)
		return CHECK_OK;
	return record_value_check(value, field, arena, err) < 0 ? CHECK_REFUSED : CHECK_OK;
}

/* requester.name, .email, .role */
static bool
is_person(struct span name)
{
	return span_is(name, "requester.name") || span_is(name, "requester.email") ||
		span_is(name, "requester.role");
}

/*
 * The fields that an event sets: reclassified takes the policy's codes,
 * amended what is not coded.
 */
static enum check
check_field(const struct fold *fold, const struct event *event, uint32_t at, bool coded,
	struct err *err)
{
	struct span name = scan_key(event->scan, at, fold->arena);
	char *text = arena_copy(fold->arena, name.p, name.n);
	enum field field = field_find(name);
	const char *role = strcmp(text, "requester.role") == 0 ? "role" : NULL;
	const struct form_field *form = policy_form_field(fold->policy,
		role ? FIELD_REQUESTER : field, role);

	if (field != FIELD_NONE && !field_in_form(field)) {
		err_add(err, EX_DATAERR, text, "is not part of the form");
		return CHECK_REFUSED;
	}
	if (field == FIELD_NONE && !form && !field_is_private(name) && !is_person(name)) {
		err_add(err, EX_DATAERR, text, "is neither a field of the form nor begins with x_");
		return CHECK_REFUSED;
	}
	if (coded != (form && form->n_codes)) {
		err_add(err, EX_DATAERR, text, coded ? "policy %s has no codes for it"
			: "policy %s has codes for it: reclassify it", fold->policy->name);
		return CHECK_REFUSED;
	}
	if (form && form->required && scan_type(event->scan, at) == SCAN_NULL) {
		err_add(err, EX_DATAERR, text, "required by policy %s", fold->policy->name);
		return CHECK_REFUSED;
	}
	return coded ? check_codes(form, event, at, fold->arena, err)
		: check_kind(event, at, field, fold->arena, err);
}

/* Whether a member of `set` is what the case says already. */
static bool
is_so(const struct fold *fold, const struct event *event, uint32_t at)
{
	return fold_says(fold, scan_key(event->scan, at, fold->arena),
		(struct value){ event->scan, at });
}

enum check
change_check_set(const struct fold *fold, const struct event *event, struct err *err)
{
	uint32_t set = event_member(event, "set");
	bool coded = event->type == EV_RECLASSIFIED, same = true;
	enum check result = CHECK_OK;

	for (uint32_t at = scan_first(event->scan, set); at; at = event->scan->node[at].next) {
		if (check_field(fold, event, at, coded, err) < 0)
			result = CHECK_REFUSED;
		same = same && is_so(fold, event, at);
	}
	return result == CHECK_OK && same ? CHECK_ALREADY_SO : result;
}
