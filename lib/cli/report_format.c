#include "cli/report_format.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/file_out.h"
#include "cli/msg.h"

static void
report_json(const struct report_page *page, const struct report_look *look, struct buf *out)
{
	(void)page;
	buf_span(out, look->document);
	buf_putc(out, '\n');
}

/* As --format lists them. */
static const struct report_format formats[] = {
	{ "text", report_text },
	{ "json", report_json },
};

static const struct report_format *
find(const char *name, size_t n)
{
	struct buf known = { 0 };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (span_is((struct span){ name, n }, formats[i].name))
			return &formats[i];
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		buf_printf(&known, "%s%s", i ? ", " : "", formats[i].name);
	opt_usage("--format: expected one of %s; got \"%.*s\"", buf_cstr(&known), (int)n, name);
}

static void
choose(struct report_formats *chosen, const char *text)
{
	struct report_place *place = &chosen->place[chosen->n++];
	size_t n = strcspn(text, ":");

	place->format = find(text, n);
	place->path = text[n] && strcmp(text + n, ":-") != 0 ? text + n + 1 : NULL;
	if (place->path && !*place->path)
		opt_usage("--format: a file's name is missing after \"%s\"", text);
	for (struct report_place *other = chosen->place; other < place; other++)
		if (!place->path && !other->path)
			opt_usage("two formats for standard output: give all but one a file, "
				"as in --format %.*s:FILE", (int)n, text);
}

void
report_formats_choose(struct report_formats *chosen, const struct opt_list *format)
{
	chosen->place = mem_zero((format->n + 1) * sizeof *chosen->place);
	for (size_t i = 0; i < format->n; i++)
		choose(chosen, format->text[i]);
	if (!format->n)
		choose(chosen, "text");
}

void
report_formats_release(struct report_formats *chosen)
{
	free(chosen->place);
}

void
report_formats_write(const struct report_formats *chosen, const struct report_look *look,
	struct buf *out)
{
	struct file_out **file = mem_zero((chosen->n + 1) * sizeof *file);
	struct report_page page;
	struct err err = { 0 };

	if (report_page_read(&page, look->document, &err) != 0)
		msg_die_err(NULL, &err);
	for (size_t i = 0; i < chosen->n; i++) {
		const struct report_place *place = &chosen->place[i];

		file[i] = place->path ? file_out_open(place->path) : NULL;
		place->format->write(&page, look, file[i] ? &file[i]->buf : out);
		if (file[i])
			file_out_finish(file[i]);
	}
	for (size_t i = 0; i < chosen->n; i++)
		if (file[i])
			file_out_keep(file[i]);
	report_page_release(&page);
	free(file);
}
