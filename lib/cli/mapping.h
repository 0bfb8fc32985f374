/*
 * mapping: finds mappings: a FILE (with a slash or .json), NAME.json in the
 * folder maps/ beside policies (ESC_POLICY_PATH), or a built-in.
 */
#ifndef ESC_CLI_MAPPING_H
#define ESC_CLI_MAPPING_H

#include "domain/mapping.h"

/* The caller owns it.  NULL with EX_CONFIG or EX_NOINPUT and "FILE: /place". */
struct mapping *mapping_open(const char *name_or_file, enum mapping_use use,
	struct err *err);

#endif
