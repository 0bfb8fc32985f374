#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/instant.h"
#include "base/zone.h"
#include "base/zone_file.h"
#include "base/zone_rule.h"

#define FIRST  INT64_C(-2208988800) /* 1900-01-01 */
#define LAST   INT64_C(7258118399)  /* 2199-12-31 */
#define SAMPLE 200

/*
 * Every kind: no changes, odd offsets, half hours, days skipped, a negative
 * summer (Dublin), Ramadan (Casablanca), times past 24:00 in the footer
 * (Gaza, Jerusalem, Nuuk), changes at 00:01 (St. John's), double summer time.
 */
static const char *const names[] = { "UTC", "Etc/GMT+12", "Africa/Abidjan",
	"Africa/Cairo", "Africa/Casablanca", "Africa/Monrovia",
	"America/Anchorage", "America/Asuncion", "America/Caracas",
	"America/New_York", "America/Nuuk", "America/Santiago",
	"America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll",
	"Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Tehran",
	"Australia/Eucla", "Australia/Lord_Howe", "Australia/Sydney",
	"Europe/Berlin", "Europe/Dublin", "Europe/Lisbon", "Europe/London",
	"Europe/Warsaw", "Pacific/Apia", "Pacific/Chatham",
	"Pacific/Kiritimati", "Pacific/Norfolk" };

static const struct zone *
load(const char *name)
{
	struct err err = { 0 };
	const struct zone *zone = zone_load(name, &err);

	if (!zone)
		fail_msg("%s", err_text(&err));
	assert_string_equal(zone_name(zone), name);
	return zone;
}

static int32_t
glibc_offset(int64_t at)
{
	time_t t = at;
	struct tm tm;

	localtime_r(&t, &tm);
	return (int32_t)tm.tm_gmtoff;
}

static void
check_offset(const struct zone *zone, int64_t at)
{
	int32_t got = zone_offset(zone, at, NULL, NULL);

	if (got != glibc_offset(at))
		fail_msg("%s at %lld: got %d; glibc says %d", zone_name(zone),
			(long long)at, got, glibc_offset(at));
}

/* What comes before the change, and what after, differ: it is the widest. */
static void
check_edge(const struct zone *zone, int64_t edge)
{
	if (edge <= FIRST || edge > LAST)
		return;
	check_offset(zone, edge - 1);
	check_offset(zone, edge);
	assert_int_not_equal(zone_offset(zone, edge - 1, NULL, NULL),
		zone_offset(zone, edge, NULL, NULL));
}

/* The first reading of a wall clock, never a later one. */
static void
check_instant(const struct zone *zone, int64_t at)
{
	int64_t local = at + zone_offset(zone, at, NULL, NULL);
	int64_t first = zone_instant(zone, local);

	assert_true(first <= at);
	assert_int_equal(first + zone_offset(zone, first, NULL, NULL), local);
}

static void
check_zone(const char *name)
{
	const struct zone *zone = load(name);
	uint64_t random = 88172645463325252ULL;

	setenv("TZ", name, 1);
	tzset();
	for (int i = 0; i < SAMPLE; i++) {
		int64_t at, from, to;

		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		at = FIRST + (int64_t)(random % (uint64_t)(LAST - FIRST));
		check_offset(zone, at);
		check_instant(zone, at);
		zone_offset(zone, at, &from, &to);
		assert_true(from <= at && at < to);
		check_edge(zone, from);
		check_edge(zone, to);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void
test_as_glibc(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		check_zone(names[i]);
}

/* All zones and links that the system's own list names. */
static void
test_all_zones(void **state)
{
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
	char line[256], name[256];
	int n = 0;

	(void)state;
	if (!file)
		skip();
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "Z %255s", name) != 1 &&
			sscanf(line, "L %*s %255s", name) != 1)
			continue;
		check_zone(name);
		n++;
	}
	fclose(file);
	assert_true(n > 400);
}

static void
test_refused(void **state)
{
	static const char *const bad[] = { "", "Europe/Lodnon", "..", "../UTC",
		"Europe/../UTC", "/usr/share/zoneinfo/UTC", "right/UTC",
		"Europe/", "Europe", "Europe//London", "tzdata.zi", "zone.tab",
		"localtime", "UTC\n", "europe/london" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };

		if (zone_load(bad[i], &err))
			fail_msg("\"%s\" was taken", bad[i]);
		assert_int_equal(err.status, EX_CONFIG);
		err_release(&err);
	}
}

static int64_t
utc(const char *text)
{
	struct err err = { 0 };
	int64_t at;

	assert_int_equal(instant_parse(span_of(text), &at, &err), 0);
	return at;
}

static void
test_instants(void **state)
{
	const struct zone *london = load("Europe/London");
	const struct zone *apia = load("Pacific/Apia");

	(void)state;
	assert_ptr_equal(london, load("Europe/London"));
	/* skipped: the instant of the change */
	assert_int_equal(zone_instant(london, utc("2026-03-29T01:30:00Z")),
		utc("2026-03-29T01:00:00Z"));
	/* twice: the first */
	assert_int_equal(zone_instant(london, utc("2026-10-25T01:30:00Z")),
		utc("2026-10-25T00:30:00Z"));
	/* a whole day skipped */
	assert_int_equal(zone_instant(apia, utc("2011-12-30T12:00:00Z")),
		utc("2011-12-30T10:00:00Z"));
	assert_int_equal(zone_instant(apia, utc("2011-12-31T00:00:00Z")),
		utc("2011-12-30T10:00:00Z"));
}

/* A rule repeats for ever; without one the last offset stays. */
static void
test_far_years(void **state)
{
	const struct zone *berlin = load("Europe/Berlin");
	int64_t from, to;

	(void)state;
	assert_int_equal(zone_offset(berlin, utc("9998-07-01T00:00:00Z"), &from,
		&to), 7200);
	assert_int_equal(from, utc("9998-03-29T01:00:00Z"));
	assert_int_equal(to, utc("9998-10-25T01:00:00Z"));
	assert_int_equal(zone_offset(load("Asia/Tokyo"),
		utc("9998-07-01T00:00:00Z"), NULL, &to), 9 * 3600);
	assert_int_equal(to, INT64_MAX);
	zone_offset(load("UTC"), 0, &from, &to);
	assert_true(from == INT64_MIN && to == INT64_MAX);
}

struct rule_row {
	const char *text;
	const char *start, *end; /* in 2027; NULL: no summer time */
};

static const struct rule_row rules[] = {
	{ "UTC0", NULL, NULL },
	{ "<+1245>-12:45", NULL, NULL },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-28T01:00:00Z",
		"2027-10-31T01:00:00Z" },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2027-10-31T01:00:00Z",
		"2027-03-28T01:00:00Z" },
	{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T01:00:00Z",
		"2027-10-31T01:00:00Z" },
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50", "2027-03-27T00:00:00Z",
		"2027-10-29T23:00:00Z" },
	{ "AAA3BBB,J60/0,J365/23", "2027-03-01T03:00:00Z",
		"2028-01-01T01:00:00Z" },
	{ "AAA0BBB,59/0,364/0", "2027-03-01T00:00:00Z",
		"2027-12-30T23:00:00Z" },
	{ "AAA0BBB,M2.1.1/167,M11.1.0", "2027-02-07T23:00:00Z",
		"2027-11-07T01:00:00Z" },
};

static void
test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct zone_rule rule;

		assert_int_equal(zone_rule_parse(rules[i].text, &rule), 0);
		assert_int_equal(rule.has_summer, rules[i].start != NULL);
		if (!rule.has_summer)
			continue;
		assert_int_equal(zone_rule_start(&rule, 2027),
			utc(rules[i].start));
		assert_int_equal(zone_rule_end(&rule, 2027), utc(rules[i].end));
	}
}

static void
test_bad_rules(void **state)
{
	static const char *const bad[] = { "", "A0", "UTC", "UTC25", "<+1",
		"CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,J0,J366",
		"CET-1CEST,M3.5.0,M10.5.0x", "CET-1:60" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct zone_rule rule;

		if (zone_rule_parse(bad[i], &rule) == 0)
			fail_msg("\"%s\" was taken", bad[i]);
	}
}

/* --- files ------------------------------------------------------------- */

static size_t
read_berlin(unsigned char *data, size_t size)
{
	FILE *file = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
	size_t n;

	assert_non_null(file);
	n = fread(data, 1, size, file);
	fclose(file);
	return n;
}

/* Cut anywhere, a file is refused, not read past its end. */
static void
test_cut_files(void **state)
{
	unsigned char data[8192];
	size_t n = read_berlin(data, sizeof data);

	(void)state;
	for (size_t i = 0; i <= n; i++) {
		unsigned char *cut = malloc(i ? i : 1);
		struct changes changes = { 0 };

		memcpy(cut, data, i);
		assert_int_equal(zone_file_read(&changes, cut, i),
			i == n ? 0 : -1);
		free(changes.change);
		free(cut);
	}
}

/* Any byte changed: refused or read, never a crash. */
static void
test_damaged_files(void **state)
{
	unsigned char data[8192];
	size_t n = read_berlin(data, sizeof data);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct changes changes = { 0 };

		data[i] ^= 0xff;
		zone_file_read(&changes, data, n);
		free(changes.change);
		data[i] ^= 0xff;
	}
}

/* Version 1: 32-bit times, no footer; leap seconds are refused. */
static void
test_version_1(void **state)
{
	unsigned char data[44 + 5 + 6 + 4] = "TZif";
	struct changes changes = { 0 };

	(void)state;
	data[35] = data[39] = 1;
	data[43] = 4;
	data[47] = 100;
	data[51] = 14;
	data[52] = 16;
	assert_int_equal(zone_file_read(&changes, data, sizeof data), 0);
	assert_int_equal(changes.n, 0);
	assert_int_equal(changes.first, 3600);
	data[31] = 1;
	assert_int_equal(zone_file_read(&changes, data, sizeof data), -1);
}

static void
test_version(void **state)
{
	const char *version = zone_data_version();

	(void)state;
	assert_true(strlen(version) >= 5);
	assert_ptr_equal(version, zone_data_version());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_glibc),
		cmocka_unit_test(test_all_zones),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_far_years),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_bad_rules),
		cmocka_unit_test(test_cut_files),
		cmocka_unit_test(test_damaged_files),
		cmocka_unit_test(test_version_1),
		cmocka_unit_test(test_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
