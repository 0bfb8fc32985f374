#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) char data[];
};

static void
die_no_memory(void)
{
	static const char text[] = "esc: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		exit(EX_OSERR);
	exit(EX_OSERR);
}

void *
mem_got(void *p)
{
	if (!p)
		die_no_memory();
	return p;
}

void *
mem_resize(void *p, size_t n)
{
	return mem_got(realloc(p, n ? n : 1));
}

void *
mem_alloc(size_t n)
{
	return mem_resize(NULL, n);
}

void *
mem_zero(size_t n)
{
	return mem_got(calloc(1, n ? n : 1));
}

char *
mem_copy(const char *p, size_t n)
{
	char *copy = mem_alloc(n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

static size_t
grow(size_t cap, size_t need)
{
	while (cap < need)
		cap *= 2;
	return cap;
}

size_t
mem_grow(size_t cap, size_t need)
{
	return grow(cap < 16 ? 16 : cap, need);
}

size_t
mem_grow_small(size_t cap, size_t need)
{
	return grow(cap < 2 ? 2 : cap, need);
}

void
arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

static struct arena_block *
block_new(size_t size)
{
	struct arena_block *block = mem_alloc(sizeof *block + size);

	block->next = NULL;
	block->size = size;
	return block;
}

static void
blocks_free(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

/*
 * The next block that holds n bytes: a kept one, else a new one.  Kept ones
 * that are too small go: they would stay for ever behind larger ones.
 */
static void
arena_advance(struct arena *arena, size_t n)
{
	struct arena_block **next = arena->cur ? &arena->cur->next : &arena->first;

	if (!*next || (*next)->size < n) {
		blocks_free(*next);
		*next = block_new(n > BLOCK_SIZE ? n : BLOCK_SIZE);
	}
	arena->cur = *next;
	arena->used = 0;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	void *p;

	n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!arena->cur || arena->cur->size - arena->used < n)
		arena_advance(arena, n);
	p = arena->cur->data + arena->used;
	arena->used += n;
	return p;
}

void *
arena_zero(struct arena *arena, size_t n)
{
	return memset(arena_alloc(arena, n), 0, n);
}

char *
arena_copy(struct arena *arena, const char *p, size_t n)
{
	char *copy = arena_alloc(arena, n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void *
arena_grow(struct arena *arena, void *list, size_t n, size_t *cap, size_t size)
{
	void *grown;

	if (n < *cap)
		return list;
	*cap = *cap ? 2 * *cap : 8;
	grown = arena_alloc(arena, *cap * size);
	if (n)
		memcpy(grown, list, n * size);
	return grown;
}

void
arena_reset(struct arena *arena)
{
	arena->cur = arena->first;
	arena->used = 0;
}

void
arena_release(struct arena *arena)
{
	blocks_free(arena->first);
	*arena = (struct arena){ 0 };
}
