/* esc-triage: acknowledge, accept or cancel, classify, route, assign. */
#include "cli/edit.h"
#include "cli/policies.h"
#include "domain/auto.h"
#include "domain/form.h"

static const char examples[] =
	"esc-triage --auto <cases.jsonl\n"
	"esc-triage --ack -m 'we are looking at it' <case.jsonl\n"
	"esc-triage --accept --assign ann <case.jsonl\n"
	"esc-triage --cancel -m 'no reason of the four holds: ...' <case.jsonl\n"
	"esc-triage --impact critical -m 'the whole site is down' <case.jsonl";

/* The form's fields that may hold a code of the policy. */
static const enum field coded[] = { FIELD_IMPACT, FIELD_REASON, FIELD_URGENCY,
	FIELD_SEVERITY, FIELD_TRIGGER, FIELD_COMPLEXITY, FIELD_CHANNEL, FIELD_REGION,
	FIELD_PRODUCT, FIELD_SERVICE };

#define N_CODED (sizeof coded / sizeof *coded)

struct triage {
	bool ack, answered, accept, cancel, prioritise, ask, automatic;
	const char *code[N_CODED];
	const char *priority, *queue, *assign, *repin, *duplicate_of;
	int64_t tier;
};

static int
add_repin(struct edit *edit, const char *name, struct err *err)
{
	const struct fold *fold = &edit->change.fold;
	const struct policy *policy = policies_open(name, err);
	struct buf *event;

	if (!policy)
		return -1;
	if (!span_is(fold->record->policy, policy->name))
		return err_add(err, EX_DATAERR, "--repin",
			"the case is under policy %.*s, not %s",
			(int)fold->record->policy.n, fold->record->policy.p, policy->name);
	event = edit_event(edit, EV_REPINNED);
	buf_key(event, "from");
	buf_json(event, fold->policy_version);
	edit_text(event, "to", policy->version);
	edit_text(event, "because", edit->message);
	return edit_add(edit, err);
}

/* All codes of the command in one event. */
static int
add_codes(struct edit *edit, const struct triage *triage, struct err *err)
{
	struct form_terms terms = { .policy = edit->change.fold.policy, .now = edit->now,
		.split = true };
	struct buf *event = edit_event(edit, EV_RECLASSIFIED);
	bool any = false;

	buf_key(event, "set");
	buf_putc(event, '{');
	for (size_t i = 0; i < N_CODED; i++) {
		struct span value;

		if (!triage->code[i])
			continue;
		any = true;
		value = form_text(&terms, coded[i], span_of(triage->code[i]),
			edit->line->arena, err);
		if (!value.p)
			return -1;
		buf_key(event, field_table[coded[i]].name);
		buf_span(event, value);
	}
	buf_putc(event, '}');
	edit_text(event, "because", edit->message);
	return any ? edit_add(edit, err) : 0;
}

static int
add_priority(struct edit *edit, const char *priority, struct err *err)
{
	struct buf *event = edit_event(edit, EV_REPRIORITISED);

	edit_text(event, "priority", priority);
	edit_text(event, "because", edit->message);
	return edit_add(edit, err);
}

static int
add_accept(struct edit *edit, const struct triage *triage, struct err *err)
{
	struct buf *event;
	int64_t tier = triage->tier;

	if (!tier && edit->change.fold.state != STATE_ESCALATED)
		tier = auto_entry_tier(&edit->change);
	event = edit_event(edit, EV_ACCEPTED);
	if (tier) {
		buf_key(event, "tier");
		buf_int(event, tier);
	}
	edit_text(event, "text", edit->message);
	return edit_add(edit, err);
}

/* In the order of the manual: what a later act needs, an earlier one gives. */
static int
by_hand(struct edit *edit, const struct triage *t, struct err *err)
{
	const char *m = edit->message;

	if (t->ack && edit_simple(edit, EV_ACKNOWLEDGED, "text", m, err) < 0)
		return -1;
	if (t->answered && edit_simple(edit, EV_ANSWERED, "text", m, err) < 0)
		return -1;
	if (t->repin && add_repin(edit, t->repin, err) < 0)
		return -1;
	if (add_codes(edit, t, err) < 0)
		return -1;
	if (t->priority && add_priority(edit, t->priority, err) < 0)
		return -1;
	if (t->queue && edit_simple(edit, EV_ROUTED, "queue", t->queue, err) < 0)
		return -1;
	if (t->accept && add_accept(edit, t, err) < 0)
		return -1;
	if (t->cancel && edit_simple(edit, EV_CANCELLED, "feedback", m, err) < 0)
		return -1;
	if (t->prioritise && edit_simple(edit, EV_PRIORITISED, "rationale", m, err) < 0)
		return -1;
	if (t->duplicate_of && edit_simple(edit, EV_DUPLICATE, "of", t->duplicate_of, err) < 0)
		return -1;
	if (t->assign && edit_simple(edit, EV_ASSIGNED, "assignee", t->assign, err) < 0)
		return -1;
	return t->ask ? edit_simple(edit, EV_ASKED, "text", m, err) : 0;
}

static int
triage_case(void *ctx, struct edit *edit, struct err *err)
{
	const struct triage *triage = ctx;

	return triage->automatic ? auto_triage(&edit->change, err)
				 : by_hand(edit, triage, err);
}

static size_t
count_codes(const struct triage *triage)
{
	size_t n = 0;

	for (size_t i = 0; i < N_CODED; i++)
		n += triage->code[i] != NULL;
	return n;
}

static void
check(const struct triage *t, const struct edit *edit)
{
	int ends = t->accept + t->cancel + t->prioritise + (t->duplicate_of != NULL);
	bool because = count_codes(t) > 0 || t->priority || t->repin;
	bool hand = ends || t->ack || t->answered || t->ask || because || t->queue || t->assign;

	if (!hand && !t->automatic)
		opt_usage("expected --auto or something to do");
	if (t->automatic && (hand || edit->message || t->tier))
		opt_usage("--auto goes alone: the policy's rules decide");
	if (ends > 1)
		opt_usage("--accept, --cancel, --prioritise and --duplicate-of exclude "
			"one another");
	if (t->tier && !t->accept)
		opt_usage("--tier goes with --accept");
	if (because || t->cancel || t->prioritise || t->ask || t->answered)
		edit_need_message(edit, t->cancel ? "--cancel (the feedback)"
			: t->prioritise ? "--prioritise (the rationale)"
			: t->ask ? "--ask (the question)"
			: t->answered ? "--answered (the answer)" : "a change (the reason)");
}

#define CODE(i, name) \
	{ name, 0, OPT_TEXT, &triage.code[i], "CODE", "reclassify; -m says why" }

int
main(int argc, char **argv)
{
	struct triage triage = { 0 };
	const struct opt opt[] = {
		{ "auto", 0, OPT_FLAG, &triage.automatic, NULL, "by the policy's rules" },
		{ "ack", 0, OPT_FLAG, &triage.ack, NULL, "acknowledge; -m is what is said" },
		{ "accept", 0, OPT_FLAG, &triage.accept, NULL,
			"accept the escalation; at the tier that the rules say, else 1" },
		{ "tier", 0, OPT_COUNT, &triage.tier, "N", "with --accept: at this tier" },
		{ "cancel", 0, OPT_FLAG, &triage.cancel, NULL, "cancel; -m is the feedback" },
		{ "prioritise", 0, OPT_FLAG, &triage.prioritise, NULL,
			"not escalated but important; -m is the rationale" },
		{ "duplicate-of", 0, OPT_TEXT, &triage.duplicate_of, "ID",
			"merge into another case" },
		{ "ask", 0, OPT_FLAG, &triage.ask, NULL, "ask the customer; clocks are held" },
		{ "answered", 0, OPT_FLAG, &triage.answered, NULL, "the customer's answer" },
		{ "priority", 0, OPT_TEXT, &triage.priority, "P", "change it; -m says why" },
		{ "assign", 0, OPT_TEXT, &triage.assign, "NAME", "who works on it" },
		{ "queue", 0, OPT_TEXT, &triage.queue, "QUEUE", "route it" },
		{ "repin", 0, OPT_TEXT, &triage.repin, "NAME|FILE",
			"judge it by another version of its policy; -m says why" },
		CODE(0, "impact"), CODE(1, "reason"), CODE(2, "urgency"),
		CODE(3, "severity"), CODE(4, "trigger"), CODE(5, "complexity"),
		CODE(6, "channel"), CODE(7, "region"), CODE(8, "product"),
		CODE(9, "service"),
		{ 0 },
	};
	const struct program program = {
		.name = "esc-triage",
		.synopsis = "OPTION... [FILE...]",
		.about = "Acknowledges, accepts or cancels, classifies, routes, assigns cases.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_MESSAGE,
		.opt = opt,
		.reads_stdin = true,
	};
	struct edit edit = { .program = &program, .act = triage_case, .ctx = &triage };
	int first = edit_open(&edit, argc, argv);

	check(&triage, &edit);
	return edit_run(&edit, argv + first);
}
