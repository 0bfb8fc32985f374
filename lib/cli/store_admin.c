#include "cli/store_admin.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/msg.h"
#include "cli/output.h"
#include "cli/store_checkpoints.h"
#include "store/snapshot.h"
#include "store/store_walk.h"

void
store_admin_open(struct store_admin *admin, enum store_use use, struct store *store)
{
	store_opt_open(&admin->store, use, store);
}

void
store_admin_flush(struct store_admin *admin)
{
	if (output_flush(STDOUT_FILENO, &admin->out) < 0)
		msg_die(EX_IOERR, "stdout: cannot write: %s", strerror(errno));
}

void
store_admin_die(struct store_admin *admin, struct err *err)
{
	store_admin_flush(admin);
	msg_die_err(NULL, err);
}

void
store_admin_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
	buf_printf(out, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

void
store_admin_head(struct store_admin *admin, const struct store *store, struct head *head)
{
	struct err err = { 0 };

	if (head_read(store, head, &err) < 0)
		store_admin_die(admin, &err);
}

void
store_admin_no_operands(const char *command, char **operands)
{
	if (*operands)
		opt_usage("%s takes no operand: \"%s\"", command, *operands);
}

static int
add_size(void *ctx, const struct walk_entry *entry, struct err *err)
{
	uint64_t *bytes = ctx;

	(void)err;
	*bytes += (uint64_t)entry->size;
	return 0;
}

uint64_t
store_admin_log_bytes(struct store_admin *admin, const struct store *store)
{
	struct err err = { 0 };
	uint64_t bytes = 0;

	if (store_walk(store, "log", add_size, &bytes, &err) < 0)
		store_admin_die(admin, &err);
	return bytes;
}

int
store_admin_init(struct store_admin *admin, char **operands)
{
	struct store_plan plan = {
		.shared = admin->shared,
		.group = admin->shared && *admin->shared ? admin->shared : NULL,
		.segment_bytes = admin->segment_size > 0 ? admin->segment_size : 0,
		.allow_network_fs = admin->store.allow_network_fs,
	};
	const char *path = *operands;
	struct err err = { 0 };

	if (path && operands[1])
		opt_usage("init takes one folder");
	if (admin->segment_size == 0)
		opt_usage("--segment-size: expected 1 or more; got \"0\"");
	if (path && admin->store.store)
		opt_usage("init: the folder is named twice, as operand and by --store");
	if (store_init(path ? path : store_opt_path(&admin->store), &plan, &err) < 0)
		store_admin_die(admin, &err);
	return 0;
}

int
store_admin_checkpoint(struct store_admin *admin, char **operands)
{
	struct store store;
	struct head head;

	store_admin_no_operands("checkpoint", operands);
	store_admin_open(admin, STORE_READ, &store);
	store_admin_head(admin, &store, &head);
	checkpoint_put(&admin->out, &store, &head.position);
	store_close(&store);
	return 0;
}

int
store_admin_snapshot(struct store_admin *admin, char **operands)
{
	struct position position;
	struct store store;
	struct err err = { 0 };

	if (!*operands || operands[1])
		opt_usage("snapshot takes one folder, which is made");
	store_admin_open(admin, STORE_READ, &store);
	if (snapshot_make(&store, *operands, &position, &err) < 0)
		store_admin_die(admin, &err);
	checkpoint_put(&admin->out, &store, &position);
	store_close(&store);
	return 0;
}
