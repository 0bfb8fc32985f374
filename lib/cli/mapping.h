/*
 * mapping: finds mappings: a FILE (with a slash or .json), NAME.json in the
 * folder maps/ beside policies (ESC_POLICY_PATH), or a built-in.
 */
#ifndef ESC_CLI_MAPPING_H
#define ESC_CLI_MAPPING_H

#include "domain/mapping.h"
#include "domain/policy.h"

/*
 * The caller owns it.  That of cases is checked against their policy, too.
 * NULL with EX_CONFIG or EX_NOINPUT and "FILE: /place".
 */
struct mapping *mapping_open(const char *name_or_file, enum mapping_use use,
	const struct policy *policy, struct err *err);

#endif
