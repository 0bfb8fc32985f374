/* esc-store put and get: attachments by their hash, or by case and name. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/attach.h"
#include "cli/msg.h"
#include "cli/output.h"
#include "cli/policies.h"
#include "cli/store_admin.h"
#include "domain/attached.h"
#include "store/blobs.h"
#include "store/choose.h"

#define BLOCK 65536

/* As b2sum writes it: a name with a newline or backslash is escaped, and said to be. */
static void
put_sum(struct buf *out, const char *b2, const char *name)
{
	buf_printf(out, "%s%s  ", strpbrk(name, "\\\n\r") ? "\\" : "", b2);
	for (; *name; name++)
		if (*name == '\n')
			buf_puts(out, "\\n");
		else if (*name == '\r')
			buf_puts(out, "\\r");
		else if (*name == '\\')
			buf_puts(out, "\\\\");
		else
			buf_putc(out, *name);
	buf_putc(out, '\n');
}

/* 0; else the status: of a file that is not taken, and is told; others are, all the same. */
static int
put_one(struct store_admin *admin, const struct store *store, const char *file)
{
	bool is_stdin = strcmp(file, "-") == 0;
	struct blob blob;
	struct err err = { 0 };
	int status, fd = is_stdin ? STDIN_FILENO : attach_open(file, &err);

	if (fd >= 0 && blobs_put(store, fd, &blob, &err) < 0)
		store_admin_die(admin, &err);
	if (fd >= 0) {
		put_sum(&admin->out, blob.b2, file);
		store_admin_flush(admin);
	}
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (err.n)
		msg_faults(NULL, &err);
	status = err.status;
	err_release(&err);
	return status;
}

int
store_admin_put(struct store_admin *admin, char **operands)
{
	struct store store;
	int worst = 0;

	if (!*operands)
		opt_usage("put takes files");
	store_admin_open(admin, STORE_WRITE, &store);
	for (; *operands; operands++) {
		int status = put_one(admin, &store, *operands);

		if (status > worst)
			worst = status;
	}
	store_close(&store);
	return worst;
}

/* One attachment of the case. */
struct found {
	char *name;
	char b2[HASH_HEX];
	int64_t size;
};

struct search {
	struct store_admin *admin;
	const struct store *store;
	struct found *list;
	size_t n, cap;
	int status;
};

static bool
is_known(const struct search *search, const struct attached *attached)
{
	for (size_t i = 0; i < search->n; i++)
		if (span_is(attached->b2, search->list[i].b2) &&
			span_is(attached->name, search->list[i].name))
			return true;
	return false;
}

static int
add(void *ctx, const struct attached *attached, struct err *err)
{
	struct search *search = ctx;
	struct found *found;

	(void)err;
	if (!blobs_is_hash(attached->b2) || is_known(search, attached))
		return 0;
	if (search->n == search->cap) {
		search->cap = mem_grow(search->cap, search->n + 1);
		search->list = mem_resize(search->list, search->cap * sizeof *search->list);
	}
	found = &search->list[search->n++];
	*found = (struct found){ .size = attached->size,
		.name = mem_copy(attached->name.p ? attached->name.p : "", attached->name.n) };
	memcpy(found->b2, attached->b2.p, attached->b2.n);
	return 0;
}

static int
look_at(void *ctx, const struct chosen *chosen, struct arena *arena, struct err *err)
{
	return chosen->record ? record_attached(chosen->record, arena, add, ctx, err) : 0;
}

static void
tell_damage(void *ctx, const struct err *err)
{
	struct search *search = ctx;

	msg_faults(search->store->path, err);
	search->status = EX_IOERR;
}

static void
tell_unknown(void *ctx, struct span id, const struct span *candidate, size_t n)
{
	struct search *search = ctx;

	msg_error("%.*s: %s", (int)id.n, id.p, n > 1
		? "more than one case has an id that ends so:" : "no such case");
	for (size_t i = 0; n > 1 && i < n; i++)
		msg_error("  %.*s", (int)candidate[i].n, candidate[i].p);
	search->status = EX_NOINPUT;
}

static void
find(struct search *search, const char *id)
{
	const struct span ids[] = { span_of(id) };
	const struct choice choice = { .id = ids, .n_ids = 1, .due_by = INSTANT_NONE,
		.as_of = INSTANT_NONE, .no_index = search->admin->store.no_index };
	const struct choose_terms terms = { .policies = policies_source(),
		.world = store_opt_world(), .damage = tell_damage, .unknown = tell_unknown,
		.ctx = search };
	struct err err = { 0 };

	if (choose_each(search->store, &choice, &terms, look_at, search, &err) < 0)
		store_admin_die(search->admin, &err);
	if (search->status)
		exit(search->status);
}

static void
put_found(struct buf *out, const struct found *found)
{
	buf_printf(out, "%s  %" PRId64 "  ", found->b2, found->size);
	utf8_display(out, span_of(found->name));
	buf_putc(out, '\n');
}

/* The one that is meant; else the end, with those that it could be. */
static const char *
choose(const struct search *search, const char *id, const char *name)
{
	const struct found *only = NULL;
	struct buf line = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < search->n; i++)
		if (!name || strcmp(search->list[i].name, name) == 0) {
			only = &search->list[i];
			n++;
		}
	if (n == 1)
		return only->b2;
	if (search->n == 0)
		msg_die(EX_NOINPUT, "%s: has no attachments", id);
	msg_error(n ? "%s: more than one attachment; say which, by name or hash:"
		: "%s: no such attachment; it has:", id);
	for (size_t i = 0; i < search->n; i++) {
		line.len = 0;
		buf_printf(&line, "%s  %s", search->list[i].b2, search->list[i].name);
		msg_error("  %s", buf_cstr(&line));
	}
	buf_release(&line);
	exit(EX_NOINPUT);
}

static int
open_output(const struct store_admin *admin)
{
	int fd;

	if (!admin->output)
		return STDOUT_FILENO;
	fd = open(admin->output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd < 0)
		msg_die(EX_CANTCREAT, "%s: cannot create: %s", admin->output, strerror(errno));
	return fd;
}

static void
copy_out(struct store_admin *admin, int from, int to)
{
	const char *name = admin->output ? admin->output : "stdout";
	char block[BLOCK];
	ssize_t n;

	while ((n = read(from, block, sizeof block)) != 0) {
		if (n < 0 && errno != EINTR)
			msg_die(EX_IOERR, "the attachment cannot be read: %s", strerror(errno));
		if (n > 0 && output_write_all(to, block, (size_t)n) < 0)
			msg_die(EX_IOERR, "%s: cannot write: %s", name, strerror(errno));
	}
	if (to != STDOUT_FILENO && (fsync(to) < 0 || close(to) < 0))
		msg_die(EX_IOERR, "%s: cannot write: %s", name, strerror(errno));
}

/* Read twice: nobody gets what is not what was attached. */
static void
give(struct store_admin *admin, const struct store *store, const char *b2, bool named)
{
	struct err err = { 0 };
	int fd, whole = blobs_check(store, span_of(b2), -1, &err);

	if (whole == 0 && named)
		err_add(&err, EX_IOERR, NULL, "%s: the case names it, but it is missing from the "
			"store; esc-store put, with the original, puts it back", b2);
	else if (whole == 0)
		err_add(&err, EX_NOINPUT, NULL, "%s: no such attachment in the store", b2);
	if (err.status == EX_DATAERR)
		err.status = EX_IOERR;
	if (whole <= 0)
		store_admin_die(admin, &err);
	fd = blobs_open(store, span_of(b2), &err);
	if (fd < 0)
		store_admin_die(admin, &err);
	copy_out(admin, fd, open_output(admin));
	close(fd);
}

static void
release(struct search *search)
{
	for (size_t i = 0; i < search->n; i++)
		free(search->list[i].name);
	free(search->list);
}

int
store_admin_get(struct store_admin *admin, char **operands)
{
	const char *id = *operands, *name = id ? operands[1] : NULL;
	struct search search = { .admin = admin };
	struct store store;

	if (!id || (name && operands[2]))
		opt_usage("get takes the id of a case, or a hash, and a name");
	if (admin->list && (name || admin->output))
		opt_usage("--list goes with the id of a case alone");
	store_admin_open(admin, STORE_READ, &store);
	search.store = &store;
	if (blobs_is_hash(span_of(id)) && !name && !admin->list) {
		give(admin, &store, id, false);
	} else {
		find(&search, id);
		if (admin->list)
			for (size_t i = 0; i < search.n; i++)
				put_found(&admin->out, &search.list[i]);
		else
			give(admin, &store, choose(&search, id, name), true);
	}
	release(&search);
	store_close(&store);
	return 0;
}
