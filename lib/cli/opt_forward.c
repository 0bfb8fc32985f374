#include "cli/opt_forward.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/opt_table.h"

void
args_add(struct args *args, const char *text)
{
	if (args->n + 2 > args->cap) {
		args->cap = mem_grow(args->cap, args->n + 2);
		args->arg = mem_resize(args->arg, args->cap * sizeof *args->arg);
	}
	args->arg[args->n++] = mem_copy(text, strlen(text));
	args->arg[args->n] = NULL;
}

void
args_release(struct args *args)
{
	for (size_t i = 0; i < args->n; i++)
		free(args->arg[i]);
	free(args->arg);
	*args = (struct args){ 0 };
}

/* value NULL: the option has none. */
static void
add(struct args *args, const char *name, const char *value)
{
	struct buf arg = { 0 };

	buf_printf(&arg, "--%s", name);
	if (value) {
		buf_putc(&arg, '=');
		buf_puts(&arg, value);
	}
	args_add(args, buf_cstr(&arg));
	buf_release(&arg);
}

static void
add_number(struct args *args, const char *name, int64_t value)
{
	struct buf text = { 0 };

	buf_int(&text, value);
	add(args, name, buf_cstr(&text));
	buf_release(&text);
}

static void
add_list(struct args *args, const char *name, const struct opt_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		add(args, name, list->text[i]);
}

static void
forward_row(struct args *args, const struct opt *row)
{
	const char *text;

	if (row->kind == OPT_FLAG) {
		if (*(const bool *)row->to)
			add(args, row->name, NULL);
	} else if (row->kind == OPT_LIST) {
		add_list(args, row->name, row->to);
	} else if (row->kind == OPT_COUNT || row->kind == OPT_SIZE) {
		add_number(args, row->name, *(const int64_t *)row->to);
	} else if ((text = *(const char *const *)row->to)) {
		add(args, row->name, row->kind == OPT_OPTIONAL && !*text ? NULL : text);
	}
}

void
opt_forward(const struct program *program, const struct common *common, struct args *args)
{
	struct common copy = *common;
	struct opt_asked asked = { 0 };
	struct opt_rows rows = { 0 };

	opt_rows_collect(&rows, program, &copy, &asked);
	for (size_t i = 0; i < rows.n; i++)
		forward_row(args, &rows.row[i]);
	free(rows.row);
}
