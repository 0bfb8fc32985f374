#include "base/scan_token.h"

static bool
is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

/* One digit or more. */
static const char *
digits_end(const char *p, const char *end, struct token_fault *fault)
{
	if (!is_digit(p, end)) {
		*fault = (struct token_fault){ p, "a digit was expected" };
		return NULL;
	}
	while (is_digit(p, end))
		p++;
	return p;
}

static const char *
integer_end(const char *p, const char *end, struct token_fault *fault)
{
	if (p < end && *p == '-')
		p++;
	if (p < end && *p == '0' && is_digit(p + 1, end)) {
		*fault = (struct token_fault){ p, "a leading zero" };
		return NULL;
	}
	return digits_end(p, end, fault);
}

static const char *
fraction_end(const char *p, const char *end, struct token_fault *fault)
{
	return p < end && *p == '.' ? digits_end(p + 1, end, fault) : p;
}

static const char *
exponent_end(const char *p, const char *end, struct token_fault *fault)
{
	if (p == end || (*p != 'e' && *p != 'E'))
		return p;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	return digits_end(p, end, fault);
}

const char *
number_end(const char *p, const char *end, struct token_fault *fault)
{
	p = integer_end(p, end, fault);
	p = p ? fraction_end(p, end, fault) : NULL;
	return p ? exponent_end(p, end, fault) : NULL;
}
