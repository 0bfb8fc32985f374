/* random: numbers from a seed (splitmix64), the same everywhere. */
#ifndef ESC_TESTS_PROPERTY_RANDOM_H
#define ESC_TESTS_PROPERTY_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t state;
};

static inline struct random
random_of(uint64_t seed)
{
	return (struct random){ seed };
}

/* From 0 to below - 1. */
static inline uint64_t
draw(struct random *random, uint64_t below)
{
	uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (z ^ (z >> 31)) % below;
}

#endif
