/*
 * pipeline: programs run side by side, each one's stdout the next one's
 * stdin, as a shell does it, and one status of them all.  Refuses to leave
 * anything behind: it waits for all, a signal that is to end this program
 * ends them first, and they do not outlive it where it is killed.
 * Order: stages filled in, pipeline_run, exit with its answer.
 */
#ifndef ESC_CLI_PIPELINE_H
#define ESC_CLI_PIPELINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "cli/opt_forward.h"

#define SIGNAL_BASE 128 /* a shell's status of what a signal killed */

struct stage {
	const char *name;   /* of the program: beside this one, else in PATH */
	struct args args;   /* from argv[0] on */
	int out, errors;    /* descriptors for its stdout (the last one's) and stderr; 0: this one's */
	char *path;         /* where it was found; the caller frees it */
	pid_t pid;
	int status;         /* when it has ended: as a shell has it, 128+n by signal */
	bool by_signal;
	bool ended;
};

/*
 * Runs them, and says on stderr which were killed.  The answer is
 * pipeline_worst's.  Dies of the signal that was to end it, and of SIGPIPE
 * where the last stage did; ends with 78 where a program is not there, 75
 * where it cannot be started.
 */
int pipeline_run(struct stage *stage, size_t n);

/*
 * The worst status: trouble wins over 1, and the higher of troubles.  What
 * only follows from another stage's trouble does not count: SIGPIPE of what
 * it read from, and 65 of what reads it (the end mark that is missing).
 */
int pipeline_worst(const struct stage *stage, size_t n);

#endif
