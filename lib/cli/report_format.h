/*
 * report_format: how a report is written: a table of formats, each a function
 * from the document, read as a page, to bytes, and the places that --format
 * F[:FILE] names; csv has one for each table in --output-dir.  A new format
 * is a row in report_format.c and a file report_F.c.
 * Order: report_formats_choose (options are checked), report_formats_open
 * (before any input), report_formats_write, report_formats_keep.
 */
#ifndef ESC_CLI_REPORT_FORMAT_H
#define ESC_CLI_REPORT_FORMAT_H

#include "base/mem.h"
#include "cli/file_out.h"
#include "cli/report_opt.h"
#include "cli/report_page.h"

/* What a format may want to know beside the page. */
struct report_look {
	struct span document; /* JSON, without a newline */
	size_t width;         /* of a terminal; 0: any */
	bool ascii;           /* --ascii */
	const struct page_spec *table; /* csv: which one */
};

struct report_format {
	const char *name;
	void (*write)(const struct report_page *page, const struct report_look *look,
		struct buf *out);
};

/* report_text.c ...: one a file. */
void report_text(const struct report_page *page, const struct report_look *look,
	struct buf *out);
void report_html(const struct report_page *page, const struct report_look *look,
	struct buf *out);
void report_csv(const struct report_page *page, const struct report_look *look,
	struct buf *out);
void report_markdown(const struct report_page *page, const struct report_look *look,
	struct buf *out);

struct report_place {
	const struct report_format *format;
	const char *path; /* NULL: stdout */
	const struct page_spec *table; /* csv: which one */
	bool in_folder;   /* of --output-dir */
	struct file_out *file;
};

struct report_formats {
	struct report_place *place;
	size_t n, cap;
	const char *folder; /* --output-dir; NULL */
	struct arena arena; /* of names */
};

/* None given: text on stdout.  Ends with 64 where something is wrong. */
void report_formats_choose(struct report_formats *formats, const struct report_opt *opt);

/*
 * Makes the folder and opens the files: 73 or 77 where one cannot be; 64
 * where one is also --reject's (NULL: none).
 */
void report_formats_open(struct report_formats *formats, const char *reject);

/*
 * Writes the document in each format; what goes to stdout is put into out.
 * Files are on disk afterwards, but not in their places.
 */
void report_formats_write(struct report_formats *formats,
	const struct report_look *look, struct buf *out);

/* Files go into place where the run was whole, else stay as they were. */
void report_formats_keep(struct report_formats *formats, bool whole);

#endif
