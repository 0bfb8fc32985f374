#include "gen.h"

#define COUNT(a) ((uint32_t)(sizeof(a) / sizeof(a)[0]))
#define PICK(g, a) (a)[gen_below(g, COUNT(a))]

static void put_value(struct gen *gen, struct buf *text, int depth);

static const char *const names[] = {
	"",
	"a",
	"b",
	"ab",
	"ba",
	"id",
	"\\u0061",
	"\\u0062",
	"a\\u0062",
	"\\u0061b",
	"\xc3\xa9",
	"\\u00e9",
	"\\u00E9",
	"\\ud83d\\ude00",
	"\xf0\x9f\x98\x80",
	"\\/",
	"/",
	"\\n",
	"\\u000a",
	"a\\\\",
	"a\\\"",
	"events",
	"x_weight",
	"description",
};

static const char *const pieces[] = {
	"a",
	"plain text",
	" ",
	"sixteen bytes xx",
	"\x7f",
	"\\n",
	"\\\"",
	"\\\\",
	"\\/",
	"\\b\\f\\r\\t",
	"\\u0001",
	"\\u00e9",
	"\\u20AC",
	"\\ud83d\\ude00",
	"\\uDBFF\\uDFFF",
	"\\uffff",
	"\\u2028",
	"\xc2\x80",
	"\xc3\xa9",
	"\xdf\xbf",
	"\xe0\xa0\x80",
	"\xe2\x82\xac",
	"\xed\x9f\xbf",
	"\xee\x80\x80",
	"\xef\xbf\xbf",
	"\xf0\x90\x80\x80",
	"\xf4\x8f\xbf\xbf",
	"{}[]:,",
	"0123456789012345678901234567",
};

static const char *const numbers[] = {
	"0",
	"-0",
	"1",
	"-1",
	"17",
	"78.34",
	"0.1",
	"-0.0",
	"1E2",
	"1e+2",
	"1e-2",
	"0e0",
	"2.5E-3",
	"1e308",
	"1e-400",
	"100",
	"9007199254740993",
	"9223372036854775807",
	"-9223372036854775808",
};

/* What the two readers are known to see differently, and what neither takes. */
static const char *const oddities[] = {
	"9223372036854775808",
	"-9223372036854775809",
	"12345678901234567890",
	"1e309",
	"-1e400",
	"1.8e308",
	"\\u0000",
	"\\ud800",
	"\\udc00",
	"\\ud800\\u0041",
	"\\u12",
	"\\x",
	"01",
	"-",
	"1.",
	".5",
	"1e",
	"+1",
	"nul",
	"True",
	"NaN",
	"\xef\xbb\xbf",
	"\xc0\x80",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xf8\x88\x80\x80\x80",
	"\x80",
	"[[[[[[[[[[[[[[[[",
	"]]]]]]]]]]]]]]]]",
	"{\"a\":",
	"}",
	"//",
	"/**/",
	"\"",
	",",
};

static const char bytes[] =
        "\"\\{}[]:,.-+eE019tfnu/ \t\r\n\x01\x1f\x7f\x80\xbf\xc2\xed\xf0";

uint32_t
gen_below(struct gen *gen, uint32_t n)
{
	uint64_t z = gen->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % n);
}

static void
put_blank(struct gen *gen, struct buf *text)
{
	if (gen_below(gen, 12) == 0)
		buf_putc(text, " \t\r\n"[gen_below(gen, 4)]);
}

static void
put_string(struct gen *gen, struct buf *text)
{
	uint32_t n = gen_below(gen, 5);

	buf_putc(text, '"');
	while (n--)
		buf_puts(text, PICK(gen, pieces));
	buf_putc(text, '"');
}

/* Known names are often equal, numbered ones never, most often neither. */
static void
put_name(struct gen *gen, struct buf *text, uint32_t i)
{
	buf_putc(text, '"');
	if (gen_below(gen, 2) == 0)
		buf_puts(text, PICK(gen, names));
	if (gen_below(gen, 8) != 0)
		buf_int(text, i);
	buf_putc(text, '"');
}

static uint32_t
member_count(struct gen *gen)
{
	return gen_below(gen, 60) == 0 ? 25 + gen_below(gen, 20) : gen_below(gen, 6);
}

static void
put_object(struct gen *gen, struct buf *text, int depth)
{
	uint32_t n = member_count(gen);

	buf_putc(text, '{');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_putc(text, ',');
		put_blank(gen, text);
		put_name(gen, text, i);
		put_blank(gen, text);
		buf_putc(text, ':');
		put_value(gen, text, depth + 1);
	}
	put_blank(gen, text);
	buf_putc(text, '}');
}

static void
put_array(struct gen *gen, struct buf *text, int depth)
{
	uint32_t n = gen_below(gen, 5);

	buf_putc(text, '[');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_putc(text, ',');
		put_value(gen, text, depth + 1);
	}
	buf_putc(text, ']');
}

/* Arrays and objects in turn, to about the depth that is still allowed. */
static void
put_deep(struct gen *gen, struct buf *text)
{
	uint32_t n = 55 + gen_below(gen, 16), arrays = gen_below(gen, 2);

	for (uint32_t i = 0; i < n; i++)
		buf_puts(text, i % 2 == arrays ? "[" : "{\"a\":");
	buf_puts(text, PICK(gen, numbers));
	for (uint32_t i = n; i-- > 0;)
		buf_putc(text, i % 2 == arrays ? ']' : '}');
}

static void
put_scalar(struct gen *gen, struct buf *text)
{
	static const char *const words[] = { "true", "false", "null" };
	uint32_t kind = gen_below(gen, 100);

	if (kind < 50)
		put_string(gen, text);
	else if (kind < 85)
		buf_puts(text, PICK(gen, numbers));
	else if (kind < 99)
		buf_puts(text, PICK(gen, words));
	else
		buf_puts(text, oddities[gen_below(gen, 6)]);
}

static void
put_value(struct gen *gen, struct buf *text, int depth)
{
	uint32_t kind = gen_below(gen, 400);

	put_blank(gen, text);
	if (kind == 0)
		put_deep(gen, text);
	else if (kind < 60 && depth < 6)
		put_object(gen, text, depth);
	else if (kind < 120 && depth < 6)
		put_array(gen, text, depth);
	else
		put_scalar(gen, text);
	put_blank(gen, text);
}

void
gen_object(struct gen *gen, struct buf *text)
{
	if (gen_below(gen, 200) == 0)
		put_array(gen, text, 1);
	else
		put_object(gen, text, 1);
}

/* Replaces n bytes at `at` by others. */
static void
replace(struct buf *text, size_t at, size_t n, struct span by)
{
	size_t rest = text->len - at - n;
	char *p = buf_reserve(text, by.n) - text->len + at;

	memmove(p + by.n, p + n, rest);
	if (by.n)
		memcpy(p, by.p, by.n);
	text->len = at + by.n + rest;
}

static struct span
some_byte(struct gen *gen, char *byte)
{
	*byte = bytes[gen_below(gen, sizeof bytes)]; /* the NUL too */
	return (struct span){ byte, 1 };
}

static void
copy_slice(struct gen *gen, struct buf *text, size_t to)
{
	size_t from = gen_below(gen, (uint32_t)text->len);
	size_t n = 1 + gen_below(gen, (uint32_t)(text->len - from));
	struct buf slice = { 0 };

	buf_put(&slice, text->data + from, n < 40 ? n : 40);
	replace(text, to, 0, buf_text(&slice));
	buf_release(&slice);
}

static void
damage_once(struct gen *gen, struct buf *text)
{
	size_t at = gen_below(gen, (uint32_t)text->len);
	uint32_t kind = gen_below(gen, 16), cut = gen_below(gen, 2);
	char byte;

	if (kind < 4)
		replace(text, at, 1, some_byte(gen, &byte));
	else if (kind < 7)
		replace(text, at, 0, some_byte(gen, &byte));
	else if (kind < 9)
		replace(text, at, 1, span_of(""));
	else if (kind < 11)
		text->data[at] = (char)(text->data[at] ^ 1 << gen_below(gen, 8));
	else if (kind < 14)
		replace(text, at, cut, span_of(PICK(gen, oddities)));
	else if (kind < 15)
		copy_slice(gen, text, at);
	else
		text->len = at;
}

void
gen_damage(struct gen *gen, struct buf *text)
{
	uint32_t n = gen_below(gen, 4);

	while (n-- && text->len)
		damage_once(gen, text);
}
