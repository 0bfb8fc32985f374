/*
 * report_partial_work: what the files of report_partial share: the values of
 * a line, and a function for each kind of line.  Private to them.
 */
#ifndef ESC_DOMAIN_REPORT_PARTIAL_WORK_H
#define ESC_DOMAIN_REPORT_PARTIAL_WORK_H

#include "domain/report_partial.h"
#include "domain/report_partial_rows.h"

struct partial_line {
	const struct scan *scan;
	struct arena *arena;
	struct err *err;
	struct span kind; /* the name of its first member */
	uint32_t *taken;  /* how many of its members were read, each once */
};

typedef int (*partial_fn)(struct partial_reader *reader,
	const struct partial_line *line);

/* A member of the line, which is taken: 0, or -1 with EX_DATAERR in its err. */
int line_int(const struct partial_line *line, const char *key, int64_t least,
	int64_t most, int64_t *value);
int line_text(const struct partial_line *line, const char *key,
	struct span *text);
int line_instant(const struct partial_line *line, const char *key, int64_t *at);
int line_true(const struct partial_line *line, const char *key);
int line_list(const struct partial_line *line, const char *key, uint32_t *list);

/* One of n names. */
int line_name(const struct partial_line *line, const char *key,
	const char *const *name, int n, int *which);
int line_unknown(const struct partial_line *line, const char *key,
	struct span text);

/* A number of things, from 1, within what can be counted in all. */
int line_n(struct partial_reader *reader, const struct partial_line *line,
	const char *key, uint64_t *n);
int line_spend(uint64_t *spent, uint64_t n, uint64_t most,
	const struct partial_line *line, const char *key);

/* A line that is written: {"key":"value"; a member; the end. */
void line_open(struct buf *out, const char *key, struct span value);
void line_put_int(struct buf *out, const char *key, int64_t value);
void line_end(struct buf *out);

/* report_partial_put.c */
void partial_write_shape(const struct shape *shape, const void *holder,
	struct buf *out);
void partial_write_tally(const struct tally *tally, struct buf *out);

/* Rows from here on are of this report; NULL: of none. */
void partial_turn(struct partial_reader *reader, struct report *report);

/* report_partial_add.c */
int partial_first(struct partial_reader *, const struct partial_line *);
int partial_figures(struct partial_reader *, const struct partial_line *);
int partial_count(struct partial_reader *, const struct partial_line *);
int partial_top(struct partial_reader *, const struct partial_line *);
int partial_entry(struct partial_reader *, const struct partial_line *);
int partial_group(struct partial_reader *, const struct partial_line *);
int partial_period(struct partial_reader *, const struct partial_line *);

/* report_partial_clocks.c */
int partial_clock(struct partial_reader *, const struct partial_line *);
int partial_times(struct partial_reader *, const struct partial_line *);
int partial_page(struct partial_reader *, const struct partial_line *);
int partial_moved(struct partial_reader *, const struct partial_line *);
int partial_month(struct partial_reader *, const struct partial_line *);
int partial_flow(struct partial_reader *, const struct partial_line *);

#endif
