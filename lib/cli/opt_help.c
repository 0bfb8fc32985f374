#include "base/utf8.h"
#include "base/zone.h"
#include "cli/opt_table.h"

#define HELP_COLUMN 30
#define HELP_WIDTH  80

static void
put_blanks(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_putc(out, ' ');
}

/* The bytes of the next line: what fits, up to a blank. */
static size_t
line_length(const char *text, size_t room)
{
	size_t n = strlen(text);

	if (n <= room)
		return n;
	for (n = room; n > 0 && text[n] != ' '; n--)
		;
	return n ? n : strcspn(text, " ");
}

/* From HELP_COLUMN on, further lines below the first. */
static void
put_help(struct buf *out, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == ' ')) {
		n = line_length(text, HELP_WIDTH - HELP_COLUMN);
		buf_put(out, text, n);
		buf_putc(out, '\n');
		if (text[n] == ' ')
			put_blanks(out, HELP_COLUMN);
	}
}

static void
put_row(struct buf *out, const struct opt *row)
{
	size_t from = out->len;

	if (row->letter)
		buf_printf(out, "  -%c, --%s", row->letter, row->name);
	else
		buf_printf(out, "      --%s", row->name);
	if (row->kind == OPT_OPTIONAL)
		buf_printf(out, "[=%s]", row->arg);
	else if (row->kind != OPT_FLAG)
		buf_printf(out, " %s", row->arg);
	if (out->len - from + 2 > HELP_COLUMN) {
		buf_putc(out, '\n');
		from = out->len;
	}
	put_blanks(out, HELP_COLUMN - (out->len - from));
	put_help(out, row->help);
}

static void
put_examples(struct buf *out, const char *lines)
{
	while (lines && *lines) {
		const char *end = strchrnul(lines, '\n');

		buf_puts(out, "    ");
		buf_put(out, lines, (size_t)(end - lines));
		buf_putc(out, '\n');
		lines = *end ? end + 1 : end;
	}
	buf_putc(out, '\n');
}

void
opt_help_page(struct buf *out, const struct program *program,
	const struct opt_rows *rows)
{
	if (program->examples)
		put_examples(out, program->examples);
	buf_printf(out, "usage: %s %s\n", program->name, program->synopsis);
	buf_printf(out, "%s\n\n", program->about);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->row[i].help)
			put_row(out, &rows->row[i]);
	buf_printf(out, "\nSee %s(1) and esc(7).\n",
		program->page ? program->page : program->name);
}

void
opt_version_page(struct buf *out, const struct program *program)
{
	buf_printf(out, "%s %s\n", program->name, ESC_VERSION);
	if (program->groups & OPT_NOW)
		buf_printf(out, "zone data %s\n", zone_data_version());
}
