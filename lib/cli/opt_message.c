#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/opt.h"

#define PIECE ((size_t)64 * 1024)

static void
read_all(struct buf *text, int fd, const char *file)
{
	for (;;) {
		ssize_t n = read(fd, buf_reserve(text, PIECE), PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			msg_die(EX_IOERR, "%s: cannot read: %s", file, strerror(errno));
		if (n == 0)
			return;
		text->len += (size_t)n;
		if (text->len > (size_t)MAX_LINE_MOST)
			msg_die(EX_DATAERR, "%s: the text is too long", file);
	}
}

static int
open_text(const char *file, bool stdin_is_free)
{
	int fd;

	if (strcmp(file, "-") == 0) {
		if (!stdin_is_free)
			opt_usage("-F -: stdin holds the records; name a file for one of them");
		return STDIN_FILENO;
	}
	fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		msg_die(errno == EACCES ? EX_NOPERM : EX_NOINPUT,
			"%s: cannot open: %s", file, strerror(errno));
	return fd;
}

static const char *
read_text(const char *file, bool stdin_is_free)
{
	struct buf text = { 0 };
	int fd = open_text(file, stdin_is_free);

	read_all(&text, fd, file);
	if (fd != STDIN_FILENO)
		close(fd);
	if (text.len && text.data[text.len - 1] == '\n')
		text.len--;
	if (text.len && (!utf8_valid(buf_text(&text)) || memchr(text.data, '\0', text.len)))
		msg_die(EX_DATAERR, "%s: the text is not UTF-8", file);
	return buf_cstr(&text);
}

const char *
opt_message(const struct common *common, bool stdin_is_free)
{
	static const char *read_once;

	if (!common->message_file)
		return common->message;
	if (!read_once)
		read_once = read_text(common->message_file, stdin_is_free);
	return read_once;
}
