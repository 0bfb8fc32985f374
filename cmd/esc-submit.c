/* esc-submit: forms to case records: from flags, JSON lines or CSV rows. */
#include <string.h>

#include "cli/form_flags.h"
#include "cli/now.h"
#include "cli/submit.h"

static const char examples[] =
	"esc-submit --policy s-club --subject 'Duties disputed' \\\n"
	"    -m 'The contract says otherwise' --trigger policy-dispute \\\n"
	"    --requester-email pat@example.com\n"
	"esc-submit --policy perfect-gym forms.jsonl\n"
	"esc-submit --policy perfect-gym --csv --tz Europe/London forms.csv";

#define N_OTHERS 9

struct options {
	struct form_flags form;
	bool csv;
	const char *at;
};

static void
fill_table(struct options *options, struct submit *submit, struct opt *table)
{
	const struct opt others[N_OTHERS] = {
		{ "attach", 0, OPT_LIST, &options->form.attach, "FILE",
			"copy FILE and attach it; again for more" },
		{ "blobs", 0, OPT_TEXT, &options->form.blobs, "DIR",
			"where copies go (ESC_BLOBS)" },
		{ "csv", 0, OPT_FLAG, &options->csv, NULL,
			"rows of CSV, field names as headers" },
		{ "map", 'M', OPT_TEXT, &submit->map, "FILE",
			"with --csv: which column is which field" },
		{ "encoding", 0, OPT_TEXT, &submit->encoding, "NAME",
			"with --csv: of the file, where it is not UTF-8" },
		{ "tz", 0, OPT_TEXT, &submit->zone, "ZONE",
			"of times without a zone" },
		{ "key", 0, OPT_TEXT, &submit->key, "FIELD",
			"the id is made of this field alone" },
		{ "at", 0, OPT_TEXT, &options->at, "TIME", NULL },
		{ 0 },
	};

	form_flags_options(&options->form, table);
	memcpy(table + FORM_FLAGS, others, sizeof others);
}

static void
check(const struct options *options, const struct submit *submit,
	const struct common *common, char **files)
{
	if (!common->policy)
		opt_usage("--policy NAME|FILE or ESC_POLICY is needed");
	if (options->at)
		opt_usage("--at: say --created");
	if (!options->csv && (submit->map || submit->encoding))
		opt_usage("--%s: only with --csv", submit->map ? "map" : "encoding");
	if (options->csv && common->need_end)
		opt_usage("--need-end: CSV has no end mark");
	if (form_flags_any(&options->form) && (options->csv || *files))
		opt_usage("a form is made of flags, or read, not both");
	if (common->need_end && form_flags_any(&options->form))
		opt_usage("--need-end: nothing is read");
}

/* -m is the text of the act at hand: the description. */
static void
take_message(struct options *options, const struct common *common)
{
	const char *message = opt_message(common, true);

	if (message && options->form.text[FORM_DESCRIPTION])
		opt_usage("-m: the description is given already");
	if (message)
		options->form.text[FORM_DESCRIPTION] = message;
}

int
main(int argc, char **argv)
{
	struct options options = { 0 };
	struct submit submit = { 0 };
	struct opt table[FORM_FLAGS + N_OTHERS];
	const struct program program = {
		.name = "esc-submit",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Makes case records of forms: flags, JSON lines, or --csv.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_POLICY | OPT_MESSAGE,
		.opt = table,
	};
	struct common common = { 0 };
	char **files;

	fill_table(&options, &submit, table);
	files = argv + opt_parse(&program, &common, argc, argv);
	take_message(&options, &common);
	check(&options, &submit, &common, files);
	if (!form_flags_any(&options.form) && !*files)
		opt_need_stdin(&program);
	loop_init(&submit.loop, &program, &common, now_get(&program, &common),
		by_get(&common));
	submit_open(&submit, &common);
	if (options.csv)
		submit_csv(&submit, files);
	else if (form_flags_any(&options.form))
		form_flags_submit(&options.form, &submit);
	else
		submit_lines(&submit, files);
	submit_close(&submit);
	return loop_end(&submit.loop, 0);
}
