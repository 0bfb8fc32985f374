/* esc-import: CSV event logs and exports of other systems to case records. */
#include "cli/importer.h"
#include "cli/now.h"

static const char examples[] =
	"esc-import --policy itil.json --map servicenow incident_log.csv\n"
	"esc-import --policy five-tier --map support-tickets tickets.csv\n"
	"esc-import --policy five-tier --map ./ours.json --sort export.csv";

static void
check(const struct importer *importer, const struct common *common)
{
	if (!importer->map)
		opt_usage("--map NAME|FILE is needed: which column becomes what");
	if (!common->policy)
		opt_usage("--policy NAME|FILE or ESC_POLICY is needed");
	if (common->at_text || common->need_end)
		opt_usage("%s: not for CSV", common->at_text ? "--at" : "--need-end");
}

int
main(int argc, char **argv)
{
	struct importer importer = { 0 };
	struct common common = { 0 };
	const struct opt table[] = {
		{ "map", 'M', OPT_TEXT, &importer.map, "NAME|FILE",
			"the mapping: which column becomes what" },
		{ "tz", 0, OPT_TEXT, &importer.zone_name, "ZONE",
			"of times without a zone, instead of the mapping's" },
		{ "encoding", 0, OPT_TEXT, &importer.encoding, "NAME",
			"of the file, where it is not UTF-8" },
		{ "sort", 0, OPT_FLAG, &importer.sort, NULL,
			"the rows of a case may stand apart (all are held)" },
		{ "at", 0, OPT_TEXT, &common.at_text, "TIME", NULL },
		{ "need-end", 0, OPT_FLAG, &common.need_end, NULL, NULL },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-import",
		.synopsis = "--map NAME|FILE [OPTION...] [FILE...]",
		.about = "Makes case records of other systems' CSV.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_POLICY,
		.opt = table,
		.reads_stdin = true,
	};
	int first = opt_parse(&program, &common, argc, argv);

	check(&importer, &common);
	loop_init(&importer.loop, &program, &common, now_get(&program, &common),
		by_get(&common));
	importer_open(&importer, &common);
	importer_run(&importer, argv + first);
	importer_close(&importer);
	return loop_end(&importer.loop, 0);
}
