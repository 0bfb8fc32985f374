#include "cli/sla_format.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* As --format lists them. */
static const struct sla_format *const formats[] = {
	&sla_jsonl,
	&sla_text,
	&sla_csv,
	&sla_tap,
	&sla_junit,
	&sla_nagios,
	&sla_prometheus,
	&sla_github,
	&sla_ics,
};

static const struct sla_format *
find(const char *name, size_t n)
{
	struct buf known = { 0 };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (span_is((struct span){ name, n }, formats[i]->name))
			return formats[i];
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		buf_printf(&known, "%s%s", i ? ", " : "", formats[i]->name);
	opt_usage("--format: expected one of %s; got \"%.*s\"", buf_cstr(&known), (int)n, name);
}

static void
choose(struct sla_sinks *sinks, const char *text)
{
	struct sla_sink *sink = &sinks->sink[sinks->n];
	size_t n = strcspn(text, ":");

	sink->format = find(text, n);
	sink->path = text[n] && strcmp(text + n, ":-") != 0 ? text + n + 1 : NULL;
	if (sink->path && !*sink->path)
		opt_usage("--format: a file's name is missing after \"%s\"", text);
	for (size_t i = 0; i < sinks->n; i++)
		if (!sink->path && !sinks->sink[i].path)
			opt_usage("two formats for standard output: give all but one a file, "
				"as in --format %.*s:FILE", (int)n, text);
	sinks->jsonl = sinks->jsonl || (!sink->path && sink->format == &sla_jsonl);
	sinks->nagios = sinks->nagios || sink->format == &sla_nagios;
	sinks->n++;
}

void
sla_sinks_choose(struct sla_sinks *sinks, const struct opt_list *format, const char *standard)
{
	sinks->sink = mem_zero((format->n + 1) * sizeof *sinks->sink);
	for (size_t i = 0; i < format->n; i++)
		choose(sinks, format->text[i]);
	if (!format->n)
		choose(sinks, standard);
}

bool
sla_sinks_say(const struct sla_sinks *sinks, const struct sla_format *format)
{
	for (size_t i = 0; i < sinks->n; i++)
		if (!sinks->sink[i].path && sinks->sink[i].format == format)
			return true;
	return false;
}

enum gate
sla_sinks_gate(const struct sla_sinks *sinks)
{
	enum gate gate = GATE_NEVER;

	for (size_t i = 0; i < sinks->n; i++)
		if (sinks->sink[i].format->gate > gate)
			gate = sinks->sink[i].format->gate;
	return gate;
}

const char *
sla_sinks_without(const struct sla_sinks *sinks, size_t flag, size_t *n)
{
	const char *first = NULL;

	*n = 0;
	for (size_t i = 0; i < sinks->n; i++) {
		const struct sla_format *format = sinks->sink[i].format;

		if (*(const bool *)((const char *)format + flag))
			continue;
		first = first ? first : format->name;
		++*n;
	}
	return first;
}

void
sla_sinks_open(struct sla_sinks *sinks, const struct sla_run *run, struct buf *out)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		sink->run = run;
		sink->file = sink->path ? file_out_open(sink->path) : NULL;
		sink->out = sink->file ? &sink->file->buf : out;
		sink->state = mem_zero(sink->format->state_size + 1);
		if (sink->format->begin)
			sink->format->begin(sink);
	}
}

void
sla_sinks_add(struct sla_sinks *sinks, const struct sla_case *entry)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		if (!entry->listed && !sink->format->counts_all)
			continue;
		sink->format->add(sink, entry);
		if (sink->file)
			file_out_flush(sink->file, true);
	}
}

void
sla_sinks_end(struct sla_sinks *sinks)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		if (sink->format->end)
			sink->format->end(sink);
		if (sink->file)
			file_out_finish(sink->file);
		free(sink->state);
	}
}

void
sla_sinks_keep(struct sla_sinks *sinks)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		if (sink->file && sink->run->whole)
			file_out_keep(sink->file);
		else if (sink->file)
			file_out_drop(sink->file);
	}
	free(sinks->sink);
	*sinks = (struct sla_sinks){ 0 };
}
