#include <string.h>

#include "domain/budget_terms.h"

static const char *
value_at(struct budget_reading *r)
{
	budget_blanks(r);
	return r->at;
}

/* A value up to its comma, bar or parenthesis; \ takes the next as it is. */
static struct span
read_value(struct budget_reading *r)
{
	char *value = arena_alloc(&r->budget->terms->arena, strlen(r->at) + 1);
	size_t n = 0, kept = 0;

	for (; *r->at && !strchr(",|)", *r->at); r->at++) {
		bool escaped = r->at[0] == '\\' && r->at[1] && strchr(",|)\\", r->at[1]);

		r->at += escaped;
		value[n++] = *r->at;
		if (escaped || !strchr(" \t\n\r", *r->at))
			kept = n;
	}
	return (struct span){ value, kept };
}

/* A name of a clock as its bit. */
static int
read_clock(struct budget_reading *r, unsigned *clocks)
{
	const char *at = value_at(r);
	struct span value = read_value(r);
	struct buf known = { 0 };

	for (int id = 0; id < CLOCK_IDS; id++) {
		if (span_is(value, clock_names[id])) {
			*clocks |= 1U << id;
			buf_release(&known);
			return 0;
		}
		buf_printf(&known, "%s%s", id ? ", " : "one of ", clock_names[id]);
	}
	budget_expected(r, at, value, buf_cstr(&known));
	buf_release(&known);
	return -1;
}

static int
read_clocks(struct budget_reading *r, bool unequal)
{
	struct budget_terms *terms = r->budget->terms;
	unsigned clocks = 0;

	do {
		if (read_clock(r, &clocks) < 0)
			return -1;
	} while (budget_takes(r, "|"));
	terms->clocks &= unequal ? ~clocks : clocks;
	return 0;
}

static int
read_tiers(struct budget_reading *r, bool unequal)
{
	bool named[TIER_MAX + 1] = { false };
	int64_t tier;

	do {
		const char *at = value_at(r);
		struct span value = read_value(r);

		if (text_digits(value, &tier) < 0 || tier < 1 || tier > TIER_MAX)
			return budget_expected(r, at, value, "the number of a tier");
		named[tier] = true;
	} while (budget_takes(r, "|"));
	for (int i = 0; i <= TIER_MAX; i++)
		r->budget->terms->tier[i] &= named[i] != unequal;
	return 0;
}

/* A value as pick reads it. */
static void
put_value(struct buf *values, struct span value)
{
	for (size_t i = 0; i < value.n; i++) {
		if (strchr(",\\", value.p[i]))
			buf_putc(values, '\\');
		buf_putc(values, value.p[i]);
	}
}

static int
read_field(struct budget_reading *r, struct span name, bool unequal)
{
	struct budget_terms *terms = r->budget->terms;
	char *field = arena_zero(&terms->arena, name.n + 1);
	struct buf values = { 0 };
	int result = 0;

	memcpy(field, name.p, name.n);
	do {
		const char *at = value_at(r);
		struct span value = read_value(r);

		if (!value.n)
			result = budget_expected(r, at, value, "a value");
		buf_puts(&values, values.len ? "," : "");
		put_value(&values, value);
	} while (result == 0 && budget_takes(r, "|"));
	if (result == 0)
		result = pick_add(&terms->pick, field, unequal ? PICK_UNEQUAL : PICK_EQUAL,
			buf_cstr(&values), r->err);
	buf_release(&values);
	return result;
}

/* A misspelt one would measure nothing, and be in order for ever. */
static bool
is_field(struct span name)
{
	static const char *const within[] = { "requester.name", "requester.email",
		"requester.role", "resolution.outcome", "resolution.by", "feedback.score" };
	enum field field = field_find(name);

	for (size_t i = 0; i < sizeof within / sizeof *within; i++)
		if (span_is(name, within[i]))
			return true;
	if (field == FIELD_NONE)
		return field_is_private(name);
	return field_table[field].kind < KIND_PERSON;
}

static int
read_condition(struct budget_reading *r)
{
	struct span name = budget_word(r);
	bool is_clock = span_is(name, "clock"), is_tier = span_is(name, "tier"), unequal;

	if (!is_clock && !is_tier && !is_field(name))
		return budget_expected(r, name.p, name, "clock, tier or a field of the record");
	unequal = budget_takes(r, "!=");
	if (!unequal && !budget_takes(r, "="))
		return budget_expected(r, r->at, span_of(r->at), "= or !=");
	if (is_clock)
		return read_clocks(r, unequal);
	return is_tier ? read_tiers(r, unequal) : read_field(r, name, unequal);
}

int
budget_conditions(struct budget_reading *r)
{
	if (!budget_takes(r, "("))
		return 0;
	do {
		if (read_condition(r) < 0)
			return -1;
	} while (budget_takes(r, ","));
	return budget_takes(r, ")") ? 0 : budget_expected(r, r->at, span_of(r->at), "a comma or )");
}
