#include "domain/newcase.h"

#include <string.h>

#include "base/hash.h"

#define ID_START "esc-id 1\n"

static void
hash_text(struct hash *hash, const char *text)
{
	hash_add(hash, text, strlen(text));
}

static void
hash_line(struct hash *hash, const char *name, struct span json)
{
	if (!json.p)
		return;
	hash_text(hash, name);
	hash_add(hash, "=", 1);
	hash_add(hash, json.p, json.n);
	hash_add(hash, "\n", 1);
}

static void
hash_string(struct hash *hash, const char *name, struct span text)
{
	struct buf json = { 0 };

	buf_json(&json, text);
	hash_line(hash, name, buf_text(&json));
	buf_release(&json);
}

static void
hash_start(struct hash *hash, const struct policy *policy)
{
	hash_init(hash);
	hash_text(hash, ID_START);
	hash_string(hash, "policy", span_of(policy->name));
}

static void
hash_finish(struct hash *hash, int64_t created, char id[CASE_ID_SIZE])
{
	unsigned char sum[HASH_SIZE];

	hash_end(hash, sum);
	case_id_format(created, sum, id);
}

static void
hash_form(struct hash *hash, const struct form *form)
{
	struct span email = form->person[PERSON_EMAIL];
	struct span name = form->person[PERSON_NAME];

	hash_line(hash, "case_number", form->value[FIELD_CASE_NUMBER]);
	hash_line(hash, "requester.email", email);
	if (!email.p)
		hash_line(hash, "requester.name", name);
	for (int f = FIELD_SUBJECT; f < FIELD_REQUESTER; f++)
		hash_line(hash, field_table[f].name, form->value[f]);
	if (email.p)
		hash_line(hash, "requester.name", name);
}

void
case_id_of_form(const struct form *form, const struct policy *policy,
	int64_t created, char id[CASE_ID_SIZE])
{
	char text[INSTANT_SIZE];
	struct hash hash;

	instant_format(created, text);
	hash_start(&hash, policy);
	hash_string(&hash, "created", span_of(text));
	hash_form(&hash, form);
	hash_finish(&hash, created, id);
}

void
case_id_of_key(const struct policy *policy, struct span value, int64_t created,
	char id[CASE_ID_SIZE])
{
	struct hash hash;

	hash_start(&hash, policy);
	hash_line(&hash, "key", value);
	hash_finish(&hash, created, id);
}

static void
put_text(struct buf *out, const char *key, const char *text)
{
	buf_key(out, key);
	buf_json(out, span_of(text));
}

static void
put_instant(struct buf *out, const char *key, int64_t at)
{
	buf_key(out, key);
	buf_putc(out, '"');
	buf_instant(out, at);
	buf_putc(out, '"');
}

static void
put_head(struct buf *out, const struct new_case *new)
{
	buf_putc(out, '{');
	buf_key(out, "v");
	buf_int(out, RECORD_V);
	put_text(out, "id", new->id);
	buf_key(out, "rev");
	buf_int(out, 0);
	put_text(out, "policy", new->policy->name);
	put_text(out, "policy_version", new->policy->version);
	put_instant(out, "created", new->created);
}

static void
put_person(struct buf *out, const struct form *form)
{
	bool any = false;

	for (int i = 0; i < PERSON_MEMBERS; i++) {
		if (!form->person[i].p)
			continue;
		if (!any) {
			buf_key(out, "requester");
			buf_putc(out, '{');
		}
		any = true;
		buf_key(out, form_person_names[i]);
		buf_span(out, form->person[i]);
	}
	if (any)
		buf_putc(out, '}');
}

static void
put_form(struct buf *out, const struct form *form)
{
	for (int f = FIELD_CASE_NUMBER; f < FIELD_EVENTS; f++) {
		if (f == FIELD_REQUESTER)
			put_person(out, form);
		if (!form->value[f].p)
			continue;
		buf_key(out, field_table[f].name);
		buf_span(out, form->value[f]);
	}
	for (size_t i = 0; i < form->n_extra; i++) {
		buf_putc(out, ',');
		buf_span(out, form->extra[i].key);
		buf_putc(out, ':');
		buf_span(out, form->extra[i].raw);
	}
}

static void
put_events(struct buf *out, const struct new_case *new)
{
	buf_key(out, "events");
	buf_puts(out, "[{");
	put_instant(out, "at", new->created);
	if (new->by.p) {
		buf_key(out, "by");
		buf_json(out, new->by);
	}
	put_text(out, "type", event_table[EV_SUBMITTED].name);
	buf_putc(out, '}');
	if (new->events.n) {
		buf_putc(out, ',');
		buf_span(out, new->events);
	}
	buf_putc(out, ']');
}

void
case_line(const struct new_case *new, struct buf *out)
{
	put_head(out, new);
	put_form(out, new->form);
	put_events(out, new);
	buf_putc(out, '}');
}

int
case_finish(struct change *change, const struct buf *line, struct scan *scan,
	struct arena *arena, struct buf *out, struct err *err)
{
	struct record record;

	if (scan_line(scan, line->data, line->len, err) < 0)
		return -1;
	if (record_read(&record, buf_text(line), scan, arena, err) < 0)
		return -1;
	if (change_begin(change, &record, INSTANT_NONE, arena, err) < 0)
		return -1;
	return change_write(change, out, err);
}
