/*
 * ics_out: content lines of iCalendar (RFC 5545, 3.1): CRLF, folded at 75
 * octets, never within a character.  Other people's text is shown as
 * base/utf8 does, and escaped as TEXT (3.3.11), so that it neither ends its
 * line nor begins another property.
 */
#ifndef ESC_CLI_ICS_OUT_H
#define ESC_CLI_ICS_OUT_H

#include "base/buf.h"

/* `name:value`, the value as it is. */
void ics_out_plain(struct buf *out, const char *name, const char *value);

/* Of a TEXT; \n in it begins a line of the text, all else is shown. */
void ics_out_text(struct buf *out, const char *name, struct span text);

/* 20261117T173000Z */
void ics_out_instant(struct buf *out, const char *name, int64_t at);

#endif
