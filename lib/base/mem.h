/*
 * mem: memory that cannot fail, and arenas that are emptied at once.
 * Refuses to return NULL: a program without memory ends with status 71
 * (the one exit below floor 3).  An arena holds what lives for one record:
 * arena_init, arena_alloc..., arena_reset (keeps its memory), arena_release.
 */
#ifndef ESC_BASE_MEM_H
#define ESC_BASE_MEM_H

#include <stddef.h>

/* n bytes, uninitialised; n may be 0.  Free with free(). */
void *mem_alloc(size_t n) __attribute__((returns_nonnull));

/* n bytes of zero.  Free with free(). */
void *mem_zero(size_t n) __attribute__((returns_nonnull));

/* Like realloc, but never NULL. */
void *mem_resize(void *p, size_t n) __attribute__((returns_nonnull));

/* What a library has allocated, so that it too never is NULL. */
void *mem_got(void *p) __attribute__((returns_nonnull));

/* A copy of n bytes with a NUL after them.  Free with free(). */
char *mem_copy(const char *p, size_t n) __attribute__((returns_nonnull));

/* A grown capacity of at least `need` elements: doubles from 16. */
size_t mem_grow(size_t cap, size_t need);

/* The same from 2: for what there are many of, with little in most. */
size_t mem_grow_small(size_t cap, size_t need);

struct arena_block;
struct arena {
	struct arena_block *first, *cur;
	size_t used;
};

void arena_init(struct arena *arena);

/* n bytes aligned for any type, alive until reset or release. */
void *arena_alloc(struct arena *arena, size_t n) __attribute__((returns_nonnull));

/* The same, zeroed. */
void *arena_zero(struct arena *arena, size_t n) __attribute__((returns_nonnull));

/* A copy of n bytes with a NUL after them. */
char *arena_copy(struct arena *arena, const char *p, size_t n)
	__attribute__((returns_nonnull));

/*
 * A list of n elements of `size` bytes with room for one more: the list, or
 * a copy of twice the capacity where it is full (NULL, 0, 0: a new one).
 */
void *arena_grow(struct arena *arena, void *list, size_t n, size_t *cap, size_t size)
	__attribute__((returns_nonnull));

/* Empties the arena and keeps its blocks for the next record. */
void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

#endif
