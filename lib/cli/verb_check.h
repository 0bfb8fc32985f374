/*
 * verb_check: `esc check`: esc-cat and esc-sla-check on one store, with the
 * options of both and one status.  Its whole work between main's arguments
 * and exit; the status of its answer.
 */
#ifndef ESC_CLI_VERB_CHECK_H
#define ESC_CLI_VERB_CHECK_H

/* argv[0] is the verb. */
int verb_check(int argc, char **argv);

#endif
