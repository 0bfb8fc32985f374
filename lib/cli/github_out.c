#include "cli/github_out.h"

#include <stdbool.h>

/* What a runner would take for the end of a property, or of the command. */
static void
put_escaped(struct buf *out, const char *text, bool property)
{
	for (; *text; text++) {
		bool special = *text == '%' || *text == '\r' || *text == '\n' ||
			(property && (*text == ':' || *text == ','));

		if (special)
			buf_printf(out, "%%%02X", (unsigned)*text);
		else
			buf_putc(out, *text);
	}
}

void
github_annotate(struct buf *out, const char *command, const char *title, const char *text)
{
	buf_printf(out, "::%s title=", command);
	put_escaped(out, title, true);
	buf_puts(out, "::");
	put_escaped(out, text, false);
	buf_putc(out, '\n');
}
