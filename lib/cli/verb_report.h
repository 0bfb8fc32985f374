/*
 * verb_report: `esc report`: esc-cat and esc-report on one store, with the
 * options of both and one status; no more is read than the period needs.
 * Its whole work between main's arguments and exit; the status of its answer.
 */
#ifndef ESC_CLI_VERB_REPORT_H
#define ESC_CLI_VERB_REPORT_H

/* argv[0] is the verb. */
int verb_report(int argc, char **argv);

#endif
