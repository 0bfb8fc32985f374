/*
 * scan_keys: whether an object has two equal names, for scan alone.  While
 * names are few and plain, each new one is compared with those before it;
 * where they are many, or one is escaped, the complete object is sorted.
 * Order: a zeroed struct, keys_add after each name, keys_end.
 */
#ifndef ESC_BASE_SCAN_KEYS_H
#define ESC_BASE_SCAN_KEYS_H

#include "base/scan.h"

struct keys {
	uint64_t seen; /* a bit a name: where it is new, so is the name */
	bool sort;
};

/* The newest member of object `at`: true where it has a twin before it. */
bool keys_add(struct keys *keys, const struct scan *scan, uint32_t at, uint32_t member);

/*
 * The first member of the now complete object that has the decoded name of
 * one before it; 0 where there is none.
 */
uint32_t keys_end(const struct keys *keys, const struct scan *scan, uint32_t at);

#endif
