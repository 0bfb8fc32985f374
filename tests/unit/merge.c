/*
 * What a record that comes in adds to the stored one: tests/rules/merge.tsv.
 * Of every row: what grew folds again to the same bytes, and merging the
 * input once more adds nothing.
 */
#include "cases.h"

#include "domain/merge.h"

#define RULES "tests/rules/merge.tsv"
#define NOW   "2026-03-02T12:00:00Z"
#define ID    "ESC-01ACN9H940NM2KQGNJQ8HVMBQV"

enum column { COL_NAME, COL_HOW, COL_STORED, COL_INPUT, COL_ANSWER, COL_RESULT, COLUMNS };

static const char *const answers[] = { "stale", "refused", "same", "grown", "new" };

struct named_event {
	char *name, *text;
};

struct table {
	struct named_event event[100];
	size_t n;
};

struct row {
	const char *cell[COLUMNS];
	const struct table *table;
	struct merge merge;
	struct unit_case stored, in;
	struct buf out;
	struct err err;
};

static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; (p = strstr(p, word)) != NULL; p += n)
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

/* "03-02T09:00" is "2026-03-02T09:00:00Z" */
static void
put_expanded(struct buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool instant = p[i] == '"' && i + 12 < n && p[i + 12] == '"' && p[i + 3] == '-' &&
			p[i + 6] == 'T' && p[i + 9] == ':';

		buf_putc(out, p[i]);
		if (!instant)
			continue;
		buf_puts(out, "2026-");
		buf_put(out, p + i + 1, 11);
		buf_puts(out, ":00Z\"");
		i += 12;
	}
}

static const char *
find_event(const struct table *table, const char *name, size_t n)
{
	for (size_t i = 0; i < table->n; i++)
		if (strlen(table->event[i].name) == n && memcmp(table->event[i].name, name, n) == 0)
			return table->event[i].text;
	fail_msg("no event %.*s", (int)n, name);
	return "";
}

/* Events by name, up to " |" or the end. */
static void
put_events(struct buf *out, const struct table *table, const char *names)
{
	const char *end = names + strcspn(names, "|");

	buf_puts(out, "[");
	while (names < end) {
		size_t n = strcspn(names, " |");

		if (n) {
			if (out->data[out->len - 1] != '[')
				buf_putc(out, ',');
			buf_puts(out, find_event(table, names, n));
		}
		names += n + (names[n] == ' ');
	}
	buf_puts(out, "]");
}

static const char *
members_of(const char *cell)
{
	const char *bar = strstr(cell, "| ");

	return bar ? bar + 2 : "";
}

static bool
says(const char *members, const char *name)
{
	return strstr(members, name) != NULL;
}

static char *
make_line(const struct row *row, const char *cell, int rev)
{
	const char *members = members_of(cell);
	struct buf out = { 0 };
	const char *version = has_word(row->cell[COL_HOW], "gone") ? "gone" : "fold";

	buf_printf(&out, "{\"v\":1,\"id\":\"" ID "\",\"rev\":%d", rev);
	if (!says(members, "\"policy\""))
		buf_puts(&out, ",\"policy\":\"fold\"");
	if (!says(members, "\"policy_version\""))
		buf_printf(&out, ",\"policy_version\":\"%s\"", version);
	if (!says(members, "\"created\""))
		buf_puts(&out, ",\"created\":\"2026-03-02T09:00:00Z\"");
	if (*members) {
		buf_putc(&out, ',');
		put_expanded(&out, members, strlen(members));
	}
	buf_puts(&out, ",\"events\":");
	put_events(&out, row->table, cell);
	buf_putc(&out, '}');
	return buf_cstr(&out);
}

static void
open_case(struct unit_case *c, const struct row *row, const char *cell, int rev)
{
	char *line = make_line(row, cell, rev);

	case_open(c, line);
	free(line);
}

static int
input_rev(const char *how)
{
	const char *at = strstr(how, " r");

	for (; at; at = strstr(at + 1, " r"))
		if (at[2] >= '0' && at[2] <= '9')
			return at[2] - '0';
	return has_word(how, "import") ? 0 : 3;
}

static enum merged
merge_line_event(struct row *row, const struct merge_stored *stored)
{
	struct unit_case c = { 0 };
	struct event_line line;
	enum merged result = MERGED_REFUSED;

	scan_init(&c.scan);
	buf_printf(&c.text, "{\"id\":\"" ID "\",");
	if (strstr(row->cell[COL_HOW], " r"))
		buf_printf(&c.text, "\"rev\":%d,", input_rev(row->cell[COL_HOW]));
	buf_printf(&c.text, "\"event\":%s}", find_event(row->table, row->cell[COL_INPUT],
		strlen(row->cell[COL_INPUT])));
	assert_int_equal(scan_line(&c.scan, c.text.data, c.text.len, &row->err), 0);
	if (event_line_read(&line, &c.scan, &row->stored.arena, &row->err) == 0)
		result = merge_event(&row->merge, stored, &line, &row->stored.arena, &row->out,
			&row->err);
	case_close(&c);
	return result;
}

static enum merged
merge_once(struct row *row, const struct record *record)
{
	const struct merge_stored stored = { record, has_word(row->cell[COL_HOW], "erased") };

	row->out.len = 0;
	err_reset(&row->err);
	if (has_word(row->cell[COL_HOW], "event"))
		return merge_line_event(row, &stored);
	if (has_word(row->cell[COL_HOW], "new"))
		return merge_new(&row->merge, &row->in.record, &row->in.arena, &row->out, &row->err);
	return merge_record(&row->merge, &stored, &row->in.record, &row->in.arena, &row->out,
		&row->err);
}

static void
check_events(const struct row *row, const struct unit_case *after)
{
	const struct record *record = &after->record;
	struct span got = scan_raw(record->scan, record->node[FIELD_EVENTS]);
	struct buf want = { 0 };

	put_events(&want, row->table, row->cell[COL_RESULT]);
	if (!span_is(got, buf_cstr(&want)))
		fail_msg("%s: %.*s\nexpected %s", row->cell[COL_NAME], (int)got.n, got.p, want.data);
	buf_release(&want);
}

/* "name":value,"name":-  against the record's members. */
static void
check_members(const struct row *row, const struct unit_case *after)
{
	const char *members = members_of(row->cell[COL_RESULT]);
	struct buf text = { 0 };
	struct scan want;
	struct err err = { 0 };

	if (!*members)
		return;
	scan_init(&want);
	buf_putc(&text, '{');
	for (const char *p = members; *p; p++)
		if (p[0] == '-' && p[-1] == ':')
			buf_puts(&text, "null");
		else
			buf_putc(&text, *p);
	buf_putc(&text, '}');
	if (scan_line(&want, text.data, text.len, &err) < 0)
		fail_msg("%s: %s", row->cell[COL_NAME], err_text(&err));
	for (uint32_t at = scan_first(&want, 0); at; at = want.node[at].next) {
		struct span name = { want.text + want.node[at].key, want.node[at].key_len };
		uint32_t node = scan_find(&after->scan, 0, name);
		struct span got = node ? scan_raw(&after->scan, node) : span_of("null");

		if (!span_eq(got, scan_raw(&want, at)))
			fail_msg("%s: %.*s: %.*s", row->cell[COL_NAME], (int)name.n, name.p,
				(int)got.n, got.p);
	}
	scan_release(&want);
	buf_release(&text);
}

/* What was written folds to itself. */
static void
check_folded(const struct row *row, struct unit_case *after)
{
	struct change change;
	struct buf out = { 0 };

	change_init(&change, &cases_policies, instant(NOW), span_of("bo"));
	if (change_begin(&change, &after->record, INSTANT_NONE, &after->arena, &after->err) < 0 ||
		change_write(&change, &out, &after->err) < 0)
		fail_msg("%s: %s", row->cell[COL_NAME], err_text(&after->err));
	if (strcmp(buf_cstr(&out), buf_cstr(&after->text)) != 0)
		fail_msg("%s: %s\nfolds to %s", row->cell[COL_NAME], after->text.data, out.data);
	change_release(&change);
	buf_release(&out);
}

/* The same again: nothing new (a line without `at` or `rev` may come twice). */
static void
check_again(struct row *row, struct unit_case *after)
{
	enum merged again;

	if (has_word(row->cell[COL_HOW], "new") || has_word(row->cell[COL_HOW], "twice"))
		return;
	again = merge_once(row, &after->record);
	if (again != MERGED_SAME)
		fail_msg("%s: again: %s: %s %s", row->cell[COL_NAME], answers[again - MERGED_STALE],
			err_text(&row->err), buf_cstr(&row->out));
}

static void
check_grown(struct row *row)
{
	struct unit_case after;

	case_open(&after, buf_cstr(&row->out));
	check_events(row, &after);
	check_members(row, &after);
	check_folded(row, &after);
	check_again(row, &after);
	case_close(&after);
}

static void
check_answer(struct row *row, enum merged got)
{
	if (strcmp(answers[got - MERGED_STALE], row->cell[COL_ANSWER]) != 0)
		fail_msg("%s: %s: %s %s; expected %s", row->cell[COL_NAME],
			answers[got - MERGED_STALE], err_text(&row->err), buf_cstr(&row->out),
			row->cell[COL_ANSWER]);
	if (got >= MERGED_GROWN) {
		check_grown(row);
		return;
	}
	assert_int_equal(row->out.len, 0);
	if (got == MERGED_SAME) {
		assert_int_equal(row->err.n, 0);
		return;
	}
	if (strcmp(err_text(&row->err), row->cell[COL_RESULT]) != 0)
		fail_msg("%s: %s\nexpected %s", row->cell[COL_NAME], err_text(&row->err),
			row->cell[COL_RESULT]);
	assert_int_equal(row->err.status, got == MERGED_STALE ? EX_TEMPFAIL
		: has_word(row->cell[COL_HOW], "gone") ? EX_CONFIG : EX_DATAERR);
}

static void
run_row(struct row *row)
{
	const char *how = row->cell[COL_HOW];
	const struct merge_terms terms = { .policies = &cases_policies, .now = instant(NOW),
		.latest = instant(NOW) + MERGE_AHEAD_S, .by = span_of("bo"),
		.rebase = has_word(how, "rebase") };

	merge_init(&row->merge, &terms);
	open_case(&row->stored, row, has_word(how, "new") ? "S" : row->cell[COL_STORED], 3);
	open_case(&row->in, row, has_word(how, "event") ? "S" : row->cell[COL_INPUT],
		input_rev(how));
	check_answer(row, merge_once(row, &row->stored.record));
	merge_release(&row->merge);
	case_close(&row->stored);
	case_close(&row->in);
	buf_release(&row->out);
	err_release(&row->err);
}

static void
name_event(struct table *table, char *line)
{
	struct named_event *event = &table->event[table->n++];
	struct buf text = { 0 };
	char *tab = strchr(line, '\t');

	assert_in_range(table->n, 1, sizeof table->event / sizeof *table->event - 1);
	put_expanded(&text, tab + 1, strlen(tab + 1));
	event->name = mem_copy(line + 2, (size_t)(tab - line - 2));
	event->text = buf_cstr(&text);
}

static void
split(struct row *row, char *line)
{
	for (int i = 0; i < COLUMNS; i++)
		row->cell[i] = line ? strsep(&line, "\t") : "";
}

static void
test_rules(void **state)
{
	struct buf text = { 0 };
	struct table table = { .n = 0 };
	char *next, *line;
	size_t n = 0;

	(void)state;
	read_file(RULES, &text);
	next = buf_cstr(&text);
	while ((line = strsep(&next, "\n")) != NULL) {
		struct row row = { .table = &table };

		if (line[0] == '=') {
			name_event(&table, line);
		} else if (line[0] && line[0] != '#') {
			split(&row, line);
			run_row(&row);
			n++;
		}
	}
	assert_in_range(n, 50, 1000);
	for (size_t i = 0; i < table.n; i++) {
		free(table.event[i].name);
		free(table.event[i].text);
	}
	buf_release(&text);
}

/* Lines of --events that are none, and the first fault. */
static const struct {
	const char *line, *fault;
} lines[] = {
	{ "{\"id\":\"" ID "\",\"event\":{}}", "" },
	{ "{\"event\":{},\"rev\":7,\"\\u0069d\":\"x\"}", "" },
	{ "{\"id\":\"x\",\"rev\":null,\"event\":{}}", "" },
	{ "{\"event\":{}}", "id: required" },
	{ "{\"id\":\"x\"}", "event: required" },
	{ "{\"id\":7,\"event\":{}}", "id: expected a text" },
	{ "{\"id\":\"x\",\"event\":[]}", "event: expected an object" },
	{ "{\"id\":\"x\",\"event\":{},\"rev\":-1}", "rev: expected a whole number" },
	{ "{\"id\":\"x\",\"event\":{},\"rev\":1.5}", "rev: expected a whole number" },
	{ "{\"v\":1,\"id\":\"x\",\"rev\":1,\"events\":[]}",
		"a record, not an event: leave out --events" },
	{ "{\"id\":\"x\",\"event\":{},\"text\":1}", "expected id, rev and event; got \"text\"" },
};

static void
test_event_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct event_line line;
		struct arena arena;
		struct scan scan;
		struct err err = { 0 };
		int result;

		arena_init(&arena);
		scan_init(&scan);
		assert_int_equal(scan_line(&scan, lines[i].line, strlen(lines[i].line), &err), 0);
		result = event_line_read(&line, &scan, &arena, &err);
		if (result != (*lines[i].fault ? -1 : 0) || strcmp(err_text(&err), lines[i].fault) != 0)
			fail_msg("%s: %s", lines[i].line, err_text(&err));
		scan_release(&scan);
		arena_release(&arena);
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_event_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
