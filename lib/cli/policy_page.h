/*
 * policy_page: a policy as a page that a support manager would read: form,
 * ladder, clocks, rules, notices, calendars.
 */
#ifndef ESC_CLI_POLICY_PAGE_H
#define ESC_CLI_POLICY_PAGE_H

#include "base/buf.h"
#include "domain/policy.h"

struct page {
	const struct policy *policy;
	int64_t now;   /* holidays of the year that follows are shown */
	size_t width;  /* columns; 0: any for tables, 80 for text */
	struct buf *out;
};

void policy_page(const struct policy *policy, int64_t now, size_t width,
	struct buf *out);

/* The parts that are written elsewhere; private to policy_page*.c. */
void page_heading(struct page *page, const char *title);
void page_text(struct page *page, size_t indent, const char *text);

/* The policy's own remark, in parentheses; NULL: none. */
void page_note(struct page *page, size_t indent, const char *note);
void page_rules(struct page *page);
void page_notices(struct page *page);
void page_calendars(struct page *page);

#endif
