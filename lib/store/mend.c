#include "store/mend.h"

#include <inttypes.h>
#include <unistd.h>

#include "store/lock.h"

static bool
head_is_whole(const struct store *store)
{
	struct err ignored = { 0 };
	struct head head;
	bool whole = head_read(store, &head, &ignored) == 0;

	err_release(&ignored);
	return whole;
}

static int
make_anew(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err)
{
	if (verify_store(store, terms, count, err) < 0)
		return -1;
	if (count->in_log)
		return err_add(err, EX_IOERR, store->path, "HEAD and the log are damaged (%" PRIu64
			" findings): nothing is made anew; take the store from a copy",
			count->in_log);
	return head_create(store, &count->end, err) < 0 ? -1 : 1;
}

int
mend_head(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err)
{
	int lock, result;

	if (head_is_whole(store))
		return 0;
	lock = lock_take(store, LOCK_APPEND, err);
	if (lock < 0)
		return -1;
	result = head_is_whole(store) ? 0 : make_anew(store, terms, count, err);
	close(lock);
	return result;
}
