#include "cli/pick_opt.h"

#include <string.h>

#include "cli/msg.h"
#include "domain/fields.h"

static void
add(struct pick *pick, const char *option, const char *field,
	const char *values)
{
	struct err err = { 0 };

	if (values && pick_add(pick, field, PICK_EQUAL, values, &err) < 0)
		opt_usage("--%s: %s", option, err_text(&err));
}

/* Records may have fields of others, but a misspelt one picks nothing. */
static void
warn_unknown(struct span name)
{
	const char *dot = memchr(name.p, '.', name.n);
	struct span first = { name.p, dot ? (size_t)(dot - name.p) : name.n };

	if (!field_is_private(first) && field_find(first) == FIELD_NONE)
		msg_warn("--where: %.*s is no field of a case; those of your own begin with x_",
			(int)name.n, name.p);
}

static void
add_where(struct pick *pick, const struct opt_list *where)
{
	struct err err = { 0 };

	for (size_t i = 0; i < where->n; i++) {
		if (pick_where(pick, where->text[i], &err) < 0)
			opt_usage("--where: %s", err_text(&err));
		warn_unknown(pick->cond[pick->n - 1].name);
	}
}

/* A name is one value, whatever commas it has. */
static void
add_mine(struct pick *pick, const char *by)
{
	struct buf name = { 0 };

	for (; *by; by++) {
		if (*by == ',' || *by == '\\')
			buf_putc(&name, '\\');
		buf_putc(&name, *by);
	}
	add(pick, "mine", "assignee", buf_cstr(&name));
	buf_release(&name);
}

static void
add_open(struct pick *pick)
{
	struct buf names = { 0 };

	for (int state = 0; state < CASE_STATES; state++) {
		if (!(STATES_OPEN & STATE(state)))
			continue;
		if (names.len)
			buf_putc(&names, ',');
		buf_puts(&names, state_names[state]);
	}
	add(pick, "open", "state", buf_cstr(&names));
	buf_release(&names);
}

/* A state that no case can have picks nothing, and a gate behind it is green. */
static void
check_states(const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, ",");
		struct span name = { text, n };
		bool known = false;

		for (int state = 0; state < CASE_STATES; state++)
			known = known || span_is(name, state_names[state]);
		if (!known)
			opt_usage("--state: no state is called \"%.*s\"", (int)n, text);
		text += n + (text[n] == ',');
	}
}

static void
check_tiers(const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, ",");
		int64_t tier;

		if (text_digits((struct span){ text, n }, &tier) < 0)
			opt_usage("--tier: expected numbers of tiers; got \"%.*s\"", (int)n, text);
		text += n + (text[n] == ',');
	}
}

void
pick_opt_build(const struct pick_opt *opt, const char *by, struct pick *pick)
{
	const struct {
		const char *option, *field, *values;
	} texts[] = {
		{ "state", "state", opt->state },
		{ "tier", "tier", opt->tier },
		{ "assignee", "assignee", opt->assignee },
		{ "queue", "queue", opt->queue },
		{ "case-number", "case_number", opt->case_number },
		{ "requester", "requester.email|requester.name", opt->requester },
		{ "policy-name", "policy", opt->policy_name },
	};

	check_states(opt->state);
	check_tiers(opt->tier);
	*pick = (struct pick){ 0 };
	add_where(pick, &opt->where);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		add(pick, texts[i].option, texts[i].field, texts[i].values);
	if (opt->open)
		add_open(pick);
	if (opt->mine)
		add_mine(pick, by);
}

bool
pick_opt_any(const struct pick_opt *opt)
{
	return opt->where.n || opt->state || opt->tier || opt->assignee ||
		opt->queue || opt->case_number || opt->requester ||
		opt->policy_name || opt->open || opt->mine;
}
