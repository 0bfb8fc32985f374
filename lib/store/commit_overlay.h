/*
 * commit_overlay: what a batch has made so far: for an id, where its last
 * line stands in the batch.  A table of hashes of a size fixed by the number
 * of lines: in memory up to OVERLAY_IN_MEMORY lines, else in a temporary
 * file.  Two ids of one 192-bit hash do not happen.
 * Order: overlay_new; overlay_find, overlay_put at the place found; free.
 */
#ifndef ESC_STORE_COMMIT_OVERLAY_H
#define ESC_STORE_COMMIT_OVERLAY_H

#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

#define OVERLAY_IN_MEMORY ((uint64_t)1 << 16)

struct overlay;

/* Of one id, for overlay_put. */
struct overlay_slot {
	unsigned char key[24];
	int64_t offset;
	uint64_t place;
};

/* For `lines` ids at most.  folder: see spool.h.  NULL with EX_IOERR. */
struct overlay *overlay_new(uint64_t lines, const char *folder, struct err *err);

/* 1 and slot->offset; 0: not there yet; -1 with EX_IOERR. */
int overlay_find(struct overlay *overlay, struct span id, struct overlay_slot *slot,
	struct err *err);

/* What overlay_find was asked last stands at offset from now on. */
int overlay_put(struct overlay *overlay, const struct overlay_slot *slot, int64_t offset,
	struct err *err);
void overlay_free(struct overlay *overlay);

#endif
