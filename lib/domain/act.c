#include "domain/act.h"

#include <string.h>

#include "base/instant.h"
#include "domain/auto.h"
#include "domain/derived.h"
#include "domain/form.h"
#include "domain/shown.h"

static void
put_int(struct buf *event, const char *name, int64_t value)
{
	buf_key(event, name);
	buf_int(event, value);
}

static int
add(struct change *change, struct err *err)
{
	return change_add(change, err) < 0 ? -1 : 0;
}

int
act_text(struct change *change, enum event_type type, const char *member,
	const char *text, struct err *err)
{
	buf_member(change_event(change, type), member, span_of(text));
	return add(change, err);
}

int
act_update(struct change *change, const char *text, int64_t expected, struct err *err)
{
	struct buf *event = change_event(change, EV_UPDATED);

	buf_member(event, "text", span_of(text));
	derived_instant(event, "expected", expected);
	return add(change, err);
}

int
act_due(struct change *change, int64_t due, const char *because, struct err *err)
{
	struct buf *event = change_event(change, EV_DUE_SET);

	derived_instant(event, "due", due);
	buf_member(event, "because", span_of(because));
	return add(change, err);
}

int
act_reprioritise(struct change *change, const char *priority, const char *because,
	struct err *err)
{
	const struct code *code = policy_priority(change->fold.policy, span_of(priority));
	struct buf *event = change_event(change, EV_REPRIORITISED);

	buf_member(event, "priority", span_of(code ? code->code : priority));
	buf_member(event, "because", span_of(because));
	return add(change, err);
}

int
act_accept(struct change *change, int64_t tier, const char *text, struct err *err)
{
	struct buf *event;

	if (!tier && change->fold.state != STATE_ESCALATED)
		tier = auto_entry_tier(change);
	event = change_event(change, EV_ACCEPTED);
	if (tier)
		put_int(event, "tier", tier);
	buf_member(event, "text", span_of(text));
	return add(change, err);
}

int
act_promote(struct change *change, int64_t to, const char *reason, const char *assignee,
	struct err *err)
{
	int from = change->fold.tier;
	struct buf *event = change_event(change, EV_PROMOTED);

	put_int(event, "from", from);
	put_int(event, "to", to ? to : from + 1);
	buf_member(event, "reason", span_of(reason));
	buf_member(event, "assignee", span_of(assignee));
	return add(change, err);
}

/* The outcome's code; the text as it is where the tier has no such. */
static const char *
outcome_code(const struct fold *fold, const char *text)
{
	const struct tier *tier = policy_tier(fold->policy, fold->tier);
	struct span name = span_of(text);

	for (size_t i = 0; tier && i < tier->n_outcomes; i++) {
		const struct outcome *outcome = &tier->outcome[i];

		if (span_eq_nocase(name, span_of(outcome->code)) ||
			span_eq_nocase(name, span_of(outcome->label)))
			return outcome->code;
	}
	return text;
}

int
act_resolve(struct change *change, const char *outcome, const char *summary,
	struct err *err)
{
	struct buf *event = change_event(change, EV_RESOLVED);

	buf_member(event, "outcome", span_of(outcome_code(&change->fold, outcome)));
	buf_member(event, "summary", span_of(summary));
	return add(change, err);
}

int
act_rate(struct change *change, int64_t score, const char *comment, struct err *err)
{
	struct buf *event = change_event(change, EV_RATED);

	put_int(event, "score", score);
	buf_member(event, "comment", span_of(comment));
	return add(change, err);
}

int
act_retract(struct change *change, int64_t place, const char *because, struct err *err)
{
	struct buf *event = change_event(change, EV_RETRACTED);

	put_int(event, "event", place);
	buf_member(event, "because", span_of(because));
	return add(change, err);
}

int
act_repin(struct change *change, const struct policy *policy, const char *because,
	struct err *err)
{
	const struct fold *fold = &change->fold;
	struct span own = fold->record->policy;
	struct buf *event;

	if (!span_is(own, policy->name))
		return err_add(err, EX_DATAERR, "policy", "the case is under %.*s, not under %s",
			SHOWN(own), policy->name);
	event = change_event(change, EV_REPINNED);
	buf_key(event, "from");
	buf_json(event, fold->policy_version);
	buf_member(event, "to", span_of(policy->version));
	buf_member(event, "because", span_of(because));
	return add(change, err);
}

int
act_reclassify(struct change *change, const struct act_code *code, size_t n,
	const char *because, struct err *err)
{
	struct form_terms terms = { .policy = change->fold.policy, .now = change->now,
		.split = true };
	struct buf *event = change_event(change, EV_RECLASSIFIED);
	bool any = false;

	buf_key(event, "set");
	buf_putc(event, '{');
	for (size_t i = 0; i < n; i++) {
		size_t faults = err->n;
		struct span value;

		if (!code[i].text)
			continue;
		any = true;
		value = form_text(&terms, code[i].field, span_of(code[i].text),
			change->arena, err);
		if (err->n > faults)
			return -1;
		buf_key(event, field_table[code[i].field].name);
		buf_span(event, value.p ? value : span_of("null"));
	}
	buf_putc(event, '}');
	buf_member(event, "because", span_of(because));
	return any ? add(change, err) : 0;
}

/* "name":value of one FIELD=VALUE. */
static int
put_amendment(struct change *change, struct buf *event, const char *text, struct err *err)
{
	struct form_terms terms = { .policy = change->fold.policy, .now = change->now };
	const char *mark = strchr(text, '=');
	struct span name = { text, (size_t)(mark - text) };
	struct span value = span_of(mark + 1);
	enum field field = field_find(name);
	bool known = field != FIELD_NONE && field_in_form(field) && value.n;

	if (known)
		value = form_text(&terms, field, value, change->arena, err);
	if (!value.p)
		return -1;
	if (event->data[event->len - 1] != '{')
		buf_putc(event, ',');
	buf_json(event, name);
	buf_putc(event, ':');
	if (!value.n)
		buf_puts(event, "null");
	else if (known)
		buf_span(event, value);
	else
		buf_json(event, value);
	return 0;
}

int
act_amend(struct change *change, const char *const *text, size_t n, const char *because,
	struct err *err)
{
	struct buf *event = change_event(change, EV_AMENDED);

	buf_key(event, "set");
	buf_putc(event, '{');
	for (size_t i = 0; i < n; i++)
		if (put_amendment(change, event, text[i], err) < 0)
			return -1;
	buf_putc(event, '}');
	buf_member(event, "because", span_of(because));
	return add(change, err);
}

int
act_attach(struct change *change, struct span attachment, struct err *err)
{
	struct buf *event = change_event(change, EV_ATTACHED);

	buf_key(event, "attachment");
	buf_span(event, attachment);
	return add(change, err);
}
