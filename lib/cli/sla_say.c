#include "cli/sla_say.h"

#include <inttypes.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "cli/spell.h"
#include "domain/clock_name.h"

#define SUBJECT_COLUMNS 200
#define ID_COLUMNS      64
#define SHORT_COLUMNS   24
#define COLUMN_BYTES    4 /* marks take no column */

enum sla_outcome
sla_outcome(enum sla_mark mark, enum verdict verdict)
{
	if (mark == SLA_FAILS)
		return OUTCOME_FAILS;
	if (mark == SLA_KNOWN)
		return OUTCOME_KNOWN;
	if (verdict == VERDICT_PAUSED || verdict == VERDICT_PAUSED_BREACHED ||
		verdict == VERDICT_OPEN_ENDED)
		return OUTCOME_SKIPPED;
	return OUTCOME_PASSES;
}

/* The instant at which the clock is looked at. */
static int64_t
seen_at(const struct clock *clock, int64_t at)
{
	return clock->state == CLOCK_HELD ? clock->held_at : at;
}

void
sla_say_left(struct buf *out, const struct clock_verdict *verdict, int64_t at)
{
	const struct clock *clock = verdict->clock;

	if (!verdict->has_left)
		return;
	if (verdict->left == 0 && verdict->left_wall != 0) {
		spell_seconds(out, verdict->left_wall);
		buf_puts(out, " wall");
		return;
	}
	spell_between(out, clock, seen_at(clock, at), clock->limit_at);
}

/* `over since 2026-11-17T17:30:00Z, by 1h` */
static void
say_over(struct buf *out, const struct clock_verdict *verdict, int64_t at)
{
	const struct clock *clock = verdict->clock;

	buf_puts(out, ": over since ");
	buf_instant(out, clock->limit_at);
	buf_puts(out, ", by ");
	if (verdict->left == 0) {
		spell_seconds(out, -verdict->left_wall);
		buf_puts(out, " out of hours");
	} else {
		spell_between(out, clock, clock->limit_at, seen_at(clock, at));
	}
	if (clock->state == CLOCK_HELD)
		buf_puts(out, " when it was held");
}

static void
say_stopped(struct buf *out, const struct clock *clock)
{
	if (clock->stopped_at == INSTANT_NONE)
		return;
	buf_puts(out, ": stopped at ");
	buf_instant(out, clock->stopped_at);
	if (clock->limit_at == INSTANT_NONE)
		return;
	buf_puts(out, ", limit ");
	buf_instant(out, clock->limit_at);
}

static void
say_ahead(struct buf *out, const struct clock_verdict *verdict, int64_t at)
{
	const struct clock *clock = verdict->clock;

	if (verdict->has_left) {
		buf_puts(out, ": ");
		sla_say_left(out, verdict, at);
		buf_puts(out, " left until ");
		buf_instant(out, clock->limit_at);
	} else if (verdict->verdict == VERDICT_RISK) {
		buf_puts(out, ": over its target since ");
		buf_instant(out, clock->target_at);
	}
}

void
sla_say_clock(struct buf *out, const struct clock_verdict *verdict, int64_t at)
{
	buf_puts(out, verdict_names[verdict->verdict]);
	if (!clock_lives(verdict->clock))
		say_stopped(out, verdict->clock);
	else if (gate_stops(GATE_BREACHED, verdict->verdict) && verdict->has_left)
		say_over(out, verdict, at);
	else
		say_ahead(out, verdict, at);
}

/* Not behind the first byte of a code point. */
static struct span
cut_bytes(struct span text, size_t most)
{
	if (text.n > most)
		for (text.n = most; text.n && (text.p[text.n] & 0xC0) == 0x80;)
			text.n--;
	return text;
}

static void
say_cut(struct buf *out, struct span text, size_t columns)
{
	struct buf shown = { 0 };
	struct span cut;

	utf8_display(&shown, text);
	cut = cut_bytes(utf8_cut(buf_text(&shown), columns), columns * COLUMN_BYTES);
	buf_span(out, cut);
	if (cut.n < shown.len)
		buf_puts(out, "...");
	buf_release(&shown);
}

void
sla_say_subject(struct buf *out, const struct sla *sla)
{
	struct value subject = sla->fold->form[FIELD_SUBJECT];

	if (subject.node)
		say_cut(out, scan_text(subject.scan, subject.node, sla->fold->arena),
			SUBJECT_COLUMNS);
}

void
sla_say_short(struct buf *out, struct span text)
{
	say_cut(out, text, SHORT_COLUMNS);
}

void
sla_say_id(struct buf *out, const struct sla *sla)
{
	say_cut(out, sla->record->id, ID_COLUMNS);
}

void
sla_say_name(struct buf *out, const struct sla *sla, const struct clock *clock)
{
	sla_say_id(out, sla);
	buf_putc(out, ' ');
	clock_name_short(out, clock);
}

static void
say_number(struct buf *out, uint64_t n, const char *noun, const char *rest)
{
	buf_printf(out, "%" PRIu64 " %s%s %s", n, noun, n == 1 ? "" : "s", rest);
}

bool
sla_say_trouble(struct buf *out, enum sla_trouble trouble, const struct sla_run *run,
	uint64_t unlisted)
{
	size_t before = out->len;

	if (trouble == TROUBLE_NOT_READ && !run->whole)
		buf_puts(out, "not all input was looked at");
	if (trouble == TROUBLE_REFUSED && run->n_refused)
		say_number(out, run->n_refused, "record", "could not be judged");
	if (trouble == TROUBLE_UNLISTED && unlisted)
		say_number(out, unlisted, "clock", "not listed here on which the gate fails");
	return out->len > before;
}

void
sla_say_budget_name(struct buf *out, const struct budget *budget)
{
	utf8_display(out, span_of(budget->text));
}

void
sla_say_budget(struct buf *out, const struct budget *budget)
{
	sla_say_budget_name(out, budget);
	buf_puts(out, ": ");
	budget_say(budget, out);
}

uint64_t
sla_unlisted(const struct sla_case *entry)
{
	uint64_t n = 0;

	for (size_t i = 0; !entry->listed && i < entry->sla->verdict.n; i++)
		n += entry->mark[i] == SLA_FAILS;
	return n;
}
