/* esc-triage: acknowledge, accept or cancel, classify, route, assign. */
#include "cli/edit.h"
#include "cli/policies.h"
#include "domain/act.h"
#include "domain/auto.h"

static const char examples[] =
	"esc-triage --auto <cases.jsonl\n"
	"esc-triage --ack -m 'we are looking at it' <case.jsonl\n"
	"esc-triage --accept --assign ann <case.jsonl\n"
	"esc-triage --cancel -m 'no reason of the four holds: ...' <case.jsonl\n"
	"esc-triage --impact critical -m 'the whole site is down' <case.jsonl";

/* The options that reclassify: a code or its label of a field of the form. */
static const struct opt_code {
	const char *name;
	enum field field;
} codes[] = {
	{ "impact", FIELD_IMPACT }, { "reason", FIELD_REASON },
	{ "urgency", FIELD_URGENCY }, { "severity", FIELD_SEVERITY },
	{ "trigger", FIELD_TRIGGER }, { "complexity", FIELD_COMPLEXITY },
	{ "channel", FIELD_CHANNEL }, { "region", FIELD_REGION },
	{ "product", FIELD_PRODUCT }, { "service", FIELD_SERVICE },
};

#define N_CODES (sizeof codes / sizeof *codes)

struct triage {
	bool ack, answered, accept, cancel, prioritise, ask, automatic;
	struct act_code code[N_CODES];
	const char *priority, *queue, *assign, *repin, *duplicate_of;
	int64_t tier;
};

static int
add_repin(struct edit *edit, const char *name, struct err *err)
{
	const struct policy *policy = policies_open(name, err);

	return policy ? act_repin(&edit->change, policy, edit->message, err) : -1;
}

/* In the order of the manual: what a later act needs, an earlier one gives. */
static int
by_hand(struct edit *edit, const struct triage *t, struct err *err)
{
	const char *m = edit->message;
	struct change *c = &edit->change;

	if (t->ack && act_text(c, EV_ACKNOWLEDGED, "text", m, err) < 0)
		return -1;
	if (t->answered && act_text(c, EV_ANSWERED, "text", m, err) < 0)
		return -1;
	if (t->repin && add_repin(edit, t->repin, err) < 0)
		return -1;
	if (act_reclassify(c, t->code, N_CODES, m, err) < 0)
		return -1;
	if (t->priority && act_reprioritise(c, t->priority, m, err) < 0)
		return -1;
	if (t->queue && act_text(c, EV_ROUTED, "queue", t->queue, err) < 0)
		return -1;
	if (t->accept && act_accept(c, t->tier > 0 ? t->tier : 0, m, err) < 0)
		return -1;
	if (t->cancel && act_text(c, EV_CANCELLED, "feedback", m, err) < 0)
		return -1;
	if (t->prioritise && act_text(c, EV_PRIORITISED, "rationale", m, err) < 0)
		return -1;
	if (t->duplicate_of && act_text(c, EV_DUPLICATE, "of", t->duplicate_of, err) < 0)
		return -1;
	if (t->assign && act_text(c, EV_ASSIGNED, "assignee", t->assign, err) < 0)
		return -1;
	return t->ask ? act_text(c, EV_ASKED, "text", m, err) : 0;
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

	for (size_t i = 0; i < N_CODES; i++)
		n += triage->code[i].text != NULL;
	return n;
}

static void
check(const struct triage *t, const struct edit *edit)
{
	int ends = t->accept + t->cancel + t->prioritise + (t->duplicate_of != NULL);
	bool because = count_codes(t) > 0 || t->priority || t->repin;
	bool told = t->ack || t->accept || t->cancel || t->prioritise || t->ask || t->answered;
	bool hand = ends || t->ack || t->answered || t->ask || because || t->queue || t->assign;

	if (!hand && !t->automatic)
		opt_usage("expected --auto or something to do");
	if (t->automatic && (hand || edit->message || t->tier >= 0))
		opt_usage("--auto goes alone: the policy's rules decide");
	if (ends > 1)
		opt_usage("--accept, --cancel, --prioritise and --duplicate-of exclude "
			"one another");
	if (t->tier >= 0 && !t->accept)
		opt_usage("--tier goes with --accept");
	if (t->tier == 0)
		opt_usage("--tier: expected a tier, from 1");
	if (ends > t->accept && (t->assign || t->ask))
		opt_usage("--assign and --ask go with a case that stays open");
	if (hand && edit->message && !told && !because)
		edit_unused_message();
	if (because || t->cancel || t->prioritise || t->ask || t->answered)
		edit_need_message(edit, t->cancel ? "--cancel (the feedback)"
			: t->prioritise ? "--prioritise (the rationale)"
			: t->ask ? "--ask (the question)"
			: t->answered ? "--answered (the answer)" : "a change (the reason)");
}

#define CODE(i) \
	{ codes[i].name, 0, OPT_TEXT, &triage.code[i].text, "CODE", "reclassify; -m says why" }

int
main(int argc, char **argv)
{
	struct triage triage = { .tier = -1 };
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
		CODE(0), CODE(1), CODE(2), CODE(3), CODE(4), CODE(5), CODE(6), CODE(7),
		CODE(8), CODE(9),
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
	int first;

	for (size_t i = 0; i < N_CODES; i++)
		triage.code[i].field = codes[i].field;
	first = edit_open(&edit, argc, argv);
	check(&triage, &edit);
	return edit_run(&edit, argv + first);
}
