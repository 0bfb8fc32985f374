#include "cli/form_flags.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/attach.h"
#include "cli/now.h"

/* The flags of a form, in the order of the record. */
static const struct {
	const char *flag, *field, *arg, *help;
} flags[FORM_FLAGS] = {
	{ "created", "created", "TIME", "when it was submitted (now)" },
	{ "case-number", "case_number", "TEXT", "of the existing case" },
	{ "subject", "subject", "TEXT", "in one line" },
	[FORM_DESCRIPTION] = { "description", "description", "TEXT", "in full; -m and -F too" },
	{ "impact", "impact", "CODE", "a code or label of the policy" },
	{ "reason", "reason", "CODE", "parted by `;' where a list may stand" },
	{ "rationale", "rationale", "TEXT", "why it should be escalated" },
	{ "urgency", "urgency", "CODE", "a code or label" },
	{ "severity", "severity", "CODE", "a code or label" },
	{ "trigger", "trigger", "CODE", "a code or label" },
	{ "complexity", "complexity", "CODE", "a code or label" },
	{ "channel", "channel", "CODE", "a code or label" },
	{ "region", "region", "CODE", "a code or label" },
	{ "product", "product", "CODE", "a code or label" },
	{ "service", "service", "CODE", "a code or label" },
	{ "case-opened", "case_opened", "TIME", "when the case was opened" },
	{ "handler", "handler", "NAME", "who handles the case" },
	{ "requester-name", "requester.name", "NAME", "who asks" },
	{ "requester-email", "requester.email", "ADDRESS", "who asks" },
	{ "requester-role", "requester.role", "CODE", "who asks" },
};

void
form_flags_options(struct form_flags *given, struct opt *table)
{
	for (size_t i = 0; i < FORM_FLAGS; i++)
		table[i] = (struct opt){ flags[i].flag, 0, OPT_TEXT,
			&given->text[i], flags[i].arg, flags[i].help };
}

bool
form_flags_any(const struct form_flags *given)
{
	bool any = given->attach.n > 0;

	for (size_t i = 0; i < FORM_FLAGS; i++)
		any = any || given->text[i];
	return any;
}

static void
put_attachments(const struct form_flags *given, struct buf *text)
{
	struct attachment *attached = attach_all(&given->attach, given->blobs);

	buf_key(text, "attachments");
	buf_putc(text, '[');
	for (size_t i = 0; i < given->attach.n; i++) {
		if (i)
			buf_putc(text, ',');
		attach_write(&attached[i], text);
	}
	buf_putc(text, ']');
	free(attached);
}

/* -3h, -2d: a time before now; what has a date the form reads itself. */
static void
put_flag(const struct submit *submit, size_t i, const char *text,
	struct buf *out)
{
	const struct policy *policy = submit->terms.policy;
	struct err err = { 0 };
	int64_t at;

	buf_key(out, flags[i].field);
	if (strcmp(flags[i].arg, "TIME") != 0 || !strchr("+-", *text) || !*text) {
		buf_json(out, span_of(text));
		return;
	}
	if (time_parse(text, submit->loop.now, policy->calendar,
			policy->day_ends, &at, &err) < 0)
		opt_usage("--%s: %s", flags[i].flag, err_text(&err));
	buf_putc(out, '"');
	buf_instant(out, at);
	buf_putc(out, '"');
}

void
form_flags_submit(const struct form_flags *given, struct submit *submit)
{
	struct buf text = { 0 };

	buf_putc(&text, '{');
	for (size_t i = 0; i < FORM_FLAGS; i++) {
		if (!given->text[i])
			continue;
		if (!utf8_valid(span_of(given->text[i])))
			opt_usage("--%s: not UTF-8", flags[i].flag);
		put_flag(submit, i, given->text[i], &text);
	}
	if (given->attach.n)
		put_attachments(given, &text);
	buf_putc(&text, '}');
	submit_text(submit, buf_text(&text));
	buf_release(&text);
}
