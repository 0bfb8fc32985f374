#include "domain/policy_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

static void
put_pointer(struct buf *buf, const struct place *place)
{
	if (!place)
		return;
	put_pointer(buf, place->up);
	if (!place->key) {
		buf_printf(buf, "/%zu", place->index);
		return;
	}
	buf_putc(buf, '/');
	for (const char *p = place->key; *p; p++) {
		if (*p == '~')
			buf_puts(buf, "~0");
		else if (*p == '/')
			buf_puts(buf, "~1");
		else
			buf_putc(buf, *p);
	}
}

static void
fault_va(struct reader *r, const struct place *place, const char *format,
	va_list args)
{
	struct buf where = { 0 };
	char *what = NULL;

	put_pointer(&where, place);
	if (vasprintf(&what, format, args) < 0)
		what = NULL;
	err_add(r->err, EX_CONFIG, buf_cstr(&where), "%s", what ? what : format);
	free(what);
	buf_release(&where);
}

void
read_fault(struct reader *r, const struct place *place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fault_va(r, place, format, args);
	va_end(args);
}

void
read_fault_at(struct reader *r, const struct place *place, const char *key,
	const char *format, ...)
{
	struct place at = { place, key, 0 };
	va_list args;

	va_start(args, format);
	fault_va(r, &at, format, args);
	va_end(args);
}

static const struct key *
key_find(const struct key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

void
read_object(struct reader *r, const struct place *place, json_t *json,
	const struct key *keys, void *to)
{
	const char *name;
	json_t *value;

	if (!json_is_object(json)) {
		read_fault(r, place, "expected an object");
		return;
	}
	for (const struct key *key = keys; key->name; key++) {
		struct place at = { place, key->name, 0 };

		value = json_object_get(json, key->name);
		if (value && key->read)
			key->read(r, &at, value, (char *)to + key->offset);
		else if (!value && key->needed)
			read_fault(r, &at, "required");
	}
	json_object_foreach(json, name, value)
		if (!key_find(keys, name))
			read_fault_at(r, place, name, "unknown key");
}

void *
read_list(struct reader *r, const struct place *place, json_t *json,
	size_t size, read_fn read, size_t *n)
{
	char *list;

	*n = 0;
	if (!json_is_array(json)) {
		read_fault(r, place, "expected a list");
		return NULL;
	}
	*n = json_array_size(json);
	list = arena_zero(r->policy->arena, *n * size);
	for (size_t i = 0; i < *n; i++) {
		struct place at = { place, NULL, i };

		read(r, &at, json_array_get(json, i), list + i * size);
	}
	return list;
}

bool
is_note(const char *name, const json_t *value)
{
	return json_is_string(value) && strcmp(name, "note") == 0;
}

void *
read_named(struct reader *r, const struct place *place, json_t *json,
	size_t size, read_fn read, size_t *n)
{
	const char *name;
	json_t *value;
	char *list;

	*n = 0;
	if (!json_is_object(json)) {
		read_fault(r, place, "expected an object");
		return NULL;
	}
	list = arena_zero(r->policy->arena, json_object_size(json) * size);
	json_object_foreach(json, name, value) {
		struct place at = { place, name, 0 };

		if (!is_note(name, value))
			read(r, &at, value, list + (*n)++ * size);
	}
	return list;
}

void
read_text(struct reader *r, const struct place *place, json_t *json, void *to)
{
	if (!json_is_string(json) || json_string_length(json) == 0)
		read_fault(r, place, "expected a text");
	else
		*(const char **)to = json_string_value(json);
}

bool
name_is_valid(const char *name)
{
	return *name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == 0;
}

void
read_name(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const char *name = json_string_value(json);

	if (!name || !name_is_valid(name))
		read_fault(r, place, "expected a name of a-z, 0-9 and -%s%s%s",
			name ? "; got \"" : "", name ? name : "", name ? "\"" : "");
	else
		*(const char **)to = name;
}

void
read_flag(struct reader *r, const struct place *place, json_t *json, void *to)
{
	if (!json_is_boolean(json))
		read_fault(r, place, "expected true or false");
	else
		*(bool *)to = json_is_true(json);
}

void
read_int(struct reader *r, const struct place *place, json_t *json, void *to)
{
	json_int_t value = json_integer_value(json);

	if (!json_is_integer(json) || value < 0 || value > 1000000)
		read_fault(r, place, "expected a whole number");
	else
		*(int *)to = (int)value;
}

void
read_duration(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct err err = { 0 };

	if (!json_is_string(json))
		read_fault(r, place, "expected a duration such as \"2bd\"");
	else if (duration_parse(span_of(json_string_value(json)), to, &err) < 0)
		read_fault(r, place, "%s", err_text(&err));
	err_release(&err);
}

void
read_calendar(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct calendar **calendar = to;
	const char *name = NULL;
	struct err err = { 0 };

	read_name(r, place, json, &name);
	if (!name)
		return;
	*calendar = r->calendars->find(r->calendars->ctx, name, &err);
	if (!*calendar)
		for (size_t i = 0; i < err.n; i++)
			read_fault(r, place, "%s%s%s", err.fault[i].where,
				*err.fault[i].where ? ": " : "", err.fault[i].what);
	err_release(&err);
}

void
read_warn(struct reader *r, const struct place *place, json_t *json, void *to)
{
	double share = json_number_value(json);

	if (!json_is_number(json) || !(share > 0 && share <= 1))
		read_fault(r, place, "expected a share of the time to the limit, "
			"such as 0.75");
	else
		*(uint32_t *)to = (uint32_t)(share * WARN_MILLION + 0.5);
}

const char *const *
read_texts(struct reader *r, const struct place *place, json_t *json, size_t *n)
{
	return read_list(r, place, json, sizeof(char *), read_text, n);
}

int
read_word(struct reader *r, const struct place *place, json_t *json,
	const char *const *words)
{
	const char *text = json_string_value(json);
	struct buf list = { 0 };

	for (int i = 0; words[i]; i++) {
		if (text && strcmp(text, words[i]) == 0) {
			buf_release(&list);
			return i;
		}
		buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
	}
	if (text)
		read_fault(r, place, "expected one of %s; got \"%s\"", buf_cstr(&list), text);
	else
		read_fault(r, place, "expected one of %s", buf_cstr(&list));
	buf_release(&list);
	return -1;
}
