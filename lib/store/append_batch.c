#include "store/append_work.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/segment.h"

#define BLOCK ((size_t)1 << 20) /* bytes that are written at once */

struct batch {
	struct append *append;
	struct position end;  /* behind the last line, written or in out */
	struct buf out;       /* the bytes before end that are not yet written */
	int fd;               /* of end's segment; -1: not yet open */
	bool fresh;           /* ... which this batch made */
	bool made;            /* it made a segment */
	bool over;
	uint64_t n;
	int64_t at;
};

static int
fails(const struct batch *batch, const char *what, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	batch->append->failed = true;
	segment_path(batch->end.segment, path);
	return store_fails(batch->append->store, EX_IOERR, path, what, err);
}

static int
unknown(const struct batch *batch, const char *path, struct err *err)
{
	batch->append->failed = true;
	return err_add(err, EX_IOERR, path, "outcome unknown, run again");
}

static int
flush(struct batch *batch, struct err *err)
{
	struct buf *out = &batch->out;

	if (fd_write(batch->fd, out->data, out->len, batch->end.length - (int64_t)out->len))
		return fails(batch, "cannot write, nothing was committed", err);
	out->len = 0;
	return 0;
}

/* Nothing that was written counts before this has gone well, once. */
static int
sync_segment(struct batch *batch, struct err *err)
{
	if (flush(batch, err))
		return -1;
	if (batch->over && ftruncate(batch->fd, batch->end.length) != 0)
		return fails(batch, "cannot truncate", err);
	if ((batch->fresh ? fsync(batch->fd) : fdatasync(batch->fd)) != 0)
		return fails(batch, "cannot sync, outcome unknown, run again", err);
	return 0;
}

static int
open_segment(struct batch *batch, int flags, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	segment_path(batch->end.segment, path);
	batch->fd = store_openat(batch->append->store, path, O_WRONLY | flags);
	if (batch->fd < 0)
		return fails(batch, "cannot open", err);
	return 0;
}

static int
next_segment(struct batch *batch, struct err *err)
{
	if (batch->fd >= 0) {
		if (sync_segment(batch, err))
			return -1;
		close(batch->fd);
		batch->fd = -1;
	}
	batch->end.segment = batch->end.seq + 1;
	batch->end.length = 0;
	batch->fresh = batch->made = true;
	return open_segment(batch, O_CREAT | (batch->over ? 0 : O_EXCL), err);
}

/* A line begins a new segment where the last one is full, or is none. */
static int
want_segment(struct batch *batch, struct err *err)
{
	const struct position *end = &batch->end;

	if (end->length == 0 || end->length >= batch->append->store->segment_bytes)
		return next_segment(batch, err);
	return batch->fd >= 0 ? 0 : open_segment(batch, 0, err);
}

static int
put_line(struct batch *batch, const struct append_line *line, uint64_t place, struct err *err)
{
	size_t before;
	char salt[SALT_DIGITS + 1];
	struct store_line full = {
		.seq = batch->end.seq + 1,
		.at = batch->at,
		.by = span_of(store_login()),
		.id = line->id,
		.rev = line->rev,
		.place = place,
		.of = batch->n,
		.salt = { salt, SALT_DIGITS },
		.data = line->data,
	};

	if (want_segment(batch, err))
		return -1;
	line_salt(salt);
	before = batch->out.len;
	line_write(&batch->out, &full, batch->end.h);
	batch->end.length += (int64_t)(batch->out.len - before);
	batch->end.seq++;
	return batch->out.len >= BLOCK ? flush(batch, err) : 0;
}

static int
put_lines(struct batch *batch, append_next_fn next, void *ctx, struct err *err)
{
	for (uint64_t place = 1; place <= batch->n; place++) {
		struct append_line line = { 0 };
		int rc = next(ctx, &line, err);

		if (rc < 0)
			return -1;
		if (rc == 0)
			return err_add(err, EX_SOFTWARE, NULL,
			        "a batch of %llu lines ended before line %llu",
			        (unsigned long long)batch->n, (unsigned long long)place);
		if (put_line(batch, &line, place, err))
			return -1;
	}
	return 0;
}

/*
 * The batch is not whole, or said to be of unknown outcome: what cannot be
 * taken back here is set aside by the next recovery.
 */
static void
take_back(struct batch *batch)
{
	const struct position *start = &batch->append->head.position;
	const struct store *store = batch->append->store;
	struct err err = { 0 };
	char path[SEGMENT_PATH_SIZE];
	int64_t *first;
	size_t n;
	int fd;

	if (segment_list(store, &first, &n, &err))
		batch->append->failed = true;
	while (n && (first[n - 1] > start->segment || start->seq == 0)) {
		segment_path(first[--n], path);
		if (store_unlink(store, path) != 0)
			batch->append->failed = true;
	}
	free(first);
	err_release(&err);
	segment_path(start->segment, path);
	fd = start->length ? store_openat(store, path, O_WRONLY) : -1;
	if (start->length && (fd < 0 || ftruncate(fd, start->length) != 0))
		batch->append->failed = true;
	if (fd >= 0)
		close(fd);
}

static int
sync_all(struct batch *batch, struct err *err)
{
	if (sync_segment(batch, err))
		return -1;
	if (!batch->made || store_sync_dir(batch->append->store, "log", err) == 0)
		return 0;
	return unknown(batch, "log", err);
}

/* The data is on disk: it counts, whatever becomes of this. */
static int
move_head(struct batch *batch, struct err *err)
{
	struct append *append = batch->append;

	if (head_write(append->store, &append->head, &batch->end, err))
		return unknown(batch, "HEAD", err);
	append->at = batch->at;
	if (batch->made || batch->end.length >= append->store->segment_bytes)
		append_seal(append);
	return 0;
}

int
append_write(struct append *append, uint64_t n, append_next_fn next, void *ctx, bool over,
	struct err *err)
{
	struct batch batch = {
		.append = append,
		.end = append->head.position,
		.fd = -1,
		.over = over,
		.n = n,
		.at = time(NULL),
	};
	int rc;

	if (batch.at < append->at) {
		append->behind = append->at - batch.at;
		batch.at = append->at;
	}
	rc = put_lines(&batch, next, ctx, err);
	if (rc == 0)
		rc = sync_all(&batch, err);
	if (batch.fd >= 0)
		close(batch.fd);
	if (rc == 0)
		rc = move_head(&batch, err);
	else if (!over)
		take_back(&batch);
	buf_release(&batch.out);
	return rc;
}
