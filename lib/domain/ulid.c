#include "domain/ulid.h"

#include <string.h>

#define TIME_DIGITS 10
#define MS          1000

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
format_time(uint64_t ms, char *text)
{
	for (int i = TIME_DIGITS - 1; i >= 0; i--) {
		text[i] = digits[ms & 31];
		ms >>= 5;
	}
}

/* Five bytes are eight digits. */
static void
format_forty(const unsigned char *bytes, char *text)
{
	uint64_t bits = 0;

	for (int i = 0; i < 5; i++)
		bits = bits << 8 | bytes[i];
	for (int i = 7; i >= 0; i--) {
		text[i] = digits[bits & 31];
		bits >>= 5;
	}
}

void
case_id_format(int64_t at, const unsigned char bytes[ULID_BYTES],
	char id[CASE_ID_SIZE])
{
	memcpy(id, "ESC-", 4);
	format_time((uint64_t)at * MS, id + 4);
	format_forty(bytes, id + 4 + TIME_DIGITS);
	format_forty(bytes + 5, id + 4 + TIME_DIGITS + 8);
	id[CASE_ID_SIZE - 1] = '\0';
}

bool
case_id_is(struct span text)
{
	if (text.n != CASE_ID_SIZE - 1 || memcmp(text.p, "ESC-", 4) != 0 || text.p[4] > '7')
		return false; /* beyond 7 is more than 128 bits */
	for (size_t i = 4; i < text.n; i++)
		if (!memchr(digits, text.p[i], sizeof digits - 1))
			return false;
	return true;
}
