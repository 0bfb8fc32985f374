#include "store/take.h"

#include "base/instant.h"

static void
drop(struct span *text, size_t n)
{
	text->p += n;
	text->n -= n;
}

bool
take_number(struct span *text, int64_t *value)
{
	struct span digits = { text->p, 0 };

	while (digits.n < text->n && digits.p[digits.n] >= '0' && digits.p[digits.n] <= '9')
		digits.n++;
	if (digits.n == 0 || digits.n > TAKE_DIGITS)
		return false;
	if (digits.n > 1 && *digits.p == '0')
		return false;
	if (text_digits(digits, value))
		return false;
	drop(text, digits.n);
	return true;
}

bool
take_hex(struct span *text, size_t n, struct span *digits)
{
	static const unsigned char is_hex[256] = { ['0' ... '9'] = 1, ['a' ... 'f'] = 1 };
	unsigned char all = 1;

	if (text->n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		all &= is_hex[(unsigned char)text->p[i]];
	if (!all)
		return false;
	*digits = (struct span){ text->p, n };
	drop(text, n);
	return true;
}

bool
take_string(struct span *text, struct span *body)
{
	size_t i = 0;

	while (i < text->n && text->p[i] != '"') {
		if ((unsigned char)text->p[i] < 0x20)
			return false;
		i += text->p[i] == '\\' ? 2 : 1;
	}
	if (i >= text->n)
		return false;
	*body = (struct span){ text->p, i };
	drop(text, i + 1);
	return true;
}

/* Much is read and also written by instant; what it writes is the form. */
bool
take_instant(struct span *text, int64_t *at)
{
	const size_t n = INSTANT_SIZE - 1;
	char form[INSTANT_SIZE];
	struct err err = { 0 };
	int rc;

	if (text->n < n)
		return false;
	rc = instant_parse((struct span){ text->p, n }, at, &err);
	err_release(&err);
	if (rc)
		return false;
	instant_format(*at, form);
	return take_text(text, form);
}
