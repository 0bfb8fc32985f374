/* The fields of a mapping: their names are the form's, or one's own. */
#include <string.h>

#include "domain/form.h"
#include "domain/mapping_read.h"

static const char *
person_problem(const char *member)
{
	for (int i = 0; i < PERSON_MEMBERS; i++)
		if (strcmp(member, form_person_names[i]) == 0)
			return NULL;
	return "expected requester.name, .email or .role";
}

/* Why no field can have this name; NULL: it can. */
static const char *
name_problem(const char *name)
{
	static const char person[] = "requester.";
	struct span text = span_of(name);
	enum field field = field_find(text);

	if (field_is_private(text) || field_in_form(field))
		return NULL;
	if (strncmp(name, person, strlen(person)) == 0)
		return person_problem(name + strlen(person));
	if (field == FIELD_CREATED)
		return "belongs in /created";
	if (field != FIELD_NONE)
		return "esc writes this field itself";
	return "no field of a form; names of your own begin with x_";
}

void
read_fields(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct mapping *mapping = to;

	mapping->field = read_sources(r, place, json, &mapping->n_fields);
	for (size_t i = 0; i < mapping->n_fields; i++) {
		const char *name = mapping->field[i].name;
		const char *problem = name ? name_problem(name) : NULL;

		if (problem)
			read_fault_at(r, place, name, "%s", problem);
	}
}
