#include "base/text.h"

static char
fold_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
span_eq_nocase(struct span a, struct span b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (fold_ascii(a.p[i]) != fold_ascii(b.p[i]))
			return false;
	}
	return true;
}

int
span_order(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span
span_trim(struct span s)
{
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	return s;
}

int
text_digits(struct span s, int64_t *value)
{
	int64_t sum = 0;

	if (s.n == 0 || s.n > 18)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		sum = sum * 10 + (s.p[i] - '0');
	}
	*value = sum;
	return 0;
}

/* The text from the next byte that is no blank on. */
static struct span
skip_blanks(struct span s)
{
	while (s.n && memchr(" \t\r\n", *s.p, 4)) {
		s.p++;
		s.n--;
	}
	return s;
}

bool
json_eq_but_blanks(struct span a, struct span b)
{
	bool inside = false;

	for (;;) {
		if (!inside) {
			a = skip_blanks(a);
			b = skip_blanks(b);
		}
		if (!a.n || !b.n)
			return a.n == b.n;
		if (*a.p != *b.p)
			return false;
		if (inside && *a.p == '\\' && a.n > 1 && b.n > 1) {
			if (a.p[1] != b.p[1])
				return false;
			a = (struct span){ a.p + 1, a.n - 1 };
			b = (struct span){ b.p + 1, b.n - 1 };
		} else if (*a.p == '"') {
			inside = !inside;
		}
		a = (struct span){ a.p + 1, a.n - 1 };
		b = (struct span){ b.p + 1, b.n - 1 };
	}
}
