/*
 * policies_files: where policies and calendars lie: folders, then built-ins.
 * Private to cli/policies*.c and cli/store_world.c.
 */
#ifndef ESC_CLI_POLICIES_FILES_H
#define ESC_CLI_POLICIES_FILES_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/policy.h"

/* ESC_POLICY_PATH's folders, then $ESC_STORE/policies; NULL after the last. */
const char *policies_folder(size_t i);

/*
 * A whole file after what `text` holds.  1; 0 where there is none; -1 with
 * EX_NOINPUT or EX_CONFIG.
 */
int policies_read_file(const char *path, struct buf *text, struct err *err);

/* Adds the faults of a file, placed at "FILE: /pointer". */
void policies_faults(const char *where, const struct err *from, struct err *err);

/*
 * Calendars for a policy in this folder (NULL: a built-in): its own first,
 * then those of all folders.  Borrows the folder's name.
 */
struct calendar_source calendars_beside(const char *folder);

/* [a-z0-9-]: what may become part of a path. */
bool policies_name_is_safe(struct span name);

#endif
