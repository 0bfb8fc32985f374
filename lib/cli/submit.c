#include "cli/submit.h"

#include "cli/csv_files.h"
#include "cli/mapping.h"
#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/tz.h"

void
submit_open(struct submit *submit, const struct common *common)
{
	struct err err = { 0 };

	submit->terms = (struct form_terms){
		.policy = policies_open(common->policy, &err),
		.now = submit->loop.now,
		.zone = tz_get(submit->zone, NULL),
	};
	if (!submit->terms.policy)
		msg_die_err("--policy", &err);
	submit->loop.policy = submit->terms.policy->name;
	if (submit->map && !(submit->csv.mapping = mapping_open(submit->map,
			MAPPING_OF_FORMS, submit->terms.policy, &err)))
		msg_die_err("--map", &err);
	submit->csv.zone = submit->terms.zone;
	if (submit->csv.mapping)
		submit->csv.zone = tz_get(submit->zone, submit->csv.mapping->zone);
	submit->csv.policy = submit->terms.policy;
	submit->csv.key = submit->key;
	submit->csv.arena = &submit->arena;
	change_init(&submit->change, policies_source(), submit->loop.now,
		span_of(submit->loop.by));
}

void
submit_close(struct submit *submit)
{
	mapping_free(submit->csv.mapping);
	form_csv_release(&submit->csv);
	change_release(&submit->change);
	scan_release(&submit->form);
	scan_release(&submit->line);
	arena_release(&submit->arena);
	buf_release(&submit->text);
	buf_release(&submit->draft);
	buf_release(&submit->out);
	err_release(&submit->err);
}

/*
 * created is what the form says, else now; without a key that makes another
 * case each time, which is said once a run.
 */
static int
identify(struct submit *submit, const struct form *form, struct new_case *new,
	char id[CASE_ID_SIZE], struct err *err)
{
	bool said = form->created != INSTANT_NONE;
	struct span value = { NULL, 0 };

	new->created = said ? form->created : submit->terms.now;
	if (submit->key) {
		value = form_find(form, span_of(submit->key));
		if (!value.p)
			return err_add(err, EX_DATAERR, submit->key,
				"required: it is the key");
		case_id_of_key(new->policy, value, said ? form->created : 0, id);
		return 0;
	}
	if (!said && !submit->warned)
		msg_warn("no created and no --key: created is now, and the same "
			"form makes another case next time");
	submit->warned = submit->warned || !said;
	case_id_of_form(form, new->policy, new->created, id);
	return 0;
}

static enum loop_answer
take_form(struct submit *submit, const struct scan *scan, struct arena *arena,
	struct buf *out, struct err *err)
{
	char id[CASE_ID_SIZE];
	struct form form;
	struct new_case new = { .form = &form, .policy = submit->terms.policy,
		.id = id, .by = span_of(submit->loop.by) };

	if (form_read(&form, &submit->terms, scan, arena, err) < 0 ||
		identify(submit, &form, &new, id, err) < 0)
		return LOOP_REFUSE;
	submit->draft.len = 0;
	case_line(&new, &submit->draft);
	if (case_finish(&submit->change, &submit->draft, &submit->line, arena,
			out, err) < 0)
		return LOOP_REFUSE;
	return LOOP_WRITE;
}

static enum loop_answer
take_line(void *ctx, const struct loop_line *line, struct buf *out,
	struct err *err)
{
	return take_form(ctx, line->scan, line->arena, out, err);
}

void
submit_lines(struct submit *submit, char **files)
{
	loop_lines(&submit->loop, files, take_line, submit);
}

/* The form in submit->text; a refused one goes to --reject as it stands. */
static void
take_text(struct submit *submit, const char *file, uint64_t number)
{
	enum loop_answer answer = LOOP_REFUSE;

	submit->out.len = 0;
	buf_reserve(&submit->text, SCAN_SLACK);
	if (scan_line(&submit->form, submit->text.data, submit->text.len,
			&submit->err) == 0)
		answer = take_form(submit, &submit->form, &submit->arena,
			&submit->out, &submit->err);
	loop_emit(&submit->loop, answer, file, number, buf_text(&submit->text),
		&submit->out, &submit->err);
}

void
submit_text(struct submit *submit, struct span json)
{
	submit->text.len = 0;
	buf_span(&submit->text, json);
	submit->terms.split = true;
	take_text(submit, NULL, 0);
}

static int
take_header(void *ctx, const struct csv_row *header, struct err *err)
{
	struct submit *submit = ctx;

	return form_csv_header(&submit->csv, header, err);
}

static void
take_row(void *ctx, const char *file, const struct csv_row *row)
{
	struct submit *submit = ctx;

	submit->text.len = 0;
	if (form_csv_row(&submit->csv, row, &submit->text, &submit->err) < 0)
		loop_emit(&submit->loop, LOOP_REFUSE, file, row->line, row->raw,
			NULL, &submit->err);
	else
		take_text(submit, file, row->line);
	err_reset(&submit->err);
	arena_reset(&submit->arena);
}

static void
end_file(void *ctx)
{
	(void)ctx;
}

void
submit_csv(struct submit *submit, char **files)
{
	submit->terms.split = true;
	csv_files_run(&(struct csv_files){ &submit->loop, submit->encoding,
		take_header, take_row, end_file, submit }, files);
}
