/*
 * importer: the CSV of other systems, by a mapping, to case records: rows are
 * gathered by their key, and each case goes out as one line.
 * Order: zeroed, the options and loop set (loop_init), importer_open,
 * importer_run, importer_close, loop_end.
 */
#ifndef ESC_CLI_IMPORTER_H
#define ESC_CLI_IMPORTER_H

#include "cli/gather.h"
#include "cli/loop.h"
#include "cli/opt.h"

struct importer {
	const char *map, *zone_name, *encoding; /* as the options say; NULL */
	bool sort;
	struct loop loop;
	struct import import;
	struct mapping *mapping;
	struct gather gather;
	struct change change;
	struct scan form, line;
	struct arena arena;
	struct buf key, out;
	struct err err;
	struct buf header;      /* of the first file, with --sort */
	uint64_t created_now;
};

/* Policy and mapping; ends the program where one is none. */
void importer_open(struct importer *importer, const struct common *common);

void importer_run(struct importer *importer, char **files);
void importer_close(struct importer *importer);

#endif
