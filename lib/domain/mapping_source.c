/* Where a value comes from: columns, templates, constants. */
#include <stdlib.h>
#include <string.h>

#include "domain/mapping_read.h"

size_t
column_of(struct mapping *mapping, const char *name)
{
	struct column *more;

	for (size_t i = 0; i < mapping->n_columns; i++)
		if (strcmp(mapping->column[i].name, name) == 0)
			return i;
	if (mapping->n_columns == mapping->cap_columns) {
		mapping->cap_columns = mem_grow(mapping->cap_columns,
			mapping->n_columns + 1);
		more = arena_zero(mapping->arena,
			mapping->cap_columns * sizeof *more);
		if (mapping->n_columns)
			memcpy(more, mapping->column,
				mapping->n_columns * sizeof *more);
		mapping->column = more;
	}
	mapping->column[mapping->n_columns].name = name;
	return mapping->n_columns++;
}

void
read_column(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const char *name = NULL;

	read_text(r, place, json, &name);
	if (name)
		*(size_t *)to = column_of(mapping_of(r), name);
}

const char *const *
read_text_or_list(struct reader *r, const struct place *place, json_t *json,
	size_t *n)
{
	const char **one;

	if (json_is_array(json))
		return read_texts(r, place, json, n);
	one = arena_zero(mapping_of(r)->arena, sizeof *one);
	read_text(r, place, json, one);
	*n = *one ? 1 : 0;
	return one;
}

static void
read_translation(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct translation *row = to;

	row->from = place->key;
	if (!json_is_null(json))
		read_text(r, place, json, &row->to);
}

const struct translation *
read_translations(struct reader *r, const struct place *place, json_t *json,
	size_t *n)
{
	return read_named(r, place, json, sizeof(struct translation),
		read_translation, n);
}

static void
read_values(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct source *source = to;

	source->value = read_translations(r, place, json, &source->n_values);
}

static void
read_otherwise(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct source *source = to;

	source->has_otherwise = true;
	if (!json_is_null(json))
		read_text(r, place, json, &source->otherwise);
}

static void
read_as(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "text", "instant", "integer",
		"boolean", NULL };
	int word = read_word(r, place, json, words);

	if (word >= 0)
		*(enum source_as *)to = (enum source_as)word;
}

static void
read_row(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "first", "last", "any", NULL };
	int word = read_word(r, place, json, words);

	if (word >= 0)
		*(enum source_row *)to = (enum source_row)word;
}

static void
read_column_source(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct source *source = to;

	source->kind = SOURCE_COLUMN;
	read_column(r, place, json, &source->column);
}

/* "Incident {number}": the texts and the columns between them. */
static void
read_template(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct mapping *mapping = mapping_of(r);
	struct source *source = to;
	const char *text = NULL;
	struct piece *piece;

	source->kind = SOURCE_TEXT;
	read_text(r, place, json, &text);
	if (!text)
		return;
	piece = arena_zero(mapping->arena, (strlen(text) + 1) * sizeof *piece);
	source->piece = piece;
	while (*text) {
		size_t n = strcspn(text, "{");
		const char *end = text[n] ? strchr(text + n, '}') : NULL;

		if (n)
			piece[source->n_pieces++].text = arena_copy(mapping->arena, text, n);
		text += n;
		if (*text && !end) {
			read_fault(r, place, "a { without its }");
			return;
		}
		if (*text) {
			piece[source->n_pieces++].column = column_of(mapping, arena_copy(
				mapping->arena, text + 1, (size_t)(end - text - 1)));
			text = end + 1;
		}
	}
}

static void
read_constant(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct source *source = to;
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);

	(void)place;
	source->kind = SOURCE_VALUE;
	if (text)
		source->json = arena_copy(mapping_of(r)->arena, text, strlen(text));
	free(text);
}

static void
read_tier_source(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct source *source = to;

	if (!json_is_true(json))
		read_fault(r, place, "expected true");
	source->kind = SOURCE_TIER;
}

#define AT(member) offsetof(struct source, member)

static const struct key source_keys[] = {
	{ "column", read_column_source, 0, false },
	{ "text", read_template, 0, false },
	{ "value", read_constant, 0, false },
	{ "tier", read_tier_source, 0, false },
	{ "nth", read_int, AT(nth), false },
	{ "values", read_values, 0, false },
	{ "else", read_otherwise, 0, false },
	{ "as", read_as, AT(as), false },
	{ "row", read_row, AT(row), false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_source_object(struct reader *r, const struct place *place, json_t *json,
	struct source *source)
{
	int kinds = 0;

	read_object(r, place, json, source_keys, source);
	for (int i = 0; i < 4; i++)
		kinds += json_object_get(json, source_keys[i].name) != NULL;
	if (kinds != 1 && json_is_object(json))
		read_fault(r, place, "expected one of column, text, value, tier");
}

void
read_source(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct source *source = to;

	if (json_is_string(json)) {
		read_column_source(r, place, json, source);
	} else if (json_is_array(json)) {
		source->kind = SOURCE_OPTION;
		source->option = read_list(r, place, json, sizeof *source,
			read_source, &source->n_options);
		/* Which row: as the first option says. */
		if (source->n_options)
			source->row = source->option[0].row;
	} else {
		read_source_object(r, place, json, source);
	}
}

static void
read_named_source(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct named_source *named = to;

	named->name = place->key;
	read_source(r, place, json, &named->source);
}

const struct named_source *
read_sources(struct reader *r, const struct place *place, json_t *json,
	size_t *n)
{
	return read_named(r, place, json, sizeof(struct named_source),
		read_named_source, n);
}

void
read_value_set(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct value_set *set = to;
	json_t *others = json_object_get(json, "not");
	struct place at = { place, "not", 0 };

	set->given = true;
	set->negated = others != NULL;
	if (json_is_object(json) && (!others || json_object_size(json) != 1))
		read_fault(r, place, "expected a value, a list, or {\"not\":...}");
	else
		set->value = read_text_or_list(r, others ? &at : place,
			others ? others : json, &set->n);
}

static void
read_cond(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct cell_cond *cond = to;

	cond->column = column_of(mapping_of(r), place->key);
	cond->test = CELL_IN;
	if (json_is_true(json))
		cond->test = CELL_PRESENT;
	else if (json_is_null(json) || json_is_false(json))
		cond->test = CELL_ABSENT;
	else
		read_value_set(r, place, json, &cond->set);
}

const struct cell_cond *
read_conds(struct reader *r, const struct place *place, json_t *json, size_t *n)
{
	return read_named(r, place, json, sizeof(struct cell_cond), read_cond, n);
}

bool
value_set_has(const struct value_set *set, struct span text)
{
	if (!set->given)
		return true;
	for (size_t i = 0; i < set->n; i++)
		if (span_is(text, set->value[i]))
			return !set->negated;
	return set->negated;
}
