#include "base/mem.h"
#include "domain/policy.h"

static void
add_once(struct calendar **list, size_t *n, struct calendar *calendar)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i] == calendar)
			return;
	if (calendar)
		list[(*n)++] = calendar;
}

struct calendar **
policy_calendars(const struct policy *policy, size_t *n)
{
	const struct form_field *region = policy_form_field(policy, FIELD_REGION, NULL);
	size_t n_regions = region ? region->n_codes : 0;
	struct calendar **list =
		mem_alloc((1 + policy->n_queues + n_regions) * sizeof *list);

	*n = 0;
	add_once(list, n, policy->calendar);
	for (size_t i = 0; i < policy->n_queues; i++)
		add_once(list, n, policy->queue[i].calendar);
	for (size_t i = 0; i < n_regions; i++)
		add_once(list, n, region->code[i].calendar);
	return list;
}
