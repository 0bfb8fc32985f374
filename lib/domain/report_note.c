#include "domain/report_note.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

#define AT(member) offsetof(struct note, member)

const struct note_member note_members[] = {
	{ "case_number", AT(case_number), 0 },
	{ "subject", AT(subject), 0 },
	{ "tier", AT(tier), TIER_MAX },
	{ "assignee", AT(assignee), 0 },
	{ "queue", AT(queue), 0 },
	{ "limits_passed", AT(limits_passed), UINT32_MAX },
	{ 0 },
};

static struct span *
text_at(const struct note *note, const struct note_member *member)
{
	return (struct span *)((char *)(uintptr_t)note + member->at);
}

static int64_t
number_at(const struct note *note, const struct note_member *member)
{
	return *(int64_t *)((char *)(uintptr_t)note + member->at);
}

static struct span
form_text(const struct fold *fold, enum field field)
{
	struct value value = fold->form[field];

	if (!value.node || scan_type(value.scan, value.node) != SCAN_STRING)
		return (struct span){ NULL, 0 };
	return scan_text(value.scan, value.node, fold->arena);
}

struct note
note_of_case(const struct case_sum *sum)
{
	const struct fold *fold = sum->fold;

	return (struct note){
		.case_number = form_text(fold, FIELD_CASE_NUMBER),
		.subject = form_text(fold, FIELD_SUBJECT),
		.assignee = fold->assignee,
		.queue = fold->queue,
		.tier = fold->tier,
		.limits_passed = (int64_t)sum->limits_passed,
	};
}

/* An empty text says as little as none. */
static struct span
cut(struct span text)
{
	struct span rest = text;

	if (text.n == 0)
		return (struct span){ NULL, 0 };
	for (int i = 0; i < NOTE_TEXT_MOST && rest.n > 0; i++)
		utf8_next(&rest);
	return (struct span){ text.p, text.n - rest.n };
}

struct note *
note_copy(const struct note *note)
{
	struct note *copy;
	bool says = false;

	if (!note)
		return NULL;
	copy = mem_alloc(sizeof *copy);
	*copy = *note;
	for (const struct note_member *member = note_members; member->name; member++) {
		struct span *text = text_at(copy, member);

		if (!member->most)
			*text = cut(*text);
		if (!member->most && text->p)
			text->p = mem_copy(text->p, text->n);
		says |= member->most ? number_at(copy, member) != 0 : text->p != NULL;
	}
	if (says)
		return copy;
	free(copy);
	return NULL;
}

void
note_free(struct note *note)
{
	for (const struct note_member *member = note_members; note && member->name; member++)
		if (!member->most)
			free((char *)(uintptr_t)text_at(note, member)->p);
	free(note);
}

/* Of texts as they are cut, so that a copy stands where its source does. */
static int
member_order(const struct note *a, const struct note *b,
	const struct note_member *member)
{
	int64_t x, y;

	if (!member->most)
		return span_order(cut(*text_at(a, member)), cut(*text_at(b, member)));
	x = number_at(a, member);
	y = number_at(b, member);
	return (x > y) - (x < y);
}

int
note_order(const struct note *a, const struct note *b)
{
	static const struct note none = { .tier = 0 };
	int order = 0;

	for (const struct note_member *member = note_members;
		member->name && order == 0; member++)
		order = member_order(a ? a : &none, b ? b : &none, member);
	return order;
}

void
note_write(const struct note *note, struct buf *out)
{
	for (const struct note_member *member = note_members; note && member->name;
		member++) {
		if (!member->most) {
			buf_member(out, member->name, *text_at(note, member));
		} else if (number_at(note, member)) {
			buf_key(out, member->name);
			buf_int(out, number_at(note, member));
		}
	}
}
