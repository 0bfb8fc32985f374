/*
 * same: whether a tape and jansson's tree say the same, value by value:
 * kinds, order of members, names and texts decoded, numbers read.
 */
#ifndef ESC_TESTS_FUZZ_SAME_H
#define ESC_TESTS_FUZZ_SAME_H

#include <jansson.h>

#include "base/scan.h"

/* Numbers that jansson cannot hold (see is_too_big) compare as equal. */
bool same_value(const struct scan *scan, uint32_t at, json_t *value, struct arena *arena);

/* An integer beyond int64, or a real beyond the largest double. */
bool is_too_big(const struct scan *scan, uint32_t at);

/* 1 for a scalar's container; 0 for a scalar. */
uint32_t depth_of(json_t *value);

#endif
