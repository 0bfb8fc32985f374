/* esc-store recover and reindex. */
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/progress.h"
#include "cli/store_admin.h"
#include "store/erase.h"
#include "store/mend.h"

/* What stands in the way of a new HEAD; what is wrong beside the log does not. */
static void
found(void *ctx, const struct finding *finding)
{
	(void)ctx;
	if (finding->segment)
		msg_error("%s: offset %" PRId64 ", seq %" PRId64 ": %s", finding->where,
			finding->offset, finding->seq, finding->what);
}

static bool
mend(struct store_admin *admin, const struct store *store)
{
	const struct verify_terms terms = { .found = found };
	struct verify_count count;
	struct err err = { 0 };
	int made = mend_head(store, &terms, &count, &err);

	if (made < 0)
		store_admin_die(admin, &err);
	if (made)
		buf_printf(&admin->out, "HEAD was damaged: made anew, as the whole log verifies, "
			"up to seq %" PRId64 "\n", count.end.seq);
	return made;
}

static bool
put_recovery(struct buf *out, const struct recovery *recovery)
{
	if (recovery->batches) {
		buf_puts(out, "taken in: ");
		store_admin_count(out, recovery->batches, "batch of ", "batches of ");
		store_admin_count(out, recovery->lines, "line", "lines");
		buf_puts(out, ", written whole but not acknowledged\n");
	}
	if (recovery->files) {
		buf_printf(out, "set aside: %" PRId64 " bytes that are no whole batch, into ",
			recovery->set_aside);
		store_admin_count(out, recovery->files, "file", "files");
		buf_puts(out, " of quarantine/\n");
	}
	return recovery->batches || recovery->files;
}

static bool
put_erased(struct buf *out, const struct erase_count *count)
{
	if (count->cases) {
		buf_puts(out, "finished: the erasure of ");
		store_admin_count(out, count->cases, "case", "cases");
		buf_puts(out, ", ");
		store_admin_count(out, count->lines, "line", "lines");
		buf_putc(out, '\n');
	}
	return count->cases;
}

int
store_admin_recover(struct store_admin *admin, char **operands)
{
	struct recovery recovery;
	struct erase_count count;
	struct store store;
	struct err err = { 0 };
	bool did;

	store_admin_no_operands("recover", operands);
	store_admin_open(admin, STORE_WRITE, &store);
	did = mend(admin, &store);
	if (erase_finish(&store, &recovery, &count, &err) < 0) {
		put_recovery(&admin->out, &recovery);
		store_admin_die(admin, &err);
	}
	did |= put_recovery(&admin->out, &recovery);
	did |= put_erased(&admin->out, &count);
	if (!did)
		buf_puts(&admin->out, "nothing to recover\n");
	store_close(&store);
	return 0;
}

static void
step(void *ctx, uint64_t done)
{
	progress_bytes(ctx, "reading the log:", done);
}

static void
tell_damage(void *ctx, const struct err *err)
{
	(void)ctx;
	msg_faults(NULL, err);
}

int
store_admin_index(struct store_admin *admin, const struct store *store, struct err *err)
{
	struct progress progress;
	struct index_terms terms = { .kind = INDEX_FILE, .policies = policies_source(),
		.world = store_opt_world(), .upto = INT64_MAX, .damage = tell_damage,
		.ctx = &progress, .step = step };
	struct index *index;
	struct head head;

	progress_init_alone(&progress, store_admin_log_bytes(admin, store));
	if (head_read(store, &head, err) < 0)
		return -1;
	index = index_open(store, &head, &terms, err);
	progress_hide();
	index_close(index);
	return index ? 0 : -1;
}

/* To do without one is right for others; here it is what was asked for. */
static int
was_made(const struct store *store, struct err *err)
{
	struct head head;

	if (head_read(store, &head, err) < 0)
		return -1;
	if (head.position.seq == 0 ||
		faccessat(store->dir, INDEX_FILE_NAME, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return 0;
	return err_add(err, EX_IOERR, store->path, "index.sqlite was not made: there is no room, "
		"or another program is at it; until then the log is read instead");
}

int
store_admin_reindex(struct store_admin *admin, char **operands)
{
	struct store store;
	struct err err = { 0 };

	store_admin_no_operands("reindex", operands);
	store_admin_open(admin, STORE_WRITE, &store);
	if (index_drop(&store, &err) < 0 || store_admin_index(admin, &store, &err) < 0 ||
		was_made(&store, &err) < 0)
		store_admin_die(admin, &err);
	store_close(&store);
	return 0;
}
