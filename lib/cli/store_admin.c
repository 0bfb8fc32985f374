#include "cli/store_admin.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/msg.h"
#include "cli/output.h"

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

int
store_admin_init(struct store_admin *admin, char **operands)
{
	struct store_plan plan = {
		.shared = admin->shared,
		.group = admin->shared && *admin->shared ? admin->shared : NULL,
		.segment_bytes = admin->segment_size,
		.allow_network_fs = admin->store.allow_network_fs,
	};
	const char *path = *operands;
	struct err err = { 0 };

	if (path && operands[1])
		opt_usage("init takes one folder");
	if (path && admin->store.store)
		opt_usage("init: the folder is named twice, as operand and by --store");
	if (store_init(path ? path : store_opt_path(&admin->store), &plan, &err) < 0)
		store_admin_die(admin, &err);
	return 0;
}

static void
put_checkpoint(struct buf *out, const struct store *store, const struct position *position)
{
	buf_printf(out, "%s %" PRId64 " %s\n", store->id, position->seq, position->h);
}

int
store_admin_checkpoint(struct store_admin *admin, char **operands)
{
	struct store store;
	struct head head;

	store_admin_no_operands("checkpoint", operands);
	store_admin_open(admin, STORE_READ, &store);
	store_admin_head(admin, &store, &head);
	put_checkpoint(&admin->out, &store, &head.position);
	store_close(&store);
	return 0;
}
