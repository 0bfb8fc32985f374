/* The intake form, its codes, priorities and queues. */
#include "domain/policy_read.h"

static const struct key code_keys[] = {
	{ "code", read_name, offsetof(struct code, code), true },
	{ "label", read_text, offsetof(struct code, label), false },
	{ "meaning", read_text, offsetof(struct code, meaning), false },
	{ "calendar", read_calendar, offsetof(struct code, calendar), false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_code(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct code *code = to;

	read_object(r, place, json, code_keys, code);
	if (!code->label)
		code->label = code->code;
}

static bool
codes_clash(const struct code *a, const struct code *b)
{
	struct span text[] = { span_of(a->code), span_of(a->label) };

	for (int i = 0; i < 2; i++)
		if (span_eq_nocase(text[i], span_of(b->code)) ||
			span_eq_nocase(text[i], span_of(b->label)))
			return true;
	return false;
}

static const struct code *
read_codes(struct reader *r, const struct place *place, json_t *json, size_t *n)
{
	struct code *code = read_list(r, place, json, sizeof *code, read_code, n);

	if (code && *n == 0)
		read_fault(r, place, "an empty list");
	for (size_t i = 1; i < *n; i++)
		for (size_t j = 0; j < i; j++)
			if (code[i].code && code[j].code && codes_clash(&code[i], &code[j])) {
				struct place at = { place, NULL, i };

				read_fault(r, &at, "the same code or label as /%zu", j);
			}
	return code;
}

static void
read_field_codes(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct form_field *field = to;

	field->code = read_codes(r, place, json, &field->n_codes);
	if (field->field == FIELD_REGION)
		return;
	for (size_t i = 0; i < field->n_codes; i++)
		if (field->code[i].calendar) {
			struct place at = { place, NULL, i };

			read_fault_at(r, &at, "calendar", "only a region has a calendar");
		}
}

static const struct key field_keys[] = {
	{ "required", read_flag, offsetof(struct form_field, required), false },
	{ "list", read_flag, offsetof(struct form_field, list), false },
	{ "codes", read_field_codes, 0, false },
	{ "note", read_text, offsetof(struct form_field, note), false },
	{ NULL, NULL, 0, false },
};

static const char *const requester_members[] = { "name", "email", "role" };

bool
form_name_find(const char *name, enum field *field, const char **member)
{
	static const char prefix[] = "requester.";

	*member = NULL;
	if (strncmp(name, prefix, sizeof prefix - 1) != 0) {
		*field = field_find(span_of(name));
		return field_in_form(*field) && *field != FIELD_REQUESTER;
	}
	*field = FIELD_REQUESTER;
	for (int i = 0; i < 3; i++)
		if (strcmp(name + sizeof prefix - 1, requester_members[i]) == 0)
			*member = requester_members[i];
	return *member != NULL;
}

static bool
takes_codes(const struct form_field *field)
{
	static const enum field coded[] = {
		FIELD_IMPACT, FIELD_REASON, FIELD_URGENCY, FIELD_SEVERITY, FIELD_TRIGGER,
		FIELD_COMPLEXITY, FIELD_CHANNEL, FIELD_REGION, FIELD_PRODUCT, FIELD_SERVICE,
	};

	if (field->field == FIELD_REQUESTER)
		return strcmp(field->member, "role") == 0;
	for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
		if (field->field == coded[i])
			return true;
	return false;
}

static void
read_field(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct form_field *field = to;

	field->name = place->key;
	if (!form_name_find(place->key, &field->field, &field->member)) {
		read_fault(r, place, "no field of a form");
		return;
	}
	read_object(r, place, json, field_keys, field);
	if (field->n_codes > 0 && !takes_codes(field))
		read_fault_at(r, place, "codes", "this field is free text");
	if (field->list && field_table[field->field].kind != KIND_CODES)
		read_fault_at(r, place, "list", "this field is one text");
}

void
read_form(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;

	policy->form = read_named(r, place, json, sizeof *policy->form, read_field,
		&policy->n_form);
}

static const struct key queue_keys[] = {
	{ "label", read_text, offsetof(struct queue, label), false },
	{ "calendar", read_calendar, offsetof(struct queue, calendar), false },
	{ "address", read_text, offsetof(struct queue, address), false },
	{ "note", read_text, offsetof(struct queue, note), false },
	{ NULL, NULL, 0, false },
};

static void
read_queue(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct queue *queue = to;

	queue->name = queue->label = place->key;
	if (!name_is_valid(place->key))
		read_fault(r, place, "expected a name of a-z, 0-9 and -");
	read_object(r, place, json, queue_keys, queue);
}

void
read_queues(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;

	policy->queue = read_named(r, place, json, sizeof *policy->queue, read_queue,
		&policy->n_queues);
}

void
read_priorities(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;

	policy->priority = read_codes(r, place, json, &policy->n_priorities);
	for (size_t i = 0; i < policy->n_priorities; i++)
		if (policy->priority[i].calendar) {
			struct place at = { place, NULL, i };

			read_fault_at(r, &at, "calendar", "only a region has a calendar");
		}
}
