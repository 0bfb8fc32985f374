/*
 * report_json: the parts of the document, member by member; private to
 * report_json*.c and report_write.c.
 */
#ifndef ESC_DOMAIN_REPORT_JSON_H
#define ESC_DOMAIN_REPORT_JSON_H

#include "domain/report.h"

/* ,"key":n */
void report_number(struct buf *out, const char *key, uint64_t n);

/*
 * num / den as a decimal with at most `digits` digits behind the point,
 * halves up, without zeros at its end.  Nothing where den is 0.
 */
void report_ratio(struct buf *out, const char *key, unsigned __int128 num,
	uint64_t den, int digits);

/* The member met_rate, which is 1 where all are met and 0 where none is, only. */
void report_met_rate(struct buf *out, uint64_t met, uint64_t n);

/* All figures of a tally, as members, but for what --rejudge adds. */
void tally_write(const struct tally *tally, struct buf *out);

/* report_json_clocks.c: the members of these names. */
void report_clocks(struct buf *out, const struct clock_rows *rows);
void report_months(struct buf *out, const struct months *months);
void report_times(struct buf *out, const struct clock_rows *rows);
void report_rejudged(struct buf *out, const struct rejudged *rejudged);

#endif
