/*
 * digest: how long things took: a log-linear histogram of whole seconds.
 * One bucket a second below 128, then 128 a power of two, so that a
 * percentile is never under the true one and at most 1/128 over it.  n, sum,
 * min and max are exact.  A sum of integers: digests of parts, merged in any
 * order, are the digest of the whole.  Only buckets that hold something take
 * room: each group of a report has many digests, most of a few values.
 * Order: zero it, digest_add or digest_merge, ask, digest_release.
 */
#ifndef ESC_DOMAIN_DIGEST_H
#define ESC_DOMAIN_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#define DIGEST_PAGE  128 /* buckets a page: one power of two */
#define DIGEST_PAGES 57  /* up to 2^63 - 1 */

struct digest_row {
	uint32_t bucket;      /* page * DIGEST_PAGE + its place there */
	uint64_t n;
};

struct digest {
	struct digest_row *row; /* the buckets that hold something, in order */
	uint32_t n_rows, cap;
	uint64_t n, sum;
	int64_t min, max;       /* meaningless while n is 0 */
};

void digest_release(struct digest *digest);

/* Counts `seconds`; what is below 0 counts as 0. */
void digest_add(struct digest *digest, int64_t seconds);
void digest_merge(struct digest *digest, const struct digest *other);

/*
 * For whoever reads a digest bucket by bucket: adds n to a bucket (page below
 * DIGEST_PAGES, bucket below DIGEST_PAGE), then sum, min and max are set; and
 * whether they can be those of what is in the buckets.
 */
void digest_put(struct digest *digest, unsigned page, unsigned bucket, uint64_t n);
bool digest_is_sound(const struct digest *digest);

/*
 * The nearest-rank percentile (1 to 100): the upper end of the bucket in
 * which it lies, at most max.  n must not be 0.
 */
int64_t digest_percentile(const struct digest *digest, unsigned percent);

/* The sum over n, to the nearest second, halves up.  n must not be 0. */
int64_t digest_mean(const struct digest *digest);

#endif
