/*
 * format_place: where --format F[:FILE] says that each format goes.  Knows
 * the names of a program's formats and nothing else of them.
 * Order: format_places_read, format_places_check, format_places_release.
 */
#ifndef ESC_CLI_FORMAT_PLACE_H
#define ESC_CLI_FORMAT_PLACE_H

#include "cli/opt.h"

struct format_place {
	const char *text; /* as it was given */
	size_t format;    /* which of the names */
	const char *path; /* NULL: stdout */
	bool elsewhere;   /* not on stdout for all that; the program's to say */
};

struct format_places {
	struct format_place *place;
	size_t n;
};

/*
 * The places of `list`; none given: `standard` on stdout.  name(i) is the
 * i-th format's, NULL behind the last.  Ends with 64 where one is not known.
 */
void format_places_read(struct format_places *places, const struct opt_list *list,
	const char *standard, const char *(*name)(size_t i));

/* Ends with 64 where two want stdout. */
void format_places_check(const struct format_places *places);

void format_places_release(struct format_places *places);

#endif
