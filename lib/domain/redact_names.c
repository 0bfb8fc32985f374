/* Which fields are personal. */
#include "domain/redact.h"

/* Taken out of every case, whatever its policy says. */
static const char *const always[] = {
	"requester", "subject", "description", "attachments", NULL
};

static struct span
first_part(struct span name)
{
	const char *dot = name.n ? memchr(name.p, '.', name.n) : NULL;

	return (struct span){ name.p, dot ? (size_t)(dot - name.p) : name.n };
}

bool
redact_takes(struct span name)
{
	enum field field = field_find(first_part(name));

	return name.n > 0 && (field == FIELD_NONE ||
		(field_in_form(field) && field_table[field].kind != KIND_INSTANT));
}

static bool
covers(const char *listed, struct span name)
{
	return span_is(name, listed) || span_is(first_part(name), listed);
}

bool
redact_listed(const char *const *list, struct span name)
{
	while (list && *list && !covers(*list, name))
		list++;
	return list && *list;
}

bool
redact_always(struct span name)
{
	return redact_listed(always, name);
}

bool
redact_personal(const struct policy *policy, struct span name)
{
	if (!redact_takes(name))
		return false;
	if (redact_always(name))
		return true;
	for (size_t i = 0; policy && i < policy->n_personal; i++)
		if (covers(policy->personal[i], name))
			return true;
	return false;
}
