/* esc-note: notes, updates, plans, contacts, pauses, deadlines, corrections. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "cli/attach.h"
#include "cli/edit.h"
#include "domain/act.h"

static const char examples[] =
	"esc-note --note -m 'log files attached by the customer' <case.jsonl\n"
	"esc-note --update --expected +2bd -m 'a fix is being tested' <case.jsonl\n"
	"esc-note --pause -m 'the customer is on leave until Monday' <case.jsonl\n"
	"esc-note --amend subject='Printing fails' -m 'typing error' <case.jsonl\n"
	"esc-note --retract 4 -m 'wrong case' <case.jsonl";

struct note {
	bool note, update, plan, contacted, pause, resume, improve;
	const char *expected, *set_due, *retract, *blobs;
	struct opt_list amend, attach;
	int64_t place;
	struct attachment *attached; /* one for each of attach */
};

/* The acts of one event and at most one text: -m under the member's name. */
static const struct {
	const char *option;
	size_t flag;
	enum event_type type;
	const char *member;
	bool needs_text;
} acts[] = {
	{ "--note", offsetof(struct note, note), EV_NOTED, "text", true },
	{ "--plan", offsetof(struct note, plan), EV_PLANNED, "text", true },
	{ "--contacted", offsetof(struct note, contacted), EV_CONTACTED, "text", false },
	{ "--pause (the reason)", offsetof(struct note, pause), EV_PAUSED, "reason", true },
	{ "--resume", offsetof(struct note, resume), EV_RESUMED, "text", false },
	{ "--improve", offsetof(struct note, improve), EV_IMPROVED, "text", true },
	{ "--update", offsetof(struct note, update), EV_UPDATED, "text", true },
};

#define N_ACTS (sizeof acts / sizeof *acts)

static bool
is_set(const struct note *note, size_t i)
{
	return *(const bool *)((const char *)note + acts[i].flag);
}

static int
add_update(struct edit *edit, const struct note *note, struct err *err)
{
	int64_t expected = INSTANT_NONE;

	if (note->expected && edit_time(edit, "--expected", note->expected, &expected, err) < 0)
		return -1;
	return act_update(&edit->change, edit->message, expected, err);
}

static int
add_due(struct edit *edit, const struct note *note, struct err *err)
{
	int64_t due;

	if (edit_time(edit, "--set-due", note->set_due, &due, err) < 0)
		return -1;
	return act_due(&edit->change, due, edit->message, err);
}

static int
add_attachments(struct edit *edit, const struct note *note, struct err *err)
{
	struct buf json = { 0 };
	int result = 0;

	for (size_t i = 0; result == 0 && i < note->attach.n; i++) {
		json.len = 0;
		attach_write(&note->attached[i], &json);
		result = act_attach(&edit->change, buf_text(&json), err);
	}
	buf_release(&json);
	return result;
}

static int
note_case(void *ctx, struct edit *edit, struct err *err)
{
	struct note *note = ctx;
	struct change *change = &edit->change;

	if (note->update)
		return add_update(edit, note, err);
	if (note->set_due)
		return add_due(edit, note, err);
	if (note->amend.n)
		return act_amend(change, note->amend.text, note->amend.n, edit->message, err);
	if (note->retract)
		return act_retract(change, note->place, edit->message, err);
	if (note->attach.n)
		return add_attachments(edit, note, err);
	for (size_t i = 0; i < N_ACTS; i++)
		if (is_set(note, i))
			return act_text(change, acts[i].type, acts[i].member, edit->message, err);
	return 0;
}

static void
check_retract(struct note *note, const struct edit *edit)
{
	if (!note->retract)
		return;
	if (text_digits(span_of(note->retract), &note->place) < 0)
		opt_usage("--retract: expected the event's place in the list; got \"%s\"",
			note->retract);
	if (edit->common.at_text)
		opt_usage("--retract does not go with --at");
}

static void
check_amend(const struct note *note)
{
	for (size_t i = 0; i < note->amend.n; i++) {
		const char *mark = strchr(note->amend.text[i], '=');

		if (!mark || mark == note->amend.text[i])
			opt_usage("--amend: expected FIELD=VALUE; got \"%s\"", note->amend.text[i]);
	}
}

/* One act, with the text it needs; a text alone is a note. */
static void
check(struct note *note, const struct edit *edit)
{
	int n = (note->set_due != NULL) + (note->amend.n > 0) + (note->retract != NULL) +
		(note->attach.n > 0);

	for (size_t i = 0; i < N_ACTS; i++) {
		n += is_set(note, i);
		if (is_set(note, i) && acts[i].needs_text)
			edit_need_message(edit, acts[i].option);
	}
	if (n == 0 && edit->message) {
		note->note = true;
		n = 1;
	}
	if (n != 1)
		opt_usage("expected one of --note, --update, --plan, --contacted, --pause, "
			"--resume, --improve, --set-due, --amend, --retract, --attach");
	if (note->set_due || note->amend.n || note->retract)
		edit_need_message(edit, note->set_due ? "--set-due (why)"
			: note->amend.n ? "--amend (why)" : "--retract (why)");
	if (note->attach.n && edit->message)
		edit_unused_message();
	if (note->expected && !note->update)
		opt_usage("--expected goes with --update");
	check_retract(note, edit);
	check_amend(note);
}

int
main(int argc, char **argv)
{
	struct note note = { 0 };
	const struct opt opt[] = {
		{ "note", 0, OPT_FLAG, &note.note, NULL, "a note; what -m alone makes" },
		{ "update", 0, OPT_FLAG, &note.update, NULL, "the customer was told -m" },
		{ "expected", 0, OPT_TEXT, &note.expected, "TIME", "with --update: more by then" },
		{ "plan", 0, OPT_FLAG, &note.plan, NULL, "the action plan" },
		{ "contacted", 0, OPT_FLAG, &note.contacted, NULL, "the customer was reached" },
		{ "pause", 0, OPT_FLAG, &note.pause, NULL, "hold the clocks; -m is the reason" },
		{ "resume", 0, OPT_FLAG, &note.resume, NULL, "let them run again" },
		{ "improve", 0, OPT_FLAG, &note.improve, NULL, "what the process should learn" },
		{ "set-due", 0, OPT_TEXT, &note.set_due, "TIME", "deadline of a by-case tier" },
		{ "amend", 0, OPT_LIST, &note.amend, "FIELD=VALUE",
			"mend a field that holds no code; -m says why" },
		{ "retract", 0, OPT_TEXT, &note.retract, "N",
			"leave out the N-th event of the list; -m says why" },
		{ "attach", 0, OPT_LIST, &note.attach, "FILE", "attach a file" },
		{ "blobs", 0, OPT_TEXT, &note.blobs, "DIR", "to where (else ESC_BLOBS)" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-note",
		.synopsis = "OPTION... [FILE...]",
		.about = "Records notes, updates, plans, pauses, deadlines and corrections.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_MESSAGE,
		.opt = opt,
		.reads_stdin = true,
	};
	struct edit edit = { .program = &program, .act = note_case, .ctx = &note };
	int first = edit_open(&edit, argc, argv), status;

	check(&note, &edit);
	note.attached = attach_all(&note.attach, note.blobs);
	status = edit_run(&edit, argv + first);
	free(note.attached);
	return status;
}
