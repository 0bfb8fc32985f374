/*
 * policies: finds policies and calendars by name: ESC_POLICY_PATH,
 * $ESC_STORE/policies/, then the built-ins.  Each is read once a run.
 */
#ifndef ESC_CLI_POLICIES_H
#define ESC_CLI_POLICIES_H

#include "domain/policy.h"

/* Alive until the program ends. */
const struct policy_source *policies_source(void);
const struct calendar_source *calendars_source(void);

/*
 * What --policy names: a built-in or found NAME, or a FILE (with a slash or
 * .json), which is then also found by its name and version.  Calendars of a
 * file are looked for beside it first.  NULL with EX_CONFIG or EX_NOINPUT;
 * a fault in a file is placed at "FILE: /pointer".
 */
const struct policy *policies_open(const char *name_or_file, struct err *err);

/* The same for --rejudge; ends the program where there is none. */
const struct policy *policies_rejudge(const char *name_or_file);

/* Whether --policy names a file: it has a slash, or ends in .json. */
bool policies_is_file(const char *name_or_file);

/*
 * The names of all policies that can be found, built-ins included, each
 * once, in the order of bytes; NULL after the last.
 */
const char *policies_name(size_t i);

/* The built-ins, by name; NULL after the last. */
const char *policies_builtin_name(size_t i);

/* The bytes of a built-in policy or calendar ("calendars/NAME"); {NULL, 0}. */
struct span policies_builtin_text(const char *name);

#endif
