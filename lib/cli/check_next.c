#include <string.h>

#include "base/instant.h"
#include "cli/check.h"

static void
put_rfc3339(struct buf *out, int64_t at)
{
	buf_instant(out, at);
}

/* As systemd.time(7) reads it: a date, a time, a zone. */
static void
put_systemd(struct buf *out, int64_t at)
{
	char text[INSTANT_SIZE];

	instant_format(at, text);
	buf_printf(out, "%.10s %.8s UTC", text, text + 11);
}

static const struct {
	const char *name;
	void (*put)(struct buf *out, int64_t at);
} formats[] = {
	{ "rfc3339", put_rfc3339 },
	{ "epoch", buf_int },
	{ "systemd", put_systemd },
};

static size_t
find(const char *name)
{
	size_t i = 0;

	while (name && i < sizeof formats / sizeof *formats && strcmp(name, formats[i].name) != 0)
		i++;
	return i;
}

void
check_next_name(const char *time_format)
{
	if (find(time_format) == sizeof formats / sizeof *formats)
		opt_usage("--time-format: expected rfc3339, epoch or systemd; got \"%s\"",
			time_format);
}

void
check_next_put(const char *time_format, int64_t next, struct buf *out)
{
	if (next == INSTANT_NONE)
		return;
	formats[find(time_format)].put(out, next);
	buf_putc(out, '\n');
}
