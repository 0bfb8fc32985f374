/* Notices, what commands must give, personal fields, the review. */
#include "base/zone.h"
#include "domain/policy_read.h"
#include "domain/verdict.h"

static void
read_on(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const char **on = to;

	read_text(r, place, json, on);
	if (!*on || event_type_find(span_of(*on)) != EV_OTHER)
		return;
	for (int i = 0; i < VERDICT_NONE; i++)
		if (strcmp(verdict_names[i], *on) == 0)
			return;
	read_fault(r, place, "neither an event nor a verdict: \"%s\"", *on);
}

static void
read_to(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct notice *notice = to;

	notice->to = read_texts(r, place, json, &notice->n_to);
	if (notice->to && notice->n_to == 0)
		read_fault(r, place, "an empty list");
}

static void
read_hours(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "open", "always", NULL };

	*(bool *)to = read_word(r, place, json, words) == 1;
}

static const struct key notice_keys[] = {
	{ "on", read_on, offsetof(struct notice, on), true },
	{ "to", read_to, 0, true },
	{ "order", read_int, offsetof(struct notice, order), false },
	{ "template", read_text, offsetof(struct notice, template), true },
	{ "hours", read_hours, offsetof(struct notice, always), false },
	{ "note", read_text, offsetof(struct notice, note), false },
	{ NULL, NULL, 0, false },
};

static void
read_notice(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct notice *notice = to;

	notice->order = 1;
	read_object(r, place, json, notice_keys, notice);
}

void
read_notices(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;

	policy->notice = read_list(r, place, json, sizeof *policy->notice, read_notice,
		&policy->n_notices);
}

static bool
member_known(enum event_type type, const char *name)
{
	const struct member_info *member = event_table[type].member;

	for (; member->name; member++)
		if (strcmp(member->name, name) == 0)
			return true;
	return false;
}

static void
read_required_members(struct reader *r, const struct place *place, json_t *json,
	struct require *require, size_t *n)
{
	enum event_type type = event_type_find(span_of(place->key));
	size_t count;
	const char *const *name = read_texts(r, place, json, &count);

	if (type == EV_OTHER)
		read_fault(r, place, "unknown event");
	for (size_t i = 0; type != EV_OTHER && i < count; i++) {
		struct place at = { place, NULL, i };

		if (name[i] && !member_known(type, name[i]))
			read_fault(r, &at, "no member \"%s\" of %s", name[i], place->key);
		else if (name[i])
			require[(*n)++] = (struct require){ type, name[i] };
	}
}

void
read_require(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;
	struct require *require;
	const char *name;
	json_t *value;
	size_t n = 0;

	if (!json_is_object(json)) {
		read_fault(r, place, "expected an object");
		return;
	}
	json_object_foreach(json, name, value)
		n += json_array_size(value);
	require = arena_zero(policy->arena, n * sizeof *require);
	policy->require = require;
	json_object_foreach(json, name, value) {
		struct place at = { place, name, 0 };

		if (!is_note(name, value))
			read_required_members(r, &at, value, require, &policy->n_requires);
	}
}

void
read_personal(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;
	enum field field;
	const char *member;

	policy->personal = read_texts(r, place, json, &policy->n_personal);
	for (size_t i = 0; i < policy->n_personal; i++) {
		const char *name = policy->personal[i];
		struct place at = { place, NULL, i };

		if (name && !field_is_private(span_of(name)) &&
			strcmp(name, "requester") != 0 &&
			!form_name_find(name, &field, &member))
			read_fault(r, &at, "no field of a form: \"%s\"", name);
	}
}

static void
read_zone(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const char **name = to;
	struct err err = { 0 };

	read_text(r, place, json, name);
	if (*name && !zone_load(*name, &err))
		read_fault(r, place, "%s", err_text(&err));
	err_release(&err);
}

static void
read_every(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "week", "month", "quarter", "year", NULL };

	if (read_word(r, place, json, words) >= 0)
		*(const char **)to = json_string_value(json);
}

static const struct key review_keys[] = {
	{ "zone", read_zone, offsetof(struct policy, review_zone), false },
	{ "every", read_every, offsetof(struct policy, review_every), false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

void
read_review(struct reader *r, const struct place *place, json_t *json, void *to)
{
	read_object(r, place, json, review_keys, to);
}
