/*
 * twice: of many names, how many came more than once.  It keeps 62 bits of a
 * hash of each, so that two names are taken for one about once in ten million
 * lists of a million; 11 to 22 MB for that many.
 * Order: zero it, twice_add..., n, twice_release.
 */
#ifndef ESC_CLI_TWICE_H
#define ESC_CLI_TWICE_H

#include <stdint.h>

#include "base/text.h"

struct twice {
	uint64_t n;     /* names that came more than once */
	uint64_t *slot; /* 0: free; lowest bit: came more than once */
	size_t n_names, cap;
};

void twice_add(struct twice *twice, struct span name);
void twice_release(struct twice *twice);

#endif
