/*
 * zone_rule: the footer of a TZif file, a POSIX TZ string as RFC 8536 (3.3)
 * widens it: signed times of up to 167 hours.  Private to base/zone.
 */
#ifndef ESC_BASE_ZONE_RULE_H
#define ESC_BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum rule_kind {
	RULE_MONTH,  /* Mm.w.d: weekday d of week w (5: the last) of month m */
	RULE_JULIAN, /* Jn: 1 to 365, 29 February is never counted */
	RULE_DAY,    /* n: 0 to 365, it is */
};

struct rule_date {
	enum rule_kind kind;
	int month, week, day;
	int32_t time_s;
};

struct zone_rule {
	int32_t standard, summer; /* seconds east of UTC */
	bool has_summer;
	struct rule_date start, end; /* of summer time */
};

/* 0, or -1 where the text is no such string. */
int zone_rule_parse(const char *text, struct zone_rule *rule);

/* The instants at which summer time starts and ends in a year. */
int64_t zone_rule_start(const struct zone_rule *rule, int year);
int64_t zone_rule_end(const struct zone_rule *rule, int year);

#endif
