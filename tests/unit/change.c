/*
 * What a command writes: where fields go, what stays byte for byte, `was`
 * and `judged` filled in, and what is refused for other than the state
 * (for which see tests/rules/commands.tsv).
 */
#include "cases.h"

#define NOW "2026-03-02T12:00:00Z"
#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"policy_version\":\"fold\"," \
	"\"created\":\"2026-03-02T09:00:00Z\""
#define FIRST    "{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}"
#define ACCEPTED "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\"}"
#define EVENTS   "\"events\":[" FIRST "]"
#define NEW      "{\"at\":\"" NOW "\",\"by\":\"bo\",\"type\":"

struct written {
	struct unit_case before, after; /* after: what change_write wrote */
	struct change change;
	struct buf out;
};

static void
begin(struct written *w, const char *line)
{
	case_open(&w->before, line);
	buf_init(&w->out);
	change_init(&w->change, &cases_policies, instant(NOW), span_of("bo"));
	if (change_begin(&w->change, &w->before.record, INSTANT_NONE, &w->before.arena,
			&w->before.err) < 0)
		fail_msg("%s: %s", line, err_text(&w->before.err));
}

/* members: as they stand in the event, with commas between. */
static int
add(struct written *w, enum event_type type, const char *members)
{
	struct buf *event = change_event(&w->change, type);

	if (*members) {
		buf_putc(event, ',');
		buf_puts(event, members);
	}
	return change_add(&w->change, &w->before.err);
}

static void
must_add(struct written *w, enum event_type type, const char *members)
{
	if (add(w, type, members) != 1)
		fail_msg("%s %s: %s", event_table[type].name, members,
			err_text(&w->before.err));
}

static void
finish(struct written *w)
{
	if (change_write(&w->change, &w->out, &w->before.err) < 0)
		fail_msg("%s", err_text(&w->before.err));
	case_open(&w->after, buf_cstr(&w->out));
}

static void
end_early(struct written *w)
{
	change_release(&w->change);
	buf_release(&w->out);
	case_close(&w->before);
}

static void
end(struct written *w)
{
	case_close(&w->after);
	end_early(w);
}

/* The names of the line's members, as written, with blanks between. */
static void
put_keys(struct buf *out, const struct scan *scan)
{
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		buf_puts(out, out->len ? " " : "");
		buf_put(out, scan->text + scan->node[at].key, scan->node[at].key_len);
	}
}

static void
member_is(const struct written *w, const char *name, const char *want)
{
	const struct scan *scan = &w->after.scan;
	uint32_t at = scan_member(scan, 0, name);
	struct span got = at ? scan_raw(scan, at) : span_of("-");

	if (!span_is(got, want))
		fail_msg("%s: %.*s\nexpected %s", name, (int)got.n, got.p, want);
}

static void
event_is(const struct written *w, size_t place, const char *want)
{
	const struct event *event = &w->after.record.event[place - 1];
	struct span got;

	assert_in_range(place, 1, w->after.record.n_events);
	got = scan_raw(event->scan, event->node);
	if (!span_is(got, want))
		fail_msg("event %zu: %.*s\nexpected %s", place, (int)got.n, got.p, want);
}

/* A line, what is amended, and the members of what is written, in order. */
static const struct {
	const char *line, *set, *keys;
} places[] = {
	{ "{" HEAD "," EVENTS "}", NULL,
		"v id rev policy policy_version created events state clocks due risk" },
	{ "{" HEAD ",\"x_a\":1," EVENTS ",\"x_b\":2}", NULL,
		"v id rev policy policy_version created x_a events state clocks due risk x_b" },
	{ "{" EVENTS "," HEAD "}", NULL,
		"events state clocks due risk v id rev policy policy_version created" },
	{ "{\"x_a\":1,\"risk\":\"2026-03-02T09:00:00Z\",\"state\":\"closed\"," HEAD "," EVENTS "}", NULL,
		"x_a risk state clocks due v id rev policy policy_version created events" },
	/* What the case does not have goes; sla goes wherever it stands. */
	{ "{\"sla\":{}," HEAD "," EVENTS ",\"held\":[\"asked\"],\"tier\":3,\"queue\":\"q\","
	  "\"resolution\":{},\"feedback\":{}}", NULL,
		"v id rev policy policy_version created events state clocks due risk" },
	{ "{" HEAD "," EVENTS ",\"sla\":{\"a\":[{}]},\"x_z\":0}", NULL,
		"v id rev policy policy_version created events state clocks due risk x_z" },
	{ "{" HEAD "," EVENTS ",\"sla\":{}}", NULL,
		"v id rev policy policy_version created events state clocks due risk" },
	{ "{" HEAD "," EVENTS ",\"st\\u0061te\":\"closed\"}", NULL,
		"v id rev policy policy_version created events state clocks due risk" },
	{ "{" HEAD ",\"subject\":null," EVENTS ",\"state\":null}", NULL,
		"v id rev policy policy_version created subject events state clocks due risk" },
	/* Fields that are amended into being stand where the page has them. */
	{ "{" HEAD "," EVENTS "}", "\"subject\":\"s\",\"case_number\":\"c\"",
		"v id rev policy policy_version created case_number subject events state clocks due risk" },
	{ "{" HEAD ",\"description\":\"d\"," EVENTS "}", "\"subject\":\"s\",\"handler\":\"h\"",
		"v id rev policy policy_version created subject description handler events state clocks due risk" },
	{ "{\"description\":\"d\"," HEAD "," EVENTS "}", "\"subject\":\"s\",\"handler\":\"h\"",
		"description handler v id rev policy policy_version created subject events state clocks due risk" },
	{ "{" HEAD ",\"subject\":\"s\",\"description\":\"d\"," EVENTS "}", "\"subject\":null",
		"v id rev policy policy_version created description events state clocks due risk" },
	{ "{" HEAD "," EVENTS "}", "\"requester.name\":\"Kim\"",
		"v id rev policy policy_version created requester events state clocks due risk" },
	{ "{" HEAD ",\"requester\":{\"name\":\"Kim\"}," EVENTS "}", "\"requester.name\":null",
		"v id rev policy policy_version created events state clocks due risk" },
	/* One's own stand before the events, in the order they came. */
	{ "{" HEAD "," EVENTS "}", "\"x_b\":1,\"x_a\":2",
		"v id rev policy policy_version created x_b x_a events state clocks due risk" },
	{ "{\"x_a\":0," HEAD "," EVENTS ",\"x_c\":0}", "\"x_c\":1,\"x_a\":null,\"x_b\":null",
		"v id rev policy policy_version created events state clocks due risk x_c" },
	{ "{" EVENTS "," HEAD "}", "\"x_a\":2",
		"x_a events state clocks due risk v id rev policy policy_version created" },
};

static void
test_places(void **state)
{
	struct buf keys = { 0 }, members = { 0 };
	struct written w;

	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		begin(&w, places[i].line);
		members.len = keys.len = 0;
		buf_printf(&members, "\"set\":{%s},\"because\":\"b\"", places[i].set);
		if (places[i].set)
			must_add(&w, EV_AMENDED, buf_cstr(&members));
		finish(&w);
		put_keys(&keys, &w.after.scan);
		if (strcmp(buf_cstr(&keys), places[i].keys) != 0)
			fail_msg("%s\n%s\nexpected %s", places[i].line, keys.data, places[i].keys);
		end(&w);
	}
	buf_release(&keys);
	buf_release(&members);
}

/* What nobody changes stays as it was written, blanks too. */
static void
test_bytes(void **state)
{
	static const char odd[] = "\"x_odd\" : [ 1E2 , -0,\"\\u00e9\\/\" ]";
	static const char events[] = "\"events\" : [ {\"type\" : \"submitted\" , "
		"\"at\":\"2026-03-02T09:00:00.5Z\" , \"n\":1E5 } ]";
	struct buf line = { 0 };
	struct written w;

	(void)state;
	buf_printf(&line, "{ %s , %s , \"subject\" : \"\\u0041\" , %s , \"x_last\" : { } }",
		HEAD, odd, events);
	begin(&w, buf_cstr(&line));
	must_add(&w, EV_NOTED, "\"text\":\"t\"");
	finish(&w);
	assert_non_null(strstr(w.out.data, odd));
	assert_non_null(strstr(w.out.data, "\"subject\" : \"\\u0041\""));
	assert_non_null(strstr(w.out.data, "\"x_last\" : { }"));
	event_is(&w, 1, "{\"type\" : \"submitted\" , \"at\":\"2026-03-02T09:00:00.5Z\" , \"n\":1E5 }");
	event_is(&w, 2, NEW "\"noted\",\"text\":\"t\"}");
	end(&w);
	buf_release(&line);
}

static void
test_amended_values(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{\"x_a\":1E2," HEAD ",\"subject\":\"s\",\"requester\":{\"email\":\"k@x\",\"x\":1E1},"
		EVENTS ",\"x_y\":[1]}");
	must_add(&w, EV_AMENDED, "\"set\":{\"x_a\":{\"b\":1E3},\"subject\":\"\\u0041\","
		"\"x_y\":null,\"x_n\":\"n\",\"requester.name\":\"Kim\"},\"because\":\"b\"");
	must_add(&w, EV_AMENDED, "\"set\":{\"x_n\":\"m\"},\"because\":\"b\"");
	finish(&w);
	member_is(&w, "x_a", "{\"b\":1E3}");
	member_is(&w, "subject", "\"\\u0041\"");
	member_is(&w, "x_y", "-");
	member_is(&w, "x_n", "\"m\"");
	member_is(&w, "requester", "{\"email\":\"k@x\",\"x\":1E1,\"name\":\"Kim\"}");
	event_is(&w, 2, NEW "\"amended\",\"set\":{\"x_a\":{\"b\":1E3},\"subject\":\"\\u0041\","
		"\"x_y\":null,\"x_n\":\"n\",\"requester.name\":\"Kim\"},\"because\":\"b\","
		"\"was\":{\"x_a\":1E2,\"subject\":\"s\",\"x_y\":[1],\"x_n\":null,\"requester.name\":null}}");
	event_is(&w, 3, NEW "\"amended\",\"set\":{\"x_n\":\"m\"},\"because\":\"b\","
		"\"was\":{\"x_n\":\"n\"}}");
	end(&w);
}

/* The same, however it is written, adds nothing; a number is what is written. */
static void
test_amended_again(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"subject\":\"A\",\"x_n\":1,\"x_o\":{\"a\":\"b\",\"c\":2}," EVENTS "}");
	assert_int_equal(add(&w, EV_AMENDED, "\"set\":{\"subject\":\"\\u0041\","
		"\"x_o\":{\"c\":2,\"a\":\"\\u0062\"}},\"because\":\"b\""), 0);
	must_add(&w, EV_AMENDED, "\"set\":{\"x_n\":1.0},\"because\":\"b\"");
	finish(&w);
	member_is(&w, "x_n", "1.0");
	end(&w);
}

/* An event of other hands that changes nothing says all the same what was. */
static void
test_was_without_effect(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"subject\":\"now\",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\",\"set\":{\"subject\":\"now\"}}"
		",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"amended\",\"set\":{\"subject\":\"now\"}}]}");
	finish(&w);
	event_is(&w, 3, "{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"now\"},\"was\":{\"subject\":\"now\"}}");
	end(&w);
}

/* A retraction brings back what `was` says, and takes away what was added. */
static void
test_retracted_values(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"subject\":\"new\",\"x_a\":2,\"x_b\":3,\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"new\",\"x_a\":2,\"x_b\":3},"
		"\"was\":{\"subject\":\"old\",\"x_a\":1E0,\"x_b\":null}}]}");
	must_add(&w, EV_RETRACTED, "\"event\":2,\"because\":\"b\"");
	finish(&w);
	member_is(&w, "subject", "\"old\"");
	member_is(&w, "x_a", "1E0");
	member_is(&w, "x_b", "-");
	end(&w);
}

/* Of unknown fields a dot is a part of the name. */
static void
test_dots(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"x_o\":{\"a\":1}," EVENTS "}");
	must_add(&w, EV_AMENDED, "\"set\":{\"x_o.a\":2},\"because\":\"b\"");
	must_add(&w, EV_RETRACTED, "\"event\":2,\"because\":\"b\"");
	finish(&w);
	event_is(&w, 2, NEW "\"amended\",\"set\":{\"x_o.a\":2},\"because\":\"b\","
		"\"was\":{\"x_o.a\":null}}");
	member_is(&w, "x_o", "{\"a\":1}");
	member_is(&w, "x_o.a", "-");
	end(&w);
}

/* Events of other hands that say not what was. */
static void
test_was_of_older_events(void **state)
{
	static const char set[] = "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"A\",\"x_a\":null}";
	static const char late[] = "{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"B\"}";
	struct buf line = { 0 }, want = { 0 };
	struct written w;

	(void)state;
	buf_printf(&line, "{%s,\"subject\":\"now\",\"events\":[%s,%s},%s}]}", HEAD, FIRST, set, late);
	begin(&w, buf_cstr(&line));
	finish(&w);
	buf_printf(&want, "%s,\"was\":{\"subject\":\"now\",\"x_a\":null}}", set);
	event_is(&w, 2, buf_cstr(&want));
	want.len = 0;
	buf_printf(&want, "%s,\"was\":{\"subject\":\"A\"}}", late);
	event_is(&w, 3, buf_cstr(&want));
	member_is(&w, "subject", "\"B\"");
	end(&w);
	buf_release(&line);
	buf_release(&want);
}

/* null is as good as none, and no second member of the name. */
static void
test_was_of_null(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"subject\":\"now\",\"events\":[" FIRST
		",{\"was\" : null, \"judged\":null,\"at\":\"2026-03-02T10:00:00Z\","
		"\"type\":\"amended\",\"set\":{\"subject\":\"A\"}}]}");
	finish(&w);
	event_is(&w, 2, "{\"was\" : {\"subject\":\"now\"}, \"judged\":null,"
		"\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\",\"set\":{\"subject\":\"A\"}}");
	member_is(&w, "subject", "\"A\"");
	end(&w);
}

/* One that was never applied says what is known of the first change alone. */
static void
test_was_of_retracted_events(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"subject\":\"now\",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\",\"set\":{\"subject\":\"A\"}}"
		",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\",\"set\":{\"subject\":\"B\"}}"
		",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"retracted\",\"event\":2}"
		",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"retracted\",\"event\":3}]}");
	finish(&w);
	event_is(&w, 2, "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"A\"},\"was\":{\"subject\":\"now\"}}");
	event_is(&w, 3, "{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"amended\","
		"\"set\":{\"subject\":\"B\"}}");
	member_is(&w, "subject", "\"now\"");
	end(&w);
}

#define ACKNOWLEDGE_MET \
	"{\"clock\":\"acknowledge\",\"cycle\":1,\"target_at\":\"2026-03-03T13:00:00Z\"," \
	"\"limit_at\":\"2026-03-03T17:00:00Z\",\"verdict\":\"met\"}"

/* A new event says what it stops; older ones only where all are asked for. */
static void
test_judged(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD "," EVENTS "}");
	must_add(&w, EV_ACKNOWLEDGED, "\"text\":\"t\"");
	must_add(&w, EV_NOTED, "\"text\":\"t\"");
	finish(&w);
	event_is(&w, 2, NEW "\"acknowledged\",\"text\":\"t\",\"judged\":[" ACKNOWLEDGE_MET "]}");
	event_is(&w, 3, NEW "\"noted\",\"text\":\"t\"}");
	end(&w);
	begin(&w, "{" HEAD ",\"events\":[" FIRST "," ACCEPTED "]}");
	must_add(&w, EV_NOTED, "\"text\":\"t\"");
	finish(&w);
	event_is(&w, 2, ACCEPTED);
	end(&w);
}

static void
test_judged_of_older_events(void **state)
{
	static const struct {
		const char *before, *after;
	} rows[] = {
		{ "", ",\"judged\":[" ACKNOWLEDGE_MET "]" },
		{ ",\"judged\":[],\"z\":1", ",\"judged\":[" ACKNOWLEDGE_MET "],\"z\":1" },
		{ ",\"judged\":[{\"clock\":\"no\"}],\"z\":1",
			",\"judged\":[{\"clock\":\"no\"}," ACKNOWLEDGE_MET "],\"z\":1" },
		{ ",\"judged\":[" ACKNOWLEDGE_MET "]", ",\"judged\":[" ACKNOWLEDGE_MET "]" },
		{ ",\"judged\":null,\"z\":1", ",\"judged\":[" ACKNOWLEDGE_MET "],\"z\":1" },
	};
	struct buf line = { 0 }, want = { 0 };
	struct written w;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		line.len = want.len = 0;
		buf_printf(&line, "{%s,\"events\":[%s,{\"at\":\"%s\",\"type\":\"acknowledged\"%s}]}",
			HEAD, FIRST, NOW, rows[i].before);
		buf_printf(&want, "{\"at\":\"%s\",\"type\":\"acknowledged\"%s}", NOW, rows[i].after);
		begin(&w, buf_cstr(&line));
		w.change.judge_all = true;
		finish(&w);
		event_is(&w, 2, buf_cstr(&want));
		end(&w);
	}
	buf_release(&line);
	buf_release(&want);
}

static void
test_over(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"events\":[" FIRST ",{\"at\":\"2026-03-03T17:00:01Z\",\"type\":\"accepted\"}]}");
	w.change.judge_all = true;
	finish(&w);
	event_is(&w, 2, "{\"at\":\"2026-03-03T17:00:01Z\",\"type\":\"accepted\",\"judged\":["
		"{\"clock\":\"acknowledge\",\"cycle\":1,\"target_at\":\"2026-03-03T13:00:00Z\","
		"\"limit_at\":\"2026-03-03T17:00:00Z\",\"verdict\":\"missed\",\"over\":0}]}");
	end(&w);
}

/* More events than the first room for them. */
static void
test_many(void **state)
{
	struct buf text = { 0 };
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"events\":[" FIRST "," ACCEPTED "]}");
	for (int i = 0; i < 100; i++) {
		text.len = 0;
		buf_printf(&text, "\"assignee\":\"a%d\"", i);
		must_add(&w, EV_ASSIGNED, buf_cstr(&text));
	}
	finish(&w);
	assert_int_equal(w.after.record.n_events, 102);
	event_is(&w, 3, NEW "\"assigned\",\"assignee\":\"a0\"}");
	event_is(&w, 102, NEW "\"assigned\",\"assignee\":\"a99\"}");
	member_is(&w, "assignee", "\"a99\"");
	end(&w);
	buf_release(&text);
}

/* --at, and events recorded after now. */
static void
test_times(void **state)
{
	static const char later[] = "{" HEAD ",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:30:00Z\",\"logged\":\"2026-03-02T12:30:00Z\",\"type\":\"noted\"}"
		",{\"at\":\"2026-03-02T10:00:00Z\",\"logged\":\"2026-03-02T13:00:00Z\",\"type\":\"noted\"}]}";
	struct written w;
	struct err err = { 0 };

	(void)state;
	begin(&w, later);
	assert_true(change_is_late(&w.change));
	must_add(&w, EV_NOTED, "\"text\":\"t\"");
	finish(&w);
	event_is(&w, 4, "{\"at\":\"2026-03-02T13:00:00Z\",\"by\":\"bo\",\"type\":\"noted\",\"text\":\"t\"}");
	case_close(&w.after);
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T10:30:00Z"),
		&w.before.arena, &err), 0);
	must_add(&w, EV_NOTED, "\"text\":\"t\"");
	w.out.len = 0;
	finish(&w);
	event_is(&w, 4, "{\"at\":\"2026-03-02T10:30:00Z\",\"logged\":\"2026-03-02T13:00:00Z\","
		"\"by\":\"bo\",\"type\":\"noted\",\"text\":\"t\"}");
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T12:00:01Z"),
		&w.before.arena, &err), -1);
	assert_string_equal(err_text(&err), "at: lies in the future");
	err_reset(&err);
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T08:59:59Z"),
		&w.before.arena, &err), -1);
	assert_string_equal(err_text(&err), "at: lies before the case was created");
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T09:00:00Z"),
		&w.before.arena, &err), 0);
	assert_int_equal(change_begin(&w.change, &w.before.record, instant(NOW),
		&w.before.arena, &err), 0);
	end(&w);
	err_release(&err);
}

/* Derived fields of a backdated command are of the whole case. */
static void
test_backdated(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"events\":[" FIRST ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"accepted\"}]}");
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T10:00:00Z"),
		&w.before.arena, &w.before.err), 0);
	assert_int_equal(w.change.fold.state, STATE_SUBMITTED);
	must_add(&w, EV_ASSIGNED, "\"assignee\":\"ann\"");
	finish(&w);
	member_is(&w, "state", "\"escalated\"");
	member_is(&w, "assignee", "\"ann\"");
	event_is(&w, 3, "{\"at\":\"2026-03-02T10:00:00Z\",\"logged\":\"" NOW "\",\"by\":\"bo\","
		"\"type\":\"assigned\",\"assignee\":\"ann\"}");
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T10:00:00Z"),
		&w.before.arena, &w.before.err), 0);
	assert_int_equal(add(&w, EV_ACKNOWLEDGED, ""), -1);
	assert_string_equal(err_text(&w.before.err),
		"cannot acknowledge at that time: accepted on 2026-03-02 came later");
	/* What came at the same time stands before it in the list. */
	assert_int_equal(change_begin(&w.change, &w.before.record, instant("2026-03-02T11:00:00Z"),
		&w.before.arena, &w.before.err), 0);
	must_add(&w, EV_PROMOTED, "\"from\":1,\"to\":2,\"reason\":\"r\"");
	end(&w);
}

/* An event, what change_add says, and the first fault. */
static const struct {
	enum event_type type;
	const char *members;
	int result;
	const char *fault;
} checks[] = {
	{ EV_NOTED, "", -1, "text: required" },
	{ EV_NOTED, "\"text\":\"\"", -1, "text: required" },
	{ EV_NOTED, "\"text\":null", -1, "text: required" },
	{ EV_NOTED, "\"text\":7", -1, "text: expected a text" },
	{ EV_PAUSED, "", -1, "reason: required" },
	{ EV_PAUSED, "\"rule\":\"r\"", 1, "" },
	{ EV_PROMOTED, "\"to\":2,\"reason\":\"r\"", -1, "from: required" },
	{ EV_PROMOTED, "\"from\":2,\"to\":3,\"reason\":\"r\"", -1,
		"cannot promote: it is no longer at the tier it was" },
	{ EV_PROMOTED, "\"from\":0,\"to\":3,\"reason\":\"r\"", -1,
		"cannot promote: it is no longer at the tier it was" },
	{ EV_PROMOTED, "\"from\":2,\"to\":1,\"reason\":\"r\"", 0, "" },
	{ EV_PROMOTED, "\"from\":1,\"to\":0,\"reason\":\"r\"", -1,
		"tier: policy fold has tiers 1 to 3; got 0" },
	{ EV_PROMOTED, "\"from\":1,\"to\":4,\"reason\":\"r\"", -1,
		"tier: policy fold has tiers 1 to 3; got 4" },
	{ EV_PROMOTED, "\"from\":1,\"to\":3,\"auto\":true", 1, "" },
	{ EV_ROUTED, "\"queue\":\"nowhere\"", -1,
		"queue: expected one of home, early, day; got \"nowhere\"" },
	{ EV_ROUTED, "\"queue\":\"home\"", 1, "" },
	{ EV_ANSWERED, "\"text\":\"t\"", -1, "cannot record an answer: no question is open" },
	{ EV_RESUMED, "", 0, "" },
	{ EV_ACKNOWLEDGED, "", 0, "" },
	{ EV_ACCEPTED, "", 0, "" },
	{ EV_ACCEPTED, "\"tier\":1", 0, "" },
	{ EV_ACCEPTED, "\"tier\":2", -1,
		"cannot accept: already accepted; esc-promote --to moves it" },
	{ EV_DUE_SET, "\"due\":\"2026-03-09T09:00:00Z\",\"because\":\"b\"", -1,
		"cannot set a deadline: the tier has a limit of its own" },
	{ EV_CLOSED, "", -1, "cannot close: escalated on 2026-03-02" },
	{ EV_RETRACTED, "\"event\":0,\"because\":\"b\"", -1, "cannot retract: there is no such event" },
	{ EV_RETRACTED, "\"event\":1,\"because\":\"b\"", -1,
		"cannot retract: the first event is the submission" },
	{ EV_RETRACTED, "\"event\":3,\"because\":\"b\"", -1, "cannot retract: there is no such event" },
	{ EV_RETRACTED, "\"event\":2,\"because\":\"b\"", 1, "" },
	{ EV_REPINNED, "\"from\":\"fold\",\"to\":\"fold\",\"because\":\"b\"", 0, "" },
	{ EV_REPINNED, "\"from\":\"fold\",\"to\":\"gone\",\"because\":\"b\"", -1, "policy: gone is nowhere" },
	{ EV_RESOLVED, "\"outcome\":\"anything\",\"summary\":\"s\"", 1, "" },
	{ EV_RECLASSIFIED, "\"set\":{\"impact\":\"critical\"},\"because\":\"b\"", 1, "" },
	{ EV_RECLASSIFIED, "\"set\":{\"impact\":null},\"because\":\"b\"", 0, "" },
	{ EV_RECLASSIFIED, "\"set\":{\"impact\":\"Critical\"},\"because\":\"b\"", -1,
		"impact: not a code of the policy" },
	{ EV_RECLASSIFIED, "\"set\":{\"impact\":[\"critical\"]},\"because\":\"b\"", -1,
		"impact: not a code of the policy" },
	{ EV_RECLASSIFIED, "\"set\":{\"subject\":\"s\"},\"because\":\"b\"", -1,
		"subject: policy fold has no codes for it" },
	{ EV_RECLASSIFIED, "\"set\":{\"tier\":2},\"because\":\"b\"", -1, "tier: is not part of the form" },
	{ EV_RECLASSIFIED, "\"set\":{},\"because\":\"b\"", 0, "" },
	{ EV_AMENDED, "\"set\":{\"impact\":\"critical\"},\"because\":\"b\"", -1,
		"impact: policy fold has codes for it: reclassify it" },
	{ EV_AMENDED, "\"set\":{\"requester\":\"Kim\"},\"because\":\"b\"", -1,
		"requester: expected an object of texts" },
	{ EV_AMENDED, "\"set\":{\"case_opened\":\"soon\"},\"because\":\"b\"", -1,
		"case_opened: expected YYYY-MM-DDThh:mm:ssZ; got \"soon\"" },
	{ EV_AMENDED, "\"set\":{\"subject\":7,\"x_a\":7},\"because\":\"b\"", -1,
		"subject: expected a text" },
	{ EV_AMENDED, "\"set\":{\"x_a\":7},\"because\":\"b\"", 1, "" },
	{ EV_AMENDED, "\"set\":{\"requester\":{\"name\":\"Kim\"}},\"because\":\"b\"", 1, "" },
	{ EV_AMENDED, "\"set\":{\"x_none\":null},\"because\":\"b\"", 0, "" },
	{ EV_AMENDED, "\"set\":{\"requester.name\":null},\"because\":\"b\"", 0, "" },
};

static void
test_checks(void **state)
{
	struct written w;

	(void)state;
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		int result;

		begin(&w, "{" HEAD ",\"events\":[" FIRST "," ACCEPTED "]}");
		result = add(&w, checks[i].type, checks[i].members);
		if (result != checks[i].result ||
			strcmp(err_text(&w.before.err), checks[i].fault) != 0)
			fail_msg("%s %s: %d, %s; expected %d, %s",
				event_table[checks[i].type].name, checks[i].members, result,
				err_text(&w.before.err), checks[i].result, checks[i].fault);
		assert_true(result < 0 || w.change.n_added == (size_t)result);
		end_early(&w);
	}
}

/* A deadline lies after the recording. */
static void
test_due(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{" HEAD ",\"events\":[" FIRST
		",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":3}]}");
	assert_int_equal(add(&w, EV_DUE_SET, "\"due\":\"" NOW "\",\"because\":\"b\""), -1);
	assert_string_equal(err_text(&w.before.err), "cannot set a deadline: it is in the past");
	must_add(&w, EV_DUE_SET, "\"due\":\"2026-03-02T12:00:01Z\",\"because\":\"b\"");
	end_early(&w);
}

/*
 * A clock that ran on after a resolution without `judged`: what stops it
 * again has the older event say what it stopped, so that it folds the same.
 */
static void
test_judged_again(void **state)
{
	struct written w, again;

	(void)state;
	begin(&w, "{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\",\"policy_version\":\"continue\","
		"\"created\":\"2026-03-02T09:00:00Z\",\"events\":[" FIRST "," ACCEPTED
		",{\"at\":\"2026-03-02T10:30:00Z\",\"type\":\"resolved\"}"
		",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"reopened\"}]}");
	must_add(&w, EV_PROMOTED, "\"from\":1,\"to\":2,\"reason\":\"r\"");
	finish(&w);
	event_is(&w, 3, "{\"at\":\"2026-03-02T10:30:00Z\",\"type\":\"resolved\",\"judged\":["
		"{\"clock\":\"tier\",\"tier\":1,\"cycle\":1,\"target_at\":\"2026-03-03T17:00:00Z\","
		"\"limit_at\":\"2026-03-04T17:00:00Z\",\"verdict\":\"met\"}]}");
	begin(&again, w.out.data);
	finish(&again);
	assert_string_equal(buf_cstr(&again.out), buf_cstr(&w.out));
	end(&again);
	end(&w);
}

/* Every member of a clock, in the order of the page. */
static void
test_clocks(void **state)
{
	struct written w;

	(void)state;
	begin(&w, "{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\",\"policy_version\":\"lean\","
		"\"created\":\"2026-03-02T09:00:00Z\",\"events\":[" FIRST "," ACCEPTED
		",{\"at\":\"2026-03-02T10:30:00Z\",\"type\":\"paused\"}"
		",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"resumed\"}]}");
	must_add(&w, EV_PAUSED, "\"reason\":\"r\"");
	finish(&w);
	member_is(&w, "clocks", "[{\"clock\":\"acknowledge\",\"cycle\":1,"
		"\"started_at\":\"2026-03-02T09:00:00Z\",\"target_at\":\"2026-03-04T11:00:00Z\","
		"\"limit_at\":\"2026-03-04T17:00:00Z\",\"stopped_at\":\"2026-03-02T10:00:00Z\","
		"\"state\":\"met\"},{\"clock\":\"tier\",\"tier\":1,\"cycle\":1,"
		"\"started_at\":\"2026-03-02T10:00:00Z\",\"target_at\":\"2026-03-04T09:30:00Z\","
		"\"limit_at\":\"2026-03-09T09:30:00Z\",\"paused\":1800,"
		"\"held_at\":\"2026-03-02T12:00:00Z\",\"state\":\"held\"}]");
	member_is(&w, "held", "[\"paused\"]");
	member_is(&w, "due", "-");
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_amended_values),
		cmocka_unit_test(test_amended_again),
		cmocka_unit_test(test_was_without_effect),
		cmocka_unit_test(test_retracted_values),
		cmocka_unit_test(test_dots),
		cmocka_unit_test(test_was_of_older_events),
		cmocka_unit_test(test_was_of_null),
		cmocka_unit_test(test_was_of_retracted_events),
		cmocka_unit_test(test_judged),
		cmocka_unit_test(test_judged_of_older_events),
		cmocka_unit_test(test_judged_again),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_backdated),
		cmocka_unit_test(test_checks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
