/* change_work: what the parts of change share; private to change*.c. */
#ifndef ESC_DOMAIN_CHANGE_WORK_H
#define ESC_DOMAIN_CHANGE_WORK_H

#include "domain/change.h"

/* One new event: its text, scanned. */
struct draft {
	struct buf text;
	struct scan scan;
};

enum check {
	CHECK_REFUSED = -1,
	CHECK_ALREADY_SO,
	CHECK_OK,
};

/*
 * change_check.c: whether a command may add the event to the case as `fold`
 * has it: state, members, policy; or whether it is so already.
 */
enum check change_check(const struct fold *fold, const struct event *event,
	struct err *err);

/*
 * change_check_type.c: what is asked of one type of event beyond state and
 * members; `cannot VERB: reason`.
 */
enum check change_check_type(const struct fold *fold, const struct event *event,
	struct err *err);
enum check change_refuse(enum event_type type, const char *reason, struct err *err);

/* change_check_set.c: what reclassified and amended set. */
enum check change_check_set(const struct fold *fold, const struct event *event,
	struct err *err);

/* change_events.c: the value of "events", with what events lack filled in. */
void change_write_events(const struct change *change, struct buf *out);

#endif
