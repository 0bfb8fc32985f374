/* The revisions of each case: 1, 2, 3. */
#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "store/verify_work.h"

/* An id as two sums by keys that nobody knows: 128 bits. */
struct revision {
	uint64_t key[2];
	int64_t seq, rev;
	struct place place;
};

static int
in_order(const void *a, const void *b)
{
	const struct revision *x = a, *y = b;

	for (int i = 0; i < 2; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

void
verify_cases_init(struct verify *verify)
{
	line_salt(verify->key);
	verify->cases = sorter_new(sizeof(struct revision), SORTER_MEMORY, in_order);
}

int
verify_note_revision(struct verify *verify, const struct log_entry *entry, struct err *err)
{
	struct revision revision = { .seq = entry->seq, .rev = entry->line.rev,
		.place = entry->place };
	const struct span id = entry->line.id;
	unsigned char sum[2][HASH_SHORT_SIZE];

	if (entry->line.rev == 0)
		return 0;
	for (size_t i = 0; i < 2; i++)
		hash_short((const unsigned char *)verify->key + i * HASH_SHORT_KEY, id.p, id.n,
			sum[i]);
	memcpy(revision.key, sum, sizeof revision.key);
	return sorter_put(verify->cases, &revision, err);
}

static bool
is_same_case(const struct revision *a, const struct revision *b)
{
	return a->key[0] == b->key[0] && a->key[1] == b->key[1];
}

int
verify_cases_end(struct verify *verify, struct err *err)
{
	struct revision before = { 0 }, at;
	int answer;

	/* Lines that could not be read leave gaps, and have been told. */
	if (verify->damaged)
		return 0;
	if (sorter_sort(verify->cases, err) < 0)
		return -1;
	while ((answer = sorter_next(verify->cases, &at, err)) > 0) {
		int64_t want = before.seq && is_same_case(&before, &at) ? before.rev + 1 : 1;

		if (at.rev != want)
			verify_found(verify, NULL, &at.place, at.seq,
				"revision %" PRId64 " of its case stands where %" PRId64 " should",
				at.rev, want);
		before = at;
	}
	return answer;
}
