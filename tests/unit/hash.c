#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

/* As `printf ... | b2sum -l 256` prints them. */
static const char *const known[][2] = {
	{ "", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
	{ "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
};

static void
test_known_sums(void **state)
{
	char hex[HASH_HEX];

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		hash_hex(known[i][0], strlen(known[i][0]), hex);
		assert_string_equal(hex, known[i][1]);
	}
	hash_hex(NULL, 0, hex);
	assert_string_equal(hex, known[0][1]);
}

/* In pieces of any length it is the same sum. */
static void
test_pieces(void **state)
{
	unsigned char data[1000], sum[HASH_SIZE];
	char whole[HASH_HEX], hex[HASH_HEX];
	struct hash hash;

	(void)state;
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (unsigned char)(i * 7);
	hash_hex(data, sizeof data, whole);
	for (size_t step = 1; step < 300; step += 13) {
		hash_init(&hash);
		for (size_t at = 0; at < sizeof data; at += step) {
			size_t rest = sizeof data - at;

			hash_add(&hash, data + at, rest < step ? rest : step);
		}
		hash_add(&hash, NULL, 0);
		hash_end(&hash, sum);
		hash_to_hex(sum, sizeof sum, hex);
		assert_string_equal(hex, whole);
	}
}

static void
test_hex(void **state)
{
	static const unsigned char sum[] = { 0x00, 0x0f, 0xf0, 0xab };
	char text[9];

	(void)state;
	hash_to_hex(sum, sizeof sum, text);
	assert_string_equal(text, "000ff0ab");
	hash_to_hex(sum, 0, text);
	assert_string_equal(text, "");
}

/* The vector of the paper on SipHash, appendix A. */
static void
test_short(void **state)
{
	static const unsigned char known_sum[HASH_SHORT_SIZE] =
		{ 0xe5, 0x45, 0xbe, 0x49, 0x61, 0xca, 0x29, 0xa1 };
	unsigned char key[HASH_SHORT_KEY], sum[HASH_SHORT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)i;
	hash_short(key, key, 15, sum);
	assert_memory_equal(sum, known_sum, sizeof sum);
}

/* The vector of FIPS 180-4, and that of no bytes. */
static void
test_sha256(void **state)
{
	char text[HASH_SHA256_BASE64];

	(void)state;
	hash_sha256_base64("abc", 3, text);
	assert_string_equal(text, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	hash_sha256_base64("", 0, text);
	assert_string_equal(text, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_sums),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_sha256),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
