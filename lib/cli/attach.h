/*
 * attach: a file that is attached to a case: copied under its hash into the
 * folder of blobs (ab/abcd...), from where esc-commit takes it.  Regular
 * files only, no symbolic links.  Size and hash are of what was copied, so
 * a file that grows meanwhile does no harm; the name is data, never a path.
 */
#ifndef ESC_CLI_ATTACH_H
#define ESC_CLI_ATTACH_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "cli/opt.h"

struct attachment {
	const char *name; /* the file's, without its folders; borrowed */
	int64_t size;
	char b2[HASH_HEX];
};

/* --blobs, else ESC_BLOBS, else the end of the program with 64. */
const char *attach_folder(const char *option);

/*
 * A descriptor of a regular file; -1 with EX_NOINPUT (no such file),
 * EX_DATAERR (no regular file) or EX_NOPERM.
 */
int attach_open(const char *file, struct err *err);

/*
 * Copies a file.  0, or -1 with EX_NOINPUT (no such file), EX_DATAERR (no
 * regular file), EX_NOPERM, EX_CANTCREAT or EX_IOERR.
 */
int attach_file(const char *file, const char *folder,
	struct attachment *attachment, struct err *err);

/*
 * Copies the files of --attach into the folder of --blobs; the caller frees
 * the list, which is NULL where there are none.  Ends the program where one
 * cannot be copied.
 */
struct attachment *attach_all(const struct opt_list *files, const char *blobs);

/* {"name":..,"size":..,"b2":..} */
void attach_write(const struct attachment *attachment, struct buf *out);

#endif
