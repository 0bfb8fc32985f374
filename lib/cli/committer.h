/*
 * committer: esc-commit's work between its options and its status: lines are
 * kept aside while they are read, then committed as one batch; what is
 * refused then is told as the record loop tells it.
 * Order: zeroed, the options set, committer_open, loop_init (committer->loop),
 * committer_read, committer_run, loop_end, committer_close: signals that came
 * since the batch was begun to be written end the program there, when all is
 * said.
 */
#ifndef ESC_CLI_COMMITTER_H
#define ESC_CLI_COMMITTER_H

#include "cli/loop.h"
#include "cli/progress.h"
#include "cli/store_opt.h"
#include "store/commit.h"

struct committer {
	struct store_opt where;
	const char *blobs; /* as the options say; NULL */
	bool events, rebase, if_new, print, dry_run, allow_future, verbose;
	struct loop loop;
	struct store store;
	struct commit *commit;
	struct commit_count count;
	struct progress progress;
	struct buf text;
	const char **file; /* the inputs so far; borrowed names */
	size_t n_files;
};

/* The store; ends the program where there is none. */
void committer_open(struct committer *committer);

/* All input into the batch. */
void committer_read(struct committer *committer, char **files);

/* The batch into the store, and what is to be said of it. */
void committer_run(struct committer *committer);
void committer_close(struct committer *committer);

#endif
