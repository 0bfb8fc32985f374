/*
 * check_plugin: the one line of `esc check --format nagios` on stdout.  The
 * check's is held back until both stages have ended: where the reader failed,
 * the check only knows that its input is not whole, and the line is to say
 * why.  Without that format it does nothing.
 * Order: check_plugin_begin, pipeline_run, check_plugin_end.
 */
#ifndef ESC_CLI_CHECK_PLUGIN_H
#define ESC_CLI_CHECK_PLUGIN_H

#include "cli/pipeline.h"

struct check_plugin {
	int line, errors; /* what the check says, and the reader's stderr; 0: neither */
};

/* stage: the reader and the check.  Ends the program with 75. */
void check_plugin_begin(struct check_plugin *plugin, struct stage stage[2]);

/*
 * Says what the reader had to say; then the check's line, or leaves the
 * reason of another one to nagios_status.
 */
void check_plugin_end(struct check_plugin *plugin, const struct stage stage[2]);

#endif
