/* esc-store erase: which cases, whether that is meant, and what was done. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/store_admin.h"
#include "store/erase.h"

static const char id_start[] = "ESC-";

/* An end of an id could come to mean another case: the whole is asked for. */
static void
check_ids(char **ids)
{
	if (!*ids)
		opt_usage("erase takes the ids of cases");
	for (; *ids; ids++)
		if (strncmp(*ids, id_start, sizeof id_start - 1) != 0)
			opt_usage("\"%s\" is no whole id: it begins with %s; esc-cat --ids tells it",
				*ids, id_start);
}

static void
check_fields(const struct opt_list *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (!redact_takes(span_of(fields->text[i])))
			opt_usage("--field: \"%s\" cannot be erased: only texts of the form and "
				"private fields can", fields->text[i]);
}

/* What cannot be taken back is asked for twice. */
static bool
is_meant(const struct store_admin *admin, char **ids)
{
	char answer[16];
	size_t n = 0;

	if (admin->yes || admin->dry_run)
		return true;
	if (!isatty(STDIN_FILENO))
		opt_usage("erase asks whether that is meant, and nobody is there to answer: "
			"say --yes");
	while (ids[n])
		n++;
	fprintf(stderr, "Erase the personal data of %zu %s for good? [y/N] ", n,
		n == 1 ? "case" : "cases");
	return fgets(answer, sizeof answer, stdin) && (*answer == 'y' || *answer == 'Y');
}

static void
put_done(struct store_admin *admin, const char *id, const struct erase_count *count)
{
	struct buf *out = &admin->out;

	utf8_display(out, span_of(id));
	buf_puts(out, ": ");
	if (count->lines + count->blobs + count->set_aside == 0) {
		buf_puts(out, "nothing left to erase\n");
		return;
	}
	store_admin_count(out, count->lines, "line", "lines");
	buf_puts(out, ", ");
	store_admin_count(out, count->blobs, "attachment", "attachments");
	if (count->set_aside) {
		buf_puts(out, ", ");
		store_admin_count(out, count->set_aside, "file set aside", "files set aside");
	}
	buf_puts(out, admin->dry_run ? " would be erased\n" : " erased\n");
}

static void
erase_each(struct store_admin *admin, const struct store *store, char **ids,
	const struct erase_terms *terms)
{
	struct erase_count count;
	struct err err = { 0 };

	for (; *ids; ids++) {
		if (erase_case(store, span_of(*ids), terms, &count, &err) < 0)
			store_admin_die(admin, &err);
		put_done(admin, *ids, &count);
		store_admin_flush(admin);
	}
	/* The next reader would do it; nobody should have to wait for that. */
	if (!admin->dry_run && store_admin_index(admin, store, &err) < 0)
		msg_warn("the index is not made yet (%s): the next reader makes it",
			err_text(&err));
	err_release(&err);
}

/* With a NULL behind the last. */
static const char **
field_list(const struct opt_list *fields)
{
	const char **list = mem_alloc((fields->n + 1) * sizeof *list);

	for (size_t i = 0; i < fields->n; i++)
		list[i] = fields->text[i];
	list[fields->n] = NULL;
	return list;
}

int
store_admin_erase(struct store_admin *admin, char **operands)
{
	struct erase_terms terms = { .policies = policies_source(),
		.by = span_of(store_login()), .dry_run = admin->dry_run };
	const char **fields;
	struct store store;

	check_ids(operands);
	check_fields(&admin->field);
	if (!admin->message || span_trim(span_of(admin->message)).n == 0)
		opt_usage("erase needs -m REASON: why, for whoever asks later");
	terms.because = span_of(admin->message);
	store_admin_open(admin, admin->dry_run ? STORE_READ : STORE_WRITE, &store);
	if (!is_meant(admin, operands)) {
		msg_error("nothing was erased");
		store_close(&store);
		return 1;
	}
	fields = field_list(&admin->field);
	terms.redact.field = fields;
	erase_each(admin, &store, operands, &terms);
	free(fields);
	store_close(&store);
	return 0;
}
