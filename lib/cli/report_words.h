/*
 * report_words: what a report's own codes say in plain words, and titles of
 * its tables, for the pages that people read.
 * Source: esc-report(1), FIGURES.
 */
#ifndef ESC_CLI_REPORT_WORDS_H
#define ESC_CLI_REPORT_WORDS_H

#include "base/text.h"

/* "a limit passed" for missed-limit; NULL where a code says enough or is none of ours. */
const char *report_words(struct span code);

/* The title of a table by its name; its name where it has no other. */
const char *report_caption(const char *table);

#endif
