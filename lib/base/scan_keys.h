/*
 * scan_keys: whether an object has two equal names, for scan alone, where
 * the quick look at each new name is not enough: many names, escaped ones.
 */
#ifndef ESC_BASE_SCAN_KEYS_H
#define ESC_BASE_SCAN_KEYS_H

#include "base/scan.h"

/*
 * The first member of object `at`, whose tape is complete, that has the
 * decoded name of one before it; 0 where there is none.
 */
uint32_t keys_find_twin(const struct scan *scan, uint32_t at);

#endif
