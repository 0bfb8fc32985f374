#include "store/commit_work.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "domain/attached.h"
#include "domain/shown.h"
#include "store/blobs.h"

#define POLICY_MOST ((size_t)16 << 20)

static void
touch(struct commit *commit, const struct policy *policy)
{
	for (size_t i = 0; i < commit->n_judges; i++)
		if (commit->judge[i].policy == policy) {
			commit->judge[i].touched = true;
			return;
		}
	if (commit->n_judges == commit->cap_judges) {
		commit->cap_judges = mem_grow(commit->cap_judges, commit->n_judges + 1);
		commit->judge = mem_resize(commit->judge,
			commit->cap_judges * sizeof *commit->judge);
	}
	commit->judge[commit->n_judges++] = (struct judge){ .policy = policy, .touched = true };
}

const struct policy *
commit_policy(void *ctx, struct span name, struct span version, struct err *err)
{
	struct commit *commit = ctx;
	const struct policy_source *source = commit->terms.merge.policies;
	const struct policy *policy = source->find(source->ctx, name, version, err);

	if (policy)
		touch(commit, policy);
	return policy;
}

/* Attachments of one record. */
struct attachments {
	struct commit *commit;
	struct span *known;  /* hashes that the stored record names */
	size_t n, cap;
	struct span *wanted; /* hashes to be taken in, or to be on disk for sure */
	size_t n_wanted, cap_wanted;
	struct err why;
};

static int
collect(void *ctx, struct span b2, int64_t size, struct err *err)
{
	struct attachments *list = ctx;

	(void)size;
	(void)err;
	list->known = arena_grow(&list->commit->arena, list->known, list->n, &list->cap,
		sizeof b2);
	list->known[list->n++] = b2;
	return 0;
}

static void
want(struct attachments *list, struct span b2)
{
	list->wanted = arena_grow(&list->commit->arena, list->wanted, list->n_wanted,
		&list->cap_wanted, sizeof b2);
	list->wanted[list->n_wanted++] = b2;
}

static bool
is_known(const struct attachments *list, struct span b2)
{
	for (size_t i = 0; i < list->n; i++)
		if (span_eq(list->known[i], b2))
			return true;
	return false;
}

/* 1: whole, in the store or where it will be taken from; 0: nowhere; -1. */
static int
look(struct attachments *list, struct span b2, int64_t size)
{
	const char *dir = list->commit->terms.blobs;
	int answer = blobs_check(list->commit->store, b2, size, &list->why);

	if (answer == 0 && dir)
		answer = blobs_check_in(dir, b2, size, &list->why);
	if (answer > 0)
		want(list, b2);
	return answer;
}

static void
is_nowhere(struct attachments *list, struct span b2)
{
	const char *dir = list->commit->terms.blobs;

	if (!dir)
		err_add(&list->why, EX_DATAERR, NULL, "%.*s: is neither in the store nor at hand "
			"(--blobs)", (int)b2.n, b2.p);
	else
		err_add(&list->why, EX_DATAERR, NULL, "%.*s: is neither in the store nor in %s%s",
			(int)b2.n, b2.p, dir, access(dir, X_OK) == 0 ? ""
			: errno == ENOENT ? ", which is not there" : ", which cannot be read");
}

static int
check_one(void *ctx, const struct attached *attached, struct err *err)
{
	struct attachments *list = ctx;
	struct span b2 = attached->b2;
	int answer;

	if (!b2.n || is_known(list, b2)) /* "": erased */
		return 0;
	answer = look(list, b2, attached->size);
	if (answer == 0)
		is_nowhere(list, b2);
	if (list->why.n)
		err_add(err, list->why.status, "attachments", "\"%.*s\": %s",
			SHOWN(attached->name), err_text(&list->why));
	return answer > 0 ? 0 : -1;
}

static int
some(void *ctx, struct span b2, int64_t size, struct err *err)
{
	(void)ctx;
	(void)b2;
	(void)size;
	(void)err;
	return 1;
}

/* What the line names none of, it adds none of.  in NULL: a single event. */
static bool
may_name_some(struct commit *commit, const struct record *in)
{
	return !in || record_attachments(in, &commit->arena, some, NULL, NULL);
}

/* Only once the record is known to be good. */
static int
keep_wanted(const struct attachments *list, struct err *err)
{
	for (size_t i = 0; i < list->n_wanted; i++)
		if (spool_put(list->commit->wanted, list->wanted[i], NULL, err) < 0)
			return -1;
	return 0;
}

int
commit_attachments(struct commit *commit, const struct record *in, const struct record *stored,
	struct err *err)
{
	struct attachments list = { .commit = commit };
	struct span text = buf_text(&commit->text);
	struct record record;
	int result;

	if (!may_name_some(commit, in))
		return 0;
	if (scan_line(&commit->made_scan, text.p, text.n, err) < 0 ||
		record_read(&record, text, &commit->made_scan, &commit->arena, err) < 0)
		return -1;
	if (stored)
		record_attachments(stored, &commit->arena, collect, &list, err);
	result = record_attached(&record, &commit->arena, check_one, &list, err);
	err_release(&list.why);
	return result < 0 ? -1 : keep_wanted(&list, err);
}

/* 1, or -1: it is gone from where it was seen. */
static int
take_one(struct commit *commit, struct span b2, struct err *err)
{
	int answer = blobs_settle(commit->store, b2, err);

	if (answer == 0 && commit->terms.blobs)
		answer = blobs_take(commit->store, commit->terms.blobs, b2, err);
	if (answer == 0)
		err_add(err, EX_DATAERR, "attachments", "%.*s: is gone", (int)b2.n, b2.p);
	return answer > 0 ? 1 : -1;
}

static int
take_wanted(struct commit *commit, struct err *err)
{
	struct span b2;
	int answer;

	spool_rewind(commit->wanted);
	while ((answer = spool_next(commit->wanted, &b2, err)) > 0)
		if (take_one(commit, b2, err) < 0)
			return -1;
	return answer;
}

/* One that is there may be the name that a killed writer did not sync. */
static int
keep_policy(struct commit *commit, const struct policy *policy, struct err *err)
{
	struct span text = { policy->text, policy->text_len };
	struct buf path = { 0 }, there = { 0 };
	int answer;

	buf_printf(&path, "policies/%s@%s.json", policy->name, policy->version);
	answer = store_read_file(commit->store, buf_cstr(&path), POLICY_MOST, &there, err);
	if (answer == 0)
		answer = store_write_file(commit->store, path.data, text, 0, err);
	else if (answer > 0 && !span_eq(buf_text(&there), text))
		answer = err_add(err, EX_IOERR, NULL,
			"%s/%s: damaged: not the text of that version", commit->store->path,
			path.data);
	else if (answer > 0)
		answer = store_sync_dir(commit->store, "policies", err);
	buf_release(&path);
	buf_release(&there);
	return answer < 0 ? -1 : 0;
}

int
commit_write_beside(struct commit *commit, struct err *err)
{
	if (take_wanted(commit, err) < 0)
		return -1;
	for (size_t i = 0; i < commit->n_judges; i++)
		if (commit->judge[i].used &&
			keep_policy(commit, commit->judge[i].policy, err) < 0)
			return -1;
	return 0;
}
