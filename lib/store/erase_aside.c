/*
 * Files of lines that are no part of the log: what recovery set aside, and
 * notices on their way.  The file stays, for a line of the log names it.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/erase_work.h"
#include "store/fd.h"
#include "store/store_new.h"
#include "store/store_walk.h"

struct aside {
	struct erase *erase;
	uint64_t *files;
};

/* A line of the case; where it is cut off or no line, one that names it. */
static bool
is_of_case(struct erase *erase, struct span text)
{
	struct err ignored = { 0 };
	struct store_line line;
	bool framed = line_parse(text, &line, &ignored) == 0;

	err_release(&ignored);
	if (framed && line.rev > 0)
		return erase_is_id(erase, line.id);
	return memmem(text.p, text.n, erase->id.p, erase->id.n) != NULL;
}

static struct span
next_line(struct span *text)
{
	const char *stop = memchr(text->p, '\n', text->n);
	size_t n = stop ? (size_t)(stop - text->p) + 1 : text->n;
	struct span line = { text->p, n };

	*text = (struct span){ text->p + n, text->n - n };
	return line;
}

static struct span
bare(struct span line)
{
	return (struct span){ line.p, line.n - (line.p[line.n - 1] == '\n') };
}

static int
write_others(struct aside *aside, struct span text, int to)
{
	int64_t at = 0;

	while (text.n) {
		struct span line = next_line(&text);

		if (is_of_case(aside->erase, bare(line)))
			continue;
		if (fd_write(to, line.p, line.n, at) < 0)
			return -1;
		at += (int64_t)line.n;
	}
	return 0;
}

static int
rewrite(struct aside *aside, const char *path, struct span text, struct err *err)
{
	const struct store *store = aside->erase->store;
	struct store_new new;

	if (store_new_open(&new, store, path, 0, err) < 0)
		return -1;
	if (write_others(aside, text, new.fd) == 0) {
		++*aside->files;
		return store_new_finish(&new, err);
	}
	store_fails(store, EX_IOERR, path, "cannot write", err);
	store_new_drop(&new);
	return -1;
}

static int
look_at_file(struct aside *aside, const char *path, struct err *err)
{
	struct erase *erase = aside->erase;
	struct buf text = { 0 };
	int result = store_read_file(erase->store, path, SIZE_MAX / 2, &text, err);
	bool dry_run = erase->terms->dry_run;
	struct span left = buf_text(&text);

	while (result > 0 && left.n)
		if (is_of_case(erase, bare(next_line(&left)))) {
			result = dry_run ? 0 : rewrite(aside, path, buf_text(&text), err);
			*aside->files += dry_run;
			break;
		}
	buf_release(&text);
	return result < 0 ? -1 : 0;
}

static int
look_at(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct aside *aside = ctx;

	if (S_ISDIR(entry->mode))
		return store_walk(aside->erase->store, entry->path, look_at, aside, err);
	return S_ISREG(entry->mode) ? look_at_file(aside, entry->path, err) : 0;
}

int
erase_aside(struct erase *erase, uint64_t *files, struct err *err)
{
	struct aside aside = { erase, files };

	*files = 0;
	if (store_walk(erase->store, "quarantine", look_at, &aside, err) < 0)
		return -1;
	return store_walk(erase->store, "outbox", look_at, &aside, err);
}
