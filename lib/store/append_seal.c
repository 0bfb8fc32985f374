#include "store/append_work.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/segment.h"

static bool
is_full(const struct append *append, int64_t first)
{
	const struct position *head = &append->head.position;

	return first < head->segment
	        || (first == head->segment && head->length >= append->store->segment_bytes);
}

static bool
is_sealed(const struct store *store, int64_t first)
{
	char path[SEGMENT_PATH_SIZE];

	segment_seal_path(first, path);
	return faccessat(store->dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Where a full segment ends: 0; -1 where that cannot be told. */
static int
end_of(const struct append *append, int64_t first, int64_t last, struct position *end)
{
	char path[SEGMENT_PATH_SIZE];
	int fd, rc = -1;

	*end = (struct position){ .segment = first, .seq = last };
	segment_path(first, path);
	fd = store_openat(append->store, path, O_RDONLY);
	if (fd < 0)
		return -1;
	end->length = fd_length(fd);
	if (end->length > 0)
		rc = append_end_hash(fd, end->length, end->h);
	close(fd);
	return rc;
}

static int
seal_each(struct append *append, const int64_t *first, size_t n, struct err *err)
{
	bool synced = false;

	for (size_t i = 0; i < n && is_full(append, first[i]); i++) {
		int64_t last = i + 1 < n ? first[i + 1] - 1 : append->head.position.seq;
		struct position end;

		if (is_sealed(append->store, first[i])
		        || end_of(append, first[i], last, &end))
			continue;
		if (!synced && head_sync(append->store, err))
			return -1;
		synced = true;
		if (segment_seal(append->store, &end, err))
			return -1;
	}
	return 0;
}

void
append_seal(struct append *append)
{
	struct err err = { 0 };
	int64_t *first;
	size_t n;

	if (segment_list(append->store, &first, &n, &err) == 0)
		seal_each(append, first, n, &err);
	free(first);
	err_release(&err);
}
