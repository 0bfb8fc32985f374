#include "cli/verb.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/instant.h"
#include "cli/msg.h"
#include "cli/now.h"

void
verb_join(const struct opt *first, const struct opt *second, struct opt *to)
{
	size_t n = 0;

	for (; first->name; first++)
		to[n++] = *first;
	for (; second->name; second++) {
		bool there = false;

		for (size_t i = 0; i < n; i++)
			there = there || strcmp(to[i].name, second->name) == 0;
		if (!there)
			to[n++] = *second;
	}
	to[n] = (struct opt){ 0 };
}

int64_t
verb_settle(const struct program *program, struct common *common, const struct store_opt *store)
{
	static char text[INSTANT_SIZE];
	int64_t now = now_get(program, common);

	instant_format(now, text);
	common->now_text = text;
	if (setenv("ESC_STORE", store_opt_path(store), 1) < 0 ||
		setenv("ESC_VERB", program->name, 1) < 0)
		msg_die(EX_OSERR, "the environment cannot be set");
	return now;
}

void
verb_cat(struct stage *stage, const struct opt *rows, const struct common *common, char **ids)
{
	const struct program program = { .groups = OPT_NOW, .opt = rows };

	args_add(&stage->args, stage->name);
	opt_forward(&program, common, &stage->args);
	if (common->by) {
		args_add(&stage->args, "--by");
		args_add(&stage->args, common->by);
	}
	args_add(&stage->args, "--end-mark");
	args_add(&stage->args, "--");
	for (; *ids; ids++)
		args_add(&stage->args, *ids);
}

void
verb_filter(struct stage *stage, const struct opt *rows, const struct common *common)
{
	const struct program program = { .groups = OPT_STREAM | OPT_NOW, .opt = rows };
	struct common needs = *common;

	needs.need_end = true;
	args_add(&stage->args, stage->name);
	opt_forward(&program, &needs, &stage->args);
}

void
verb_release(struct stage stage[VERB_STAGES])
{
	for (size_t i = 0; i < VERB_STAGES; i++) {
		args_release(&stage[i].args);
		free(stage[i].path);
	}
}
