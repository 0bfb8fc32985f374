#include "cli/report_format.h"

#include <string.h>

#include "cli/format_place.h"
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
	{ "csv", report_csv },
	{ "markdown", report_markdown },
	{ "html", report_html },
};

static const char *
format_name(size_t i)
{
	return i < sizeof formats / sizeof *formats ? formats[i].name : NULL;
}

static struct report_place *
place_new(struct report_formats *chosen, const struct report_format *format,
	const char *path)
{
	chosen->place = arena_grow(&chosen->arena, chosen->place, chosen->n, &chosen->cap,
		sizeof *chosen->place);
	chosen->place[chosen->n] = (struct report_place){ .format = format, .path = path };
	return &chosen->place[chosen->n++];
}

/* A file for each table. */
static void
add_folder(struct report_formats *chosen, const struct report_format *format)
{
	for (size_t i = 0; i < page_specs; i++) {
		struct buf path = { 0 };
		struct report_place *place;

		buf_printf(&path, "%s/%s.csv", chosen->folder, page_spec[i].name);
		place = place_new(chosen, format,
			arena_copy(&chosen->arena, path.data, path.len));
		place->table = &page_spec[i];
		place->in_folder = true;
		buf_release(&path);
	}
}

static const struct page_spec *
find_table(const char *name)
{
	const struct page_spec *found = name ? page_spec_find(span_of(name)) : NULL;
	struct buf names = { 0 };

	if (!name || found)
		return found;
	page_spec_names(&names);
	opt_usage("--table: expected one of %s; got \"%s\"", buf_cstr(&names), name);
}

static void
check_csv(const struct report_opt *opt, const struct format_place *csv)
{
	struct buf names = { 0 };

	if (!csv && (opt->table || opt->output_dir))
		opt_usage("--%s goes with --format csv", opt->table ? "table" : "output-dir");
	if (opt->output_dir && !*opt->output_dir)
		opt_usage("--output-dir: the name is empty");
	if (opt->table && opt->output_dir)
		opt_usage("--table is for one table and --output-dir for each: give one of them");
	if (csv && csv->path && opt->output_dir)
		opt_usage("--format %s: --output-dir says where csv goes", csv->text);
	if (!csv || opt->table || opt->output_dir)
		return;
	page_spec_names(&names);
	opt_usage("--format csv: give --table NAME, or --output-dir DIR for a file each; "
		"the tables are %s", buf_cstr(&names));
}

static void
check_ascii(const struct report_formats *chosen, const struct report_opt *opt)
{
	bool text = false;

	for (size_t i = 0; i < chosen->n; i++)
		text = text || chosen->place[i].format->write == report_text;
	if (opt->ascii && !text)
		opt_usage("--ascii goes with --format text");
}

static bool
is_csv(const struct format_place *place)
{
	return formats[place->format].write == report_csv;
}

void
report_formats_choose(struct report_formats *chosen, const struct report_opt *opt)
{
	const struct page_spec *table = find_table(opt->table);
	const struct format_place *csv = NULL;
	struct format_places places;

	*chosen = (struct report_formats){ .folder = opt->output_dir };
	arena_init(&chosen->arena);
	format_places_read(&places, &opt->format, "text", format_name);
	for (size_t i = 0; i < places.n; i++) {
		struct format_place *place = &places.place[i];

		place->elsewhere = is_csv(place) && chosen->folder;
		if (is_csv(place) && (!csv || place->path))
			csv = place;
		if (place->elsewhere)
			add_folder(chosen, &formats[place->format]);
		else
			place_new(chosen, &formats[place->format], place->path)->table = table;
	}
	check_csv(opt, csv);
	check_ascii(chosen, opt);
	format_places_check(&places);
	format_places_release(&places);
}

void
report_formats_open(struct report_formats *chosen, const char *reject)
{
	if (chosen->folder)
		file_out_folder(chosen->folder);
	for (size_t i = 0; i < chosen->n; i++) {
		struct report_place *place = &chosen->place[i];

		place->file = place->path ? file_out_open(place->path) : NULL;
	}
	if (reject && file_out_takes(reject))
		opt_usage("--reject: %s is also a format's file", reject);
}

/* What other terms say is there only where they were asked. */
static bool
is_asked(const struct report_place *place, const struct page_head *head)
{
	return !place->in_folder || head->rejudge.p ||
		strncmp(place->table->path, "rejudged.", sizeof "rejudged." - 1) != 0;
}

static void
write_place(struct report_place *place, const struct report_page *page,
	const struct report_look *look, struct buf *out)
{
	struct report_look own = *look;

	if (place->file && !is_asked(place, &page->head)) {
		file_out_drop(place->file);
		place->file = NULL;
		return;
	}
	own.table = place->table;
	own.width = place->file ? 0 : look->width;
	place->format->write(page, &own, place->file ? &place->file->buf : out);
	if (place->file)
		file_out_finish(place->file);
}

/* The document itself needs no reading. */
static bool
needs_page(const struct report_formats *chosen)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->place[i].format->write != report_json)
			return true;
	return false;
}

void
report_formats_write(struct report_formats *chosen, const struct report_look *look,
	struct buf *out)
{
	struct report_page page = { 0 };
	bool needed = needs_page(chosen);
	struct err err = { 0 };

	if (needed && report_page_read(&page, look->document, &err) != 0)
		msg_die_err(NULL, &err);
	for (size_t i = 0; i < chosen->n; i++)
		write_place(&chosen->place[i], &page, look, out);
	if (needed)
		report_page_release(&page);
}

void
report_formats_keep(struct report_formats *chosen, bool whole)
{
	for (size_t i = 0; i < chosen->n; i++) {
		struct file_out *file = chosen->place[i].file;

		if (file)
			(whole ? file_out_keep : file_out_drop)(file);
	}
	arena_release(&chosen->arena);
	*chosen = (struct report_formats){ 0 };
}
