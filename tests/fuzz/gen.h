/*
 * gen: JSON texts for the fuzz tests, from a seed: objects as they should
 * be, with every kind of number, escape and blank, equal and almost equal
 * names, now and then deep; and the damage done to them, byte by byte.
 * The same seed always gives the same text.
 */
#ifndef ESC_TESTS_FUZZ_GEN_H
#define ESC_TESTS_FUZZ_GEN_H

#include <stdint.h>

#include "base/buf.h"

struct gen {
	uint64_t state;
};

/* A number below n, n over 0.  Source: splitmix64, S. Vigna. */
uint32_t gen_below(struct gen *gen, uint32_t n);

/* Appends an object that is legal, but for a chance of equal names. */
void gen_object(struct gen *gen, struct buf *text);

/* Changes a few bytes of the text, or none. */
void gen_damage(struct gen *gen, struct buf *text);

#endif
