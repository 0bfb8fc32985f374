/* What a row says that the rows before it did not: events. */
#include "domain/import_case.h"
#include "domain/shown.h"

/* A priority by its code or label, where the policy lists them. */
static int
put_code(const struct import_case *c, const char *name,
	const struct source *source, struct buf *out)
{
	const struct policy *policy = c->import->terms.policy;
	struct span text = source_text(c, source);
	const struct code *code;

	if (!text.p)
		return 0;
	code = policy_priority(policy, text);
	if (!code)
		return err_add(c->err, EX_DATAERR, name,
			"no priority of policy %s; got \"%.*s\"", policy->name,
			SHOWN(text));
	buf_json(out, span_of(code->code));
	return 1;
}

static int
put_member(const struct import_case *c, const struct named_source *member,
	struct buf *out)
{
	size_t start = out->len;
	int answer;

	buf_key(out, member->name);
	if (strcmp(member->name, "priority") == 0 &&
		c->import->terms.policy->n_priorities)
		answer = put_code(c, member->name, &member->source, out);
	else
		answer = source_json(c, &member->source, member->name, out);
	if (answer <= 0)
		out->len = start;
	return answer;
}

static void
put_body(const struct import_case *c, const struct event_rule *rule,
	struct buf *out)
{
	struct span by = c->mapping->has_by ? source_text(c, &c->mapping->by)
		: (struct span){ NULL, 0 };

	if (!by.p)
		by = c->import->by;
	buf_putc(out, '{');
	if (by.p) {
		buf_key(out, "by");
		buf_json(out, by);
	}
	buf_key(out, "type");
	buf_json(out, span_of(rule->name));
}

static int
put_with(const struct import_case *c, const struct event_rule *rule,
	struct buf *out)
{
	for (size_t i = 0; i < rule->n_with; i++)
		if (put_member(c, &rule->with[i], out) < 0)
			return -1;
	return 0;
}

static void
add_event(struct import_case *c, int64_t at, struct buf *body)
{
	if (c->n_events == c->cap_events) {
		size_t cap = mem_grow(c->cap_events, c->n_events + 1);
		struct import_event *more = arena_alloc(c->arena, cap * sizeof *more);

		if (c->n_events)
			memcpy(more, c->event, c->n_events * sizeof *more);
		c->event = more;
		c->cap_events = cap;
	}
	c->event[c->n_events] = (struct import_event){ at, c->n_events,
		c->cur, { arena_copy(c->arena, body->data, body->len),
			body->len } };
	c->n_events++;
}

static bool
value_changed(const struct import_case *c, const struct event_rule *rule)
{
	struct span now = cell_text(c->mapping, c->cur->cell, rule->column, 0);
	struct span was = c->known[rule->column];

	if (!now.p || !value_set_has(&rule->to, now))
		return false;
	if (!was.p)
		return !rule->from.given && (rule->first || rule->to.given);
	if (span_eq(now, was))
		return false;
	/* Entering a set is one change, however its values follow each other. */
	if (!rule->from.given)
		return !rule->to.given || !value_set_has(&rule->to, was);
	if (!rule->to.given && value_set_has(&rule->from, now))
		return false;
	return value_set_has(&rule->from, was);
}

static void
put_line(const struct import_case *c, struct buf *out)
{
	buf_key(out, "from");
	buf_int(out, c->tier);
	buf_key(out, "to");
	buf_int(out, c->next_tier);
}

/* 1: the rule fires; its own members are in body.  0: not; -1: refused. */
static int
fires(struct import_case *c, const struct event_rule *rule,
	struct rule_state *state, int64_t at, struct buf *body)
{
	switch (rule->trigger) {
	case ON_ROW:
		return 1;
	case ON_VALUE:
		return value_changed(c, rule);
	case ON_TIME:
		if (at == INSTANT_NONE || at == state->last_at)
			return 0;
		state->last_at = at;
		return 1;
	case ON_FIELDS:
		return import_put_fields(c, rule, state, body);
	case ON_LINE:
		if (c->tier == c->next_tier)
			return 0;
		put_line(c, body);
		return 1;
	}
	return 0;
}

/* When: what `at` says, else the row; ON_TIME has no other time. */
static int
rule_time(const struct import_case *c, const struct event_rule *rule,
	int64_t *at)
{
	int answer;

	*at = rule->trigger == ON_TIME ? INSTANT_NONE : c->cur->at;
	if (!rule->has_at)
		return 0;
	answer = source_instant(c, &rule->at, rule->name, at);
	return answer < 0 ? -1 : 0;
}

static int
apply_rule(struct import_case *c, const struct event_rule *rule,
	struct rule_state *state, struct buf *body)
{
	int64_t at;
	int answer;

	if ((rule->once && state->done) ||
		!conds_hold(c, rule->cond, rule->n_conds))
		return 0;
	if (rule_time(c, rule, &at) < 0)
		return -1;
	body->len = 0;
	put_body(c, rule, body);
	answer = fires(c, rule, state, at, body);
	if (answer <= 0)
		return answer;
	if (put_with(c, rule, body) < 0)
		return -1;
	state->done = true;
	add_event(c, at, body);
	return 0;
}

static void
remember(struct import_case *c)
{
	for (size_t i = 0; i < c->mapping->n_columns; i++) {
		struct span text = cell_text(c->mapping, c->cur->cell, i, 0);

		if (text.p)
			c->known[i] = text;
	}
	c->tier = c->next_tier;
}

int
import_row_events(struct import_case *c)
{
	struct buf body = { 0 };
	int result = 0;

	import_find_line(c);
	for (size_t i = 0; i < c->mapping->n_rules && result == 0; i++)
		result = apply_rule(c, &c->mapping->rule[i], &c->rule[i], &body);
	remember(c);
	buf_release(&body);
	return result;
}
