#include "cli/sla_format.h"

/* On stdout the loop writes the line, as all filters do, and counts it. */
static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	if (!sink->file)
		return;
	sla_write(entry->sla, sink->out);
	buf_putc(sink->out, '\n');
}

const struct sla_format sla_jsonl = {
	.name = "jsonl",
	.gate = GATE_NEVER,
	.takes_subject = true,
	.takes_horizon = true,
	.takes_explain = true,
	.takes_rejudge = true,
	.add = add,
};
