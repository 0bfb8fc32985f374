#include "cli/policy_words.h"

#include "base/instant.h"
#include "base/utf8.h"

struct unit {
	int64_t seconds;
	const char *one;
};

static const struct unit units[] = {
	{ DAY_S, "day" },
	{ 3600, "hour" },
	{ 60, "minute" },
	{ 1, "second" },
};

/* The largest unit that divides it; business time has no days but bd. */
static int64_t
count_of(struct duration d, const char **one)
{
	size_t i = d.unit == UNIT_BUSINESS ? 1 : 0;

	if (d.unit == UNIT_BUSINESS_DAY) {
		*one = units[0].one;
		return d.n;
	}
	while (d.n % units[i].seconds != 0)
		i++;
	*one = units[i].one;
	return d.n / units[i].seconds;
}

static void
put_unit(struct buf *out, struct duration d)
{
	const char *one;
	int64_t n = count_of(d, &one);

	buf_printf(out, "%s%s%s", duration_is_business(d) ? "business " : "", one,
		n == 1 ? "" : "s");
}

void
words_duration(struct buf *out, struct duration duration)
{
	const char *one;

	buf_int(out, count_of(duration, &one));
	buf_putc(out, ' ');
	put_unit(out, duration);
}

void
words_every(struct buf *out, struct duration duration)
{
	const char *one;

	buf_puts(out, "every ");
	if (count_of(duration, &one) == 1)
		put_unit(out, duration);
	else
		words_duration(out, duration);
}

void
words_goal(struct buf *out, const struct goal *goal)
{
	const char *target, *limit;

	if (goal->has_target) {
		int64_t n = count_of(goal->target, &target);

		count_of(goal->limit, &limit);
		if (strcmp(target, limit) == 0 && goal->target.unit == goal->limit.unit)
			buf_int(out, n);
		else
			words_duration(out, goal->target);
		buf_puts(out, " to ");
	}
	words_duration(out, goal->limit);
}

static void
put_subject(struct buf *out, const struct cond *cond)
{
	static const char *const names[] = {
		[COND_STATE] = "state",
		[COND_PRIORITY] = "priority",
		[COND_QUEUE] = "queue",
		[COND_AGE] = "age",
	};

	if (cond->subject != COND_FIELD) {
		buf_puts(out, names[cond->subject]);
		return;
	}
	buf_puts(out, field_table[cond->field].name);
	if (cond->member)
		buf_printf(out, ".%s", cond->member);
}

static void
put_test(struct buf *out, const struct cond *cond)
{
	static const char *const words[] = {
		[COND_IN] = " is ",
		[COND_NOT_IN] = " is not ",
		[COND_PRESENT] = " is given",
		[COND_ABSENT] = " is not given",
		[COND_AT_LEAST] = " is at least ",
		[COND_BELOW] = " is below ",
	};

	bool none = cond->test == COND_NOT_IN && cond->n_values > 1;

	buf_puts(out, none ? " is none of " : words[cond->test]);
	for (size_t i = 0; i < cond->n_values; i++)
		buf_printf(out, "%s%s", i == 0 ? "" : none ? ", " : " or ", cond->value[i]);
	if (cond->subject == COND_AGE)
		words_duration(out, cond->age);
}

void
words_when(struct buf *out, const struct when *when)
{
	if (when->n == 0)
		buf_puts(out, "always");
	for (size_t i = 0; i < when->n; i++) {
		buf_puts(out, i ? " and " : "");
		put_subject(out, &when->cond[i]);
		put_test(out, &when->cond[i]);
	}
}

void
words_triggers(struct buf *out, uint64_t triggers)
{
	const char *comma = "";

	for (int type = EV_OTHER + 1; type < EVENT_TYPES; type++)
		if (triggers & TRIGGER(type)) {
			buf_printf(out, "%s%s", comma, event_table[type].name);
			comma = ", ";
		}
	if (triggers & TRIGGER_REOPENED_CANCELLED)
		buf_printf(out, "%sreopened from cancelled", comma);
	if (!triggers)
		buf_putc(out, '-');
}

void
words_holds(struct buf *out, unsigned held_by)
{
	static const char *const words[] = { "-", "asked", "paused", "asked, paused" };

	buf_puts(out, words[held_by & (HOLD_ASKED | HOLD_PAUSED)]);
}

void
words_rule(struct buf *out, const struct policy *policy, enum rule_group group,
	const struct rule *rule)
{
	static const char *const what[RULE_GROUPS] = {
		[RULES_CANCEL] = "feedback: ",
		[RULES_QUEUE] = "to queue ",
		[RULES_PRIORITY] = "priority ",
		[RULES_ASSIGN] = "to ",
		[RULES_ACKNOWLEDGE] = "saying: ",
	};

	if (group == RULES_TIER)
		buf_printf(out, "at tier %d, %s", rule->tier,
			policy_tier(policy, rule->tier)->label);
	else if (rule->text)
		buf_printf(out, "%s%s", what[group], rule->text);
}

void
words_outcome(struct buf *out, const struct outcome *outcome)
{
	bool labelled = strcmp(outcome->code, outcome->label) != 0;
	const char *goes_on = outcome->ends ? "" : "goes on to another tier";

	buf_puts(out, outcome->code);
	if (labelled || *goes_on)
		buf_printf(out, " (%s%s%s)", labelled ? outcome->label : "",
			labelled && *goes_on ? "; " : "", goes_on);
}

void
words_code(struct buf *out, const struct code *code)
{
	buf_puts(out, code->code);
	if (strcmp(code->code, code->label) != 0)
		buf_printf(out, ": %s", code->label);
	if (code->meaning)
		buf_printf(out, "%s %s", strcmp(code->code, code->label) == 0 ? ":" : ".",
			code->meaning);
}

void
words_wrap(struct buf *out, size_t indent, size_t width, const char *text)
{
	size_t column = 0;

	while (*text) {
		struct span word = { text, strcspn(text, " \t\r\n") };
		size_t columns = utf8_width(word);

		if (column > 0 && column + 1 + columns > width) {
			buf_putc(out, '\n');
			column = 0;
		}
		if (column > 0)
			buf_putc(out, ' ');
		for (size_t i = 0; column == 0 && i < indent; i++)
			buf_putc(out, ' ');
		column += columns + (column ? 1 : indent);
		utf8_display(out, word);
		text += word.n;
		text += strspn(text, " \t\r\n");
	}
	buf_putc(out, '\n');
}
