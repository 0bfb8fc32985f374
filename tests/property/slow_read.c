#include "slow_read.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

static void
read_hours(struct day *day, json_t *hours)
{
	size_t i;
	json_t *text;

	json_array_foreach(hours, i, text) {
		int h, m, to_h, to_m;

		if (sscanf(json_string_value(text), "%d:%d-%d:%d", &h, &m, &to_h, &to_m) != 4)
			abort();
		for (int at = h * 60 + m; at < to_h * 60 + to_m; at++)
			day->open[at] = true;
	}
}

static void
read_holiday(struct slow_calendar *calendar, json_t *holiday)
{
	const char *date = json_string_value(holiday);

	if (!date)
		date = json_string_value(json_object_get(holiday, "date"));
	if (!date)
		date = json_string_value(json_object_get(holiday, "yearly"));
	if (!date || calendar->n_holidays == HOLIDAYS)
		abort();
	snprintf(calendar->holiday[calendar->n_holidays].date, 11, "%s", date);
	read_hours(&calendar->holiday[calendar->n_holidays++].day,
		json_object_get(holiday, "hours"));
}

static void
read_calendar(struct slow_calendar *calendar, json_t *form)
{
	static const char *const weekday[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };
	json_t *holiday;
	size_t i;

	snprintf(calendar->zone, sizeof calendar->zone, "%s",
		json_string_value(json_object_get(form, "timezone")));
	for (i = 0; i < 7; i++)
		read_hours(&calendar->week[i],
			json_object_get(json_object_get(form, "hours"), weekday[i]));
	json_array_foreach(json_object_get(form, "holidays"), i, holiday)
		read_holiday(calendar, holiday);
}

struct slow_calendar *
slow_read(const char *name)
{
	struct slow_calendar *calendar = calloc(1, sizeof *calendar);
	json_t *form;
	char path[4096];

	if (!calendar)
		abort();
	snprintf(path, sizeof path, "%s/calendars/%s.json", getenv("ESC_POLICY_PATH"), name);
	form = json_load_file(path, 0, NULL);
	if (!form) {
		fprintf(stderr, "%s: not found, or no JSON\n", path);
		exit(2);
	}
	read_calendar(calendar, form);
	json_decref(form);
	snprintf(calendar->name, sizeof calendar->name, "%s", name);
	calendar->open = calloc(MINUTES, sizeof *calendar->open);
	calendar->offset = calloc(MINUTES, sizeof *calendar->offset);
	calendar->hour = calloc(MINUTES / 60, sizeof *calendar->hour);
	if (!calendar->open || !calendar->offset || !calendar->hour)
		abort();
	return calendar;
}
