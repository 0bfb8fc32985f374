#include "cli/cat.h"

#include "domain/form.h"

/* What most people want in a sheet: nothing that is long. */
static const char usual[] =
	"id,case_number,subject,state,tier,priority,queue,assignee,created,due,risk";

void
cat_csv_columns(struct cat *cat)
{
	const char *text = cat->opt.columns ? cat->opt.columns : usual;
	size_t cap = 0;

	for (;;) {
		size_t n = strcspn(text, ",");

		if (n == 0)
			opt_usage("--columns: expected FIELD[,FIELD]; a name is empty");
		cat->column = arena_grow(&cat->arena, cat->column, cat->n_columns, &cap,
			sizeof *cat->column);
		cat->column[cat->n_columns++] = (struct span){ text, n };
		if (!text[n])
			break;
		text += n + 1;
	}
}

void
cat_csv_header(struct cat *cat)
{
	for (size_t i = 0; i < cat->n_columns; i++)
		csv_out_text(&cat->csv, cat->column[i]);
	csv_out_end(&cat->csv);
}

static bool
is_list_of_texts(struct value value)
{
	const struct scan *scan = value.scan;

	if (scan_type(scan, value.node) != SCAN_ARRAY)
		return false;
	for (uint32_t at = scan_first(scan, value.node); at; at = scan->node[at].next)
		if (scan_type(scan, at) != SCAN_STRING)
			return false;
	return true;
}

/* As esc-submit --csv takes a list. */
static void
put_list(struct csv_out *csv, struct value value, struct arena *arena)
{
	struct buf text = { 0 };

	for (uint32_t at = scan_first(value.scan, value.node); at;
		at = value.scan->node[at].next) {
		if (text.len)
			buf_putc(&text, FORM_LIST_MARK);
		buf_span(&text, scan_text(value.scan, at, arena));
	}
	csv_out_text(csv, buf_text(&text));
	buf_release(&text);
}

static void
put_value(struct csv_out *csv, struct value value, struct arena *arena)
{
	enum scan_type type = value.node ? scan_type(value.scan, value.node) : SCAN_NULL;

	if (type == SCAN_NULL)
		csv_out_text(csv, (struct span){ NULL, 0 });
	else if (type == SCAN_STRING)
		csv_out_text(csv, scan_text(value.scan, value.node, arena));
	else if (is_list_of_texts(value))
		put_list(csv, value, arena);
	else if (type == SCAN_OBJECT || type == SCAN_ARRAY)
		csv_out_text(csv, scan_raw(value.scan, value.node));
	else
		csv_out_plain(csv, scan_raw(value.scan, value.node));
}

void
cat_csv_row(struct cat *cat, const struct record *record, struct arena *arena)
{
	for (size_t i = 0; i < cat->n_columns; i++)
		put_value(&cat->csv, record_find(record, cat->column[i]), arena);
	csv_out_end(&cat->csv);
}
