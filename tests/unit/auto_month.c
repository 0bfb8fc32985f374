/*
 * --auto --catch-up every ten minutes for a month is the same as once at its
 * end, but for when it was recorded and how late: for cases in which nothing
 * else happens.
 */
#include "cases.h"

#include "domain/auto.h"

#define TEN_MINUTES 600

/* Runs it once on the line, which its output replaces. */
static void
catch_up(struct buf *line, int64_t now)
{
	struct unit_case c;
	struct change change;

	case_open(&c, buf_cstr(line));
	change_init(&change, policies_source(), now, span_of("cron"));
	if (change_begin(&change, &c.record, INSTANT_NONE, &c.arena, &c.err) < 0 ||
		auto_promote(&change, true, &c.err) == PROMOTION_REFUSED)
		fail_msg("%s", err_text(&c.err));
	if (change.n_added) {
		line->len = 0;
		assert_int_equal(change_write(&change, line, &c.err), 0);
	}
	change_release(&change);
	case_close(&c);
}

/* The line without `,"name":value`, where the value has no comma. */
static void
without(struct buf *line, const char *name)
{
	char *at, *end;

	while ((at = strstr(buf_cstr(line), name)) != NULL) {
		end = at + strlen(name);
		end += strcspn(end, ",}");
		memmove(at, end, strlen(end) + 1);
		line->len = strlen(line->data);
	}
}

static void
submit(struct buf *line, const struct policy *policy, int64_t at, int tier)
{
	buf_printf(line, "{\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"%s\","
		"\"policy_version\":\"%s\",\"created\":\"", policy->name, policy->version);
	buf_instant(line, at);
	buf_puts(line, "\",\"events\":[{\"at\":\"");
	buf_instant(line, at);
	buf_puts(line, "\",\"by\":\"ana\",\"type\":\"submitted\"},{\"at\":\"");
	buf_instant(line, at);
	buf_printf(line, "\",\"by\":\"ana\",\"type\":\"accepted\",\"tier\":%d}]}", tier);
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

/* How many steps there were. */
static size_t
compare(const struct policy *policy, int64_t start, int tier)
{
	int64_t end = start + 31 * INT64_C(86400);
	struct buf often = { 0 }, once = { 0 };
	size_t steps;

	submit(&often, policy, start, tier);
	submit(&once, policy, start, tier);
	for (int64_t now = start; now <= end; now += TEN_MINUTES)
		catch_up(&often, now);
	catch_up(&once, end);
	steps = count(buf_cstr(&once), "\"auto\":true");
	without(&often, ",\"logged\":");
	without(&often, ",\"late_s\":");
	without(&once, ",\"logged\":");
	without(&once, ",\"late_s\":");
	if (strcmp(buf_cstr(&often), buf_cstr(&once)) != 0)
		fail_msg("%s\nexpected %s", often.data, once.data);
	buf_release(&often);
	buf_release(&once);
	return steps;
}

/* Nights, weekends, a holiday and the change of clocks among them. */
static void
test_month(void **state)
{
	static const char *const starts[] = { "2026-03-06T17:29:59Z", "2026-10-20T09:00:01Z",
		"2026-12-05T03:00:00Z", "2026-12-18T12:00:00Z" };
	static const char *const names[] = { "s-club", "five-tier" };
	size_t steps = 0;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct err err = { 0 };
		const struct policy *policy = policies_open(names[i], &err);

		if (!policy)
			fail_msg("%s", err_text(&err));
		for (size_t k = 0; policy && k < sizeof starts / sizeof *starts; k++)
			for (int tier = 1; tier < 3; tier++)
				steps += compare(policy, instant(starts[k]), tier);
	}
	assert_in_range(steps, 32, 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
