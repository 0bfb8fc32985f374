#include "cli/sla_format.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/format_place.h"

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

static const char *
format_name(size_t i)
{
	return i < sizeof formats / sizeof *formats ? formats[i]->name : NULL;
}

void
sla_sinks_choose(struct sla_sinks *sinks, const struct opt_list *format, const char *standard)
{
	struct format_places places;

	format_places_read(&places, format, standard, format_name);
	format_places_check(&places);
	sinks->n = places.n;
	sinks->sink = mem_zero(places.n * sizeof *sinks->sink);
	for (size_t i = 0; i < places.n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		sink->format = formats[places.place[i].format];
		sink->path = places.place[i].path;
		sinks->jsonl = sinks->jsonl || (!sink->path && sink->format == &sla_jsonl);
		sinks->nagios = sinks->nagios || sink->format == &sla_nagios;
	}
	format_places_release(&places);
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
sla_sinks_open(struct sla_sinks *sinks, const char *reject)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		sink->file = sink->path ? file_out_open(sink->path) : NULL;
	}
	if (reject && file_out_takes(reject))
		opt_usage("--reject: %s is also a format's file", reject);
}

void
sla_sinks_begin(struct sla_sinks *sinks, const struct sla_run *run, struct buf *out)
{
	for (size_t i = 0; i < sinks->n; i++) {
		struct sla_sink *sink = &sinks->sink[i];

		sink->run = run;
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
