#include "domain/pick.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Longer signs first: the first that fits is taken. */
static const struct sign {
	const char *text;
	enum pick_test test;
} signs[] = {
	{ "!=", PICK_UNEQUAL }, { "<=", PICK_AT_MOST }, { ">=", PICK_AT_LEAST },
	{ "=", PICK_EQUAL }, { "<", PICK_BELOW }, { ">", PICK_ABOVE },
};

static const struct sign *
sign_at(const char *text)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(text, signs[i].text, strlen(signs[i].text)) == 0)
			return &signs[i];
	return NULL;
}

/* The next value, its escapes taken out; *text moves behind its comma. */
static struct span
next_value(const char **text)
{
	const char *from = *text;
	char *value = mem_alloc(strlen(from) + 1);
	size_t n = 0;

	for (; *from && *from != ','; from++) {
		if (*from == '\\' && (from[1] == ',' || from[1] == '\\'))
			from++;
		value[n++] = *from;
	}
	value[n] = '\0';
	*text = *from ? from + 1 : NULL;
	return (struct span){ value, n };
}

static void
add_values(struct pick_cond *cond, const char *values)
{
	while (values) {
		cond->value = mem_resize(cond->value, (cond->n_values + 1) * sizeof *cond->value);
		cond->value[cond->n_values++] = next_value(&values);
	}
}

static int
add_cond(struct pick *pick, struct pick_cond cond, const char *values,
	struct err *err)
{
	if (!cond.name.n)
		return err_add(err, EX_USAGE, NULL, "expected FIELD=VALUE; the field is empty");
	add_values(&cond, values);
	pick->cond = mem_resize(pick->cond, (pick->n + 1) * sizeof *pick->cond);
	pick->cond[pick->n++] = cond;
	if (cond.n_values > 1 && cond.test > PICK_UNEQUAL)
		return err_add(err, EX_USAGE, NULL,
			"only = and != take several values (write \\, for a comma)");
	return 0;
}

int
pick_where(struct pick *pick, const char *text, struct err *err)
{
	size_t n = strcspn(text, "!<>=");
	const struct sign *sign = sign_at(text + n);
	struct pick_cond cond = { .name = { text, n } };

	if (!sign)
		return err_add(err, EX_USAGE, NULL,
			"expected FIELD=VALUE (or !=, <, <=, >, >=); got \"%s\"", text);
	cond.test = sign->test;
	return add_cond(pick, cond, text + n + strlen(sign->text), err);
}

int
pick_add(struct pick *pick, const char *field, enum pick_test test,
	const char *values, struct err *err)
{
	const char *bar = strchr(field, '|');
	struct pick_cond cond = { .name = span_of(field), .test = test };

	if (bar) {
		cond.name.n = (size_t)(bar - field);
		cond.other = span_of(bar + 1);
	}
	return add_cond(pick, cond, values, err);
}

void
pick_release(struct pick *pick)
{
	for (size_t i = 0; i < pick->n; i++) {
		for (size_t k = 0; k < pick->cond[i].n_values; k++)
			free((char *)pick->cond[i].value[k].p);
		free(pick->cond[i].value);
	}
	free(pick->cond);
	*pick = (struct pick){ 0 };
}

/* A number as JSON writes it.  long double holds every 64-bit integer. */
static bool
read_number(struct span text, long double *number)
{
	char copy[64], *end;

	if (!text.n || text.n >= sizeof copy || !memchr("-0123456789", text.p[0], 11))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	if (strspn(copy, "+-.0123456789eE") != text.n)
		return false;
	*number = strtold(copy, &end);
	return *end == '\0';
}

static int
compare(struct value field, struct span value, struct arena *arena)
{
	struct span text = scan_raw(field.scan, field.node);
	long double a, b;

	if (scan_type(field.scan, field.node) == SCAN_STRING)
		return span_order(scan_text(field.scan, field.node, arena), value);
	if (read_number(text, &a) && read_number(value, &b))
		return a < b ? -1 : a > b;
	return span_order(text, value);
}

/* `!=` is asked as `=` and turned round by cond_holds. */
static bool
test_holds(enum pick_test test, int order)
{
	switch (test) {
	case PICK_EQUAL:
	case PICK_UNEQUAL:
		return order == 0;
	case PICK_BELOW:
		return order < 0;
	case PICK_AT_MOST:
		return order <= 0;
	case PICK_ABOVE:
		return order > 0;
	case PICK_AT_LEAST:
		return order >= 0;
	}
	return false;
}

static bool
one_matches(const struct pick_cond *cond, struct value field,
	struct arena *arena)
{
	if (scan_type(field.scan, field.node) == SCAN_NULL)
		return false;
	for (size_t i = 0; i < cond->n_values; i++)
		if (test_holds(cond->test, compare(field, cond->value[i], arena)))
			return true;
	return false;
}

static bool
field_matches(const struct pick_cond *cond, struct span name,
	const struct record *record, struct arena *arena)
{
	struct value field = name.n ? record_find(record, name) : (struct value){ 0 };

	if (!field.node)
		return false;
	if (scan_type(field.scan, field.node) != SCAN_ARRAY)
		return one_matches(cond, field, arena);
	for (uint32_t at = scan_first(field.scan, field.node); at; at = field.scan->node[at].next)
		if (one_matches(cond, (struct value){ field.scan, at }, arena))
			return true;
	return false;
}

static bool
cond_holds(const struct pick_cond *cond, const struct record *record,
	struct arena *arena)
{
	bool matches = field_matches(cond, cond->name, record, arena) ||
		field_matches(cond, cond->other, record, arena);

	return matches != (cond->test == PICK_UNEQUAL);
}

bool
pick_matches(const struct pick *pick, const struct record *record,
	struct arena *arena)
{
	for (size_t i = 0; i < pick->n; i++)
		if (!cond_holds(&pick->cond[i], record, arena))
			return false;
	return true;
}
