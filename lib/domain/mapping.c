#include "domain/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "domain/mapping_read.h"
#include "domain/timeform.h"

static const size_t *
read_columns(struct reader *r, const struct place *place, json_t *json,
	size_t *n)
{
	const char *const *name = read_text_or_list(r, place, json, n);
	size_t *column = arena_zero(mapping_of(r)->arena,
		(*n + 1) * sizeof *column);

	for (size_t i = 0; i < *n; i++)
		if (name[i])
			column[i] = column_of(mapping_of(r), name[i]);
	return column;
}

static void
read_key(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct mapping *mapping = to;

	mapping->key = read_columns(r, place, json, &mapping->n_keys);
	if (mapping->n_keys == 0)
		read_fault(r, place, "expected a column");
}

static void
read_order(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct mapping *mapping = to;

	mapping->order = read_columns(r, place, json, &mapping->n_orders);
}

static void
read_formats(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct mapping *mapping = to;

	mapping->format = read_text_or_list(r, place, json, &mapping->n_formats);
	for (size_t i = 0; i < mapping->n_formats; i++) {
		const char *problem = mapping->format[i]
			? timeform_problem(mapping->format[i]) : NULL;

		if (problem)
			read_fault(r, place, "\"%s\": %s", mapping->format[i], problem);
	}
}

static void
read_zone(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct mapping *mapping = to;
	struct err why = { 0 };

	read_text(r, place, json, &mapping->zone);
	if (mapping->zone && !zone_load(mapping->zone, &why))
		read_fault(r, place, "%s", err_text(&why));
	err_release(&why);
}

static const struct key time_keys[] = {
	{ "formats", read_formats, 0, true },
	{ "zone", read_zone, 0, false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_time(struct reader *r, const struct place *place, json_t *json, void *to)
{
	read_object(r, place, json, time_keys, to);
}

static void
read_nulls(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct mapping *mapping = to;

	mapping->null = read_text_or_list(r, place, json, &mapping->n_nulls);
}

static void
read_line_tiers(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	static const char *const words[] = { "in-turn", NULL };
	struct line_terms *line = to;

	if (json_is_string(json))
		line->in_turn = read_word(r, place, json, words) == 0;
	else
		line->tier = read_translations(r, place, json, &line->n_tiers);
	for (size_t i = 0; i < line->n_tiers; i++) {
		int64_t tier = 0;

		if (!line->tier[i].to ||
			text_digits(span_of(line->tier[i].to), &tier) < 0 ||
			tier < 1 || tier > 99)
			read_fault_at(r, place, line->tier[i].from,
				"expected a tier's number as a text, from \"1\"");
	}
}

static void
read_line_conds(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct line_terms *line = to;

	line->cond = read_conds(r, place, json, &line->n_conds);
}

static const struct key line_keys[] = {
	{ "column", read_column, offsetof(struct line_terms, column), true },
	{ "tiers", read_line_tiers, 0, true },
	{ "most", read_int, offsetof(struct line_terms, most), false },
	{ "if", read_line_conds, 0, false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_line(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct mapping *mapping = to;

	mapping->line.given = true;
	read_object(r, place, json, line_keys, &mapping->line);
}

static void
read_events(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct mapping *mapping = to;

	mapping->rule = read_list(r, place, json, sizeof *mapping->rule,
		read_event_rule, &mapping->n_rules);
}

static const struct key mapping_keys[] = {
	{ "title", read_text, offsetof(struct mapping, title), false },
	{ "note", NULL, 0, false },
	{ "source", NULL, 0, false },
	{ "key", read_key, 0, false },
	{ "order", read_order, 0, false },
	{ "time", read_time, 0, false },
	{ "null", read_nulls, 0, false },
	{ "created", read_source, offsetof(struct mapping, created), false },
	{ "by", read_source, offsetof(struct mapping, by), false },
	{ "submitted_by", read_source, offsetof(struct mapping, submitted_by),
		false },
	{ "line", read_line, 0, false },
	{ "fields", read_fields, 0, true },
	{ "events", read_events, 0, false },
	{ NULL, NULL, 0, false },
};

static void
check_lines(struct reader *r)
{
	const struct mapping *mapping = mapping_of(r);
	struct place events = { NULL, "events", 0 };

	for (size_t i = 0; i < mapping->n_rules && !mapping->line.given; i++) {
		struct place at = { &events, NULL, i };

		if (mapping->rule[i].line)
			read_fault_at(r, &at, "line", "no /line says which groups");
	}
}

static void
note_given(struct mapping *mapping)
{
	json_t *json = mapping->json;

	mapping->has_created = json_object_get(json, "created") != NULL;
	mapping->has_by = json_object_get(json, "by") != NULL;
	mapping->has_submitted_by = json_object_get(json, "submitted_by") != NULL;
}

static const char *const formats_default[] = { "rfc3339" };

struct mapping *
mapping_parse(struct span text, enum mapping_use use, struct err *err)
{
	struct mapping *mapping = mem_zero(sizeof *mapping);
	struct mapping_reader m = { .mapping = mapping };
	size_t faults = err->n;

	mapping->arena = mem_zero(sizeof *mapping->arena);
	arena_init(mapping->arena);
	mapping->format = formats_default;
	mapping->n_formats = 1;
	m.keeper.arena = mapping->arena;
	m.r = (struct reader){ &m.keeper, NULL, err };
	mapping->json = json_read(text, err);
	if (mapping->json) {
		read_object(&m.r, NULL, mapping->json, mapping_keys, mapping);
		if (use == MAPPING_OF_CASES && !json_object_get(mapping->json, "key"))
			read_fault_at(&m.r, NULL, "key", "required");
		note_given(mapping);
		check_lines(&m.r);
	}
	if (err->n == faults)
		return mapping;
	mapping_free(mapping);
	return NULL;
}

void
mapping_free(struct mapping *mapping)
{
	if (!mapping)
		return;
	json_decref(mapping->json);
	arena_release(mapping->arena);
	free(mapping->arena);
	free(mapping);
}
