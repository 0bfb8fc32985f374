/*
 * shown: other people's text in a message: its beginning, cut before a
 * character, so that the message stays UTF-8.
 */
#ifndef ESC_DOMAIN_SHOWN_H
#define ESC_DOMAIN_SHOWN_H

#include "base/text.h"

#define SHOWN_BYTES 60

/* For "%.*s": SHOWN(text). */
#define SHOWN(text) (int)shown(text).n, (text).n ? (text).p : ""

static inline struct span
shown(struct span text)
{
	if (text.n <= SHOWN_BYTES)
		return text;
	text.n = SHOWN_BYTES;
	while (text.n && ((unsigned char)text.p[text.n] & 0xC0) == 0x80)
		text.n--;
	return text;
}

#endif
