/* slow_read: a calendar's file as slow_time goes through it. */
#ifndef ESC_TESTS_PROPERTY_SLOW_READ_H
#define ESC_TESTS_PROPERTY_SLOW_READ_H

#include <stddef.h>

#include "slow_time.h"

#define MINUTE   60
#define DAY_MIN  1440
#define FIRST    INT64_C(1230768000) /* 2009-01-01T00:00:00Z */
#define CHUNK    (91 * DAY_MIN)
#define CHUNKS   92
#define MINUTES  ((int64_t)CHUNK * CHUNKS)
#define HOLIDAYS 64
#define FAR_DAYS 4000

/* Minutes of a day that are open. */
struct day {
	bool open[DAY_MIN];
};

struct slow_calendar {
	char name[64], zone[64];
	struct day week[7]; /* from Sunday */
	struct {
		char date[11];  /* 2026-12-25, or 12-25 each year */
		struct day day;
	} holiday[HOLIDAYS];
	size_t n_holidays;
	bool *open;         /* a minute since FIRST */
	int16_t *offset;    /* ... its local time less UTC, in minutes */
	uint8_t *hour;      /* open minutes of each hour */
	bool filled[CHUNKS];
};

/* Ends the program where there is no such file. */
struct slow_calendar *slow_read(const char *name);

#endif
