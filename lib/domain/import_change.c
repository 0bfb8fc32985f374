/* What is compared from row to row: fields, and the line of support. */
#include "domain/import_case.h"

static const struct source *
field_source(const struct mapping *mapping, const char *name)
{
	for (size_t i = 0; i < mapping->n_fields; i++)
		if (strcmp(mapping->field[i].name, name) == 0)
			return &mapping->field[i].source;
	return NULL;
}

/* The value of a field in this row as the record writes it. */
static int
field_json(const struct import_case *c, const char *name, struct span *json)
{
	struct buf text = { 0 };
	struct form form;
	int answer;

	*json = (struct span){ NULL, 0 };
	buf_putc(&text, '{');
	buf_key(&text, name);
	answer = source_json(c, field_source(c->mapping, name), name, &text);
	buf_putc(&text, '}');
	if (answer > 0 && import_scan(c, &text) < 0)
		answer = -1;
	buf_release(&text);
	if (answer <= 0)
		return answer;
	if (form_read_part(&form, &c->import->terms, c->import->form, c->arena,
			c->err) < 0)
		return -1;
	*json = form_find(&form, span_of(name));
	return 0;
}

int
import_first_values(struct import_case *c)
{
	c->cur = c->import->fault = c->row;
	for (size_t i = 0; i < c->mapping->n_rules; i++) {
		const struct event_rule *rule = &c->mapping->rule[i];

		for (size_t f = 0; f < rule->n_fields; f++)
			if (field_json(c, rule->field[f], &c->rule[i].json[f]) < 0)
				return -1;
	}
	return 0;
}

static void
put_change(struct buf *to, const char *name, struct span json)
{
	buf_key(to, name);
	if (json.p)
		buf_span(to, json);
	else
		buf_puts(to, "null");
}

/* "set" and "was" of the fields that differ: how many there are; -1. */
int
import_put_fields(struct import_case *c, const struct event_rule *rule,
	struct rule_state *state, struct buf *out)
{
	struct buf set = { 0 }, was = { 0 };
	int n = 0;

	buf_putc(&set, '{');
	buf_putc(&was, '{');
	for (size_t i = 0; i < rule->n_fields && n >= 0; i++) {
		struct span json;

		if (field_json(c, rule->field[i], &json) < 0) {
			n = -1;
		} else if (json.p && !span_eq(json, state->json[i])) {
			put_change(&set, rule->field[i], json);
			put_change(&was, rule->field[i], state->json[i]);
			state->json[i] = json;
			n++;
		}
	}
	buf_key(out, "set");
	buf_span(out, buf_text(&set));
	buf_puts(out, "},\"was\":");
	buf_span(out, buf_text(&was));
	buf_putc(out, '}');
	buf_release(&set);
	buf_release(&was);
	return n;
}

static int
tier_by_turn(struct import_case *c, struct span group)
{
	int most = c->mapping->line.most;
	size_t i = 0;

	if (most == 0)
		most = (int)c->import->terms.policy->n_tiers;
	while (i < c->n_groups && !span_eq(c->group[i], group))
		i++;
	if (i == c->n_groups)
		c->group[c->n_groups++] = group;
	return (int)i + 1 < most ? (int)i + 1 : most;
}

static int
tier_by_table(const struct line_terms *line, struct span group)
{
	int64_t tier = 0;

	for (size_t i = 0; i < line->n_tiers; i++)
		if (span_is(group, line->tier[i].from))
			text_digits(span_of(line->tier[i].to), &tier);
	return (int)tier;
}

void
import_find_line(struct import_case *c)
{
	const struct line_terms *line = &c->mapping->line;
	struct span group;
	int tier;

	c->next_tier = c->tier;
	if (!line->given || !conds_hold(c, line->cond, line->n_conds))
		return;
	group = cell_text(c->mapping, c->cur->cell, line->column, 0);
	if (!group.p)
		return;
	tier = line->in_turn ? tier_by_turn(c, group)
		: tier_by_table(line, group);
	if (tier)
		c->next_tier = tier;
	if (c->tier == 0)
		c->tier = tier;
}

