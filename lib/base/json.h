/*
 * json: jansson, for all that is not the hot path (policies, calendars,
 * mapping files, report documents).  The only file that includes it, so
 * that its traps are met in one place: duplicate keys are always refused.
 */
#ifndef ESC_BASE_JSON_H
#define ESC_BASE_JSON_H

#include <jansson.h>

#include "base/err.h"
#include "base/text.h"

/*
 * The value of a JSON text (UTF-8).  The caller owns it (json_decref).
 * NULL with EX_CONFIG and "line L, column C: reason".
 */
json_t *json_read(struct span text, struct err *err);

#endif
