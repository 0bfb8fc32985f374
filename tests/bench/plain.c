/*
 * plain: the obvious way to write these filters in C: parse a line into a
 * tree with jansson, edit it, print it again.  What esc is measured against.
 *     plain note|ack|promote|check|pick NOW <cases.jsonl
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void
append(json_t *record, const char *now, const char *type)
{
	json_t *event = json_pack("{ssssss}", "at", now, "by", "t", "type", type);

	json_array_append_new(json_object_get(record, "events"), event);
}

static int
note(json_t *record, const char *now)
{
	json_t *events = json_object_get(record, "events");

	append(record, now, "noted");
	json_object_set_new(json_array_get(events, json_array_size(events) - 1), "text",
		json_string("hello"));
	return 1;
}

static int
ack(json_t *record, const char *now)
{
	append(record, now, "acknowledged");
	json_object_set_new(record, "state", json_string("acknowledged"));
	return 1;
}

/* Without the deadline of the new tier: that would need a calendar. */
static int
promote(json_t *record, const char *now)
{
	json_int_t tier = json_integer_value(json_object_get(record, "tier"));

	append(record, now, "promoted");
	json_object_set_new(record, "tier", json_integer(tier + 1));
	return 1;
}

static time_t
seconds(const json_t *value)
{
	struct tm tm = { 0 };
	const char *text = json_string_value(value);

	if (!text || !strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm))
		return 0;
	return timegm(&tm);
}

/* 0 ok, 1 risk, 2 breached */
static int
verdict(const json_t *clock, time_t now)
{
	time_t target = seconds(json_object_get(clock, "target_at"));
	time_t limit = seconds(json_object_get(clock, "limit_at"));

	if (limit && now > limit)
		return 2;
	return target && now > target;
}

static int
check(json_t *record, const char *now)
{
	static const char *const names[] = { "ok", "risk", "breached" };
	json_t *text = json_string(now), *clock;
	time_t at = seconds(text);
	int worst = 0;
	size_t i;

	json_array_foreach(json_object_get(record, "clocks"), i, clock) {
		const char *state = json_string_value(json_object_get(clock, "state"));
		int found = strcmp(state, "running") == 0 ? verdict(clock, at) : 0;

		worst = found > worst ? found : worst;
	}
	json_object_set_new(record, "sla", json_pack("{soss}", "at", text, "verdict", names[worst]));
	return 1;
}

static int
pick(json_t *record, const char *now)
{
	(void)now;
	return json_integer_value(json_object_get(record, "x_visits")) < 5;
}

static const struct {
	const char *name;
	int (*edit)(json_t *record, const char *now);
} jobs[] = {
	{ "note", note }, { "ack", ack }, { "promote", promote }, { "check", check }, { "pick", pick },
};

static int
run(int (*edit)(json_t *record, const char *now), const char *now)
{
	char *line = NULL;
	size_t cap = 0;

	while (getline(&line, &cap, stdin) > 0) {
		json_t *record = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

		if (!record)
			return 65;
		if (edit(record, now)) {
			json_dumpf(record, stdout, JSON_COMPACT);
			putchar('\n');
		}
		json_decref(record);
	}
	free(line);
	return fflush(stdout) ? 74 : 0;
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc == 3 && i < sizeof jobs / sizeof *jobs; i++)
		if (strcmp(argv[1], jobs[i].name) == 0)
			return run(jobs[i].edit, argv[2]);
	fprintf(stderr, "usage: plain note|ack|promote|check|pick NOW\n");
	return 64;
}
