#include "domain/policy.h"

#include <stdlib.h>

#include "base/hash.h"
#include "domain/policy_read.h"

static void
read_day_ends(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "close", "same-time", NULL };
	int word = read_word(r, place, json, words);

	if (word >= 0)
		*(enum day_ends *)to = word == 0 ? DAY_ENDS_CLOSE : DAY_ENDS_SAME_TIME;
}

static void
read_reopen(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "new-cycle", "continue", NULL };
	int word = read_word(r, place, json, words);

	if (word >= 0)
		*(enum reopen_mode *)to = word == 0 ? REOPEN_NEW_CYCLE : REOPEN_CONTINUE;
}

#define AT(member) offsetof(struct policy, member)

/* In the order of reading: rules look at form, queues and tiers. */
static const struct key policy_keys[] = {
	{ "name", read_name, AT(name), true },
	{ "title", read_text, AT(title), false },
	{ "source", read_text, AT(source), false },
	{ "note", read_text, AT(note), false },
	{ "day_ends", read_day_ends, AT(day_ends), false },
	{ "calendar", read_calendar, AT(calendar), true },
	{ "review", read_review, 0, false },
	{ "form", read_form, 0, true },
	{ "priorities", read_priorities, 0, false },
	{ "queues", read_queues, 0, false },
	{ "tiers", read_tiers, 0, true },
	{ "clocks", read_clocks, 0, false },
	{ "rules", read_rules, 0, false },
	{ "reopen", read_reopen, AT(reopen), false },
	{ "require", read_require, 0, false },
	{ "notices", read_notices, 0, false },
	{ "personal", read_personal, 0, false },
	{ NULL, NULL, 0, false },
};

static void
set_version(struct policy *policy)
{
	char hex[HASH_HEX];

	hash_hex(policy->text, policy->text_len, hex);
	memcpy(policy->version, hex, POLICY_VERSION_DIGITS);
}

struct policy *
policy_parse(struct span text, const struct calendar_source *calendars,
	struct err *err)
{
	struct policy *policy = mem_zero(sizeof *policy);
	struct reader r = { policy, calendars, err };
	size_t faults = err->n;

	policy->arena = mem_zero(sizeof *policy->arena);
	arena_init(policy->arena);
	policy->text = mem_copy(text.p, text.n);
	policy->text_len = text.n;
	set_version(policy);
	clocks_default(policy);
	policy->json = json_read((struct span){ policy->text, text.n }, err);
	if (policy->json)
		read_object(&r, NULL, policy->json, policy_keys, policy);
	if (err->n == faults)
		return policy;
	policy_free(policy);
	return NULL;
}

void
policy_free(struct policy *policy)
{
	if (!policy)
		return;
	json_decref(policy->json);
	arena_release(policy->arena);
	free(policy->arena);
	free(policy->text);
	free(policy);
}

static bool
same_member(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

const struct form_field *
policy_form_field(const struct policy *policy, enum field field, const char *member)
{
	for (size_t i = 0; i < policy->n_form; i++)
		if (policy->form[i].field == field &&
			same_member(policy->form[i].member, member))
			return &policy->form[i];
	return NULL;
}

/* While a policy is read, what had no code is still in its list. */
static const struct code *
code_find(const struct code *code, size_t n, struct span text)
{
	for (size_t i = 0; i < n; i++)
		if (code[i].code && (span_eq_nocase(text, span_of(code[i].code)) ||
			span_eq_nocase(text, span_of(code[i].label))))
			return &code[i];
	return NULL;
}

const struct code *
form_field_code(const struct form_field *field, struct span text)
{
	return code_find(field->code, field->n_codes, text);
}

const struct code *
policy_priority(const struct policy *policy, struct span text)
{
	return code_find(policy->priority, policy->n_priorities, text);
}

const struct queue *
policy_queue(const struct policy *policy, struct span name)
{
	for (size_t i = 0; i < policy->n_queues; i++)
		if (span_is(name, policy->queue[i].name))
			return &policy->queue[i];
	return NULL;
}

const struct tier *
policy_tier(const struct policy *policy, int64_t tier)
{
	if (tier < 1 || (uint64_t)tier > policy->n_tiers)
		return NULL;
	return &policy->tier[tier - 1];
}
