/*
 * scan against jansson: both must take the same texts and read the same
 * values out of them.  The documented differences, each recognised and
 * counted, are the only ones let pass:
 *
 *	scan takes integers beyond int64 and reals beyond the largest double;
 *	scan refuses nesting over 64;
 *	scan refuses a top level that is no object;
 *	scan refuses a NUL after a number or literal, which jansson swallows.
 *
 * scan_jansson [COUNT [SEED]]: COUNT texts; the same SEED gives the same
 * texts.  Status 1, with the text, at the first difference of another kind.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "gen.h"
#include "same.h"

struct tally {
	uint64_t taken, refused, too_big, too_deep, no_object, nul;
};

/* What one text is tried with. */
struct trial {
	struct scan scan;
	struct arena arena;
	struct err err;
	struct buf mended;
	struct tally tally;
};

static json_t *
ask_jansson(struct span text, bool *too_big)
{
	json_error_t why;
	json_t *tree = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);

	*too_big = !tree && json_error_code(&why) == json_error_numeric_overflow;
	return tree;
}

/* The text ends where its memory ends, so that reading on is found out. */
static bool
ask_scan(struct trial *t, struct span text)
{
	err_reset(&t->err);
	arena_reset(&t->arena);
	return scan_line(&t->scan, text.p, text.n, &t->err) == 0;
}

static bool
says(struct trial *t, const char *reason)
{
	return strstr(err_text(&t->err), reason) != NULL;
}

/* Scan took it, jansson found a number too big: with zeros both agree. */
static bool
agree_but_for_big(struct trial *t, struct span text)
{
	size_t from = 0;
	bool too_big, same;
	json_t *tree;

	t->mended.len = 0;
	for (uint32_t i = 0; i < t->scan.n; i++) {
		if (!is_too_big(&t->scan, i))
			continue;
		buf_put(&t->mended, text.p + from, t->scan.node[i].start - from);
		buf_putc(&t->mended, '0');
		from = t->scan.node[i].end;
	}
	buf_put(&t->mended, text.p + from, text.n - from);
	tree = ask_jansson(buf_text(&t->mended), &too_big);
	same = from && tree && same_value(&t->scan, 0, tree, &t->arena);
	json_decref(tree);
	t->tally.too_big++;
	return same;
}

static bool
swallows_nul_after(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* In place of a NUL that jansson swallowed, a blank; an object around. */
static bool
mend(struct trial *t, struct span text, json_t *tree)
{
	bool found = false;

	t->mended.len = 0;
	if (!json_is_object(tree)) {
		buf_puts(&t->mended, "{\"\":");
		t->tally.no_object++;
		found = true;
	}
	for (size_t i = 0; i < text.n; i++) {
		bool nul = i && !text.p[i] && swallows_nul_after(text.p[i - 1]);

		buf_putc(&t->mended, nul ? ' ' : text.p[i]);
		t->tally.nul += nul;
		found |= nul;
	}
	if (!json_is_object(tree))
		buf_putc(&t->mended, '}');
	return found;
}

/* Jansson took it and scan did not: mended, both agree, or it is deep. */
static bool
agree_when_mended(struct trial *t, struct span text, json_t *tree)
{
	uint32_t depth = depth_of(tree) + !json_is_object(tree);
	bool mended = mend(t, text, tree);

	if (depth > SCAN_DEPTH) {
		t->tally.too_deep++;
		return !ask_scan(t, buf_text(&t->mended)) && says(t, "nesting over 64");
	}
	return mended && ask_scan(t, buf_text(&t->mended)) &&
	       same_value(&t->scan, json_is_object(tree) ? 0 : 1, tree, &t->arena);
}

static bool
agree(struct trial *t, struct span text)
{
	bool too_big, ok, taken = ask_scan(t, text);
	json_t *tree = ask_jansson(text, &too_big);

	if (taken && tree)
		ok = depth_of(tree) <= SCAN_DEPTH &&
		     same_value(&t->scan, 0, tree, &t->arena);
	else if (taken)
		ok = too_big && agree_but_for_big(t, text);
	else if (tree)
		ok = agree_when_mended(t, text, tree);
	else
		ok = true;
	t->tally.taken += taken && tree;
	t->tally.refused += !taken && !tree;
	json_decref(tree);
	return ok;
}

static void
print_text(struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c >= 0x20 && c < 0x7f && c != '\\')
			putchar(c);
		else
			printf("\\x%02x", c);
	}
	putchar('\n');
}

static bool
try_one(struct trial *t, uint64_t seed)
{
	struct gen gen = { seed };
	struct buf text = { 0 };
	char *exact;
	bool ok;

	gen_object(&gen, &text);
	gen_damage(&gen, &text);
	exact = malloc(text.len ? text.len : 1);
	if (!exact)
		abort();
	memcpy(exact, text.data, text.len);
	ok = agree(t, (struct span){ exact, text.len });
	if (!ok) {
		printf("not the same, seed %llu, scan says \"%s\":\n",
		        (unsigned long long)seed, err_text(&t->err));
		print_text(buf_text(&text));
	}
	free(exact);
	buf_release(&text);
	return ok;
}

static void
print_tally(const struct tally *tally)
{
	const struct {
		const char *what;
		uint64_t n;
	} rows[] = {
		{ "taken by both", tally->taken },
		{ "refused by both", tally->refused },
		{ "a number too big for jansson", tally->too_big },
		{ "nesting over 64", tally->too_deep },
		{ "a top level that is no object", tally->no_object },
		{ "NUL bytes that jansson swallows", tally->nul },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		printf("%12llu %s\n", (unsigned long long)rows[i].n, rows[i].what);
}

int
main(int argc, char **argv)
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 200000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	struct trial t = { 0 };
	bool ok = true;

	json_object_seed(1);
	scan_init(&t.scan);
	for (uint64_t i = 0; ok && i < count; i++)
		ok = try_one(&t, (seed << 32) + i);
	print_tally(&t.tally);
	scan_release(&t.scan);
	arena_release(&t.arena);
	err_release(&t.err);
	buf_release(&t.mended);
	return ok ? 0 : 1;
}
