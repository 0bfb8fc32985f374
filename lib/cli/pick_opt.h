/*
 * pick_opt: the options that choose records, shared by esc-pick and
 * esc-cat: --where and its short forms.
 * Order: rows into the program's table (PICK_OPT_ROWS), opt_parse,
 * pick_opt_build.
 */
#ifndef ESC_CLI_PICK_OPT_H
#define ESC_CLI_PICK_OPT_H

#include "cli/opt.h"
#include "domain/pick.h"

struct pick_opt {
	struct opt_list where;
	const char *state, *tier, *assignee, *queue, *case_number, *requester,
		*policy_name;
	bool open, mine;
};

/* Rows for a table of struct opt; o is a struct pick_opt. */
#define PICK_OPT_ROWS(o) \
	{ "where", 'w', OPT_LIST, &(o).where, "FIELD=VALUE[,VALUE]", \
		"the field has the value (also != < <= > >=)" }, \
	{ "state", 0, OPT_TEXT, &(o).state, "STATE[,STATE]", "it is in that state" }, \
	{ "tier", 0, OPT_TEXT, &(o).tier, "N[,N]", "it is at that tier" }, \
	{ "open", 0, OPT_FLAG, &(o).open, NULL, "submitted, acknowledged or escalated" }, \
	{ "assignee", 0, OPT_TEXT, &(o).assignee, "NAME[,NAME]", "who works on it" }, \
	{ "mine", 0, OPT_FLAG, &(o).mine, NULL, "who works on it is --by" }, \
	{ "queue", 0, OPT_TEXT, &(o).queue, "QUEUE[,QUEUE]", "where it waits" }, \
	{ "case-number", 0, OPT_TEXT, &(o).case_number, "NUMBER[,NUMBER]", \
		"the number of the original case" }, \
	{ "requester", 0, OPT_TEXT, &(o).requester, "WHO[,WHO]", \
		"the requester's e-mail address or name" }, \
	{ "policy-name", 0, OPT_TEXT, &(o).policy_name, "NAME[,NAME]", \
		"the policy that it is under" }

/* Ends the program with 64 where a condition cannot be read. */
void pick_opt_build(const struct pick_opt *opt, const char *by,
	struct pick *pick);

/* Whether any of them was given. */
bool pick_opt_any(const struct pick_opt *opt);

#endif
