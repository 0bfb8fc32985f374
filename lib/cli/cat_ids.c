#include "cli/cat.h"

#include <stdlib.h>

#include "cli/msg.h"
#include "cli/reader.h"

#define LONGEST 4096

static void
add(struct cat *cat, struct span id)
{
	if (cat->n_ids == cat->cap_ids) {
		cat->cap_ids = mem_grow(cat->cap_ids, cat->n_ids + 1);
		cat->id = mem_resize(cat->id, cat->cap_ids * sizeof *cat->id);
	}
	cat->id[cat->n_ids++] = (struct span){ arena_copy(&cat->arena, id.p, id.n), id.n };
}

static void
read_stdin(struct cat *cat)
{
	struct err err = { 0 };
	struct reader reader;
	enum reader_answer answer;
	struct span line;

	opt_need_stdin(cat->loop.program);
	reader_init(&reader, LONGEST);
	if (reader_open(&reader, "-", &err) < 0)
		msg_die_err("-", &err);
	while ((answer = reader_next(&reader, &line, &err)) > READER_END) {
		line = answer == READER_LINE ? span_trim(line) : span_of("");
		if (answer == READER_LONG)
			msg_die(EX_DATAERR, "-:%llu: no id is that long",
				(unsigned long long)reader.number);
		if (line.n)
			add(cat, line);
	}
	if (answer == READER_FAIL)
		msg_die_err("-", &err);
	reader_close(&reader);
	reader_release(&reader);
}

void
cat_ids_read(struct cat *cat, char **operands)
{
	for (; *operands; operands++) {
		if (strcmp(*operands, "-") != 0)
			add(cat, span_of(*operands));
		else if (!cat->reads_ids)
			read_stdin(cat);
		cat->reads_ids = cat->reads_ids || strcmp(*operands, "-") == 0;
	}
}
