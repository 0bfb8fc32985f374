#include "domain/digest.h"

#include <stdlib.h>

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

static uint64_t *
page_get(struct digest *digest, unsigned page)
{
	if (!digest->page[page])
		digest->page[page] = mem_zero(DIGEST_PAGE * sizeof(uint64_t));
	return digest->page[page];
}

void
digest_release(struct digest *digest)
{
	for (unsigned i = 0; i < DIGEST_PAGES; i++)
		free(digest->page[i]);
	*digest = (struct digest){ 0 };
}

void
digest_add(struct digest *digest, int64_t seconds)
{
	int64_t value = seconds < 0 ? 0 : seconds;
	unsigned shift;
	unsigned page = page_of((uint64_t)value, &shift);

	page_get(digest, page)[((uint64_t)value >> shift) % DIGEST_PAGE]++;
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
	for (unsigned i = 0; i < DIGEST_PAGES; i++) {
		if (!other->page[i])
			continue;
		uint64_t *page = page_get(digest, i);
		for (unsigned j = 0; j < DIGEST_PAGE; j++)
			page[j] += other->page[i][j];
	}
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
	page_get(digest, page)[bucket] += n;
	digest->n += n;
}

static bool
is_in(int64_t value, unsigned page, unsigned bucket)
{
	unsigned shift;

	return value >= 0 && page_of((uint64_t)value, &shift) == page
		&& ((uint64_t)value >> shift) % DIGEST_PAGE == bucket;
}

/* The first and the last bucket that is not empty, as page * DIGEST_PAGE + bucket. */
static void
span_of_buckets(const struct digest *digest, unsigned *first, unsigned *last)
{
	*first = DIGEST_PAGES * DIGEST_PAGE;
	*last = 0;
	for (unsigned i = 0; i < DIGEST_PAGES * DIGEST_PAGE; i++) {
		const uint64_t *page = digest->page[i / DIGEST_PAGE];

		if (!page || page[i % DIGEST_PAGE] == 0)
			continue;
		*first = i < *first ? i : *first;
		*last = i;
	}
}

bool
digest_is_sound(const struct digest *digest)
{
	unsigned first, last;

	if (digest->n == 0)
		return false;
	span_of_buckets(digest, &first, &last);
	return digest->min <= digest->max
		&& is_in(digest->min, first / DIGEST_PAGE, first % DIGEST_PAGE)
		&& is_in(digest->max, last / DIGEST_PAGE, last % DIGEST_PAGE)
		&& digest->sum >= (unsigned __int128)digest->min * digest->n
		&& digest->sum <= (unsigned __int128)digest->max * digest->n;
}

/* The rank-th smallest value (from 1), as its bucket's upper end. */
static int64_t
value_at(const struct digest *digest, uint64_t rank)
{
	uint64_t seen = 0;

	for (unsigned i = 0; i < DIGEST_PAGES; i++) {
		if (!digest->page[i])
			continue;
		for (unsigned j = 0; j < DIGEST_PAGE; j++) {
			seen += digest->page[i][j];
			if (seen >= rank)
				return upper_end(i, j);
		}
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
