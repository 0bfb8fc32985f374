/*
 * sla_text: verdicts as a table for a terminal, the worst first, with a line
 * that counts them.  Rows are kept until the end, so that they can be
 * sorted.  Order: sla_text_add..., sla_text_put, sla_text_release.
 */
#ifndef ESC_CLI_SLA_TEXT_H
#define ESC_CLI_SLA_TEXT_H

#include <stdbool.h>

#include "domain/verdict.h"

struct sla_row;

struct sla_text {
	bool subject;     /* --show subject */
	int64_t at;
	struct sla_row *row;
	size_t n, cap;
	size_t count[VERDICTS];
};

void sla_text_add(struct sla_text *text, const struct fold *fold,
	const struct case_verdict *verdict);
void sla_text_put(struct sla_text *text, size_t width, struct buf *out);
void sla_text_release(struct sla_text *text);

#endif
