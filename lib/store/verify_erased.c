/* Lines of the store, and lines whose data does not fit their dh. */
#include <inttypes.h>

#include "store/lock.h"
#include "store/store_said.h"
#include "store/verify_work.h"

struct said {
	struct verify *verify;
	const struct log_entry *entry;
};

static int
note_said(void *ctx, int64_t seq, struct span dh, struct err *err)
{
	const struct said *said = ctx;
	int answer = erasures_said(said->verify->erased, said->entry, seq, dh, err);

	if (answer == 0)
		verify_found(said->verify, NULL, &said->entry->place, said->entry->seq,
			"`erased` names no line before it: seq %" PRId64, seq);
	return answer < 0 ? -1 : 0;
}

static int
note_removed(void *ctx, struct span b2, struct err *err)
{
	const struct said *said = ctx;

	return verify_note_removed(said->verify, said->entry, b2, err);
}

int
verify_store_line(struct verify *verify, const struct log_entry *entry, struct err *err)
{
	struct said said = { verify, entry };
	struct said_fns fns = { .line = note_said, .blob = note_removed, .ctx = &said };
	const struct scan *scan = &verify->scan;
	uint32_t at;

	if (scan_line(&verify->scan, entry->line.data.p, entry->line.data.n, &verify->why) < 0) {
		verify_found(verify, NULL, &entry->place, entry->seq,
			"a line of the store that cannot be read: %s", err_text(&verify->why));
		return 0;
	}
	switch (store_said(scan, &at)) {
	case SAID_ERASED:
		return store_said_each(scan, at, &fns, &verify->arena, err);
	case SAID_RECOVERED:
		return 0;
	case SAID_OTHER:
		break;
	}
	verify_found(verify, NULL, &entry->place, entry->seq,
		"a line of the store that says neither `erased` nor `recovered`");
	return 0;
}

void
verify_erased_begin(struct verify *verify, const struct position *head)
{
	verify->begun = head->seq;
	verify->at_work = lock_is_held(verify->store, LOCK_MAINTENANCE);
}

/* What is told lies where it is told: the line itself, or the one that names it. */
static void
unfinished(struct verify *verify, const struct erasure *erasure)
{
	if (verify->at_work || erasure->said_seq > verify->begun)
		verify->count->erasing++;
	else if (erasure->differs)
		verify_found(verify, NULL, &erasure->place, erasure->seq, "an erasure is "
			"unfinished (line %" PRId64 " asks for it): run esc-store recover",
			erasure->said_seq);
	else
		verify_found(verify, NULL, &erasure->place, erasure->said_seq, "an erasure is "
			"unfinished (line %" PRId64 " has its data): run esc-store recover",
			erasure->seq);
}

static int
judge(void *ctx, const struct erasure *erasure, struct err *err)
{
	struct verify *verify = ctx;

	(void)err;
	if (erasure->state == ERASURE_DONE)
		verify->count->erased++;
	else if (erasure->state == ERASURE_UNEXPLAINED)
		verify_found(verify, NULL, &erasure->place, erasure->seq, "the data was changed: "
			"no `erased` line says that it should be as it is");
	/* A line that is damaged has been told; it may be the one. */
	else if (erasure->differs || !verify->damaged)
		unfinished(verify, erasure);
	return 0;
}

int
verify_erased_end(struct verify *verify, struct err *err)
{
	return erasures_end(verify->erased, judge, verify, err);
}
