/*
 * opt: options as tables.  A program lists its own and names the groups it
 * shares (stream, event, policy); getopt_long does the work; --help,
 * --version and the completion list come from the same rows.
 */
#ifndef ESC_CLI_OPT_H
#define ESC_CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_LINE_DEFAULT (INT64_C(1) << 20)
#define MAX_LINE_MOST    (INT64_C(16) << 20)

enum opt_kind {
	OPT_FLAG,     /* bool: true */
	OPT_TEXT,     /* const char *: the argument */
	OPT_COUNT,    /* int64_t: a whole number */
	OPT_SIZE,     /* int64_t: bytes, with K, M or G */
	OPT_LIST,     /* struct opt_list: every argument, in order; borrowed */
	OPT_OPTIONAL, /* const char *: the argument, "" where none is given */
};

struct opt_list {
	const char **text;
	size_t n;
};

struct opt {
	const char *name;  /* long name; NULL ends a table */
	char letter;       /* 0: none */
	enum opt_kind kind;
	void *to;
	const char *arg;   /* TIME, FILE ...: shown by --help; completed with
	                      files for FILE and DIR, with a and b for a|b (small letters) */
	const char *help;  /* one text, wrapped; NULL: not shown by --help */
};

enum opt_group {
	OPT_STREAM = 1,  /* --reject --strict --end-mark --need-end --max-line --by */
	OPT_NOW = 2,     /* --now */
	OPT_EVENT = 4,   /* --by --at, and all that --now says of events */
	OPT_POLICY = 8,  /* --policy: for programs that make records */
	OPT_MESSAGE = 16,/* -m -F */
};

/* What the shared options said, with environment and settings behind them. */
struct common {
	const char *reject;
	bool strict, end_mark, need_end;
	int64_t max_line;
	const char *now_text, *at_text, *by, *policy;
	const char *message, *message_file;
};

struct program {
	const char *name;
	const char *synopsis; /* "[OPTION...] [FILE...]" */
	const char *about;    /* one line */
	const char *examples; /* lines, shown first by --help */
	unsigned groups;
	const struct opt *opt; /* one named as a shared one replaces it */
	const char *commands; /* "list|show": the first operand, the others being
	                         policies; NULL: operands are files */
	bool verbs;           /* commands are verbs, each with options of its own */
	const char *page;     /* its manual page; NULL: as it is named */
	bool reads_stdin;     /* a terminal as stdin: help and 64 */
};

/*
 * Parses argv, fills *common and the rows' targets, and returns the index of
 * the first operand.  --help and --version print and exit 0; what is wrong
 * is said with a hint, and the program ends with 64.
 */
int opt_parse(const struct program *program, struct common *common,
	int argc, char **argv);

/*
 * For programs that only sometimes read stdin (reads_stdin is false): help
 * on stderr and 64 where it is a terminal.
 */
void opt_need_stdin(const struct program *program);

/*
 * The verb that runs this program and speaks for it, which is what was typed
 * (ESC_VERB); NULL: none.
 */
const char *opt_verb(void);

/* Ends the program with 64: `program: reason` and `try --help`. */
_Noreturn void opt_usage(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/*
 * A setting by option, else environment variable, else the settings files
 * (nearest .esc/config upwards, $XDG_CONFIG_HOME/esc/config,
 * /etc/esc/config), else NULL.  name is the key in the files ("policy").
 * Borrowed until the program ends.
 */
const char *setting_get(const char *option, const char *env,
	const char *name);

/* The text of -m or -F (read once; a final newline is dropped); NULL: none. */
const char *opt_message(const struct common *common, bool stdin_is_free);

#endif
