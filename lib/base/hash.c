#include "base/hash.h"

#include <sodium.h>
#include <stdbool.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof((struct hash *)0)->state,
        "the state fits");
_Static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct hash),
        "the state is aligned");
_Static_assert(HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");
_Static_assert(HASH_SHORT_SIZE == crypto_shorthash_siphash24_BYTES &&
        HASH_SHORT_KEY == crypto_shorthash_siphash24_KEYBYTES, "SipHash-2-4");

static crypto_generichash_state *
state_of(struct hash *hash)
{
	return (crypto_generichash_state *)(void *)hash->state;
}

/* It chooses the fastest code; where it fails, the portable one is used. */
static void
sodium_once(void)
{
	static bool done;

	if (!done)
		done = sodium_init() >= 0;
}

void
hash_init(struct hash *hash)
{
	sodium_once();
	crypto_generichash_init(state_of(hash), NULL, 0, HASH_SIZE);
}

void
hash_add(struct hash *hash, const void *p, size_t n)
{
	if (n)
		crypto_generichash_update(state_of(hash), p, n);
}

void
hash_end(struct hash *hash, unsigned char sum[HASH_SIZE])
{
	crypto_generichash_final(state_of(hash), sum, HASH_SIZE);
}

void
hash_hex(const void *p, size_t n, char hex[HASH_HEX])
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, p, n);
	hash_end(&hash, sum);
	hash_to_hex(sum, sizeof sum, hex);
}

void
hash_sha256_base64(const void *p, size_t n, char text[HASH_SHA256_BASE64])
{
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sum, p, n);
	sodium_bin2base64(text, HASH_SHA256_BASE64, sum, sizeof sum,
		sodium_base64_VARIANT_ORIGINAL);
}

void
hash_short(const unsigned char key[HASH_SHORT_KEY], const void *p, size_t n,
	unsigned char sum[HASH_SHORT_SIZE])
{
	crypto_shorthash_siphash24(sum, p, n, key);
}

void
hash_to_hex(const unsigned char *sum, size_t n, char *text)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		text[2 * i] = digits[sum[i] >> 4];
		text[2 * i + 1] = digits[sum[i] & 15];
	}
	text[2 * n] = '\0';
}
