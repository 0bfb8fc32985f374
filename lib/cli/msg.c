#include "cli/msg.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/progress.h"

static const char *program = "esc";
static struct buf last; /* of the errors, as shown */

enum kind {
	ERROR,
	WARNING,
	HINT
};

void
msg_program(const char *name)
{
	program = name;
}

const char *
msg_name(void)
{
	return program;
}

/* A closed or full stderr leaves nobody to tell: the status still does. */
static void
write_all(const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(STDERR_FILENO, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return;
		p += done;
		n -= (size_t)done;
	}
}

/* One write a line, so that lines of a pipeline do not mix. */
static void
say(enum kind kind, struct span text)
{
	struct buf line = { 0 };
	size_t start;

	buf_printf(&line, "%s: %s", program, kind == WARNING ? "warning: " : "");
	start = line.len;
	utf8_display(&line, text);
	if (kind == ERROR) {
		last.len = 0;
		buf_put(&last, line.data + start, line.len - start);
		buf_cstr(&last);
	}
	buf_putc(&line, '\n');
	progress_hide();
	write_all(line.data, line.len);
	buf_release(&line);
}

void
msg_copy(struct span lines)
{
	progress_hide();
	write_all(lines.p, lines.n);
}

const char *
msg_last(void)
{
	return last.data ? last.data : "";
}

static void __attribute__((format(printf, 2, 0)))
say_format(enum kind kind, const char *format, va_list args)
{
	char *text = NULL;
	int n = vasprintf(&text, format, args);

	if (n < 0)
		say(kind, span_of(format));
	else
		say(kind, (struct span){ text, (size_t)n });
	if (n >= 0)
		free(text);
}

void
msg_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(ERROR, format, args);
	va_end(args);
}

void
msg_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(WARNING, format, args);
	va_end(args);
}

void
msg_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(HINT, format, args);
	va_end(args);
}

static void
put_part(struct buf *text, const char *part)
{
	if (!part || !*part)
		return;
	buf_puts(text, part);
	buf_puts(text, ": ");
}

void
msg_faults(const char *place, const struct err *err)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < err->n; i++) {
		text.len = 0;
		put_part(&text, place);
		put_part(&text, err->fault[i].where);
		buf_puts(&text, err->fault[i].what);
		say(ERROR, buf_text(&text));
	}
	buf_release(&text);
}

void
msg_die(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(ERROR, format, args);
	va_end(args);
	exit(status);
}

void
msg_die_err(const char *place, const struct err *err)
{
	msg_faults(place, err);
	exit(err->status ? err->status : EX_SOFTWARE);
}
