#include "cli/csv_skip.h"

enum byte {
	BYTE_OTHER,
	BYTE_BLANK,
	BYTE_COMMA,
	BYTE_QUOTE,
	BYTE_NEWLINE,
	BYTES,
};

static const enum csv_skip_state next[SKIP_ENDED][BYTES] = {
	[SKIP_BEGUN] = { SKIP_PLAIN, SKIP_BEGUN, SKIP_BEGUN, SKIP_QUOTED,
		SKIP_ENDED },
	[SKIP_PLAIN] = { SKIP_PLAIN, SKIP_PLAIN, SKIP_BEGUN, SKIP_BROKEN,
		SKIP_ENDED },
	[SKIP_QUOTED] = { SKIP_QUOTED, SKIP_QUOTED, SKIP_QUOTED, SKIP_QUOTE,
		SKIP_QUOTED },
	[SKIP_QUOTE] = { SKIP_BROKEN, SKIP_AFTER, SKIP_BEGUN, SKIP_QUOTED,
		SKIP_ENDED },
	[SKIP_AFTER] = { SKIP_BROKEN, SKIP_AFTER, SKIP_BEGUN, SKIP_BROKEN,
		SKIP_ENDED },
};

static enum byte
byte_of(char c)
{
	switch (c) {
	case ' ':
	case '\t':
		return BYTE_BLANK;
	case ',':
		return BYTE_COMMA;
	case '"':
		return BYTE_QUOTE;
	case '\r':
	case '\n':
		return BYTE_NEWLINE;
	default:
		return BYTE_OTHER;
	}
}

/* LF, CRLF, CR; 0: a last CR, whose LF may follow. */
static size_t
newline_length(struct span text, size_t at, bool ended)
{
	if (text.p[at] == '\n')
		return 1;
	if (at + 1 == text.n)
		return ended;
	return text.p[at + 1] == '\n' ? 2 : 1;
}

void
csv_skip_feed(struct csv_skip *skip, struct span text, bool ended)
{
	while (skip->at < text.n && skip->state < SKIP_ENDED) {
		enum byte byte = byte_of(text.p[skip->at]);
		size_t n = 1;

		if (byte == BYTE_NEWLINE) {
			n = newline_length(text, skip->at, ended);
			if (n == 0)
				return;
			skip->lines++;
		}
		skip->at += n;
		skip->state = next[skip->state][byte];
	}
	if (ended && skip->state < SKIP_ENDED)
		skip->state = skip->state == SKIP_QUOTED ? SKIP_BROKEN : SKIP_ENDED;
}
