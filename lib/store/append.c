#include "store/append.h"

#include <unistd.h>

#include "store/append_work.h"
#include "store/lock.h"
#include "store/recover.h"

static int
recover_if_needed(struct append *append, struct err *err)
{
	int needed = recover_is_needed(append->store, &append->head, err);

	if (needed <= 0)
		return needed;
	append->recovered = true;
	signals_hold(&append->signals);
	needed = recover_tail(append, &append->recovery, err);
	signals_release(&append->signals);
	return needed;
}

int
append_open(struct append *append, const struct store *store, struct err *err)
{
	*append = (struct append){ .store = store };
	append->lock = lock_take(store, LOCK_APPEND, err);
	if (append->lock < 0)
		return -1;
	if (head_read(store, &append->head, err) || append_check_end(append, err)
	        || recover_if_needed(append, err)) {
		append_close(append);
		return -1;
	}
	recover_mode(store, &append->head);
	append_seal(append);
	return 0;
}

int
append_batch(struct append *append, uint64_t n, append_next_fn next, void *ctx,
	struct err *err)
{
	if (append->failed)
		return err_add(err, EX_IOERR, append->store->path,
		        "an earlier write failed: run again");
	if (n == 0)
		return 0;
	append_hold(append);
	return append_write(append, n, next, ctx, false, err);
}

static int
next_only(void *ctx, struct append_line *line, struct err *err)
{
	(void)err;
	*line = *(const struct append_line *)ctx;
	return 1;
}

int
append_store_line(struct append *append, struct span id, struct span data, struct err *err)
{
	struct append_line line = { .id = id, .data = data };

	return append_batch(append, 1, next_only, &line, err);
}

void
append_hold(struct append *append)
{
	if (!append->signals.held)
		signals_hold(&append->signals);
}

void
append_unlock(struct append *append)
{
	if (append->lock >= 0)
		close(append->lock);
	append->lock = -1;
}

void
append_close(struct append *append)
{
	append_unlock(append);
	signals_release(&append->signals);
}
