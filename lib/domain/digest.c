#include "domain/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define PAGE_BITS 7

/* The page of a value, and how many bits a bucket of that page drops. */
static unsigned
page_of(uint64_t value, unsigned *shift)
{
	if (value < DIGEST_PAGE) {
		*shift = 0;
		return 0;
	}
	*shift = 63U - PAGE_BITS - (unsigned)__builtin_clzll(value);
	return *shift + 1;
}

static int64_t
upper_end(unsigned page, unsigned bucket)
{
	if (page == 0)
		return bucket;
	uint64_t end = (uint64_t)(DIGEST_PAGE + bucket + 1) << (page - 1);
	return (int64_t)(end - 1);
}

/* The row of a bucket, or where it would stand. */
static size_t
row_place(const struct digest *digest, unsigned bucket)
{
	size_t low = 0, high = digest->n_rows;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (digest->row[mid].bucket < bucket)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
row_insert(struct digest *digest, size_t at, unsigned bucket)
{
	if (digest->n_rows == digest->cap) {
		digest->cap = (uint32_t)mem_grow_small(digest->cap, digest->n_rows + 1);
		digest->row = mem_resize(digest->row,
			digest->cap * sizeof *digest->row);
	}
	memmove(&digest->row[at + 1], &digest->row[at],
		(digest->n_rows - at) * sizeof *digest->row);
	digest->row[at] = (struct digest_row){ .bucket = bucket };
	digest->n_rows++;
}

static void
row_add(struct digest *digest, unsigned bucket, uint64_t n)
{
	size_t at = row_place(digest, bucket);

	if (at == digest->n_rows || digest->row[at].bucket != bucket)
		row_insert(digest, at, bucket);
	digest->row[at].n += n;
}

void
digest_release(struct digest *digest)
{
	free(digest->row);
	*digest = (struct digest){ 0 };
}

void
digest_add(struct digest *digest, int64_t seconds)
{
	int64_t value = seconds < 0 ? 0 : seconds;
	unsigned shift;
	unsigned page = page_of((uint64_t)value, &shift);

	row_add(digest, page * DIGEST_PAGE
		+ (unsigned)(((uint64_t)value >> shift) % DIGEST_PAGE), 1);
	if (digest->n == 0 || value < digest->min)
		digest->min = value;
	if (digest->n == 0 || value > digest->max)
		digest->max = value;
	digest->n++;
	digest->sum += (uint64_t)value;
}

void
digest_merge(struct digest *digest, const struct digest *other)
{
	if (other->n == 0)
		return;
	for (size_t i = 0; i < other->n_rows; i++)
		row_add(digest, other->row[i].bucket, other->row[i].n);
	if (digest->n == 0 || other->min < digest->min)
		digest->min = other->min;
	if (digest->n == 0 || other->max > digest->max)
		digest->max = other->max;
	digest->n += other->n;
	digest->sum += other->sum;
}

void
digest_put(struct digest *digest, unsigned page, unsigned bucket, uint64_t n)
{
	row_add(digest, page * DIGEST_PAGE + bucket, n);
	digest->n += n;
}

static bool
is_in(int64_t value, struct digest_row row)
{
	unsigned shift;

	return value >= 0
		&& page_of((uint64_t)value, &shift) == row.bucket / DIGEST_PAGE
		&& ((uint64_t)value >> shift) % DIGEST_PAGE == row.bucket % DIGEST_PAGE;
}

bool
digest_is_sound(const struct digest *digest)
{
	if (digest->n == 0)
		return false;
	return digest->min <= digest->max
		&& is_in(digest->min, digest->row[0])
		&& is_in(digest->max, digest->row[digest->n_rows - 1])
		&& digest->sum >= (unsigned __int128)digest->min * digest->n
		&& digest->sum <= (unsigned __int128)digest->max * digest->n;
}

/* The rank-th smallest value (from 1), as its bucket's upper end. */
static int64_t
value_at(const struct digest *digest, uint64_t rank)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < digest->n_rows; i++) {
		unsigned bucket = digest->row[i].bucket;

		seen += digest->row[i].n;
		if (seen >= rank)
			return upper_end(bucket / DIGEST_PAGE, bucket % DIGEST_PAGE);
	}
	return digest->max;
}

int64_t
digest_percentile(const struct digest *digest, unsigned percent)
{
	uint64_t whole = digest->n / 100, rest = digest->n % 100;
	uint64_t rank = whole * percent + (rest * percent + 99) / 100;
	int64_t value = value_at(digest, rank > 0 ? rank : 1);

	return value < digest->max ? value : digest->max;
}

int64_t
digest_mean(const struct digest *digest)
{
	uint64_t whole = digest->sum / digest->n;
	uint64_t rest = digest->sum % digest->n;

	return (int64_t)(whole + (rest >= digest->n - rest ? 1 : 0));
}
