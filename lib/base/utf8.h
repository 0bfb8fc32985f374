/*
 * utf8: other people's text, made fit to be looked at.  Decodes strictly
 * (RFC 3629), shows what would act on a terminal or mislead its reader
 * (controls, C1, bidi overrides, line separators, U+FFFE, U+FFFF, stray bytes)
 * as a visible escape such as \u{202E}, and measures columns.
 * Refuses to ask the locale: the tables are its own.
 */
#ifndef ESC_BASE_UTF8_H
#define ESC_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

#define UTF8_BAD UINT32_MAX

/*
 * Takes the first code point off *text, which must not be empty.  UTF8_BAD,
 * and one byte taken, where the bytes are no UTF-8.
 */
uint32_t utf8_next(struct span *text);

/* Wholly UTF-8, without surrogates and overlong forms. */
bool utf8_valid(struct span text);

/*
 * Appends the text with what acts escaped: \n, \r and \t so, other code
 * points as \u{202E}, stray bytes as \x{FF}.  The result is UTF-8.
 */
void utf8_display(struct buf *out, struct span text);

/* The same where a terminal knows no letter but ASCII's: all others escaped. */
void utf8_display_ascii(struct buf *out, struct span text);

/* Columns that text takes on a terminal, shown as utf8_display does. */
size_t utf8_width(struct span text);

/* Columns of one code point: 0, 1 or 2. */
int utf8_columns(uint32_t code);

/*
 * The longest beginning of text that takes at most `columns`, whole code
 * points with the marks that follow them.  text is already displayed.
 */
struct span utf8_cut(struct span text, size_t columns);

#endif
