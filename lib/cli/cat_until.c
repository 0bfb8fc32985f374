#include "cli/cat.h"

#include <stdlib.h>

#include "base/instant.h"
#include "cli/policies.h"
#include "domain/history.h"

/* A line and what is read of it. */
struct read_line {
	struct buf text;
	struct scan scan;
	struct record record;
};

struct cat_until {
	int64_t until;
	struct change change;
	struct read_line left;   /* the events up to then */
	struct read_line folded;
};

struct cat_until *
cat_until_new(int64_t until, int64_t now)
{
	struct cat_until *then = mem_zero(sizeof *then);

	then->until = until;
	scan_init(&then->left.scan);
	scan_init(&then->folded.scan);
	change_init(&then->change, policies_source(), now, span_of(""));
	return then;
}

void
cat_until_free(struct cat_until *then)
{
	if (!then)
		return;
	change_release(&then->change);
	scan_release(&then->left.scan);
	scan_release(&then->folded.scan);
	buf_release(&then->left.text);
	buf_release(&then->folded.text);
	free(then);
}

static int
read_back(struct read_line *line, struct arena *arena, struct err *err)
{
	if (scan_line(&line->scan, line->text.data, line->text.len, err) < 0)
		return -1;
	return record_read(&line->record, buf_text(&line->text), &line->scan, arena, err);
}

int
cat_until_take(struct cat_until *then, const struct record *record, struct arena *arena,
	struct record *out, struct err *err)
{
	struct change *change = &then->change;
	int there;

	then->left.text.len = then->folded.text.len = 0;
	there = history_until(record, then->until, change->policies, arena, &then->left.text, err);
	if (there <= 0)
		return there;
	if (read_back(&then->left, arena, err) < 0 ||
		change_begin(change, &then->left.record, INSTANT_NONE, arena, err) < 0 ||
		change_write(change, &then->folded.text, err) < 0 ||
		read_back(&then->folded, arena, err) < 0)
		return -1;
	*out = then->folded.record;
	return 1;
}
