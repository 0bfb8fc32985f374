/*
 * form_parts: between form.c and form_parts.c alone: the fields of a form
 * that are more than one text.
 */
#ifndef ESC_DOMAIN_FORM_PARTS_H
#define ESC_DOMAIN_FORM_PARTS_H

#include "domain/form.h"

struct form_reader {
	const struct form_terms *terms;
	const struct scan *scan;
	struct arena *arena;
	struct err *err;
};

/* In form.c.  What they return is kept in the arena; {NULL, 0}: refused. */
int form_instant(const struct form_reader *r, const char *name,
	struct span text, int64_t *at);
struct span form_code(const struct form_reader *r,
	const struct form_field *row, const char *name, struct span text);
struct span form_json(const struct form_reader *r,
	const struct form_field *row, const char *name, struct span text);
struct span form_keep(const struct form_reader *r, struct buf *buf);

/* In form_parts.c. */
bool form_has_fault(const struct form_reader *r, const char *name);
struct span form_list(const struct form_reader *r, enum field field,
	uint32_t at);
struct span form_split(const struct form_reader *r,
	const struct form_field *row, struct span text);
void form_read_person(const struct form_reader *r, struct form *form,
	uint32_t at);
void form_read_dotted(const struct form_reader *r, struct form *form,
	struct span member, uint32_t at);
struct span form_attachments(const struct form_reader *r, uint32_t at);

#endif
