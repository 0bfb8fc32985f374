/*
 * sla_format: what esc-sla-check says, and to whom: a table of formats, each
 * with three functions over one stream of judged cases, and the sinks that
 * --format F[:FILE] opens, all served in one pass.  A new format is a row in
 * sla_format.c and a file sla_F.c.
 * Order: sla_sinks_choose, sla_sinks_open, sla_sinks_begin, for each case
 * sla_sinks_add, sla_sinks_end (all is said), sla_sinks_keep (files go into
 * place).
 */
#ifndef ESC_CLI_SLA_FORMAT_H
#define ESC_CLI_SLA_FORMAT_H

#include "cli/file_out.h"
#include "cli/opt.h"
#include "domain/budget.h"
#include "domain/sla.h"

/* What the gate makes of a clock. */
enum sla_mark {
	SLA_FINE,
	SLA_FAILS,
	SLA_KNOWN, /* it would fail, but is in the baseline */
};

/* A case as every format gets it; all of it is borrowed for the call. */
struct sla_case {
	const struct sla *sla;
	const enum sla_mark *mark; /* one a clock, in the verdict's order */
	bool listed;               /* --verdict, --horizon let it through */
};

/* What holds of the whole run; what is counted is complete at the end. */
struct sla_run {
	int64_t at;
	enum gate gate;
	bool subject;              /* --show subject */
	bool explain;              /* --explain */
	bool quiet;                /* --quiet */
	bool horizon;              /* --horizon */
	bool rejudge;              /* --rejudge */
	bool baseline;             /* --baseline */
	size_t width;              /* of a table; 0: any */
	size_t n_cases;            /* that were judged */
	size_t count[VERDICTS];    /* the same by their worst verdict */
	size_t n_fails, n_known;   /* clocks by mark */
	size_t n_risk;             /* clocks at risk */
	const struct budget *budget; /* --budget; judged at the end */
	size_t n_budgets;
	uint64_t n_refused;        /* lines that could not be judged */
	bool whole;                /* all input was looked at */
	bool failed;               /* the gate's answer */
	int answer;                /* the status that goes with it, but for trouble */
};

/* With a baseline a limit that was missed since is as new as a breach. */
static inline bool
sla_run_stops(const struct sla_run *run, enum verdict verdict)
{
	return gate_stops(run->gate, verdict) ||
		(run->baseline && run->gate != GATE_NEVER && gate_stops(GATE_MISSED, verdict));
}

struct sla_format;

/* Where a format's bytes go, and what it keeps meanwhile. */
struct sla_sink {
	const struct sla_format *format;
	const struct sla_run *run;
	const char *path;      /* NULL: stdout */
	struct file_out *file;
	struct buf *out;       /* the file's or stdout's; flushed by whoever calls */
	void *state;           /* the format's own; zeroed, of its size */
};

struct sla_format {
	const char *name;
	enum gate gate;     /* what it fails on unless --fail-on says */
	bool counts_all;    /* gets every judged case, listed or not */
	bool takes_subject; /* --show subject */
	bool takes_horizon; /* --horizon */
	bool takes_explain; /* --explain */
	bool takes_rejudge; /* --rejudge */
	size_t state_size;
	void (*begin)(struct sla_sink *sink); /* may be NULL */
	void (*add)(struct sla_sink *sink, const struct sla_case *entry);
	void (*end)(struct sla_sink *sink);   /* may be NULL; also frees */
};

/* sla_jsonl.c ...: one a file. */
extern const struct sla_format sla_jsonl, sla_text, sla_csv, sla_nagios,
	sla_prometheus, sla_ics;
extern const struct sla_format sla_tap, sla_junit, sla_github;

struct sla_sinks {
	struct sla_sink *sink;
	size_t n;
	bool jsonl;  /* stdout is a stream of records */
	bool nagios; /* statuses are monitoring's */
};

/*
 * The sinks of --format; none given: `standard` on stdout.
 * Ends with 64 where two want stdout or one is not known.
 */
void sla_sinks_choose(struct sla_sinks *sinks, const struct opt_list *format,
	const char *standard);

/* Whether standard output gets that format. */
bool sla_sinks_say(const struct sla_sinks *sinks, const struct sla_format *format);

/* The strictest of their defaults. */
enum gate sla_sinks_gate(const struct sla_sinks *sinks);

/* The first whose flag is not set, by name, and how many; NULL: all have it. */
const char *sla_sinks_without(const struct sla_sinks *sinks, size_t flag, size_t *n);

/* Opens the files: 64 where one is also --reject's (NULL: none). */
void sla_sinks_open(struct sla_sinks *sinks, const char *reject);

/* run and out, stdout's buffer, outlive the sinks. */
void sla_sinks_begin(struct sla_sinks *sinks, const struct sla_run *run, struct buf *out);
void sla_sinks_add(struct sla_sinks *sinks, const struct sla_case *entry);

/* What is said at the end; files are on disk, but not in their places. */
void sla_sinks_end(struct sla_sinks *sinks);

/* Files go into place where the run was whole, else stay as they were. */
void sla_sinks_keep(struct sla_sinks *sinks);

#endif
