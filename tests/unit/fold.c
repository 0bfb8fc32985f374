/*
 * tests/rules/clocks.tsv: what a case's events amount to, line by line.  Of
 * each line also: what is written folds to itself, and a judgement filled
 * into every event that stopped a clock changes nothing.
 */
#include "cases.h"

#include "domain/derived.h"
#include "domain/verdict.h"

#define MONDAY INT64_C(1772409600) /* 2026-03-02T00:00:00Z */

/* One line of the table, cut into its cells. */
struct line {
	const char *rule, *policy;
	char *events, *claims;
};

/* [WEEK]DAYHH:MM[:SS], as in mon09:00 and 2tue17:00:01. */
static bool
read_time(const char *text, int64_t *at)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	int64_t week = *text >= '0' && *text <= '9' ? *text++ - '1' : 0;
	int hour, minute, second = 0;

	for (int day = 0; day < 7; day++) {
		if (strncmp(text, days[day], 3) != 0)
			continue;
		if (sscanf(text + 3, "%2d:%2d:%2d", &hour, &minute, &second) < 2)
			return false;
		*at = MONDAY + (7 * week + day) * DAY_S + hour * 3600 + minute * 60 + second;
		return true;
	}
	return false;
}

static int64_t
time_of(const char *text)
{
	int64_t at = INSTANT_NONE;

	if (strcmp(text, "-") != 0 && !read_time(text, &at))
		fail_msg("%s: no time", text);
	return at;
}

/* 90s, -2h, 1h30m; 0. */
static int64_t
seconds_of(const char *text)
{
	int64_t s = 0, sign = *text == '-' ? -1 : 1;
	char *end;

	for (text += *text == '-'; *text; text = end) {
		int64_t n = strtol(text, &end, 10);

		if (end == text)
			fail_msg("%s: no length of time", text);
		s += n * (*end == 'h' ? 3600 : *end == 'm' ? 60 : 1);
		end += *end != '\0';
	}
	return sign * s;
}

static void
put_time(struct buf *out, const char *key, int64_t at)
{
	derived_instant(out, key, at);
}

/* CLOCK/TIER/CYCLE:VERDICT[@LIMIT][+OVER], with commas. */
static void
put_judged(struct buf *out, char *text)
{
	char *rest = NULL;

	buf_puts(out, "[");
	for (char *one = strtok_r(text, ",", &rest); one; one = strtok_r(NULL, ",", &rest)) {
		char name[16], verdict[16], *limit = strchr(one, '@'), *over = strchr(one, '+');
		int tier, cycle;

		if (sscanf(one, "%15[a-z]/%d/%d:%15[a-z]", name, &tier, &cycle, verdict) != 4)
			fail_msg("%s: no judgement", one);
		buf_puts(out, out->data[out->len - 1] == '[' ? "{" : ",{");
		buf_member(out, "clock", span_of(name));
		if (tier)
			buf_printf(out, ",\"tier\":%d", tier);
		buf_printf(out, ",\"cycle\":%d", cycle);
		if (over) {
			buf_printf(out, ",\"over\":%s", over + 1);
			*over = '\0';
		}
		if (limit)
			put_time(out, "limit_at", time_of(limit + 1));
		buf_member(out, "verdict", span_of(verdict));
		buf_putc(out, '}');
	}
	buf_puts(out, "]");
}

/* ,"name":value: JSON where it looks like it, an instant, else a text. */
static void
put_member(struct buf *out, const char *name, char *value)
{
	int64_t at;

	if (strcmp(name, "due") == 0 && read_time(value, &at)) {
		put_time(out, name, at);
		return;
	}
	buf_key(out, name);
	if (strcmp(name, "judged") == 0)
		put_judged(out, value);
	else if (strchr("{[-0123456789", *value) || strcmp(value, "true") == 0)
		buf_puts(out, value);
	else
		buf_json(out, span_of(value));
}

static void
put_event(struct buf *out, struct buf *form, char *text)
{
	char *rest = NULL, *at = strtok_r(text, " ", &rest), *type = strtok_r(NULL, " ", &rest);

	buf_putc(out, '{');
	put_time(out, "at", time_of(at));
	buf_member(out, "by", span_of("ann"));
	buf_member(out, "type", span_of(type));
	for (char *one; (one = strtok_r(NULL, " ", &rest));) {
		char *value = strchr(one, '=');

		*value++ = '\0';
		put_member(form && strcmp(one, "judged") != 0 ? form : out, one, value);
	}
	buf_putc(out, '}');
}

/* The record's line; members of the first event are the form. */
static void
put_record(struct buf *out, const struct line *line)
{
	struct buf events = { 0 };
	char *rest = NULL, *one = strtok_r(line->events, ";", &rest);

	buf_puts(out, "{\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\"");
	buf_member(out, "policy_version", span_of(line->policy));
	put_time(out, "created", time_of(one));
	for (struct buf *form = out; one; one = strtok_r(NULL, ";", &rest), form = NULL) {
		if (!form)
			buf_putc(&events, ',');
		put_event(&events, form, one + (*one == ' '));
	}
	buf_puts(out, ",\"events\":[");
	buf_span(out, buf_text(&events));
	buf_puts(out, "]}");
	buf_release(&events);
}

static void
put_clock_name(struct buf *out, const struct clock *clock)
{
	buf_printf(out, "%s/%d/%d", clock_names[clock->id], clock->tier, clock->cycle);
}

static const struct clock *
find_clock(const struct fold *fold, const char *name)
{
	struct buf other = { 0 };
	const struct clock *found = NULL;

	for (size_t i = 0; i < fold->n_clocks && !found; i++) {
		other.len = 0;
		put_clock_name(&other, &fold->clock[i]);
		if (strcmp(buf_cstr(&other), name) == 0)
			found = &fold->clock[i];
	}
	buf_release(&other);
	return found;
}

static bool
clock_is(const struct clock *clock, const char *member, const char *want)
{
	static const struct {
		const char *name;
		size_t place;
		bool length;
	} members[] = {
		{ "start", offsetof(struct clock, started_at), false },
		{ "target", offsetof(struct clock, target_at), false },
		{ "limit", offsetof(struct clock, limit_at), false },
		{ "stop", offsetof(struct clock, stopped_at), false },
		{ "held", offsetof(struct clock, held_at), false },
		{ "paused", offsetof(struct clock, paused), true },
		{ "over", offsetof(struct clock, over), true },
	};

	if (!clock || !*member)
		return strcmp(want, clock ? clock_state_names[clock->state] : "-") == 0;
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const void *at = (const char *)clock + members[i].place;

		if (strcmp(member, members[i].name) == 0)
			return *(const int64_t *)at ==
				(members[i].length ? seconds_of(want) : time_of(want));
	}
	return false;
}

static bool
verdict_is(const struct fold *fold, int64_t at, const char *name, const char *member,
	const char *want)
{
	const struct clock *clock = find_clock(fold, name);
	struct case_verdict verdict;
	const struct clock_verdict *one;

	verdict_at(fold, at, &verdict);
	if (strcmp(name, "case") == 0)
		return strcmp(want, verdict_names[verdict.verdict]) == 0;
	if (strcmp(name, "worst") == 0)
		return verdict.worst && verdict.worst->clock == find_clock(fold, want);
	if (!clock)
		return false;
	one = &verdict.clock[clock - fold->clock];
	if (!*member)
		return strcmp(want, verdict_names[one->verdict]) == 0;
	if (strcmp(want, "-") == 0 || !one->has_left)
		return strcmp(want, "-") == 0 && !one->has_left;
	return seconds_of(want) == (strcmp(member, "left") == 0 ? one->left : one->left_wall);
}

static void
put_clocks(struct buf *out, const struct fold *fold)
{
	for (size_t i = 0; i < fold->n_clocks; i++) {
		buf_puts(out, i ? " " : "");
		put_clock_name(out, &fold->clock[i]);
	}
}

/* A derived or form field; texts are compared without their quotes. */
static bool
field_is(const struct fold *fold, const char *name, const char *want)
{
	struct buf got = { 0 };
	struct value value;
	bool is;

	if (strcmp(name, "due") == 0 || strcmp(name, "risk") == 0)
		return time_of(want) == (*name == 'd' ? fold->due : fold->risk);
	if (strcmp(name, "clocks") == 0)
		put_clocks(&got, fold);
	else if (field_find(span_of(name)) != FIELD_NONE)
		derived_write(fold, field_find(span_of(name)), &got);
	else if ((value = fold_value(fold, span_of(name))).node)
		buf_span(&got, scan_raw(value.scan, value.node));
	is = strcmp(buf_cstr(&got), want) == 0 || (!got.len && strcmp(want, "-") == 0) ||
		(*got.data == '"' && got.len == strlen(want) + 2 &&
			memcmp(got.data + 1, want, got.len - 2) == 0);
	buf_release(&got);
	return is;
}

/* NAME=VALUE, CLOCK[.MEMBER]=VALUE or @TIME and one of them. */
static bool
claim_holds(struct unit_case *c, const char *text)
{
	char claim[512], *name = claim, *value, *member, *space;
	int64_t at = INT64_MAX;

	snprintf(claim, sizeof claim, "%s", text);
	if (*claim == '@' && (space = strchr(claim, ' '))) {
		*space = '\0';
		at = time_of(claim + 1);
		name = space + 1;
	}
	value = strchr(name, '=');
	if (!value)
		return false;
	*value++ = '\0';
	case_fold(c, at);
	member = strchr(name, '/') ? strchr(name, '.') : NULL;
	if (member)
		*member++ = '\0';
	if (at != INT64_MAX && (strchr(name, '/') || strcmp(name, "case") == 0 ||
			strcmp(name, "worst") == 0))
		return verdict_is(&c->fold, at, name, member ? member : "", value);
	if (strchr(name, '/'))
		return clock_is(find_clock(&c->fold, name), member ? member : "", value);
	return field_is(&c->fold, name, value);
}

static void
write_case(struct unit_case *c, bool judge_all, struct buf *out)
{
	struct change change;

	change_init(&change, &cases_policies, MONDAY, span_of("bo"));
	change.judge_all = judge_all;
	if (change_begin(&change, &c->record, INSTANT_NONE, &c->arena, &c->err) < 0 ||
		change_write(&change, out, &c->err) < 0)
		fail_msg("%s: %s", c->text.data, err_text(&c->err));
	change_release(&change);
}

static void
put_derived(struct buf *out, struct unit_case *c)
{
	case_fold(c, INT64_MAX);
	for (int field = 1; field < FIELD_COUNT; field++) {
		derived_write(&c->fold, (enum field)field, out);
		buf_putc(out, '\n');
	}
}

/* What was written amounts to the same, and is written as the same bytes. */
static void
check_stable(struct unit_case *c, bool judge_all, const char *rule)
{
	struct buf once = { 0 }, twice = { 0 };
	struct unit_case again;

	write_case(c, judge_all, &once);
	case_open(&again, buf_cstr(&once));
	once.len = 0;
	put_derived(&once, c);
	put_derived(&twice, &again);
	if (strcmp(buf_cstr(&once), buf_cstr(&twice)) != 0)
		fail_msg("%s: %s\namounts to %s", rule, once.data, twice.data);
	once.len = twice.len = 0;
	write_case(c, judge_all, &once);
	write_case(&again, judge_all, &twice);
	if (strcmp(buf_cstr(&once), buf_cstr(&twice)) != 0)
		fail_msg("%s: %s\nfolds to %s", rule, once.data, twice.data);
	case_close(&again);
	buf_release(&once);
	buf_release(&twice);
}

static bool
cut(char *text, struct line *line)
{
	char *rest = NULL;

	text[strcspn(text, "\n")] = '\0';
	if (!*text || *text == '#')
		return false;
	line->rule = strtok_r(text, "\t", &rest);
	line->policy = strtok_r(NULL, "\t", &rest);
	line->events = strtok_r(NULL, "\t", &rest);
	line->claims = strtok_r(NULL, "\t", &rest);
	if (!line->claims)
		fail_msg("%s: expected four cells", line->rule);
	return true;
}

/* The claims of a line that do not hold. */
static int
check_line(const struct line *line)
{
	struct unit_case c;
	struct buf text = { 0 };
	char *rest = NULL;
	int wrong = 0;

	put_record(&text, line);
	case_open(&c, buf_cstr(&text));
	for (char *one = strtok_r(line->claims, ";", &rest); one;
		one = strtok_r(NULL, ";", &rest)) {
		if (claim_holds(&c, one + (*one == ' ')))
			continue;
		print_error("%s: %s\n", line->rule, one);
		wrong++;
	}
	check_stable(&c, false, line->rule);
	check_stable(&c, true, line->rule);
	case_close(&c);
	buf_release(&text);
	return wrong;
}

static int
check_table(const char *path, int least)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t cap = 0;
	struct line line;
	int n = 0, wrong = 0;

	assert_non_null(file);
	while (getline(&text, &cap, file) > 0)
		if (cut(text, &line)) {
			wrong += check_line(&line);
			n++;
		}
	free(text);
	fclose(file);
	assert_true(n >= least);
	return wrong;
}

static void
test_clocks(void **state)
{
	(void)state;
	assert_int_equal(check_table("tests/rules/clocks.tsv", 100), 0);
}

static void
test_states(void **state)
{
	(void)state;
	assert_int_equal(check_table("tests/rules/states.tsv", 50), 0);
}

static void
test_verdicts(void **state)
{
	(void)state;
	assert_int_equal(check_table("tests/rules/verdicts.tsv", 25), 0);
}

/* What lies beyond the last year of calendars is its end. */
static void
test_last_year(void **state)
{
	static const char *const policies[] = { "fold", "plain" };
	struct buf line = { 0 };
	struct unit_case c;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		line.len = 0;
		buf_printf(&line, "{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\",\"policy_version\":\"%s\","
			"\"created\":\"2199-12-31T16:00:00Z\",\"events\":["
			"{\"at\":\"2199-12-31T16:00:00Z\",\"type\":\"submitted\"},"
			"{\"at\":\"2199-12-31T16:00:00Z\",\"type\":\"accepted\"},"
			"{\"at\":\"2199-12-31T16:10:00Z\",\"type\":\"paused\"},"
			"{\"at\":\"2199-12-31T23:00:00Z\",\"type\":\"resumed\"}]}", policies[i]);
		case_open(&c, buf_cstr(&line));
		case_fold(&c, instant("2199-12-31T16:00:00Z"));
		assert_int_equal(find_clock(&c.fold, "resolve/1/1")->limit_at, CALENDAR_MAX);
		case_fold(&c, INT64_MAX);
		assert_int_equal(find_clock(&c.fold, "resolve/1/1")->limit_at, CALENDAR_MAX);
		assert_int_equal(find_clock(&c.fold, "tier/1/1")->limit_at, CALENDAR_MAX);
		case_close(&c);
	}
	buf_release(&line);
}

/* Events, and per step: its type, + where it has an effect, (implied). */
static const struct {
	const char *policy, *events, *steps;
} steps[] = {
	{ "fold", "mon09:00 submitted; mon10:00 closed",
		"submitted+ (accepted+) (resolved+) closed+" },
	{ "fold", "mon09:00 submitted; mon10:00 promoted from=1 to=2",
		"submitted+ (accepted+) promoted+" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted; mon10:00 closed; mon11:00 closed",
		"submitted+ accepted+ (resolved+) closed+ closed" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted; mon10:00 accepted; mon10:00 acknowledged",
		"submitted+ accepted+ accepted acknowledged" },
	{ "fold", "mon09:00 submitted; mon10:00 asked; mon10:00 asked; mon10:00 resumed; "
	  "mon10:00 answered; mon10:00 answered; mon10:00 paused; mon10:00 paused",
		"submitted+ asked+ asked resumed answered+ answered paused+ paused" },
	{ "fold", "mon09:00 submitted; mon10:00 assigned assignee=bo; mon10:00 assigned assignee=bo; "
	  "mon10:00 assigned; mon10:00 routed queue=q; mon10:00 routed queue=q; "
	  "mon10:00 reprioritised priority=p; mon10:00 reprioritised priority=p",
		"submitted+ assigned+ assigned assigned routed+ routed reprioritised+ reprioritised" },
	{ "fold", "mon09:00 submitted; mon10:00 repinned to=fold; mon10:00 repinned to=lean; "
	  "mon10:00 repinned", "submitted+ repinned repinned+ repinned" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted tier=3; mon10:00 due_set due=fri17:00; "
	  "mon10:00 due_set; mon11:00 promoted from=3 to=1; mon12:00 due_set due=fri17:00; "
	  "mon12:00 promoted from=1 to=1",
		"submitted+ accepted+ due_set+ due_set promoted+ due_set promoted" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted tier=3; mon10:00 due_set due=fri17:00; "
	  "mon11:00 due_set due=fri17:00; mon12:00 due_set due=fri17:00:01; "
	  "mon13:00 due_set due=fri17:00",
		"submitted+ accepted+ due_set+ due_set due_set+ due_set+" },
	/* A field that says so already, null of none, what does not fit, no field at all. */
	{ "fold", "mon09:00 submitted impact=limited; "
	  "mon10:00 reclassified set={\"impact\":\"limited\",\"region\":null}; "
	  "mon10:00 reclassified set={\"region\":null,\"impact\":\"critical\"}; "
	  "mon10:00 reclassified set={\"impact\":\"\\u0063ritical\"}; "
	  "mon10:00 reclassified set={\"impact\":7,\"subject\":[],\"requester.name\":1}; "
	  "mon10:00 reclassified set={\"state\":\"closed\",\"rev\":7}; "
	  "mon10:00 reclassified set={}; mon10:00 reclassified; "
	  "mon10:00 reclassified set={\"impact\":null}; "
	  "mon10:00 reclassified set={\"impact\":null}",
		"submitted+ reclassified reclassified+ reclassified reclassified reclassified "
		"reclassified reclassified reclassified+ reclassified" },
	/* Texts are compared decoded, numbers as written, members in any order. */
	{ "fold", "mon09:00 submitted subject=\xc3\xa9 x_n=1 x_o={\"a\":[1],\"b\":2} "
	  "requester={\"name\":\"Kim\"}; "
	  "mon10:00 amended set={\"subject\":\"\\u00e9\",\"x_o\":{\"b\":2,\"a\":[1]}}; "
	  "mon10:00 amended set={\"x_n\":1.0}; mon10:00 amended set={\"x_n\":1.0}; "
	  "mon10:00 amended set={\"x_new\":true,\"x_n\":1.0}; "
	  "mon10:00 amended set={\"x_new\":true}; mon10:00 amended set={\"x_new\":\"true\"}; "
	  "mon10:00 amended set={\"requester.name\":\"Kim\",\"requester.email\":null}; "
	  "mon10:00 amended set={\"requester.name\":\"Jo\"}; "
	  "mon10:00 amended set={\"requester\":{\"name\":\"Jo\"}}",
		"submitted+ amended amended+ amended amended+ amended amended+ amended amended+ amended" },
	/* Others in between: what is in force then counts. */
	{ "fold", "mon09:00 submitted impact=limited; "
	  "mon12:00 reclassified set={\"impact\":\"limited\"}; "
	  "mon11:00 reclassified set={\"impact\":\"critical\"}",
		"submitted+ reclassified+ reclassified+" },
	{ "fold", "mon09:00 submitted impact=limited; mon10:00 cancelled; "
	  "mon11:00 reclassified set={\"impact\":\"critical\"}; "
	  "mon12:00 amended set={\"impact\":\"critical\"}",
		"submitted+ cancelled+ reclassified amended+" },
	/* What was erased was a change, for all that is known. */
	{ "fold", "mon09:00 submitted x_a={}; mon10:00 amended set={\"subject\":\"\"}; "
	  "mon10:00 amended set={\"subject\":\"\"} was={\"subject\":\"\"}; "
	  "mon11:00 amended set={\"x_a\":{},\"x_b\":0} was={\"x_a\":{},\"x_b\":0}; "
	  "mon12:00 amended set={\"x_a\":{\"a\":\"\"}}; mon13:00 amended set={\"x_a\":{\"a\":\"\"}}; "
	  "mon14:00 amended set={\"x_a\":[\"\"]}; mon15:00 amended set={\"x_a\":[\"\"]}",
		"submitted+ amended+ amended+ amended+ amended+ amended+ amended+ amended" },
	/* Events that count not at all make no step. */
	{ "fold", "mon09:00 submitted; mon10:00 noted; mon11:00 retracted event=2",
		"submitted+ retracted+" },
	/* What a report asks: living past its limit, held past its target. */
	{ "fold", "mon09:00 submitted; mon10:00 accepted; tue10:00 noted; tue10:00:01 noted",
		"submitted+ accepted+ noted+ noted+ past:contact" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted; tue10:00 paused; thu10:00 noted",
		"submitted+ accepted+ paused+ late:contact noted+" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted; tue10:00:01 paused; thu10:00 noted",
		"submitted+ accepted+ paused+ past:contact late:contact,update noted+ past:contact" },
	{ "fold", "mon09:00 submitted; mon10:00 accepted; mon13:00 paused; thu10:00 resumed",
		"submitted+ accepted+ paused+ resumed+" },
	/* One that takes the place of a late clock, held from its start, is not late. */
	{ "cells", "mon09:00 submitted; mon09:10 acknowledged; mon10:00 asked; mon10:00 answered; "
	  "mon10:50 asked judged=update/0/1:ended",
		"submitted+ acknowledged+ asked+ answered+ asked+" },
	{ "cells", "mon09:00 submitted; mon09:10 acknowledged; mon10:00 asked; mon10:00 answered; "
	  "mon10:50 asked", "submitted+ acknowledged+ asked+ answered+ asked+ late:update" },
};

static void
put_clock_set(struct buf *out, const char *name, uint8_t clocks)
{
	for (int id = 0; id < CLOCK_IDS; id++) {
		if (!(clocks & 1U << id))
			continue;
		buf_printf(out, "%s%s", clocks & ((1U << id) - 1) ? "," : name, clock_names[id]);
	}
}

static void
put_step(struct buf *out, const struct step *step)
{
	buf_printf(out, "%s%s%s%s%s", out->len ? " " : "", step->implied ? "(" : "",
		event_table[step->type].name, step->effect ? "+" : "", step->implied ? ")" : "");
	put_clock_set(out, " past:", step->past_limit);
	put_clock_set(out, " late:", step->held_late);
}

static void
test_steps(void **state)
{
	struct buf text = { 0 }, got = { 0 };
	struct unit_case c;

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct line line = { .policy = steps[i].policy };

		text.len = got.len = 0;
		line.events = mem_copy(steps[i].events, strlen(steps[i].events));
		put_record(&text, &line);
		case_open(&c, buf_cstr(&text));
		case_fold(&c, INT64_MAX);
		for (size_t k = 0; k < c.fold.n_steps; k++)
			put_step(&got, &c.fold.step[k]);
		if (strcmp(buf_cstr(&got), steps[i].steps) != 0)
			fail_msg("%s\n%s\nexpected %s", steps[i].events, got.data, steps[i].steps);
		free(line.events);
		case_close(&c);
	}
	buf_release(&text);
	buf_release(&got);
}

/* A version that is nowhere, at first and by a repinning. */
static void
test_no_policy(void **state)
{
	static const char *const lines[] = {
		"{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\",\"policy_version\":\"gone\","
		"\"created\":\"2026-03-02T09:00:00Z\",\"events\":["
		"{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}]}",
		"{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\",\"policy_version\":\"gone\","
		"\"created\":\"2026-03-02T09:00:00Z\",\"events\":["
		"{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"},"
		"{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"repinned\",\"from\":\"fold\",\"to\":\"gone\"},"
		"{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"accepted\"}]}",
	};
	struct unit_case c;

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		case_open(&c, lines[i]);
		assert_int_equal(fold_record(&c.fold, &c.record, &cases_policies, INT64_MAX,
			&c.arena, &c.err), -1);
		assert_int_equal(c.err.status, EX_CONFIG);
		case_close(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_last_year),
		cmocka_unit_test(test_no_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
