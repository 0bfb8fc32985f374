/* esc-submit: forms to case records: from flags, JSON lines or CSV rows. */
#include <string.h>

#include "base/utf8.h"
#include "cli/attach.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/submit.h"

static const char examples[] =
	"esc-submit --policy s-club --subject 'Duties disputed' \\\n"
	"    -m 'The contract says otherwise' --trigger policy-dispute \\\n"
	"    --requester-email pat@example.com\n"
	"esc-submit --policy perfect-gym forms.jsonl\n"
	"esc-submit --policy perfect-gym --csv --tz Europe/London forms.csv";

/* The flags of a form, in the order of the record. */
static const struct {
	const char *flag, *field, *arg, *help;
} flags[] = {
	{ "created", "created", "TIME", "when it was submitted (now)" },
	{ "case-number", "case_number", "TEXT", "of the existing case" },
	{ "subject", "subject", "TEXT", "in one line" },
	{ "description", "description", "TEXT", "in full; -m and -F too" },
	{ "impact", "impact", "CODE", "a code or label of the policy" },
	{ "reason", "reason", "CODE", "parted by `;' where a list may stand" },
	{ "rationale", "rationale", "TEXT", "why it should be escalated" },
	{ "urgency", "urgency", "CODE", "a code or label" },
	{ "severity", "severity", "CODE", "a code or label" },
	{ "trigger", "trigger", "CODE", "a code or label" },
	{ "complexity", "complexity", "CODE", "a code or label" },
	{ "channel", "channel", "CODE", "a code or label" },
	{ "region", "region", "CODE", "a code or label" },
	{ "product", "product", "CODE", "a code or label" },
	{ "service", "service", "CODE", "a code or label" },
	{ "case-opened", "case_opened", "TIME", "when the case was opened" },
	{ "handler", "handler", "NAME", "who handles the case" },
	{ "requester-name", "requester.name", "NAME", "who asks" },
	{ "requester-email", "requester.email", "ADDRESS", "who asks" },
	{ "requester-role", "requester.role", "CODE", "who asks" },
};

#define N_FLAGS     (sizeof flags / sizeof *flags)
#define DESCRIPTION 3
#define N_OTHERS    9

struct options {
	const char *form[N_FLAGS];
	bool csv;
	const char *blobs, *at;
	struct opt_list attach;
};

static void
fill_table(struct options *options, struct submit *submit, struct opt *table)
{
	const struct opt others[N_OTHERS] = {
		{ "attach", 0, OPT_LIST, &options->attach, "FILE",
			"copy FILE and attach it; again for more" },
		{ "blobs", 0, OPT_TEXT, &options->blobs, "DIR",
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

	for (size_t i = 0; i < N_FLAGS; i++)
		table[i] = (struct opt){ flags[i].flag, 0, OPT_TEXT,
			&options->form[i], flags[i].arg, flags[i].help };
	memcpy(table + N_FLAGS, others, sizeof others);
}

static bool
has_form(const struct options *options)
{
	bool any = options->attach.n > 0;

	for (size_t i = 0; i < N_FLAGS; i++)
		any = any || options->form[i];
	return any;
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
	if (has_form(options) && (options->csv || *files))
		opt_usage("a form is made of flags, or read, not both");
	if (common->need_end && has_form(options))
		opt_usage("--need-end: nothing is read");
}

static void
put_attachments(const struct options *options, struct buf *text)
{
	const char *folder = attach_folder(options->blobs);
	struct err err = { 0 };

	buf_key(text, "attachments");
	buf_putc(text, '[');
	for (size_t i = 0; i < options->attach.n; i++) {
		struct attachment attachment;

		if (attach_file(options->attach.text[i], folder, &attachment,
				&err) < 0)
			msg_die_err("--attach", &err);
		if (i)
			buf_putc(text, ',');
		attach_write(&attachment, text);
	}
	buf_putc(text, ']');
}

/* -3h, -2d: a time before now; what has a date the form reads itself. */
static void
put_flag(const struct submit *submit, size_t i, const char *text,
	struct buf *out)
{
	const struct policy *policy = submit->terms.policy;
	struct err err = { 0 };
	int64_t at;

	buf_key(out, flags[i].field);
	if (strcmp(flags[i].arg, "TIME") != 0 || !strchr("+-", *text) || !*text) {
		buf_json(out, span_of(text));
		return;
	}
	if (time_parse(text, submit->loop.now, policy->calendar,
			policy->day_ends, &at, &err) < 0)
		opt_usage("--%s: %s", flags[i].flag, err_text(&err));
	buf_putc(out, '"');
	buf_instant(out, at);
	buf_putc(out, '"');
}

static void
submit_flags(struct submit *submit, const struct options *options)
{
	struct buf text = { 0 };

	buf_putc(&text, '{');
	for (size_t i = 0; i < N_FLAGS; i++) {
		if (!options->form[i])
			continue;
		if (!utf8_valid(span_of(options->form[i])))
			opt_usage("--%s: not UTF-8", flags[i].flag);
		put_flag(submit, i, options->form[i], &text);
	}
	if (options->attach.n)
		put_attachments(options, &text);
	buf_putc(&text, '}');
	submit_text(submit, buf_text(&text));
	buf_release(&text);
}

/* -m is the text of the act at hand: the description. */
static void
take_message(struct options *options, const struct common *common)
{
	const char *message = opt_message(common, true);

	if (message && options->form[DESCRIPTION])
		opt_usage("-m: the description is given already");
	if (message)
		options->form[DESCRIPTION] = message;
}

int
main(int argc, char **argv)
{
	struct options options = { 0 };
	struct submit submit = { 0 };
	struct opt table[N_FLAGS + N_OTHERS];
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
	if (!has_form(&options) && !*files)
		opt_need_stdin(&program);
	loop_init(&submit.loop, &program, &common, now_get(&program, &common),
		by_get(&common));
	submit_open(&submit, &common);
	if (options.csv)
		submit_csv(&submit, files);
	else if (has_form(&options))
		submit_flags(&submit, &options);
	else
		submit_lines(&submit, files);
	submit_close(&submit);
	return loop_end(&submit.loop, 0);
}
