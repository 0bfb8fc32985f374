#include "base/scan.h"

#include "base/scan_token.h"

static struct span
key_raw(const struct scan *scan, uint32_t at)
{
	const struct scan_node *node = &scan->node[at];

	return (struct span){ scan->text + node->key, node->key_len };
}

/* Whether a body decodes to the name, without room to decode it in. */
static bool
decodes_to(struct span body, struct span name)
{
	const char *p = body.p, *end = p + body.n;
	size_t done = 0;

	while (p < end) {
		char piece[4];
		size_t n;

		p = string_step(p, piece, &n);
		if (name.n - done < n || memcmp(name.p + done, piece, n) != 0)
			return false;
		done += n;
	}
	return done == name.n;
}

uint32_t
scan_first(const struct scan *scan, uint32_t at)
{
	return scan->node[at].count ? at + 1 : 0;
}

uint32_t
scan_find(const struct scan *scan, uint32_t at, struct span name)
{
	uint32_t m;

	if (scan_type(scan, at) != SCAN_OBJECT)
		return 0;
	for (m = scan_first(scan, at); m; m = scan->node[m].next) {
		struct span raw = key_raw(scan, m);

		if (scan->node[m].key_escaped ? decodes_to(raw, name)
		                              : span_eq(raw, name))
			break;
	}
	return m;
}

struct span
scan_raw(const struct scan *scan, uint32_t at)
{
	const struct scan_node *node = &scan->node[at];

	return (struct span){ scan->text + node->start, node->end - node->start };
}

static struct span
decode(struct span body, struct arena *arena)
{
	char *out = arena_alloc(arena, body.n);

	return (struct span){ out, string_decode(body, out) };
}

struct span
scan_key(const struct scan *scan, uint32_t at, struct arena *arena)
{
	struct span raw = key_raw(scan, at);

	return scan->node[at].key_escaped ? decode(raw, arena) : raw;
}

struct span
scan_text(const struct scan *scan, uint32_t at, struct arena *arena)
{
	struct span body = scan_raw(scan, at);

	if (scan_type(scan, at) != SCAN_STRING)
		return (struct span){ NULL, 0 };
	body.p++;
	body.n -= 2;
	return scan->node[at].escaped ? decode(body, arena) : body;
}

int
scan_int(const struct scan *scan, uint32_t at, int64_t *value)
{
	struct span raw = scan_raw(scan, at);
	bool negative = *raw.p == '-';
	int64_t sum = 0;

	if (scan_type(scan, at) != SCAN_NUMBER)
		return -1;
	for (size_t i = negative; i < raw.n; i++) {
		int digit = raw.p[i] - '0';

		if (digit < 0 || digit > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
		        __builtin_sub_overflow(sum, digit, &sum))
			return -1;
	}
	if (!negative && sum == INT64_MIN)
		return -1;
	*value = negative ? sum : -sum;
	return 0;
}
