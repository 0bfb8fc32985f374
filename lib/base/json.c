#include "base/json.h"

#include <string.h>

/* Where a byte stands: line and column, both from 1. */
static void
place_of(struct span text, size_t byte, size_t *line, size_t *column)
{
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < byte; i++) {
		(*column)++;
		if (text.p[i] == '\n') {
			(*line)++;
			*column = 1;
		}
	}
}

/* jansson 2.14 swallows a NUL after a number or literal. */
static int
refuse_nul(struct span text, struct err *err)
{
	const char *nul = text.n ? memchr(text.p, '\0', text.n) : NULL;
	size_t line, column;

	if (!nul)
		return 0;
	place_of(text, (size_t)(nul - text.p), &line, &column);
	return err_add(
	        err, EX_CONFIG, NULL, "line %zu, column %zu: a NUL byte", line, column);
}

json_t *
json_read(struct span text, struct err *err)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
	json_error_t why;
	json_t *value;

	if (refuse_nul(text, err))
		return NULL;
	value = json_loadb(text.n ? text.p : "", text.n, flags, &why);
	if (!value) {
		err_add(err, EX_CONFIG, NULL, "line %d, column %d: %s", why.line,
		        why.column, why.text);
	}
	return value;
}
