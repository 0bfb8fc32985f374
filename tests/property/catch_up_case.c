#include "catch_up.h"

#include <inttypes.h>

#include "base/instant.h"

#define FIRST INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define HOLDS 4                   /* of so many cases, one is held */

static void
put_instant(struct buf *out, const char *name, int64_t at)
{
	char text[INSTANT_SIZE];

	instant_format(at, text);
	buf_printf(out, "\"%s\":\"%s\"", name, text);
}

static void
put_event(struct month *month, int64_t at, const char *rest)
{
	buf_puts(&month->line, month->line.data[month->line.len - 1] == '[' ? "{" : ",{");
	put_instant(&month->line, "at", at);
	buf_printf(&month->line, ",\"by\":\"ana\",%s}", rest);
}

/* A code for each coded field of the form, but for a person's. */
static void
put_form(struct month *month)
{
	for (size_t i = 0; i < month->policy->n_form; i++) {
		const struct form_field *field = &month->policy->form[i];

		if (!field->n_codes || field->member)
			continue;
		buf_printf(&month->line, field->list ? "\"%s\":[\"%s\"]," : "\"%s\":\"%s\",",
			field->name, field->code[draw(&month->random, field->n_codes)].code);
	}
}

static void
put_acceptance(struct month *month, int64_t at)
{
	const struct policy *policy = month->policy;
	struct buf rest = { 0 };

	buf_printf(&rest, "\"type\":\"accepted\",\"tier\":%" PRIu64,
		1 + draw(&month->random, draw(&month->random, 3) ? 1 : policy->n_tiers));
	if (policy->n_queues && draw(&month->random, 2))
		buf_printf(&rest, ",\"queue\":\"%s\"",
			policy->queue[draw(&month->random, policy->n_queues)].name);
	put_event(month, at, buf_cstr(&rest));
	buf_release(&rest);
}

/* A deadline by hand, a question answered, a note, before the month begins. */
static int64_t
put_history(struct month *month, int64_t at)
{
	struct buf due = { 0 };

	if (draw(&month->random, 2)) {
		buf_puts(&due, "\"type\":\"due_set\",\"because\":\"b\",");
		put_instant(&due, "due", at + 1 + (int64_t)draw(&month->random, 25 * DAY_S));
		put_event(month, at, buf_cstr(&due));
	}
	if (draw(&month->random, 3) == 0) {
		put_event(month, at, "\"type\":\"asked\",\"text\":\"t\"");
		at += (int64_t)draw(&month->random, 3 * DAY_S);
		put_event(month, at, "\"type\":\"answered\",\"text\":\"t\"");
	}
	if (draw(&month->random, 3) == 0) {
		at += (int64_t)draw(&month->random, 3 * DAY_S);
		put_event(month, at, "\"type\":\"noted\",\"text\":\"t\"");
	}
	buf_release(&due);
	return at;
}

void
month_make(struct month *month, uint64_t number)
{
	int64_t at = FIRST + (int64_t)draw(&month->random, 330 * DAY_S);

	month->line.len = 0;
	buf_printf(&month->line, "{\"v\":1,\"id\":\"ESC-%026" PRIu64 "\",\"rev\":0,"
		"\"policy\":\"%s\",\"policy_version\":\"%s\",", number, month->policy->name,
		month->policy->version);
	put_instant(&month->line, "created", at);
	buf_putc(&month->line, ',');
	put_form(month);
	buf_puts(&month->line, "\"events\":[");
	put_event(month, at, "\"type\":\"submitted\"");
	at += (int64_t)draw(&month->random, 7200);
	put_acceptance(month, at);
	at = put_history(month, at);
	month->held = draw(&month->random, HOLDS) == 0;
	if (month->held)
		put_event(month, at, draw(&month->random, 2)
			? "\"type\":\"asked\",\"text\":\"t\"" : "\"type\":\"paused\",\"reason\":\"r\"");
	buf_puts(&month->line, "]}");
	month->from = at + (int64_t)draw(&month->random, draw(&month->random, 4) ? STEP
		: 6 * DAY_S);
}
