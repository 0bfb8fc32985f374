#include "store/line.h"

#include <stdlib.h>

#define CHAIN_DIGITS (HASH_HEX - 1)
#define SALT_BYTES   (SALT_DIGITS / 2)
#define SALT_POOL    256 /* salts that are drawn at once */

/* The hash of two runs of bytes, one behind the other. */
static void
hash_two(struct span a, struct span b, char hex[HASH_HEX])
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, a.p, a.n);
	hash_add(&hash, b.p, b.n);
	hash_end(&hash, sum);
	hash_to_hex(sum, sizeof sum, hex);
}

void
line_genesis(struct span store_id, char h[HASH_HEX])
{
	hash_two(span_of("esc-store 1\n"), store_id, h);
}

void
line_data_hash(struct span salt, struct span data, char dh[HASH_HEX])
{
	hash_two(salt, data, dh);
}

void
line_chain(const struct store_line *line, char h[HASH_HEX])
{
	hash_two((struct span){ h, CHAIN_DIGITS }, line->chained, h);
}

bool
line_data_is_whole(const struct store_line *line)
{
	char dh[HASH_HEX];

	line_data_hash(line->salt, line->data, dh);
	return span_is(line->dh, dh);
}

bool
line_is_erased(const struct store_line *line)
{
	return span_is(line->salt, SALT_ERASED);
}

void
line_salt(char salt[SALT_DIGITS + 1])
{
	static unsigned char pool[SALT_POOL][SALT_BYTES];
	static size_t left;

	if (left == 0) {
		arc4random_buf(pool, sizeof pool);
		left = SALT_POOL;
	}
	hash_to_hex(pool[--left], SALT_BYTES, salt);
}

/* From { to the closing quote of dh. */
static void
write_chained(struct buf *out, const struct store_line *line, const char *dh)
{
	buf_puts(out, "{\"v\":1,\"seq\":");
	buf_int(out, line->seq);
	buf_puts(out, ",\"at\":\"");
	buf_instant(out, line->at);
	buf_puts(out, "\",\"by\":");
	buf_json(out, line->by);
	buf_puts(out, ",\"id\":");
	buf_json(out, line->id);
	buf_puts(out, ",\"rev\":");
	buf_int(out, line->rev);
	buf_puts(out, ",\"b\":\"");
	buf_int(out, (int64_t)line->place);
	buf_putc(out, '/');
	buf_int(out, (int64_t)line->of);
	buf_puts(out, "\",\"dh\":\"");
	buf_put(out, dh, CHAIN_DIGITS);
	buf_putc(out, '"');
}

void
line_write(struct buf *out, const struct store_line *line, char h[HASH_HEX])
{
	struct store_line done = *line;
	size_t start = out->len;
	char dh[HASH_HEX];

	line_data_hash(line->salt, line->data, dh);
	write_chained(out, line, dh);
	done.chained = (struct span){ out->data + start, out->len - start };
	line_chain(&done, h);
	buf_puts(out, ",\"salt\":\"");
	buf_span(out, line->salt);
	buf_puts(out, "\",\"data\":");
	buf_span(out, line->data);
	buf_puts(out, ",\"h\":\"");
	buf_put(out, h, CHAIN_DIGITS);
	buf_puts(out, "\"}\n");
}
