/* What conditions say of each other, without any case at hand. */
#include "domain/lint.h"

static bool
same_subject(const struct cond *a, const struct cond *b)
{
	if (a->subject != b->subject || a->field != b->field)
		return false;
	return a->member == b->member ||
		(a->member && b->member && strcmp(a->member, b->member) == 0);
}

static bool
has_value(const struct cond *cond, const char *value)
{
	for (size_t i = 0; i < cond->n_values; i++)
		if (strcmp(cond->value[i], value) == 0)
			return true;
	return false;
}

/* Every value of a is one of b. */
static bool
values_within(const struct cond *a, const struct cond *b)
{
	for (size_t i = 0; i < a->n_values; i++)
		if (!has_value(b, a->value[i]))
			return false;
	return true;
}

/* A list may hold a value beside those asked for. */
static bool
is_single(const struct cond *cond)
{
	return cond->subject != COND_FIELD || field_table[cond->field].kind != KIND_CODES;
}

static bool
values_apart(const struct cond *a, const struct cond *b)
{
	for (size_t i = 0; i < a->n_values; i++)
		if (has_value(b, a->value[i]))
			return false;
	return is_single(a);
}

static bool
age_within(const struct cond *narrow, const struct cond *wide)
{
	if (narrow->test != wide->test || narrow->age.unit != wide->age.unit)
		return false;
	return narrow->test == COND_AT_LEAST ? narrow->age.n >= wide->age.n
					     : narrow->age.n <= wide->age.n;
}

/* What holds wherever `narrow` holds. */
static bool
cond_within(const struct cond *narrow, const struct cond *wide)
{
	if (narrow->subject == COND_AGE)
		return age_within(narrow, wide);
	switch (narrow->test) {
	case COND_IN:
		if (wide->test == COND_IN)
			return values_within(narrow, wide);
		if (wide->test == COND_NOT_IN)
			return values_apart(narrow, wide);
		return wide->test == COND_PRESENT;
	case COND_NOT_IN:
		return wide->test == COND_NOT_IN && values_within(wide, narrow);
	case COND_ABSENT:
		return wide->test == COND_ABSENT || wide->test == COND_NOT_IN;
	case COND_PRESENT:
		return wide->test == COND_PRESENT;
	case COND_AT_LEAST:
	case COND_BELOW:
		break;
	}
	return false;
}

bool
when_within(const struct when *narrow, const struct when *wide)
{
	for (size_t i = 0; i < wide->n; i++) {
		bool within = false;

		for (size_t j = 0; j < narrow->n && !within; j++)
			within = same_subject(&narrow->cond[j], &wide->cond[i]) &&
				cond_within(&narrow->cond[j], &wide->cond[i]);
		if (!within)
			return false;
	}
	return true;
}

static bool
ages_apart(const struct cond *a, const struct cond *b)
{
	return a->subject == COND_AGE && b->subject == COND_AGE &&
		a->test == COND_AT_LEAST && b->test == COND_BELOW &&
		a->age.unit == b->age.unit && a->age.n >= b->age.n;
}

/* Rules are asked of open cases only. */
static bool
state_is_over(const struct cond *cond)
{
	if (cond->subject != COND_STATE || cond->test != COND_IN)
		return false;
	for (int i = 0; i < CASE_STATES; i++)
		if ((STATES_OPEN & STATE(i)) && has_value(cond, state_names[i]))
			return false;
	return true;
}

bool
when_impossible(const struct when *when)
{
	for (size_t i = 0; i < when->n; i++) {
		if (state_is_over(&when->cond[i]))
			return true;
		for (size_t j = 0; j < when->n; j++)
			if (ages_apart(&when->cond[i], &when->cond[j]))
				return true;
	}
	return false;
}
