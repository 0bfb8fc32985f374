/*
 * Random histories.  A log that is imported as it grows ends in the same
 * form, state, tier and clocks as the whole log at once; importing twice is
 * importing once; of a field that we set too the last change stays.  Of two
 * clients that change one case, the second is stale; replayed, nothing of
 * either is lost, and replaying twice is once.
 */
#include "cases.h"

#include "domain/merge.h"

#define NOW    "2026-03-05T12:00:00Z"
#define START  "2026-03-02T09:00:00Z"
#define ID     "ESC-01ACN9H940NM2KQGNJQ8HVMBQV"
#define ROUNDS 400
#define LOG    14

static uint64_t seed = 88172645463325252U;

static size_t
pick(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed >> 11) % n;
}

static const char *const kinds[] = {
	"\"accepted\",\"tier\":1", "\"promoted\",\"from\":1,\"to\":2,\"reason\":\"r\"",
	"\"promoted\",\"from\":2,\"to\":1,\"reason\":\"r\"", "\"asked\",\"text\":\"t\"",
	"\"answered\",\"text\":\"t\"", "\"paused\",\"reason\":\"r\"", "\"resumed\"",
	"\"resolved\",\"outcome\":\"o\",\"summary\":\"s\"", "\"reopened\",\"reason\":\"r\"",
	"\"updated\",\"text\":\"t\"", "\"contacted\"", "\"noted\",\"text\":\"t\"",
	"\"assigned\",\"assignee\":\"zoe\"", "\"x-own\",\"n\":1E2", "\"closed\"",
	"\"cancelled\",\"feedback\":\"f\"", "\"routed\",\"queue\":\"early\"",
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* What a log says by its first `n` events; seen as rows of a mapping are. */
struct story {
	size_t kind[LOG];
	int64_t at[LOG];
	const char *subject, *extra;
	bool rule;            /* a rule set the priority */
};

static void
invent(struct story *story)
{
	int64_t at = instant(START);

	for (size_t i = 0; i < LOG; i++) {
		story->kind[i] = pick(KINDS);
		story->at[i] = at += (int64_t)pick(5) * 1800;
	}
}

static void
put_event(struct buf *out, int64_t at, const char *by, const char *kind)
{
	buf_puts(out, ",{\"at\":\"");
	buf_instant(out, at);
	buf_printf(out, "\",\"by\":\"%s\",\"type\":%s}", by, kind);
}

/* The events of which `mask` has the bit. */
static void
put_import(struct buf *out, const struct story *story, uint64_t mask, const char *by)
{
	buf_printf(out, "{\"v\":1,\"id\":\"" ID "\",\"rev\":0,\"policy\":\"fold\","
		"\"policy_version\":\"fold\",\"created\":\"" START "\"%s%s,\"events\":["
		"{\"at\":\"" START "\",\"by\":\"%s\",\"type\":\"submitted\"}",
		story->subject, story->extra, by);
	for (size_t i = 0; i < LOG; i++)
		if (mask >> i & 1)
			put_event(out, story->at[i], by, kinds[story->kind[i]]);
	if (story->rule)
		put_event(out, instant(NOW) - 60, by,
			"\"reprioritised\",\"priority\":\"high\",\"rule\":\"r\"");
	buf_puts(out, "]}");
}

struct store {
	struct merge merge;
	struct buf line;      /* the stored record; empty: none */
};

static void
open_store(struct store *store, bool rebase)
{
	const struct merge_terms terms = { .policies = &cases_policies, .now = instant(NOW),
		.latest = instant(NOW) + MERGE_AHEAD_S, .by = span_of("bo"), .rebase = rebase };

	*store = (struct store){ .line = { 0 } };
	merge_init(&store->merge, &terms);
}

static void
close_store(struct store *store)
{
	merge_release(&store->merge);
	buf_release(&store->line);
}

static enum merged
commit(struct store *store, const char *input)
{
	struct unit_case stored, in;
	const struct merge_stored known = { &stored.record, false };
	struct buf out = { 0 };
	enum merged merged;

	case_open(&in, input);
	if (store->line.len) {
		case_open(&stored, buf_cstr(&store->line));
		merged = merge_record(&store->merge, &known, &in.record, &in.arena, &out, &in.err);
		case_close(&stored);
	} else {
		merged = merge_new(&store->merge, &in.record, &in.arena, &out, &in.err);
	}
	if (merged == MERGED_REFUSED)
		fail_msg("%s: %s", input, err_text(&in.err));
	if (merged >= MERGED_GROWN) {
		store->line.len = 0;
		buf_span(&store->line, buf_text(&out));
	}
	buf_release(&out);
	case_close(&in);
	return merged;
}

/* As esc-import writes it: folded, with every judgement. */
static char *
fold_line(const char *line)
{
	struct unit_case c;
	struct change change;
	struct buf out = { 0 };

	case_open(&c, line);
	change_init(&change, &cases_policies, instant(NOW), span_of("bo"));
	change.judge_all = true;
	if (change_begin(&change, &c.record, INSTANT_NONE, &c.arena, &c.err) < 0 ||
		change_write(&change, &out, &c.err) < 0)
		fail_msg("%s: %s", line, err_text(&c.err));
	change_release(&change);
	case_close(&c);
	return buf_cstr(&out);
}

static char *
import_line(const struct story *story, uint64_t mask, const char *by)
{
	struct buf text = { 0 };
	char *line;

	put_import(&text, story, mask, by);
	line = fold_line(buf_cstr(&text));
	buf_release(&text);
	return line;
}

/* Takes in an import, twice. */
static void
import(struct store *store, const struct story *story, uint64_t mask)
{
	char *line = import_line(story, mask, "ann"), *other = import_line(story, mask, "joe");

	commit(store, line);
	if (commit(store, line) != MERGED_SAME)
		fail_msg("%s\nagain: %s", line, buf_cstr(&store->line));
	if (commit(store, other) != MERGED_SAME)
		fail_msg("%s\nby another: %s", other, buf_cstr(&store->line));
	free(line);
	free(other);
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

static void
same_members(struct store *grown, struct store *direct)
{
	static const char *const names[] = { "subject", "x_a", "state", "held", "tier", "assignee",
		"queue", "clocks", "due", "risk", "resolution" };
	struct unit_case a, b;

	case_open(&a, buf_cstr(&grown->line));
	case_open(&b, buf_cstr(&direct->line));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		uint32_t x = scan_member(&a.scan, 0, names[i]), y = scan_member(&b.scan, 0, names[i]);
		struct span p = x ? scan_raw(&a.scan, x) : span_of("-");
		struct span q = y ? scan_raw(&b.scan, y) : span_of("-");

		if (!span_eq(p, q))
			fail_msg("%s: %.*s\n%.*s\n%s\n%s", names[i], (int)p.n, p.p, (int)q.n, q.p,
				grown->line.data, direct->line.data);
	}
	case_close(&a);
	case_close(&b);
}

static const char *const subjects[] = { ",\"subject\":\"a\"", ",\"subject\":\"b\"", "" };
static const char *const extras[] = { ",\"x_a\":1E2", ",\"x_a\":[7]", "" };

static void
test_growing_log(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct story story = { .rule = false };
		struct store grown, direct;
		size_t n = 0;

		invent(&story);
		open_store(&grown, false);
		open_store(&direct, false);
		while (n < LOG) {
			n += pick(LOG / 2) + 1;
			if (n > LOG)
				n = LOG;
			story.subject = subjects[pick(3)];
			story.extra = extras[pick(3)];
			story.rule = pick(2);
			import(&grown, &story, (UINT64_C(1) << n) - 1);
		}
		story.rule = false;
		import(&direct, &story, (UINT64_C(1) << LOG) - 1);
		same_members(&grown, &direct);
		close_store(&grown);
		close_store(&direct);
	}
}

/* Events that come in any order are all there, each once; ours stay. */
static void
test_scattered_log(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct story story = { .subject = "", .extra = "" };
		const uint64_t all = (UINT64_C(1) << LOG) - 1;
		struct store store;

		invent(&story);
		open_store(&store, false);
		import(&store, &story, seed & all);
		import(&store, &story, seed >> 20 & all);
		import(&store, &story, all);
		for (size_t k = 0; k < KINDS; k++) {
			size_t want = 0;
			struct buf what = { 0 };

			buf_printf(&what, "\"type\":%s", kinds[k]);
			for (size_t i = 0; i < LOG; i++)
				want += strcmp(kinds[story.kind[i]], kinds[k]) == 0;
			if (count(buf_cstr(&store.line), buf_cstr(&what)) != want)
				fail_msg("%zu of %s: %s", want, kinds[k], store.line.data);
			buf_release(&what);
		}
		close_store(&store);
	}
}

static size_t
n_events(const char *line)
{
	struct unit_case c;
	size_t n;

	case_open(&c, line);
	n = c.record.n_events;
	case_close(&c);
	return n;
}

/* Many events of one instant, backwards and as jq writes their numbers. */
static void
test_many_alike(void **state)
{
	struct buf text[2] = { { 0 }, { 0 } };
	const int n = 300;
	struct store store;

	(void)state;
	for (int side = 0; side < 2; side++) {
		buf_puts(&text[side], "{\"v\":1,\"id\":\"" ID "\",\"rev\":0,\"policy\":\"fold\","
			"\"policy_version\":\"fold\",\"created\":\"" START "\",\"events\":["
			"{\"at\":\"" START "\",\"type\":\"submitted\"}");
		for (int i = 0; i < n; i++)
			buf_printf(&text[side], side ? ",{\"n\":%d00,\"at\":\"" START "\",\"type\":\"x-n\"}"
				: ",{\"at\":\"" START "\",\"type\":\"x-n\",\"n\":%dE2}", side ? n - i : i + 1);
		buf_puts(&text[side], "]}");
	}
	open_store(&store, false);
	assert_int_equal(commit(&store, buf_cstr(&text[0])), MERGED_NEW);
	assert_int_equal(commit(&store, buf_cstr(&text[1])), MERGED_SAME);
	text[1].len -= 2;
	buf_puts(&text[1], ",{\"n\":200,\"at\":\"" START "\",\"type\":\"x-n\"}]}");
	assert_int_equal(commit(&store, buf_cstr(&text[1])), MERGED_GROWN);
	assert_int_equal(n_events(buf_cstr(&store.line)), n + 2);
	assert_int_equal(commit(&store, buf_cstr(&text[1])), MERGED_SAME);
	close_store(&store);
	buf_release(&text[0]);
	buf_release(&text[1]);
}

/* The stored record with one more command, as a filter writes it; NULL: not allowed. */
static char *
act(const char *line, int64_t now)
{
	struct unit_case c;
	struct change change;
	struct buf out = { 0 };
	int added = -1;

	case_open(&c, line);
	change_init(&change, &cases_policies, now, span_of(pick(2) ? "kim" : "lou"));
	if (change_begin(&change, &c.record, INSTANT_NONE, &c.arena, &c.err) == 0) {
		const char *kind = kinds[pick(KINDS)];
		struct buf *text = change_event(&change, EV_OTHER);

		text->len = (size_t)(strstr(buf_cstr(text), "\"type\":") - text->data) + 7;
		buf_puts(text, kind);
		added = change_add(&change, &c.err);
	}
	if (added > 0)
		assert_int_equal(change_write(&change, &out, &c.err), 0);
	change_release(&change);
	case_close(&c);
	return added > 0 ? buf_cstr(&out) : NULL;
}

static char *
act_some(const char *line)
{
	char *now = mem_copy(line, strlen(line));

	for (size_t i = pick(4) + 1; i > 0; i--) {
		char *next = act(now, instant(NOW) - (int64_t)pick(7200));

		if (next) {
			free(now);
			now = next;
		}
	}
	return now;
}

/* Recordings never go back, and what was stored still stands at the start. */
static void
check_history(const char *before, const char *after)
{
	struct unit_case c;
	const char *end = strstr(before, "],\"state\"");

	assert_non_null(end);
	case_open(&c, after);
	for (size_t i = 1; i < c.record.n_events; i++)
		assert_true(c.record.event[i - 1].recorded <= c.record.event[i].recorded);
	case_close(&c);
	before = strstr(before, "\"events\"");
	assert_memory_equal(strstr(after, "\"events\""), before, (size_t)(end - before));
}

static void
check_replay(struct store *store, const char *late, size_t n, size_t *replayed, size_t *refused)
{
	char *before = mem_copy(store->line.data, store->line.len);
	size_t had = n_events(before), news = n_events(late) - n;
	enum merged merged = commit(store, late);

	*replayed += merged == MERGED_GROWN;
	*refused += merged == MERGED_STALE;
	if (merged == MERGED_STALE)
		assert_string_equal(buf_cstr(&store->line), before);
	else
		check_history(before, buf_cstr(&store->line));
	assert_in_range(n_events(buf_cstr(&store->line)), had, had + news);
	if (merged != MERGED_STALE && commit(store, late) != MERGED_SAME)
		fail_msg("%s\nagain: %s", late, buf_cstr(&store->line));
	free(before);
}

static void
test_two_clients(void **state)
{
	size_t replayed = 0, refused = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct story story = { .subject = "", .extra = "" };
		struct store store, strict;
		char *base, *one, *two;
		size_t n;

		invent(&story);
		open_store(&store, true);
		open_store(&strict, false);
		import(&store, &story, pick(16));
		base = mem_copy(store.line.data, store.line.len);
		n = n_events(base);
		one = act_some(base);
		two = act_some(base);
		commit(&store, one);
		buf_span(&strict.line, buf_text(&store.line));
		if (n_events(one) > n && n_events(two) > n && strstr(two, "x-own") && !strstr(one, "x-own"))
			assert_int_equal(commit(&strict, two), MERGED_STALE);
		check_replay(&store, two, n, &replayed, &refused);
		free(base);
		free(one);
		free(two);
		close_store(&store);
		close_store(&strict);
	}
	assert_in_range(replayed, ROUNDS / 10, ROUNDS);
	assert_in_range(refused, 1, ROUNDS);
}

/* Fields that the other system sets, and we do too; NULL: not there. */
static const char *const shared[][4] = {
	{ "subject", "\"a\"", "\"b\"", NULL },
	{ "x_a", "1E2", "[7]", NULL },
	{ "impact", "\"limited\"", "\"critical\"", NULL },
};

#define SHARED (sizeof shared / sizeof *shared)

struct field_state {
	const char *now, *theirs;
};

static void
import_shared(struct store *store, const struct field_state *field)
{
	struct buf extra = { 0 };
	struct story story = { .subject = "" };

	for (size_t i = 0; i < SHARED; i++)
		if (field[i].theirs)
			buf_printf(&extra, ",\"%s\":%s", shared[i][0], field[i].theirs);
	story.extra = buf_cstr(&extra);
	import(store, &story, 0);
	buf_release(&extra);
}

static void
set_ours(struct store *store, size_t i, const char *value)
{
	struct unit_case c;
	struct change change;
	struct buf out = { 0 }, *event;

	case_open(&c, buf_cstr(&store->line));
	change_init(&change, &cases_policies, instant(NOW), span_of("kim"));
	assert_int_equal(change_begin(&change, &c.record, INSTANT_NONE, &c.arena, &c.err), 0);
	event = change_event(&change, strcmp(shared[i][0], "impact") == 0 ? EV_RECLASSIFIED
		: EV_AMENDED);
	buf_printf(event, ",\"set\":{\"%s\":%s},\"because\":\"b\"", shared[i][0],
		value ? value : "null");
	if (change_add(&change, &c.err) < 0 || change_write(&change, &out, &c.err) < 0)
		fail_msg("%s", err_text(&c.err));
	commit(store, buf_cstr(&out));
	buf_release(&out);
	change_release(&change);
	case_close(&c);
}

static void
check_shared(struct store *store, const struct field_state *field)
{
	struct unit_case c;

	case_open(&c, buf_cstr(&store->line));
	for (size_t i = 0; i < SHARED; i++) {
		uint32_t at = scan_member(&c.scan, 0, shared[i][0]);
		const char *want = field[i].now ? field[i].now : "null";

		if (!span_is(at ? scan_raw(&c.scan, at) : span_of("null"), want))
			fail_msg("%s: expected %s: %s", shared[i][0], want, store->line.data);
	}
	case_close(&c);
}

/* Who changed a field last has it; an import that did not change it changes nothing. */
static void
test_fields_of_two(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct field_state field[SHARED] = { { NULL, NULL } };
		struct store store;

		open_store(&store, false);
		import_shared(&store, field);
		for (int step = 0; step < LOG; step++) {
			size_t i = pick(SHARED);
			const char *value = shared[i][pick(3) + 1];

			if (pick(2)) {
				set_ours(&store, i, value);
				field[i].now = value;
			} else {
				if (field[i].theirs != value)
					field[i].now = value;
				field[i].theirs = value;
				import_shared(&store, field);
			}
			check_shared(&store, field);
		}
		close_store(&store);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growing_log),
		cmocka_unit_test(test_scattered_log),
		cmocka_unit_test(test_many_alike),
		cmocka_unit_test(test_two_clients),
		cmocka_unit_test(test_fields_of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
