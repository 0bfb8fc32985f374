/*
 * pick: which records are wanted, by what is printed in them: conditions on
 * fields, all of which must hold.  Looks at the record as it stands and
 * folds nothing.  Numbers compare as numbers, all else as bytes; an absent
 * field equals nothing (so `!=` holds); a list matches if a member does.
 * Order: pick_where or pick_add..., pick_matches..., pick_release.
 * Source: esc-pick(1).
 */
#ifndef ESC_DOMAIN_PICK_H
#define ESC_DOMAIN_PICK_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/record.h"

enum pick_test {
	PICK_EQUAL,
	PICK_UNEQUAL,
	PICK_BELOW,
	PICK_AT_MOST,
	PICK_ABOVE,
	PICK_AT_LEAST,
};

struct pick_cond {
	struct span name, other; /* other: a second field that may match */
	enum pick_test test;
	struct span *value;      /* one of them must match */
	size_t n_values;
};

/* Zero it first; one without conditions wants every record. */
struct pick {
	struct pick_cond *cond;
	size_t n;
};

/*
 * FIELD=VALUE[,VALUE...], !=, and with one value <, <=, >, >=.  In a value
 * \, is a comma and \\ a backslash.  Borrows text.
 * 0, or -1 with EX_USAGE and what was expected.
 */
int pick_where(struct pick *pick, const char *text, struct err *err);

/*
 * The same in two parts: a field, or two with '|' between of which one must
 * match, and values with commas.
 */
int pick_add(struct pick *pick, const char *field, enum pick_test test,
	const char *values, struct err *err);

bool pick_matches(const struct pick *pick, const struct record *record,
	struct arena *arena);

void pick_release(struct pick *pick);

#endif
