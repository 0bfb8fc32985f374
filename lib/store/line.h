/*
 * line: the framing of one journal line, and the chain of hashes:
 *
 *   {"v":1,"seq":..,"at":"..","by":"..","id":"..","rev":..,"b":"K/N",
 *    "dh":"..","salt":"..","data":{..},"h":".."}
 *
 * without blanks or newlines between the members, always in this order, so
 * that no JSON parser is needed to check it.  dh is the hash of the 32
 * digits of the salt and the data bytes (up to ,"h":); h is the hash of the
 * previous line's h and this line's bytes from { to the end of dh.  A line
 * of a case has rev 1 or more; rev 0 is a line of the store itself
 * (`erased`, `recovered`).  Refuses to look into data.
 * Source: esc-store(5), LINES OF THE LOG.
 */
#ifndef ESC_STORE_LINE_H
#define ESC_STORE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/text.h"

#define LINE_V      1
#define SALT_DIGITS 32
#define SALT_ERASED "00000000000000000000000000000000"
#define STORE_ID_DIGITS 32
#define LINE_TAIL   72 /* ,"h":"<64 digits>"} */
#define LINE_START  64 /* seq and at stand in it */

/* What a line says; spans borrow from its text. */
struct store_line {
	int64_t seq, at, rev;
	struct span by;       /* as written: still escaped */
	struct span id;       /* "" where the line is about the store */
	uint64_t place, of;   /* "b": the place in its batch and its size */
	struct span dh, salt, data, h;
	struct span chained;  /* from { to the closing quote of dh */
};

/*
 * Reads the frame of a line (no newline).  0, or -1 with EX_DATAERR and
 * what is wrong.  Checks no hash.
 */
int line_parse(struct span text, struct store_line *line, struct err *err);

/* seq and at from the first LINE_START bytes of a line, which may be cut. 0, -1. */
int line_parse_start(struct span text, int64_t *seq, int64_t *at);

/*
 * Appends a whole line with its newline; line's seq, at, rev, by (plain
 * text), id, place, of, salt and data are used.  h is the chain: the
 * previous line's on entry, this one's after.
 */
void line_write(struct buf *out, const struct store_line *line, char h[HASH_HEX]);

/* The first predecessor: hash of "esc-store 1\n" and the store id. */
void line_genesis(struct span store_id, char h[HASH_HEX]);

/* dh of salt and data. */
void line_data_hash(struct span salt, struct span data, char dh[HASH_HEX]);

/* h: the previous line's on entry, the one that `line` should have after. */
void line_chain(const struct store_line *line, char h[HASH_HEX]);

/* Whether the data is what dh says. */
bool line_data_is_whole(const struct store_line *line);

/* 32 random digits. */
void line_salt(char salt[SALT_DIGITS + 1]);

/* esc-store erase was here: the salt is gone with the data. */
bool line_is_erased(const struct store_line *line);

#endif
