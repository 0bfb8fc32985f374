#include "cli/mapping.h"

#include <stdlib.h>

#include "cli/policies.h"
#include "cli/policies_files.h"

/* The text of maps/NAME, after what `text` holds; `where` says whence. */
static int
find_text(const char *name, struct buf *text, struct buf *where,
	struct err *err)
{
	struct span builtin;
	const char *folder;
	int found = 0;

	for (size_t i = 0; found == 0 && (folder = policies_folder(i)); i++) {
		where->len = 0;
		buf_printf(where, "%s/maps/%s.json", folder, name);
		found = policies_read_file(buf_cstr(where), text, err);
	}
	if (found)
		return found;
	where->len = 0;
	buf_printf(where, "maps/%s", name);
	builtin = policies_builtin_text(buf_cstr(where));
	buf_span(text, builtin);
	return builtin.p != NULL;
}

static int
read_text_of(const char *name, struct buf *text, struct buf *where,
	struct err *err)
{
	int found = 0;

	if (policies_is_file(name)) {
		buf_puts(where, name);
		found = policies_read_file(name, text, err);
	} else if (policies_name_is_safe(span_of(name))) {
		found = find_text(name, text, where, err);
	}
	if (found == 0)
		return err_add(err, EX_NOINPUT, NULL, "%s: no such mapping", name);
	return found;
}

static struct mapping *
parse(struct span text, enum mapping_use use, const struct policy *policy,
	struct err *err)
{
	struct mapping *mapping = mapping_parse(text, use, err);

	if (!mapping || use != MAPPING_OF_CASES ||
		mapping_check(mapping, policy, err) == 0)
		return mapping;
	mapping_free(mapping);
	return NULL;
}

struct mapping *
mapping_open(const char *name_or_file, enum mapping_use use,
	const struct policy *policy, struct err *err)
{
	struct buf text = { 0 }, where = { 0 };
	struct err why = { 0 };
	struct mapping *mapping = NULL;

	if (read_text_of(name_or_file, &text, &where, err) > 0) {
		mapping = parse(buf_text(&text), use, policy, &why);
		if (!mapping)
			policies_faults(buf_cstr(&where), &why, err);
	}
	err_release(&why);
	buf_release(&text);
	buf_release(&where);
	return mapping;
}
