#include "cli/store_opt.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>

#include "cli/msg.h"
#include "store/head.h"
#include "store/recover.h"
#include "store/spool.h"

const char *
store_opt_path(const struct store_opt *opt)
{
	const char *path = setting_get(opt->store, "ESC_STORE", "store");

	if (!path || !*path)
		opt_usage("--store DIR or ESC_STORE is needed: where the store is");
	return path;
}

/* A limit of file size is an answer of write(2), not the end of a writer. */
static void
guard_writes(void)
{
	signal(SIGXFSZ, SIG_IGN);
}

/* Where one slot of HEAD is damaged: whether it was the one in force. */
static bool
misses_last(const struct store *store)
{
	struct err ignored = { 0 };
	struct head head;
	bool misses = head_read(store, &head, &ignored) == 0 &&
		(head.slot_is_bad[0] || head.slot_is_bad[1]) &&
		recover_is_needed(store, &head, &ignored) > 0;

	if (misses)
		msg_warn("%s: HEAD is damaged: what was committed last is left out; "
			"run esc-store recover", store->path);
	err_release(&ignored);
	return misses;
}

bool
store_opt_open(const struct store_opt *opt, enum store_use use, struct store *store)
{
	const char *path = store_opt_path(opt);
	struct store_access access = {
		.use = use,
		.allow_network_fs = opt->allow_network_fs,
		.wait_s = opt->wait_s < INT_MAX ? (int)opt->wait_s : INT_MAX,
	};
	struct err err = { 0 };

	guard_writes();
	spool_folder(getenv("TMPDIR"));
	if (store_open(store, path, &access, &err) < 0)
		msg_die_err(NULL, &err);
	if (setenv("ESC_STORE", path, 1) < 0)
		msg_die(EX_OSERR, "ESC_STORE: cannot be set");
	return use != STORE_READ || !misses_last(store);
}
