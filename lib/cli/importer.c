#include "cli/importer.h"

#include <inttypes.h>

#include "cli/csv_files.h"
#include "cli/mapping.h"
#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/tz.h"

/* What is refused goes out whole: all rows of the case. */
static void
refuse_rows(struct importer *importer, const struct import_row *row, size_t n)
{
	const struct import_row *fault = importer->import.fault;
	struct buf raw = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(&raw, '\n');
		buf_span(&raw, row[i].raw);
	}
	loop_emit(&importer->loop, LOOP_REFUSE, fault->file, fault->line,
		buf_text(&raw), &importer->out, &importer->err);
	buf_release(&raw);
}

static void
take_case(void *ctx, struct import_row *row, size_t n, struct span key)
{
	struct importer *importer = ctx;
	struct import *import = &importer->import;

	if (importer->loop.stopped)
		return;
	importer->out.len = 0;
	import->fault = row;
	if (import_case(import, row, n, key, &importer->arena, &importer->out,
			&importer->err) == 0) {
		importer->created_now += import->created_now;
		loop_emit(&importer->loop, LOOP_WRITE, row->file, row->line,
			row->raw, &importer->out, &importer->err);
	} else {
		refuse_rows(importer, row, n);
	}
	err_reset(&importer->err);
	arena_reset(&importer->arena);
}

/* Held rows keep the columns of the file that they came from. */
static int
check_header(struct importer *importer, const struct csv_row *header,
	struct err *err)
{
	struct buf text = { 0 };
	int result = 0;

	for (size_t i = 0; i < header->n; i++)
		buf_json(&text, header->cell[i]);
	if (importer->header.len == 0)
		buf_span(&importer->header, buf_text(&text));
	else if (!span_eq(buf_text(&importer->header), buf_text(&text)))
		result = err_add(err, EX_DATAERR, NULL,
			"another header than in the first file: not with --sort");
	buf_release(&text);
	return result;
}

static int
take_header(void *ctx, const struct csv_row *header, struct err *err)
{
	struct importer *importer = ctx;

	if (importer->gather.sort && check_header(importer, header, err) < 0)
		return -1;
	return mapping_bind(importer->mapping, header->cell, header->n, err);
}

static void
take_row(void *ctx, const char *file, const struct csv_row *row)
{
	struct importer *importer = ctx;
	struct err err = { 0 };

	importer->key.len = 0;
	if (import_key(importer->mapping, row->cell, &importer->key, &err) < 0 ||
		gather_add(&importer->gather, buf_text(&importer->key), file, row,
			&err) < 0)
		loop_emit(&importer->loop, LOOP_REFUSE, file, row->line, row->raw,
			NULL, &err);
	err_release(&err);
}

static void
end_file(void *ctx)
{
	struct importer *importer = ctx;

	if (!importer->gather.sort)
		gather_flush(&importer->gather);
}

void
importer_open(struct importer *importer, const struct common *common)
{
	struct loop *loop = &importer->loop;
	struct import *import = &importer->import;
	struct err err = { 0 };

	import->terms = (struct form_terms){
		.policy = policies_open(common->policy, &err),
		.now = loop->now,
		.split = true,
	};
	if (!import->terms.policy)
		msg_die_err("--policy", &err);
	importer->mapping = mapping_open(importer->map, MAPPING_OF_CASES,
		import->terms.policy, &err);
	if (!importer->mapping)
		msg_die_err("--map", &err);
	loop->policy = import->terms.policy->name;
	import->mapping = importer->mapping;
	import->zone = import->terms.zone = tz_get(importer->zone_name,
		importer->mapping->zone);
	import->by = span_of(loop->by);
	import->form = &importer->form;
	import->line = &importer->line;
	import->change = &importer->change;
	change_init(&importer->change, policies_source(), loop->now, import->by);
	importer->change.judge_all = true;
	gather_init(&importer->gather, importer->sort, take_case, importer);
}

void
importer_close(struct importer *importer)
{
	if (importer->created_now)
		msg_warn("created is now: nothing says when, in %" PRIu64
			" cases", importer->created_now);
	gather_release(&importer->gather);
	mapping_free(importer->mapping);
	change_release(&importer->change);
	scan_release(&importer->form);
	scan_release(&importer->line);
	arena_release(&importer->arena);
	buf_release(&importer->key);
	buf_release(&importer->out);
	buf_release(&importer->header);
	err_release(&importer->err);
}

void
importer_run(struct importer *importer, char **files)
{
	csv_files_run(&(struct csv_files){ &importer->loop, importer->encoding,
		take_header, take_row, end_file, importer }, files);
	gather_flush(&importer->gather);
}
