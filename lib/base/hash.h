/*
 * hash: BLAKE2b-256 (RFC 7693) of libsodium, as `b2sum -l 256` prints it, and
 * SHA-256 where a format of others wants it.
 * The only user of <sodium.h>.
 * Order: hash_init, hash_add..., hash_end.
 */
#ifndef ESC_BASE_HASH_H
#define ESC_BASE_HASH_H

#include <stddef.h>

#define HASH_SIZE 32
#define HASH_HEX  (2 * HASH_SIZE + 1)
#define HASH_SHA256_BASE64 45
#define HASH_SHORT_SIZE 8
#define HASH_SHORT_KEY  16

struct hash {
	_Alignas(64) unsigned char state[384];
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *p, size_t n);
void hash_end(struct hash *hash, unsigned char sum[HASH_SIZE]);

/* The sum of n bytes as 64 lower-case hex digits and a NUL. */
void hash_hex(const void *p, size_t n, char hex[HASH_HEX]);

/* SHA-256 of n bytes in base64, with a NUL: a source of a content security policy. */
void hash_sha256_base64(const void *p, size_t n, char text[HASH_SHA256_BASE64]);

/* SipHash-2-4: a quick checksum, where nobody would gain by forging it. */
void hash_short(const unsigned char key[HASH_SHORT_KEY], const void *p, size_t n,
	unsigned char sum[HASH_SHORT_SIZE]);

/* Any sum as hex digits; text holds 2 n + 1 bytes. */
void hash_to_hex(const unsigned char *sum, size_t n, char *text);

#endif
