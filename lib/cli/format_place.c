#include "cli/format_place.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static size_t
find(struct span name, const char *(*known)(size_t i))
{
	struct buf names = { 0 };

	for (size_t i = 0; known(i); i++)
		if (span_is(name, known(i)))
			return i;
	for (size_t i = 0; known(i); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", known(i));
	opt_usage("--format: expected one of %s; got \"%.*s\"", buf_cstr(&names),
		(int)name.n, name.p);
}

static void
add(struct format_places *places, const char *text, const char *(*known)(size_t i))
{
	struct format_place *place = &places->place[places->n++];
	size_t n = strcspn(text, ":");

	*place = (struct format_place){ .text = text };
	place->format = find((struct span){ text, n }, known);
	place->path = text[n] && strcmp(text + n, ":-") != 0 ? text + n + 1 : NULL;
	if (place->path && !*place->path)
		opt_usage("--format: a file's name is missing after \"%s\"", text);
}

void
format_places_read(struct format_places *places, const struct opt_list *list,
	const char *standard, const char *(*name)(size_t i))
{
	places->n = 0;
	places->place = mem_zero((list->n + 1) * sizeof *places->place);
	for (size_t i = 0; i < list->n; i++)
		add(places, list->text[i], name);
	if (!list->n)
		add(places, standard, name);
}

static bool
wants_stdout(const struct format_place *place)
{
	return !place->path && !place->elsewhere;
}

void
format_places_check(const struct format_places *places)
{
	bool taken = false;

	for (size_t i = 0; i < places->n; i++) {
		const struct format_place *place = &places->place[i];

		if (taken && wants_stdout(place))
			opt_usage("two formats for standard output: give all but one a file, "
				"as in --format %.*s:FILE", (int)strcspn(place->text, ":"),
				place->text);
		taken = taken || wants_stdout(place);
	}
}

void
format_places_release(struct format_places *places)
{
	free(places->place);
	*places = (struct format_places){ 0 };
}
