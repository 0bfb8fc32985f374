/*
 * report_format: how a report is written: a table of formats, each a function
 * from the document, read as a page, to bytes, and the places that --format
 * F[:FILE] names.  A new format is a row in report_format.c and a file
 * report_F.c.
 * Order: report_formats_choose (options are checked), report_formats_write.
 */
#ifndef ESC_CLI_REPORT_FORMAT_H
#define ESC_CLI_REPORT_FORMAT_H

#include "base/buf.h"
#include "cli/opt.h"
#include "cli/report_page.h"

/* What a format may want to know beside the page. */
struct report_look {
	struct span document; /* JSON, without a newline */
	size_t width;         /* of a terminal; 0: any */
	bool ascii;           /* --ascii */
	const char *table;    /* --table; NULL */
	const char *folder;   /* --output-dir; NULL */
};

struct report_format {
	const char *name;
	void (*write)(const struct report_page *page, const struct report_look *look,
		struct buf *out);
};

/* report_text.c ...: one a file. */
void report_text(const struct report_page *page, const struct report_look *look,
	struct buf *out);

struct report_place {
	const struct report_format *format;
	const char *path; /* NULL: stdout */
};

struct report_formats {
	struct report_place *place;
	size_t n;
};

/* None given: text on stdout.  Ends with 64 where something is wrong. */
void report_formats_choose(struct report_formats *formats, const struct opt_list *format);
void report_formats_release(struct report_formats *formats);

/*
 * Writes the document in each format; what goes to stdout is put into out.
 * Files are in their places afterwards; ends the program where one cannot be.
 */
void report_formats_write(const struct report_formats *formats,
	const struct report_look *look, struct buf *out);

#endif
