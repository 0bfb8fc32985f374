#include "cli/check_plugin.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/msg.h"
#include "cli/nagios_status.h"
#include "cli/output.h"

#define STEP 4096

static int
open_page(const struct stage *stage)
{
	int fd = memfd_create(stage->name, MFD_CLOEXEC);

	if (fd < 0)
		msg_die(EX_TEMPFAIL, "%s: cannot be started: %s", stage->name, strerror(errno));
	return fd;
}

void
check_plugin_begin(struct check_plugin *plugin, struct stage stage[2])
{
	if (!nagios_status_waits())
		return;
	plugin->errors = stage[0].errors = open_page(&stage[0]);
	plugin->line = stage[1].out = open_page(&stage[1]);
}

static void
take_page(int fd, struct buf *page)
{
	ssize_t n;

	while ((n = pread(fd, buf_reserve(page, STEP), STEP, (off_t)page->len)) > 0)
		page->len += (size_t)n;
	close(fd);
}

/* The first message that is no warning, without its program; "": none. */
static struct span
first_error(struct span page, const char *program)
{
	static const char warning[] = "warning: ";
	size_t n = strlen(program) + 2;

	for (size_t at = 0, length; at < page.n; at += length + 1) {
		const char *line = page.p + at, *end = memchr(line, '\n', page.n - at);

		length = end ? (size_t)(end - line) : page.n - at;
		if (length > n && memcmp(line, program, n - 2) == 0 &&
			strncmp(line + n, warning, sizeof warning - 1) != 0)
			return (struct span){ line + n, length - n };
	}
	return (struct span){ 0 };
}

/* Not where it only saw the check go away. */
static bool
failed(const struct stage *reader)
{
	return reader->by_signal ? reader->status != SIGNAL_BASE + SIGPIPE : reader->status > 1;
}

static void
put_line(const struct buf *line)
{
	nagios_status_said();
	if (output_write_all(STDOUT_FILENO, line->data, line->len) < 0)
		msg_die(EX_IOERR, "stdout: cannot write: %s", strerror(errno));
}

void
check_plugin_end(struct check_plugin *plugin, const struct stage stage[2])
{
	struct buf errors = { 0 }, line = { 0 };

	if (!plugin->line)
		return;
	take_page(plugin->errors, &errors);
	take_page(plugin->line, &line);
	msg_copy(buf_text(&errors));
	if (failed(&stage[0]) && !stage[0].by_signal)
		nagios_status_because(first_error(buf_text(&errors), stage[0].name));
	if (!failed(&stage[0]) && !stage[1].by_signal && line.len)
		put_line(&line);
	buf_release(&errors);
	buf_release(&line);
}
