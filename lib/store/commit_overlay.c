#include "store/commit_overlay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/spool.h"

/* As it stands in the table; offset 0 is free, others are 1 more. */
struct cell {
	unsigned char key[24];
	int64_t offset;
};

struct overlay {
	uint64_t n;         /* cells: a power of 2 */
	struct cell *cell;  /* NULL: in the file */
	int fd;
};

struct overlay *
overlay_new(uint64_t lines, const char *folder, struct err *err)
{
	struct overlay *overlay = mem_zero(sizeof *overlay);

	overlay->n = 16;
	while (overlay->n < 2 * lines)
		overlay->n *= 2;
	overlay->fd = -1;
	if (lines <= OVERLAY_IN_MEMORY) {
		overlay->cell = mem_zero((size_t)overlay->n * sizeof *overlay->cell);
		return overlay;
	}
	overlay->fd = spool_file(folder, err);
	if (overlay->fd >= 0 &&
		ftruncate(overlay->fd, (off_t)(overlay->n * sizeof(struct cell))) < 0)
		err_add(err, EX_IOERR, NULL, "cannot write a temporary file: %s",
			strerror(errno));
	else if (overlay->fd >= 0)
		return overlay;
	overlay_free(overlay);
	return NULL;
}

static int64_t
offset_of(uint64_t place)
{
	return (int64_t)(place * sizeof(struct cell));
}

static int
read_cell(const struct overlay *overlay, uint64_t place, struct cell *cell, struct err *err)
{
	if (!overlay->cell)
		return spool_file_read(overlay->fd, (char *)cell, sizeof *cell,
			offset_of(place), err);
	*cell = overlay->cell[place];
	return 0;
}

static void
hash_id(struct span id, struct overlay_slot *slot)
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, id.p, id.n);
	hash_end(&hash, sum);
	memcpy(slot->key, sum, sizeof slot->key);
	memcpy(&slot->place, sum, sizeof slot->place);
}

int
overlay_find(struct overlay *overlay, struct span id, struct overlay_slot *slot, struct err *err)
{
	struct cell cell;

	hash_id(id, slot);
	for (;;) {
		slot->place &= overlay->n - 1;
		if (read_cell(overlay, slot->place, &cell, err) < 0)
			return -1;
		slot->offset = cell.offset - 1;
		if (!cell.offset)
			return 0;
		if (memcmp(cell.key, slot->key, sizeof cell.key) == 0)
			return 1;
		slot->place++;
	}
}

int
overlay_put(struct overlay *overlay, const struct overlay_slot *slot, int64_t offset,
	struct err *err)
{
	struct cell cell = { .offset = offset + 1 };

	memcpy(cell.key, slot->key, sizeof cell.key);
	if (!overlay->cell)
		return spool_file_write(overlay->fd, (const char *)&cell, sizeof cell,
			offset_of(slot->place), err);
	overlay->cell[slot->place] = cell;
	return 0;
}

void
overlay_free(struct overlay *overlay)
{
	if (!overlay)
		return;
	if (overlay->fd >= 0)
		close(overlay->fd);
	free(overlay->cell);
	free(overlay);
}
