/* esc-store verify: findings, checkpoints, and another store beside it. */
#include <inttypes.h>
#include <limits.h>

#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/store_admin.h"
#include "cli/store_checkpoints.h"
#include "store/verify.h"

struct check {
	struct store_admin *admin;
	struct progress progress;
};

static void
found(void *ctx, const struct finding *finding)
{
	struct check *check = ctx;
	struct buf *out = &check->admin->out;

	utf8_display(out, span_of(finding->where));
	if (finding->segment)
		buf_printf(out, ": offset %" PRId64, finding->offset);
	if (finding->seq)
		buf_printf(out, "%s seq %" PRId64, finding->segment ? "," : ":", finding->seq);
	buf_puts(out, ": ");
	utf8_display(out, span_of(finding->what));
	buf_putc(out, '\n');
	if (out->len < OUTPUT_FULL)
		return;
	progress_hide();
	store_admin_flush(check->admin);
}

static void
step(void *ctx, uint64_t done)
{
	struct check *check = ctx;

	progress_step(&check->progress, done);
}

static void
put_summary(struct buf *out, const struct verify_count *count)
{
	if (count->findings) {
		store_admin_count(out, count->findings, "finding", "findings");
		buf_puts(out, " in ");
	} else {
		buf_puts(out, "whole: ");
	}
	store_admin_count(out, count->lines, "line", "lines");
	buf_puts(out, ", ");
	store_admin_count(out, count->batches, "batch", "batches");
	buf_printf(out, ", %" PRIu64 " bytes, ", count->bytes);
	store_admin_count(out, count->blobs, "attachment", "attachments");
	if (count->erased)
		buf_printf(out, ", %" PRIu64 " erased", count->erased);
	buf_printf(out, "; it ends at seq %" PRId64 "\n", count->end.seq);
}

/* What is no finding, but good to know. */
static void
tell(const struct verify_count *count)
{
	if (count->unacknowledged)
		msg_warn("%" PRId64 " bytes behind HEAD were never acknowledged: the next commit, "
			"or esc-store recover, takes them in or sets them aside",
			count->unacknowledged);
	if (count->erasing)
		msg_warn("an erasure was at work: %" PRIu64 " %s yet to be rewritten; look again "
			"when it is done", count->erasing,
			count->erasing == 1 ? "line was" : "lines were");
	if (count->left_over)
		msg_warn("%" PRIu64 " temporary %s there, of a program that runs or was killed: "
			"esc-store recover removes the latter", count->left_over,
			count->left_over == 1 ? "file is" : "files are");
}

static void
read_checkpoints(struct store_admin *admin, const struct store *store,
	struct checkpoints *checkpoints)
{
	struct err err = { 0 };

	*checkpoints = (struct checkpoints){ 0 };
	if (admin->checkpoint &&
		checkpoints_read(checkpoints, admin->checkpoint, store, &err) < 0)
		store_admin_die(admin, &err);
}

/* Another id: the store was made anew, or it is another one. */
static void
wrong_store(struct check *check, struct verify_count *count)
{
	const struct finding finding = { .where = "FORMAT", .what =
		"this is not the store of which the checkpoint was taken: its id is another" };

	found(check, &finding);
	count->findings++;
}

static int
verify_alone(struct store_admin *admin, const struct store *store)
{
	struct check check = { .admin = admin };
	struct checkpoints checkpoints;
	struct verify_terms terms = { .found = found, .step = step, .ctx = &check };
	struct verify_count count;
	struct err err = { 0 };

	read_checkpoints(admin, store, &checkpoints);
	terms.checkpoint = checkpoints.list;
	terms.n_checkpoints = checkpoints.n;
	progress_init_alone(&check.progress, store_admin_log_bytes(admin, store));
	if (verify_store(store, &terms, &count, &err) < 0)
		store_admin_die(admin, &err);
	progress_hide();
	if (checkpoints.others && checkpoints.n == 0)
		wrong_store(&check, &count);
	put_summary(&admin->out, &count);
	store_admin_flush(admin);
	tell(&count);
	checkpoints_release(&checkpoints);
	return count.findings > 0;
}

static void
open_other(struct store_admin *admin, struct store *other)
{
	struct store_access access = {
		.use = STORE_READ,
		.allow_network_fs = admin->store.allow_network_fs,
		.wait_s = STORE_WAIT_S,
	};
	struct err err = { 0 };

	if (store_open(other, admin->against, &access, &err) < 0)
		store_admin_die(admin, &err);
}

static int
verify_beside(struct store_admin *admin, const struct store *store)
{
	static const char *const names[] = {
		[COMPARED_EQUAL] = "equal",
		[COMPARED_NEWER] = "newer",
		[COMPARED_OLDER] = "older",
		[COMPARED_FORKED] = "forked",
	};
	enum compared compared;
	struct store other;
	struct err err = { 0 };
	int64_t seq;

	open_other(admin, &other);
	if (verify_against(store, &other, &compared, &seq, &err) < 0)
		store_admin_die(admin, &err);
	buf_printf(&admin->out, "%s\n", names[compared]);
	store_admin_flush(admin);
	if (compared == COMPARED_FORKED && seq)
		msg_warn("%s and %s part at seq %" PRId64, store->path, other.path, seq);
	else if (compared == COMPARED_FORKED)
		msg_warn("%s is no copy of %s: their ids differ", store->path, other.path);
	store_close(&other);
	return compared == COMPARED_OLDER || compared == COMPARED_FORKED;
}

int
store_admin_verify(struct store_admin *admin, char **operands)
{
	struct store store;
	int answer;

	store_admin_no_operands("verify", operands);
	if (admin->against && admin->checkpoint)
		opt_usage("--against and --checkpoint exclude each other");
	store_admin_open(admin, STORE_READ, &store);
	answer = admin->against ? verify_beside(admin, &store) : verify_alone(admin, &store);
	store_close(&store);
	return answer;
}
