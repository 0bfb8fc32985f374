/*
 * report_change: how much more each figure of one tally is than of another,
 * as the document shows them: exact decimals, no floating point.  Lists of
 * cases have no change.  Pure.
 */
#ifndef ESC_DOMAIN_REPORT_CHANGE_H
#define ESC_DOMAIN_REPORT_CHANGE_H

#include "domain/report_tally.h"

/*
 * "cases":{...} to "hygiene":{...}, where `rejudged` also that: each row and
 * name that either has.  A count that one lacks is 0 there; a rate, a mean or
 * a percentile that one lacks is left out.
 */
void report_change(const struct tally *now, const struct tally *before,
	bool rejudged, struct buf *out);

#endif
