#include "base/scan.h"

#include <stdlib.h>

#include "base/scan_keys.h"
#include "base/scan_token.h"

struct reader {
	struct scan *scan;
	const char *p, *end;
	uint32_t depth;
	struct err *err;
};

/* An object or array whose end has not been read. */
struct level {
	uint32_t at, last;
	struct keys keys;
};

static bool read_value(struct reader *r, uint32_t at);

void
scan_init(struct scan *scan)
{
	*scan = (struct scan){ 0 };
}

void
scan_release(struct scan *scan)
{
	free(scan->node);
	scan_init(scan);
}

static bool
refuse(struct reader *r, const char *at, const char *why)
{
	err_add(r->err, EX_DATAERR, NULL, "byte %zu: %s",
	        (size_t)(at - r->scan->text) + 1, why);
	return false;
}

static bool
refuse_twin(struct reader *r, uint32_t at)
{
	const struct scan_node *node = &r->scan->node[at];

	err_add(r->err, EX_DATAERR, NULL, "byte %u: duplicate key \"%.*s\"", node->key,
	        (int)node->key_len, r->scan->text + node->key);
	return false;
}

static bool
refuse_here(struct reader *r, const char *why)
{
	return refuse(r, r->p, r->p == r->end ? "unexpected end" : why);
}

static uint32_t
offset(const struct reader *r, const char *p)
{
	return (uint32_t)(p - r->scan->text);
}

/* The next byte that is not blank; NUL at the end, which nothing accepts. */
static inline char
peek(struct reader *r)
{
	while (r->p < r->end) {
		char c = *r->p;

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			return c;
		r->p++;
	}
	return '\0';
}

static uint32_t
add_node(struct reader *r)
{
	struct scan *scan = r->scan;

	if (scan->n == scan->cap) {
		size_t cap = mem_grow(scan->cap, (size_t)scan->n + 1);

		scan->node = mem_resize(scan->node, cap * sizeof *scan->node);
		scan->cap = (uint32_t)cap;
	}
	scan->node[scan->n] = (struct scan_node){ 0 };
	return scan->n++;
}

/* A new last member or element. */
static uint32_t
add_child(struct reader *r, struct level *level)
{
	uint32_t child = add_node(r);

	if (level->last)
		r->scan->node[level->last].next = child;
	level->last = child;
	r->scan->node[level->at].count++;
	return child;
}

/* r->p at the opening quote; after it, past the closing one. */
static bool
read_string(struct reader *r, uint8_t *escaped)
{
	const char *end = string_plain(r->p + 1, r->end);
	struct token_fault fault;
	bool found = false;

	/* Most strings hold nothing but plain bytes. */
	if (end == r->end || *end != '"')
		end = string_end(r->p + 1, r->end, &found, &fault);
	if (!end)
		return refuse(r, fault.at, fault.why);
	*escaped = found;
	r->p = end + 1;
	return true;
}

static bool
read_number(struct reader *r)
{
	struct token_fault fault;
	const char *end = number_end(r->p, r->end, &fault);

	if (!end)
		return refuse(r, fault.at, fault.why);
	r->p = end;
	return true;
}

static bool
read_word(struct reader *r, const char *word, size_t n)
{
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return refuse_here(r, "a value was expected");
	r->p += n;
	return true;
}

static bool
read_name(struct reader *r, struct level *level, uint32_t child)
{
	struct scan_node *node = &r->scan->node[child];

	if (peek(r) != '"')
		return refuse_here(r, "a name in quotes was expected");
	node->key = offset(r, r->p + 1);
	if (!read_string(r, &node->key_escaped))
		return false;
	node->key_len = offset(r, r->p - 1) - node->key;
	if (keys_add(&level->keys, r->scan, level->at, child))
		return refuse_twin(r, child);
	if (peek(r) != ':')
		return refuse_here(r, "':' was expected");
	r->p++;
	return true;
}

/* After a member or element: true with *more, or true at the end. */
static bool
read_separator(struct reader *r, char close, bool *more)
{
	char c = peek(r);

	if (c != ',' && c != close)
		return refuse_here(r, close == '}' ? "',' or '}' was expected"
		                                   : "',' or ']' was expected");
	r->p++;
	*more = c == ',';
	return true;
}

static bool
read_members(struct reader *r, struct level *level)
{
	bool more = true;
	uint32_t twin;

	while (more) {
		uint32_t child = add_child(r, level);

		if (!read_name(r, level, child) || !read_value(r, child) ||
		        !read_separator(r, '}', &more))
			return false;
	}
	twin = keys_end(&level->keys, r->scan, level->at);
	if (twin)
		return refuse_twin(r, twin);
	return true;
}

static bool
read_elements(struct reader *r, struct level *level)
{
	bool more = true;

	while (more) {
		if (!read_value(r, add_child(r, level)) || !read_separator(r, ']', &more))
			return false;
	}
	return true;
}

/* r->p at the opening brace or bracket. */
static bool
read_level(struct reader *r, uint32_t at, char close)
{
	struct level level = { .at = at };
	bool ok;

	if (r->depth == SCAN_DEPTH)
		return refuse_here(r, "nesting over 64");
	r->p++;
	if (peek(r) == close) {
		r->p++;
		return true;
	}
	r->depth++;
	ok = close == '}' ? read_members(r, &level) : read_elements(r, &level);
	r->depth--;
	return ok;
}

static bool
read_body(struct reader *r, uint32_t at, enum scan_type type)
{
	switch (type) {
	case SCAN_OBJECT:
		return read_level(r, at, '}');
	case SCAN_ARRAY:
		return read_level(r, at, ']');
	case SCAN_STRING:
		return read_string(r, &r->scan->node[at].escaped);
	case SCAN_TRUE:
		return read_word(r, "true", 4);
	case SCAN_FALSE:
		return read_word(r, "false", 5);
	case SCAN_NULL:
		return read_word(r, "null", 4);
	default:
		return read_number(r);
	}
}

static bool
read_value(struct reader *r, uint32_t at)
{
	/* 1 + the type that a first byte announces. */
	static const uint8_t types[256] = {
		['{'] = 1 + SCAN_OBJECT,
		['['] = 1 + SCAN_ARRAY,
		['"'] = 1 + SCAN_STRING,
		['t'] = 1 + SCAN_TRUE,
		['f'] = 1 + SCAN_FALSE,
		['n'] = 1 + SCAN_NULL,
		['-'] = 1 + SCAN_NUMBER,
		['0' ... '9'] = 1 + SCAN_NUMBER,
	};
	uint8_t type = types[(unsigned char)peek(r)];

	if (!type)
		return refuse_here(r, "a value was expected");
	type--;
	r->scan->node[at].type = type;
	r->scan->node[at].start = offset(r, r->p);
	if (!read_body(r, at, (enum scan_type)type))
		return false;
	r->scan->node[at].end = offset(r, r->p);
	return true;
}

static bool
read_text_whole(struct reader *r)
{
	if (peek(r) != '{')
		return refuse_here(r, "an object was expected");
	if (!read_value(r, add_node(r)))
		return false;
	peek(r);
	return r->p == r->end || refuse(r, r->p, "something follows the object");
}

int
scan_line(struct scan *scan, const char *text, size_t len, struct err *err)
{
	struct reader r = { scan, text, text + len, 0, err };

	scan->text = text;
	scan->n = 0;
	if (len > INT32_MAX)
		return err_add(err, EX_DATAERR, NULL, "longer than 2 GiB");
	return read_text_whole(&r) ? 0 : -1;
}
