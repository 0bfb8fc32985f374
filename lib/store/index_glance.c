#include <string.h>

#include "base/instant.h"
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

/* Behind the next `"key":"` of a text in which no quote is escaped; NULL. */
static const char *
behind(struct span text, const char *key)
{
	const char *at = memmem(text.p, text.n, key, strlen(key));

	return at ? at + strlen(key) : NULL;
}

/* The later of *last and all instants that members of that name say. */
static void
take_latest(struct span text, const char *key, int64_t *last)
{
	const char *end = text.p + text.n, *p = text.p, *quote;
	struct err none = { 0 };
	int64_t at;

	while ((p = behind((struct span){ p, (size_t)(end - p) }, key))) {
		quote = memchr(p, '"', (size_t)(end - p));
		if (!quote)
			break;
		if (instant_parse((struct span){ p, (size_t)(quote - p) }, &at, &none) == 0 &&
			at > *last)
			*last = at;
	}
	err_release(&none);
}

/* What an escape hides is not seen: then a glance is not enough. */
static bool
take_events(struct index_said *said, struct span events)
{
	take_latest(events, "\"at\":\"", &said->last);
	take_latest(events, "\"logged\":\"", &said->last);
	return !memmem(events.p, events.n, "\\u", 2);
}

static void
take_clocks(struct index_said *said, struct span clocks)
{
	if (behind(clocks, "\"state\":\"running\"") || behind(clocks, "\"state\":\"held\""))
		said->last = INSTANT_MAX;
}

static bool
keep(struct index_said *said, enum field field, struct span value)
{
	int64_t number;

	if (field == FIELD_EVENTS)
		return take_events(said, value);
	if (field == FIELD_CLOCKS)
		take_clocks(said, value);

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
