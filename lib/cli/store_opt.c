#include "cli/store_opt.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>

#include "cli/msg.h"

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

void
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
	if (store_open(store, path, &access, &err) < 0)
		msg_die_err(NULL, &err);
	if (setenv("ESC_STORE", path, 1) < 0)
		msg_die(EX_OSERR, "ESC_STORE: cannot be set");
}
