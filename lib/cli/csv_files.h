/*
 * csv_files: the operands (none: stdin) of a program that makes records of
 * CSV rows, with the manners of the record loop: what cannot be read goes
 * to --reject, a file that is missing is said and passed by, blank rows are
 * counted on stderr.
 */
#ifndef ESC_CLI_CSV_FILES_H
#define ESC_CLI_CSV_FILES_H

#include "cli/csv_in.h"
#include "cli/loop.h"

struct csv_files {
	struct loop *loop;
	const char *encoding;
	/* A header: 0, or -1 with why the file is passed by. */
	int (*header)(void *ctx, const struct csv_row *header, struct err *err);
	void (*row)(void *ctx, const char *file, const struct csv_row *row);
	void (*end)(void *ctx); /* of a file */
	void *ctx;
};

void csv_files_run(const struct csv_files *files, char **operands);

#endif
