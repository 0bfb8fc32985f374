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

/*
 * Takes the text up to the next member of that name, given in its quotes, and
 * off it: the string that it says, up to its first quote.  1; 0 where there is
 * none; -1 where a glance is not enough: there are blanks, or no string.
 */
static int
next_text(struct span *text, const char *key, struct span *value)
{
	const char *end = text->p + text->n, *quote;
	const char *at = memmem(text->p, text->n, key, strlen(key));

	if (!at)
		return 0;
	at += strlen(key);
	if (end - at < 2 || at[0] != ':' || at[1] != '"')
		return -1;
	at += 2;
	quote = memchr(at, '"', (size_t)(end - at));
	if (!quote)
		return -1;
	*value = (struct span){ at, (size_t)(quote - at) };
	*text = (struct span){ quote, (size_t)(end - quote) };
	return 1;
}

/* The later of *last and all instants that members of that name say. */
static bool
take_latest(struct span text, const char *key, int64_t *last)
{
	struct err none = { 0 };
	struct span value;
	int64_t at;
	int found;

	while ((found = next_text(&text, key, &value)) > 0)
		if (instant_parse(value, &at, &none) == 0 && at > *last)
			*last = at;
	err_release(&none);
	return found == 0;
}

/* What an escape hides is not seen: then a glance is not enough. */
static bool
take_events(struct index_said *said, struct span events)
{
	return take_latest(events, "\"at\"", &said->last) &&
		take_latest(events, "\"logged\"", &said->last) &&
		!memmem(events.p, events.n, "\\u", 2);
}

static bool
take_clocks(struct index_said *said, struct span clocks)
{
	struct span state;
	int found;

	while ((found = next_text(&clocks, "\"state\"", &state)) > 0)
		if (span_is(state, "running") || span_is(state, "held"))
			said->last = INSTANT_MAX;
	return found == 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool
keep(struct index_said *said, enum field field, struct span value)
{
	int64_t number;

	if (field == FIELD_V)
		return text_digits(value, &number) == 0 && number <= RECORD_V;
	if (field == FIELD_EVENTS)
		return take_events(said, value);
	if (field == FIELD_CLOCKS)
		return take_clocks(said, value);
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
	if (!after || after == value || is_blank(*value) || is_blank(after[-1]))
		return NULL;
	field = field_find_after(key, *last);
	if (field == FIELD_NONE)
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
