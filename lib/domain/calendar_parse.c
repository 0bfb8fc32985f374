#include <stdlib.h>
#include <string.h>

#include "domain/calendar_read.h"

/* A weekday comes 521 or 522 times in ten years, a date of a year twice. */
#define SURELY_OPEN 520
#define TEN_YEARS   10

static const char *const day_names[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat", NULL };

static void
read_zone(struct place *place, struct calendar *calendar, const json_t *json)
{
	const char *name = place_string(place, json, "timezone");
	struct err err = { 0 };

	if (!json_object_get(json, "timezone"))
		err_add(place->err, EX_CONFIG, "/timezone", "required");
	if (!name)
		return;
	calendar->zone = zone_load(name, &err);
	if (!calendar->zone)
		err_add(place->err, EX_CONFIG, "/timezone", "%s",
			err_text(&err));
	err_release(&err);
}

static void
read_week(struct place *place, struct calendar *calendar, const json_t *json)
{
	const json_t *hours = json_object_get(json, "hours");
	size_t outer = place_enter(place, "hours");

	if (!json_is_object(hours))
		err_add(place->err, EX_CONFIG, place_text(place), "%s",
			hours ? "expected an object of weekdays" : "required");
	else
		place_check_keys(place, hours, day_names);
	for (int i = 0; i < 7; i++) {
		const json_t *list = json_object_get(hours, day_names[i]);
		size_t back = place_enter(place, day_names[i]);

		if (list)
			hours_read(place, list, &calendar->arena,
				&calendar->week[i]);
		place_leave(place, back);
	}
	place_leave(place, outer);
}

static int
read_date(struct place *place, const char *text, struct holiday *holiday)
{
	struct err err = { 0 };
	int result = date_parse(span_of(text), &holiday->day, &err);

	if (result != 0)
		err_add(place->err, EX_CONFIG, place_text(place), "%s",
			err_text(&err));
	err_release(&err);
	return result;
}

/* MM-DD, read as a date of a leap year. */
static int
read_yearly(struct place *place, const char *text, struct holiday *holiday)
{
	char date[] = "2000-MM-DD";
	struct err err = { 0 };
	int result = -1, year;
	int64_t day;

	if (strlen(text) == 5) {
		memcpy(date + 5, text, 5);
		result = date_parse(span_of(date), &day, &err);
	}
	if (result == 0)
		civil_from_days(day, &year, &holiday->month, &holiday->mday);
	else
		err_add(place->err, EX_CONFIG, place_text(place),
			"expected a day of the year as MM-DD; got \"%s\"", text);
	err_release(&err);
	return result;
}

static int
read_day(struct place *place, const json_t *value, struct holiday *holiday)
{
	const char *date = place_string(place, value, "date");
	const char *yearly = place_string(place, value, "yearly");
	size_t back;
	int result;

	if (!date == !yearly)
		return err_add(place->err, EX_CONFIG, place_text(place),
			"expected either a \"date\" or a \"yearly\" day");
	back = place_enter(place, date ? "date" : "yearly");
	result = date ? read_date(place, date, holiday) :
		read_yearly(place, yearly, holiday);
	place_leave(place, back);
	return result;
}

/* "YYYY-MM-DD", or an object. */
static int
read_holiday(struct place *place, struct calendar *calendar,
	const json_t *value, struct holiday *holiday)
{
	static const char *const keys[] = { "date", "yearly", "hours", "name",
		NULL };
	const json_t *hours = json_object_get(value, "hours");
	const char *name;
	size_t back;

	*holiday = (struct holiday){ .name = "" };
	if (json_is_string(value))
		return read_date(place, json_string_value(value), holiday);
	if (!json_is_object(value))
		return err_add(place->err, EX_CONFIG, place_text(place),
			"expected a date, or an object with one");
	place_check_keys(place, value, keys);
	name = place_string(place, value, "name");
	if (name)
		holiday->name = arena_copy(&calendar->arena, name, strlen(name));
	if (hours) {
		back = place_enter(place, "hours");
		hours_read(place, hours, &calendar->arena, &holiday->hours);
		holiday->partly = holiday->hours.n > 0;
		place_leave(place, back);
	}
	return read_day(place, value, holiday);
}

/* In ascending order; a list that is sorted already is only appended to. */
static void
add_dated(struct place *place, struct calendar *calendar,
	const struct holiday *holiday)
{
	struct holiday *dated = calendar->dated;
	size_t i = calendar->n_dated;

	for (; i > 0 && dated[i - 1].day > holiday->day; i--)
		continue;
	if (i > 0 && dated[i - 1].day == holiday->day) {
		err_add(place->err, EX_CONFIG, place_text(place),
			"the date is given twice");
		return;
	}
	memmove(dated + i + 1, dated + i,
		(calendar->n_dated++ - i) * sizeof *dated);
	dated[i] = *holiday;
}

static void
add_yearly(struct place *place, struct calendar *calendar,
	const struct holiday *holiday)
{
	uint16_t *at = &calendar->yearly_at[holiday->month][holiday->mday];

	if (*at > 0) {
		err_add(place->err, EX_CONFIG, place_text(place),
			"the day is given twice");
		return;
	}
	calendar->yearly[calendar->n_yearly++] = *holiday;
	*at = (uint16_t)calendar->n_yearly;
}

static void
read_holidays(struct place *place, struct calendar *calendar,
	const json_t *json)
{
	const json_t *list = json_object_get(json, "holidays");
	size_t n = json_array_size(list), i, back;
	struct holiday holiday;
	json_t *value;

	if (list && !json_is_array(list))
		err_add(place->err, EX_CONFIG, "/holidays", "expected a list");
	calendar->dated = arena_alloc(&calendar->arena, n * sizeof holiday);
	calendar->yearly = arena_alloc(&calendar->arena, n * sizeof holiday);
	json_array_foreach(list, i, value) {
		place_enter(place, "holidays");
		back = place_enter_index(place, i);
		if (read_holiday(place, calendar, value, &holiday) != 0)
			;
		else if (holiday.month > 0)
			add_yearly(place, calendar, &holiday);
		else
			add_dated(place, calendar, &holiday);
		place_leave(place, back);
		place_leave(place, 0);
	}
}

/* Most calendars are seen at once to be open often enough. */
static bool
is_surely_open(const struct calendar *calendar)
{
	size_t closed = calendar->n_dated + 2 * calendar->n_yearly;

	for (int i = 0; i < 7; i++)
		if (calendar->week[i].n > 0)
			return closed < SURELY_OPEN;
	return false;
}

/* The year in which ten years without open time begin; 0: there are none. */
static int
find_closed_years(const struct calendar *calendar)
{
	int64_t end = civil_days(TABLE_LAST_YEAR, 1, 1);
	int64_t day = civil_days(TABLE_FIRST_YEAR + 1, 1, 1);
	int64_t last = day;
	int year, month, mday;

	for (; day < end; day++) {
		if (calendar_hours(calendar, day)->n > 0)
			last = day;
		civil_from_days(last, &year, &month, &mday);
		if (day >= civil_days(year + TEN_YEARS, month, mday))
			return year;
	}
	return 0;
}

static void
check_open(struct place *place, const struct calendar *calendar)
{
	int year = is_surely_open(calendar) ? 0 : find_closed_years(calendar);

	if (year > 0)
		err_add(place->err, EX_CONFIG, NULL,
			"no open time within ten years from %d", year);
}

static void
read_calendar(struct place *place, struct calendar *calendar,
	const json_t *json)
{
	static const char *const keys[] = { "timezone", "hours", "holidays",
		"name", "note", "source", NULL };
	size_t n = place->err->n;

	if (!json_is_object(json)) {
		err_add(place->err, EX_CONFIG, NULL, "expected an object");
		return;
	}
	place_check_keys(place, json, keys);
	for (size_t i = 3; keys[i]; i++)
		place_string(place, json, keys[i]);
	read_zone(place, calendar, json);
	read_week(place, calendar, json);
	read_holidays(place, calendar, json);
	if (place->err->n == n)
		check_open(place, calendar);
}

struct calendar *
calendar_from_json(const char *name, json_t *json, struct err *err)
{
	struct calendar *calendar = mem_zero(sizeof *calendar);
	struct place place = { .err = err };
	size_t n = err->n;

	calendar->name = mem_copy(name, strlen(name));
	arena_init(&calendar->arena);
	read_calendar(&place, calendar, json);
	buf_release(&place.pointer);
	if (err->n == n)
		return calendar;
	calendar_free(calendar);
	return NULL;
}

struct calendar *
calendar_parse(const char *name, struct span text, struct err *err)
{
	json_t *json = json_read(text, err);
	struct calendar *calendar;

	if (!json)
		return NULL;
	calendar = calendar_from_json(name, json, err);
	json_decref(json);
	return calendar;
}
