#include <string.h>

#include "domain/budget_terms.h"
#include "domain/shown.h"

#define DECIMALS 6

static const struct comparison comparisons[] = {
	{ "<=", true, true }, { ">=", false, true }, { "<", true, false }, { ">", false, false },
};

/* In characters, for people. */
static size_t
column(const char *text, const char *at)
{
	size_t n = 1;

	for (; text < at; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

int
budget_expected(const struct budget_reading *r, const char *at, struct span got, const char *what)
{
	const char *text = r->budget->text;

	if (!got.n)
		got = span_of(at);
	return err_add(r->err, EX_USAGE, NULL, "column %zu of \"%s\": expected %s; got %s%.*s%s",
		column(text, at), text, what, got.n ? "\"" : "the end", SHOWN(got),
		got.n ? "\"" : "");
}

void
budget_blanks(struct budget_reading *r)
{
	r->at += strspn(r->at, " \t\n\r");
}

bool
budget_takes(struct budget_reading *r, const char *sign)
{
	size_t n = strlen(sign);

	budget_blanks(r);
	if (strncmp(r->at, sign, n) != 0)
		return false;
	r->at += n;
	return true;
}

struct span
budget_word(struct budget_reading *r)
{
	struct span word;

	budget_blanks(r);
	word = (struct span){ r->at, strcspn(r->at, " \t\n\r()<>=!,|%") };
	r->at += word.n;
	return word;
}

static int
read_measure(struct budget_reading *r)
{
	struct span name = budget_word(r);
	struct buf known = { 0 };

	for (size_t i = 0; i < n_measures; i++) {
		if (span_is(name, measures[i].name)) {
			r->budget->measure = &measures[i];
			r->budget->is_rate = measures[i].is_rate;
			buf_release(&known);
			return 0;
		}
		buf_printf(&known, "%s%s", i ? ", " : "one of ", measures[i].name);
	}
	budget_expected(r, name.p, name, buf_cstr(&known));
	buf_release(&known);
	return -1;
}

static int
read_comparison(struct budget_reading *r)
{
	for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
		if (budget_takes(r, comparisons[i].sign)) {
			r->budget->comparison = &comparisons[i];
			return 0;
		}
	return budget_expected(r, r->at, span_of(r->at), "<=, <, >= or >");
}

/* 2.5 as millionths; nothing is rounded. */
static int
read_decimals(struct budget_reading *r, uint64_t *bound)
{
	size_t n = strspn(r->at, "0123456789");

	if (n == 0 || n > DECIMALS)
		return budget_expected(r, r->at, (struct span){ r->at, n }, "1 to 6 decimals");
	for (size_t i = 0; i < DECIMALS; i++)
		*bound = *bound * 10 + (i < n ? (uint64_t)(r->at[i] - '0') : 0);
	r->at += n;
	return 0;
}

static int
read_rate(struct budget_reading *r, const char *from, uint64_t whole)
{
	uint64_t bound = whole;

	if (whole > 100)
		return budget_expected(r, from, (struct span){ NULL, 0 }, "at most 100%");
	if (*r->at == '.') {
		r->at++;
		if (read_decimals(r, &bound) < 0)
			return -1;
	} else {
		bound *= RATE_WHOLE / 100;
	}
	if (bound > RATE_WHOLE)
		return budget_expected(r, from, (struct span){ NULL, 0 }, "at most 100%");
	r->budget->bound = bound;
	return budget_takes(r, "%") ? 0 : budget_expected(r, r->at, span_of(r->at), "% behind a rate");
}

static int
read_number(struct budget_reading *r)
{
	struct span digits;
	int64_t whole;

	budget_blanks(r);
	digits = (struct span){ r->at, strspn(r->at, "0123456789") };
	if (!digits.n)
		return budget_expected(r, r->at, span_of(r->at), "a number, from 0");
	if (text_digits(digits, &whole) < 0)
		return budget_expected(r, r->at, digits, "a smaller number");
	r->at += digits.n;
	if (r->budget->is_rate)
		return read_rate(r, digits.p, (uint64_t)whole);
	r->budget->bound = (uint64_t)whole;
	if (*r->at == '.' || budget_takes(r, "%"))
		return budget_expected(r, digits.p, (struct span){ NULL, 0 },
			"a whole number (only rates are in %)");
	return 0;
}

int
budget_parse(struct budget *budget, const char *text, struct err *err)
{
	struct budget_reading r = { .budget = budget, .at = text, .err = err };

	*budget = (struct budget){ .text = text, .terms = mem_zero(sizeof *budget->terms) };
	arena_init(&budget->terms->arena);
	budget->terms->clocks = ~0U;
	for (int i = 0; i <= TIER_MAX; i++)
		budget->terms->tier[i] = true;
	if (read_measure(&r) < 0 || budget_conditions(&r) < 0 || read_comparison(&r) < 0 ||
		read_number(&r) < 0)
		return -1;
	budget_blanks(&r);
	return *r.at ? budget_expected(&r, r.at, span_of(r.at), "nothing more") : 0;
}
