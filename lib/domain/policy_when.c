/* Conditions: {"impact":"critical","age":{"at_least":"5bd"}}. */
#include "domain/policy_read.h"

static bool
text_among(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(text, list[i]) == 0)
			return true;
	return false;
}

static bool
code_known(const struct code *code, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (code[i].code && strcmp(code[i].code, text) == 0)
			return true;
	return n == 0;
}

/* What the subject cannot be is a slip of the pen, and never matches. */
static bool
value_possible(const struct policy *policy, const struct cond *cond,
	const char *text)
{
	const struct form_field *field;

	switch (cond->subject) {
	case COND_STATE:
		return text_among(text, state_names, CASE_STATES);
	case COND_QUEUE:
		return policy_queue(policy, span_of(text)) != NULL;
	case COND_PRIORITY:
		return code_known(policy->priority, policy->n_priorities, text);
	case COND_FIELD:
		field = policy_form_field(policy, cond->field, cond->member);
		return !field || code_known(field->code, field->n_codes, text);
	case COND_AGE:
		break;
	}
	return false;
}

static void
check_values(struct reader *r, const struct place *place, const struct cond *cond)
{
	for (size_t i = 0; i < cond->n_values; i++)
		if (cond->value[i] && !value_possible(r->policy, cond, cond->value[i]))
			read_fault(r, place, "\"%s\" is no value that this can have",
				cond->value[i]);
}

static void
read_values(struct reader *r, const struct place *place, json_t *json,
	struct cond *cond)
{
	if (json_is_string(json)) {
		const char **one = arena_zero(r->policy->arena, sizeof *one);

		read_text(r, place, json, one);
		cond->value = one;
		cond->n_values = *one ? 1 : 0;
	} else {
		cond->value = read_texts(r, place, json, &cond->n_values);
		if (cond->value && cond->n_values == 0)
			read_fault(r, place, "an empty list");
	}
	check_values(r, place, cond);
}

static void
read_not(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct cond *cond = to;

	cond->test = COND_NOT_IN;
	read_values(r, place, json, cond);
}

static void
read_present(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct cond *cond = to;
	bool present = false;

	read_flag(r, place, json, &present);
	cond->test = present ? COND_PRESENT : COND_ABSENT;
}

static const struct key test_keys[] = {
	{ "not", read_not, 0, false },
	{ "present", read_present, 0, false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_test(struct reader *r, const struct place *place, json_t *json,
	struct cond *cond)
{
	if (json_is_null(json)) {
		cond->test = COND_ABSENT;
	} else if (json_is_object(json)) {
		read_object(r, place, json, test_keys, cond);
		if (!json_object_get(json, "not") == !json_object_get(json, "present"))
			read_fault(r, place, "expected one of not, present");
	} else if (json_is_string(json) || json_is_array(json)) {
		read_values(r, place, json, cond);
	} else {
		read_fault(r, place,
			"expected a value, a list of values, null, or an object");
	}
}

/* {"at_least":"5bd","below":"10bd"}: up to two conditions. */
static size_t
read_age(struct reader *r, const struct place *place, json_t *json,
	struct cond *cond)
{
	static const struct key keys[] = {
		{ "at_least", NULL, 0, false },
		{ "below", NULL, 0, false },
		{ "note", NULL, 0, false },
		{ NULL, NULL, 0, false },
	};
	static const enum cond_test test[] = { COND_AT_LEAST, COND_BELOW };
	size_t n = 0;

	read_object(r, place, json, keys, NULL);
	for (int i = 0; i < 2; i++) {
		json_t *value = json_object_get(json, keys[i].name);
		struct place at = { place, keys[i].name, 0 };

		if (!value)
			continue;
		cond[n] = (struct cond){ .subject = COND_AGE, .test = test[i] };
		read_duration(r, &at, value, &cond[n].age);
		n++;
	}
	if (n == 0 && json_is_object(json))
		read_fault(r, place, "expected at_least or below");
	return n;
}

static bool
subject_find(const char *name, struct cond *cond)
{
	static const struct {
		const char *name;
		enum cond_subject subject;
	} other[] = {
		{ "state", COND_STATE },
		{ "priority", COND_PRIORITY },
		{ "queue", COND_QUEUE },
		{ "age", COND_AGE },
	};

	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		if (strcmp(name, other[i].name) == 0) {
			cond->subject = other[i].subject;
			return true;
		}
	cond->subject = COND_FIELD;
	return form_name_find(name, &cond->field, &cond->member);
}

void
read_when(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct when *when = to;
	struct cond *cond;
	const char *name;
	json_t *value;

	if (!json_is_object(json)) {
		read_fault(r, place, "expected an object");
		return;
	}
	cond = arena_zero(r->policy->arena,
		(json_object_size(json) + 1) * sizeof *cond);
	when->cond = cond;
	json_object_foreach(json, name, value) {
		struct place at = { place, name, 0 };

		if (is_note(name, value))
			continue;
		if (!subject_find(name, &cond[when->n])) {
			read_fault(r, &at, "unknown field");
		} else if (cond[when->n].subject == COND_AGE) {
			when->n += read_age(r, &at, value, &cond[when->n]);
		} else {
			read_test(r, &at, value, &cond[when->n]);
			when->n++;
		}
	}
}
