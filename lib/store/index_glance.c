#include <string.h>

#include "store/index_work.h"

/* Behind the closing quote of a string whose first byte is at p; NULL. */
static const char *
string_end(const char *p, const char *end)
{
	const char *quote = memchr(p, '"', (size_t)(end - p));

	return quote && quote[-1] != '\\' ? quote + 1 : NULL;
}

/* Behind a value. */
static const char *
value_end(const char *p, const char *end)
{
	int depth = 0;

	while (p && p < end) {
		char c = *p;

		if (depth == 0 && (c == ',' || c == '}'))
			return p;
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		p = c == '"' ? string_end(p + 1, end) : p + 1;
	}
	return NULL;
}

static bool
keep(struct index_said *said, enum field field, struct span value)
{
	int64_t number;

	if (value.n < 2 || value.p[0] != '"') {
		if (field == FIELD_TIER && text_digits(value, &number) == 0)
			said->tier = number;
		return true;
	}
	said->text[field] = (struct span){ value.p + 1, value.n - 2 };
	return !memchr(value.p, '\\', value.n);
}

/* One member `"key":value`; behind it, or NULL. */
static const char *
member(const char *p, const char *end, enum field *last, struct index_said *said)
{
	const char *after = *p == '"' ? string_end(p + 1, end) : NULL;
	struct span key = { p + 1, after ? (size_t)(after - p) - 2 : 0 };
	enum field field;
	const char *value;

	if (!after || after == end || *after != ':')
		return NULL;
	value = after + 1;
	after = value_end(value, end);
	field = field_find_after(key, *last);
	if (!after || field == FIELD_NONE)
		return after;
	*last = field;
	return keep(said, field, (struct span){ value, (size_t)(after - value) }) ? after : NULL;
}

bool
index_glance(struct span data, struct index_said *said)
{
	const char *p = data.p, *end = data.p + data.n;
	enum field last = FIELD_NONE;

	if (data.n < 2 || *p != '{')
		return false;
	do {
		p = member(p + 1, end, &last, said);
		if (!p)
			return false;
	} while (*p == ',');
	return *p == '}' && p + 1 == end;
}
