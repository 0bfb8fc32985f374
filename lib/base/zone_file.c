#include "base/zone_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/zone_rule.h"

#define HEADER_SIZE 44
#define TYPE_SIZE   6
/* Where a rule without changes before it begins. */
#define RULE_YEAR   1800

/* One of the two data blocks of a file. */
struct block {
	uint32_t isut, isstd, leap, time, type, chars;
	size_t time_size;
	const unsigned char *data, *end;
};

static uint32_t
read_u32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

static int64_t
read_time(const unsigned char *p, size_t size)
{
	if (size == 4)
		return (int32_t)read_u32(p);
	return (int64_t)((uint64_t)read_u32(p) << 32 | read_u32(p + 4));
}

/* The block at *p, with *p moved behind it; false: damaged. */
static bool
read_block(const unsigned char **p, const unsigned char *end,
	size_t time_size, struct block *block)
{
	const unsigned char *h = *p;
	uint64_t size;

	if (end - h < HEADER_SIZE || memcmp(h, "TZif", 4) != 0)
		return false;
	block->isut = read_u32(h + 20);
	block->isstd = read_u32(h + 24);
	block->leap = read_u32(h + 28);
	block->time = read_u32(h + 32);
	block->type = read_u32(h + 36);
	block->chars = read_u32(h + 40);
	block->time_size = time_size;
	size = (uint64_t)block->time * (time_size + 1) +
		(uint64_t)block->type * TYPE_SIZE + block->chars +
		(uint64_t)block->leap * (time_size + 4) +
		block->isstd + block->isut;
	block->data = h + HEADER_SIZE;
	if (size > (uint64_t)(end - block->data))
		return false;
	block->end = *p = block->data + size;
	return true;
}

/* A change to the offset in force already is none. */
static void
add_change(struct changes *changes, int64_t at, int32_t offset)
{
	const struct change *before = changes->change + changes->n;

	if (changes->n > 0 && before[-1].at == at) {
		before--;
		changes->n--;
	}
	if (offset == (changes->n > 0 ? before[-1].offset : changes->first))
		return;
	if (changes->n == changes->cap) {
		changes->cap = mem_grow(changes->cap, changes->n + 1);
		changes->change = mem_resize(changes->change,
			changes->cap * sizeof *changes->change);
	}
	changes->change[changes->n++] = (struct change){ at, offset };
}

/* The changes of a block; *last is the last one's instant. */
static bool
read_changes(struct changes *changes, const struct block *block, int64_t *last)
{
	const unsigned char *times = block->data;
	const unsigned char *index = times + block->time * block->time_size;
	const unsigned char *types = index + block->time;

	*last = INT64_MIN;
	if (block->type == 0 || block->leap != 0)
		return false;
	for (uint32_t i = 0; i < block->type; i++) {
		int32_t offset = (int32_t)read_u32(types + i * TYPE_SIZE);

		if (offset < -OFFSET_MAX || offset > OFFSET_MAX)
			return false;
	}
	changes->first = (int32_t)read_u32(types);
	for (uint32_t i = 0; i < block->time; i++) {
		int64_t at = read_time(times + i * block->time_size,
			block->time_size);

		if (index[i] >= block->type || (i > 0 && at <= *last))
			return false;
		add_change(changes, at,
			(int32_t)read_u32(types + index[i] * TYPE_SIZE));
		*last = at;
	}
	return true;
}

static void
add_rule_change(struct changes *changes, int64_t at, int32_t offset, int64_t last)
{
	if (at > last)
		add_change(changes, at, offset);
}

/* What the footer says of the years after the last change of the file. */
static void
add_rule(struct changes *changes, const struct zone_rule *rule, int64_t last)
{
	struct civil civil = { .year = RULE_YEAR };
	size_t before;

	if (last > INSTANT_MIN)
		civil_from_seconds(last, &civil);
	if (!rule->has_summer) {
		add_rule_change(changes, last + 1, rule->standard, last);
		return;
	}
	before = changes->n;
	for (int y = civil.year; y <= civil.year + CYCLE_YEARS + 2; y++) {
		int64_t start = zone_rule_start(rule, y);
		int64_t end = zone_rule_end(rule, y);

		if (start < end)
			add_rule_change(changes, start, rule->summer, last);
		add_rule_change(changes, end, rule->standard, last);
		if (start >= end)
			add_rule_change(changes, start, rule->summer, last);
	}
	changes->cyclic = changes->n > before + 2;
}

static bool
read_footer(struct changes *changes, const unsigned char *p,
	const unsigned char *end, int64_t last)
{
	struct zone_rule rule;
	const unsigned char *stop;
	char *text;
	bool good;

	if (p == end || *p++ != '\n')
		return false;
	stop = memchr(p, '\n', (size_t)(end - p));
	if (!stop)
		return false;
	if (stop == p)
		return true;
	text = mem_copy((const char *)p, (size_t)(stop - p));
	good = zone_rule_parse(text, &rule) == 0;
	free(text);
	if (good)
		add_rule(changes, &rule, last);
	return good;
}

int
zone_file_read(struct changes *changes, const unsigned char *p, size_t n)
{
	const unsigned char *end = p + n;
	struct block block;
	int64_t last;
	bool footer = n > 4 && p[4] >= '2';

	if (!read_block(&p, end, 4, &block))
		return -1;
	if (footer && !read_block(&p, end, 8, &block))
		return -1;
	if (!read_changes(changes, &block, &last))
		return -1;
	return !footer || read_footer(changes, p, end, last) ? 0 : -1;
}
