/*
 * ulid: the id of a case: `ESC-` and a ULID, 48 bits of milliseconds and 80
 * bits of a hash of what was submitted, so that the same form always gets
 * the same id.  Crockford's base 32, upper case.
 * Source: https://github.com/ulid/spec; esc-submit(1), IDENTITY.
 */
#ifndef ESC_DOMAIN_ULID_H
#define ESC_DOMAIN_ULID_H

#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

#define ULID_DIGITS  26
#define ULID_BYTES   10
#define CASE_ID_SIZE (4 + ULID_DIGITS + 1) /* with the NUL */

/* at: seconds since 1970, from 0 to the year 9999. */
void case_id_format(int64_t at, const unsigned char bytes[ULID_BYTES],
	char id[CASE_ID_SIZE]);

/* Whether a text is of that form. */
bool case_id_is(struct span text);

#endif
