#include "domain/report_scope.h"

#include "base/instant.h"

static int64_t
bound_at(struct bound bound, const struct zone *zone)
{
	switch (bound.kind) {
	case BOUND_INSTANT:
		return bound.value;
	case BOUND_DATE:
		return zone ? zone_instant(zone, bound.value * DAY_S)
			: bound.value * DAY_S;
	default:
		return INSTANT_NONE;
	}
}

static bool
is_out_of_years(int64_t at)
{
	return at != INSTANT_NONE && (at < INSTANT_MIN || at > INSTANT_MAX);
}

static void
put_bounds(const struct scope *scope, const struct zone *zone,
	struct period *period)
{
	*period = (struct period){ .now = scope->now, .zone = zone,
		.from = bound_at(scope->from, zone), .to = bound_at(scope->to, zone) };
	period_close(period);
}

int
scope_period(const struct scope *scope, const struct zone *zone,
	struct period *period, struct err *err)
{
	int64_t from, to;

	put_bounds(scope, zone, period);
	from = period->from;
	to = period->to;
	if (is_out_of_years(from) || is_out_of_years(to))
		return err_add(err, EX_USAGE, NULL, "the period is out of the "
			"years 0 to 9999");
	if (to != INSTANT_NONE && from >= to)
		return err_add(err, EX_USAGE, NULL, "the period is empty: --from "
			"must be before --to");
	if (to == INSTANT_NONE && from > scope->now)
		return err_add(err, EX_USAGE, NULL, "--from is after now, and "
			"there is no --to");
	return 0;
}

/* The bound so much later, as far as the years go. */
static struct bound
shifted(struct bound bound, int64_t by_s)
{
	int64_t at = bound.value * DAY_S + by_s;

	if (bound.kind != BOUND_DATE)
		return bound;
	return (struct bound){ BOUND_INSTANT, at < INSTANT_MIN ? INSTANT_MIN
		: at > INSTANT_MAX ? INSTANT_MAX : at };
}

/* No zone is a day from UTC, and two dates are as far apart in each. */
int
scope_somewhere(const struct scope *scope, struct period *period,
	struct err *err)
{
	struct scope widest = *scope;

	if (scope->to.kind != BOUND_DATE)
		widest.from = shifted(scope->from, -DAY_S);
	if (scope->from.kind != BOUND_DATE)
		widest.to = shifted(scope->to, DAY_S);
	if (scope_period(&widest, NULL, period, err) != 0)
		return -1;
	put_bounds(scope, NULL, period);
	return 0;
}

static struct bound
instant_bound(int64_t at)
{
	return at == INSTANT_NONE ? (struct bound){ BOUND_NONE, 0 }
		: (struct bound){ BOUND_INSTANT, at };
}

int
scope_set_zone(struct scope *scope, const struct zone *zone, struct err *err)
{
	struct period period;

	if (scope_period(scope, zone, &period, err) != 0)
		return -1;
	scope->zoned = true;
	scope->zone = zone;
	scope->from = instant_bound(period.from);
	scope->to = instant_bound(period.to);
	return 0;
}

const char *
scope_tz(const struct scope *scope)
{
	return scope->zone ? zone_name(scope->zone) : "UTC";
}
