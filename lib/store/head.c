#include "store/head.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/take.h"

#define HEAD_BYTES (HEAD_SLOTS * HEAD_SLOT)
#define TRIES      5 /* of a reader who meets a slot that is being written */

static void
render(const struct position *position, char slot[HEAD_SLOT])
{
	struct buf text = { 0 };
	char sum[HASH_HEX];

	buf_printf(&text, "{\"segment\":%lld,\"length\":%lld,\"seq\":%lld,\"h\":\"%s\"",
	        (long long)position->segment, (long long)position->length,
	        (long long)position->seq, position->h);
	hash_hex(text.data, text.len, sum);
	buf_printf(&text, ",\"sum\":\"%s\"}", sum);
	memset(slot, ' ', HEAD_SLOT - 1);
	slot[HEAD_SLOT - 1] = '\n';
	memcpy(slot, text.data, text.len);
	buf_release(&text);
}

/* What would be written for it must be what is there, checksum and all. */
static bool
is_whole(const char *slot, struct position *position)
{
	struct span text = { slot, HEAD_SLOT }, h;
	char form[HEAD_SLOT];

	*position = (struct position){ 0 };
	if (!take_text(&text, "{\"segment\":") || !take_number(&text, &position->segment)
	        || !take_text(&text, ",\"length\":") || !take_number(&text, &position->length)
	        || !take_text(&text, ",\"seq\":") || !take_number(&text, &position->seq)
	        || !take_text(&text, ",\"h\":\"") || !take_hex(&text, HASH_HEX - 1, &h))
		return false;
	memcpy(position->h, h.p, h.n);
	render(position, form);
	return memcmp(slot, form, HEAD_SLOT) == 0;
}

static bool
is_blank(const char *slot)
{
	for (size_t i = 0; i < HEAD_SLOT - 1; i++)
		if (slot[i] != ' ')
			return false;
	return slot[HEAD_SLOT - 1] == '\n';
}

/* Whether a slot is in force; some may be bad all the same. */
static bool
choose_slot(const char *bytes, struct head *head)
{
	bool found = false;

	*head = (struct head){ 0 };
	for (int i = 0; i < HEAD_SLOTS; i++) {
		const char *slot = bytes + (ptrdiff_t)i * HEAD_SLOT;
		struct position position;

		if (!is_whole(slot, &position)) {
			head->slot_is_bad[i] = !is_blank(slot);
		} else if (!found || position.seq > head->position.seq) {
			head->position = position;
			head->slot = i;
			found = true;
		}
	}
	return found;
}

static bool
any_bad(const struct head *head)
{
	return head->slot_is_bad[0] || head->slot_is_bad[1];
}

/* A slot that looks bad may only just be in writing. */
static int
read_slots(const struct store *store, int fd, struct head *head, struct err *err)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	bool found = false;

	for (int i = 0; i < TRIES; i++) {
		char bytes[HEAD_BYTES] = { 0 };

		if (fd_read(fd, bytes, sizeof bytes, 0) < 0)
			return store_fails(store, EX_IOERR, "HEAD", "cannot read", err);
		found = choose_slot(bytes, head);
		if (found && !any_bad(head))
			return 0;
		nanosleep(&nap, NULL);
	}
	if (found)
		return 0;
	return err_add(err, EX_IOERR, "HEAD",
	        "damaged: no slot of it is whole; run esc-store verify");
}

int
head_read(const struct store *store, struct head *head, struct err *err)
{
	int fd = store_openat(store, "HEAD", O_RDONLY);
	int rc;

	if (fd < 0)
		return store_fails(store, EX_IOERR, "HEAD", "cannot open", err);
	rc = read_slots(store, fd, head, err);
	close(fd);
	return rc;
}

int
head_write(const struct store *store, struct head *head, const struct position *position,
	struct err *err)
{
	int fd = store_openat(store, "HEAD", O_WRONLY);
	int slot = (head->slot + 1) % HEAD_SLOTS;
	char bytes[HEAD_SLOT];
	int rc;

	if (fd < 0)
		return store_fails(store, EX_IOERR, "HEAD", "cannot open", err);
	render(position, bytes);
	rc = fd_write(fd, bytes, sizeof bytes, (int64_t)slot * HEAD_SLOT);
	if (rc)
		store_fails(store, EX_IOERR, "HEAD", "cannot write", err);
	close(fd);
	if (rc)
		return -1;
	head->position = *position;
	head->slot = slot;
	head->slot_is_bad[slot] = false;
	return 0;
}

int
head_sync(const struct store *store, struct err *err)
{
	int fd = store_openat(store, "HEAD", O_RDONLY);
	int rc = fd < 0 ? -1 : fdatasync(fd);

	if (rc)
		store_fails(store, EX_IOERR, "HEAD", "cannot sync", err);
	if (fd >= 0)
		close(fd);
	return rc;
}

int
head_create(const struct store *store, const struct position *position, struct err *err)
{
	char bytes[HEAD_BYTES];

	for (int i = 0; i < HEAD_SLOTS; i++)
		render(position, bytes + (ptrdiff_t)i * HEAD_SLOT);
	return store_write_file(store, "HEAD", (struct span){ bytes, sizeof bytes }, 0, err);
}
