/*
 * The policy texts that committed cases name: each must be there, built-in
 * ones too, for later versions of esc have others.  Their names are few,
 * whatever the log's length.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "domain/fold.h"
#include "store/verify_work.h"

struct policy_name {
	char *path;  /* policies/NAME@VERSION.json */
	int64_t seq; /* of the first line that names it */
};

/* Where it stands, or where it belongs: they are kept in order. */
static size_t
place_of(const struct verify *verify, const char *path, bool *known)
{
	size_t low = 0, high = verify->n_policies;

	*known = false;
	while (low < high && !*known) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(path, verify->policy[middle].path);

		*known = order == 0;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return *known ? high : low;
}

static void
add(struct verify *verify, size_t at, const char *path, int64_t seq)
{
	struct policy_name *name;

	if (verify->n_policies == verify->cap_policies) {
		verify->cap_policies = mem_grow(verify->cap_policies, verify->n_policies + 1);
		verify->policy = mem_resize(verify->policy,
			verify->cap_policies * sizeof *verify->policy);
	}
	name = verify->policy + at;
	memmove(name + 1, name, (verify->n_policies - at) * sizeof *name);
	*name = (struct policy_name){ mem_copy(path, strlen(path)), seq };
	verify->n_policies++;
}

static void
note(struct verify *verify, struct span policy, struct span version, int64_t seq)
{
	struct buf path = { 0 };
	bool known;
	size_t at;

	buf_puts(&path, "policies/");
	buf_span(&path, policy);
	buf_putc(&path, '@');
	buf_span(&path, version);
	buf_puts(&path, ".json");
	at = place_of(verify, buf_cstr(&path), &known);
	if (!known)
		add(verify, at, path.data, seq);
	buf_release(&path);
}

/* A repinning that is without effect names what needs not be there. */
void
verify_note_policies(struct verify *verify, const struct record *record, int64_t seq)
{
	struct span first = fold_submitted_version(record, &verify->arena);

	note(verify, record->policy, record->version, seq);
	if (!span_eq(first, record->version))
		note(verify, record->policy, first, seq);
}

void
verify_policies_end(struct verify *verify)
{
	for (size_t i = 0; i < verify->n_policies; i++) {
		const struct policy_name *name = &verify->policy[i];
		int fd = store_openat(verify->store, name->path, O_RDONLY);

		if (fd >= 0)
			close(fd);
		else if (errno != EACCES) /* which verify_files tells */
			verify_found(verify, name->path, NULL, name->seq, "missing: cases were "
				"judged by this policy; put it back from a copy of the store");
	}
}

void
verify_policies_release(struct verify *verify)
{
	for (size_t i = 0; i < verify->n_policies; i++)
		free(verify->policy[i].path);
	free(verify->policy);
}
