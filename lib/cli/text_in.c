#include "cli/text_in.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define BOM "\xEF\xBB\xBF"

static size_t
unit_of(const char *encoding)
{
	if (strncasecmp(encoding, "utf-16", 6) == 0 ||
		strncasecmp(encoding, "utf16", 5) == 0 ||
		strncasecmp(encoding, "ucs-2", 5) == 0)
		return 2;
	if (strncasecmp(encoding, "utf-32", 6) == 0 ||
		strncasecmp(encoding, "utf32", 5) == 0 ||
		strncasecmp(encoding, "ucs-4", 5) == 0)
		return 4;
	return 1;
}

static bool
is_utf8(const char *encoding)
{
	return !encoding || strcasecmp(encoding, "utf-8") == 0 ||
		strcasecmp(encoding, "utf8") == 0;
}

int
text_in_init(struct text_in *in, int fd, const char *encoding, struct err *err)
{
	in->fd = fd;
	in->begun = in->ended = false;
	in->kept = 0;
	in->unit = 1;
	in->converts = !is_utf8(encoding);
	if (!in->converts)
		return 0;
	in->unit = unit_of(encoding);
	/* glibc knows `latin1`, people write `latin-1`. */
	if (strcasecmp(encoding, "latin-1") == 0)
		encoding = "ISO-8859-1";
	in->from = iconv_open("UTF-8", encoding);
	if (in->from != (iconv_t)-1)
		return 0;
	in->converts = false;
	return err_add(err, EX_USAGE, "--encoding",
		"unknown encoding `%s'; `iconv -l' lists them", encoding);
}

void
text_in_release(struct text_in *in)
{
	if (in->converts)
		iconv_close(in->from);
	in->converts = false;
}

/* Reads behind what is kept: the number of bytes there are now, or -1. */
static ssize_t
fill(struct text_in *in, struct err *err)
{
	ssize_t n;

	do
		n = read(in->fd, in->block + in->kept, sizeof in->block - in->kept);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_add(err, EX_IOERR, NULL, "%s", strerror(errno));
	if (n == 0)
		in->ended = true;
	return (ssize_t)in->kept + n;
}

static void
convert(struct text_in *in, size_t n, struct buf *out)
{
	char *from = in->block;

	while (n) {
		/* No encoding makes more than four bytes of one. */
		size_t room = 4 * n + 16;
		char *start = buf_reserve(out, room), *to = start;
		size_t done = iconv(in->from, &from, &n, &to, &room);

		out->len += (size_t)(to - start);
		if (done != (size_t)-1)
			continue;
		if (errno == EINVAL && !in->ended)
			break;
		buf_putc(out, '\xFF');
		from += n < in->unit ? n : in->unit;
		n -= n < in->unit ? n : in->unit;
	}
	in->kept = n;
	memmove(in->block, from, n);
}

static void
strip_mark(struct buf *out, size_t start)
{
	size_t n = out->len - start;

	if (n < 3 || memcmp(out->data + start, BOM, 3) != 0)
		return;
	memmove(out->data + start, out->data + start + 3, n - 3);
	out->len -= 3;
}

static int
read_some(struct text_in *in, struct buf *out, struct err *err)
{
	ssize_t n;

	if (in->ended)
		return 0;
	n = fill(in, err);
	if (n < 0)
		return -1;
	if (in->converts)
		convert(in, (size_t)n, out);
	else
		buf_put(out, in->block, (size_t)n);
	return 1;
}

int
text_in_more(struct text_in *in, struct buf *out, struct err *err)
{
	size_t start = out->len;
	int answer;

	do
		answer = read_some(in, out, err);
	while (answer > 0 && out->len < start + (in->begun ? 1 : 3));
	if (answer < 0)
		return -1;
	if (!in->begun)
		strip_mark(out, start);
	in->begun = true;
	return out->len > start ? 1 : answer;
}

size_t
text_in_line(struct span text, bool ended)
{
	const char *lf = text.n ? memchr(text.p, '\n', text.n) : NULL;
	size_t n = lf ? (size_t)(lf - text.p) + 1 : text.n;
	const char *cr = n ? memchr(text.p, '\r', n) : NULL;

	if (!cr || cr + 1 == lf)
		return lf ? n : 0;
	if (cr + 1 == text.p + text.n && !ended)
		return 0;
	return (size_t)(cr - text.p) + 1;
}

struct span
text_in_bare(struct span line)
{
	while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}
