/* esc-report: the review of cases over a period. */
#include "cli/loop.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/report_count.h"
#include "cli/report_format.h"
#include "cli/report_merge.h"
#include "cli/report_opt.h"
#include "cli/table.h"

static const char examples[] =
	"esc-report --month 2026-10 cases.jsonl\n"
	"esc-report --from 2026-10-01 --to 2026-10-15 --tz Europe/London cases.jsonl\n"
	"esc-report --month 2026-10 --compare previous -f html:o.html cases.jsonl\n"
	"esc-report --group-by region --format csv --output-dir tables cases.jsonl\n"
	"esc-report --month 2026-10 --partial cases.jsonl | esc-report --merge";

struct run {
	struct report_opt asked;
	struct report_formats formats;
	struct partial_reader sum; /* of cases or of partials */
};

/* Checks the options, as far as they can be before anything is read. */
static void
prepare(struct run *run, int64_t now, struct common *common)
{
	partial_init(&run->sum);
	if (run->asked.merge)
		report_merge_prepare(&run->asked, common);
	else
		report_opt_part(&run->asked, now, &run->sum.part);
	report_formats_choose(&run->formats, &run->asked);
}

static void
print_document(struct run *run, struct buf *out)
{
	struct report_part *part = &run->sum.part;
	struct report_look look = { .width = table_width(),
		.ascii = run->asked.ascii };
	struct buf document = { 0 };
	struct err err = { 0 };

	if (!part->begun && report_part_begin(part, NULL, &err) != 0)
		msg_die_err(NULL, &err);
	report_write(&part->report, &document);
	look.document = buf_text(&document);
	report_formats_write(&run->formats, &look, out);
	buf_release(&document);
}

static void
print(struct run *run, struct loop *loop)
{
	if (run->asked.partial)
		loop->n_written = report_partial_write(&run->sum.part, loop_out(loop));
	else
		print_document(run, loop_out(loop));
	loop->no_output = !run->asked.partial;
}

int
main(int argc, char **argv)
{
	struct run run = { 0 };
	const struct opt opt[] = {
		REPORT_OPT_ROWS(run.asked),
		REPORT_OPT_MERGE(run.asked),
		{ 0 },
	};
	const struct program program = {
		.name = "esc-report",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Reports what became of cases in a period: counts, limits, times.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = opt,
		.reads_stdin = true,
	};
	struct common common = { 0 };
	struct loop loop;
	int64_t now;
	int first = opt_parse(&program, &common, argc, argv);

	now = now_get(&program, &common);
	prepare(&run, now, &common);
	report_formats_open(&run.formats, common.reject);
	loop_init(&loop, &program, &common, now, by_get(&common));
	loop.no_output = true;
	if (run.asked.merge)
		report_merge_files(&loop, argv + first, &run.sum);
	else
		report_count_files(&loop, argv + first, &run.sum.part, !run.asked.partial);
	if (loop_is_whole(&loop))
		print(&run, &loop);
	loop_flush(&loop);
	report_formats_keep(&run.formats, loop_is_whole(&loop));
	partial_release(&run.sum);
	return loop_end(&loop, 0);
}
