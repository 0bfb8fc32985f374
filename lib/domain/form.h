/*
 * form: what a customer submitted, judged by a policy's intake form: codes
 * matched by code or label and written as the code, required fields, lists
 * where the policy allows them, instants in UTC, reserved names refused.
 * Every fault is reported with its field.  Null and empty mean absent; what
 * is unknown (x_ fields too) is kept byte for byte.
 * Refuses to make a record of it (see newcase.h).
 */
#ifndef ESC_DOMAIN_FORM_H
#define ESC_DOMAIN_FORM_H

#include "base/buf.h"
#include "base/err.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/scan.h"
#include "base/zone.h"
#include "domain/fields.h"
#include "domain/policy.h"

#define FORM_LIST_MARK ';' /* parts the items of a list in one text */

enum form_person {
	PERSON_NAME,
	PERSON_EMAIL,
	PERSON_ROLE,
	PERSON_MEMBERS,
};

extern const char *const form_person_names[PERSON_MEMBERS];

struct form_terms {
	const struct policy *policy;
	int64_t now;
	const struct zone *zone; /* of instants without one; NULL: refused */
	bool split;              /* lists come as one text (CSV, flags) */
};

/* A member that esc does not know, as it was written. */
struct form_extra {
	struct span name;     /* decoded */
	struct span key, raw; /* the key with its quotes */
	struct span json;     /* raw, but a text with as few escapes as can be;
	                         {NULL, 0}: null or empty */
};

/* Values as the compact JSON that a record holds; {NULL, 0}: absent. */
struct form {
	struct span value[FIELD_COUNT];
	struct span person[PERSON_MEMBERS];
	int64_t created; /* INSTANT_NONE: not said */
	struct form_extra *extra;
	size_t n_extra, cap_extra;
};

/*
 * Reads the object that was scanned; members of the requester may be
 * dotted ("requester.email").  All of *form lives in the arena or borrows
 * from the scanned line.  0, or -1 with EX_DATAERR and every fault.
 */
int form_read(struct form *form, const struct form_terms *terms,
	const struct scan *scan, struct arena *arena, struct err *err);

/* The same of some fields alone: none is required. */
int form_read_part(struct form *form, const struct form_terms *terms,
	const struct scan *scan, struct arena *arena, struct err *err);

/*
 * The value of one field as the record writes it: text may be a code or its
 * label.  {NULL, 0}: empty, or refused with EX_DATAERR.
 */
struct span form_text(const struct form_terms *terms, enum field field,
	struct span text, struct arena *arena, struct err *err);

/*
 * The value by name (dotted and x_ names too), equal texts in equal bytes;
 * {NULL, 0} where it is absent.
 */
struct span form_find(const struct form *form, struct span name);

#endif
