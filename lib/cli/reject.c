#include "cli/reject.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/opt.h"
#include "cli/output.h"

struct reject {
	const char *file;
	int fd;
	bool emptied;
	struct stat st;
	struct buf line, source;
	struct scan scan;
	struct arena arena;
	struct err err;
};

static bool
is_same(const struct reject *reject, const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_dev == reject->st.st_dev &&
		st->st_ino == reject->st.st_ino;
}

struct reject *
reject_open(const char *file)
{
	struct reject *reject;
	struct stat st;

	if (!file)
		return NULL;
	reject = mem_zero(sizeof *reject);
	reject->file = file;
	reject->fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (reject->fd < 0 || fstat(reject->fd, &reject->st) < 0)
		msg_die(EX_CANTCREAT, "%s: cannot create: %s", file, strerror(errno));
	for (int fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++)
		if (fstat(fd, &st) == 0 && is_same(reject, &st))
			opt_usage("--reject: %s is also %s", file, fd ? "stdout" : "stdin");
	scan_init(&reject->scan);
	arena_init(&reject->arena);
	return reject;
}

void
reject_check(const struct reject *reject, char **files)
{
	struct stat st;

	for (; reject && files && *files; files++)
		if (stat(*files, &st) == 0 && is_same(reject, &st))
			opt_usage("--reject: %s is also an input", reject->file);
}

static void
empty_once(struct reject *reject)
{
	if (!reject->emptied && S_ISREG(reject->st.st_mode) && ftruncate(reject->fd, 0) < 0)
		msg_die(EX_IOERR, "%s: cannot empty: %s", reject->file, strerror(errno));
	reject->emptied = true;
}

static void
put_base64(struct buf *out, struct span bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = bytes.n - i;
		const unsigned char *p = (const unsigned char *)bytes.p + i;
		uint32_t bits = (uint32_t)p[0] << 16;

		bits |= left > 1 ? (uint32_t)p[1] << 8 : 0;
		bits |= left > 2 ? p[2] : 0;
		buf_putc(out, digits[bits >> 18]);
		buf_putc(out, digits[bits >> 12 & 63]);
		buf_putc(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		buf_putc(out, left > 2 ? digits[bits & 63] : '=');
	}
}

static bool
scans(struct reject *reject, struct buf *text)
{
	err_reset(&reject->err);
	memset(buf_reserve(text, BUF_SLACK), 0, BUF_SLACK);
	return text->len && scan_line(&reject->scan, text->data, text->len, &reject->err) == 0;
}

/* Texts from outside, stray bytes made visible: a line must be JSON. */
static void
put_text(struct buf *out, const char *key, struct span text)
{
	struct buf shown = { 0 };

	buf_key(out, key);
	if (utf8_valid(text)) {
		buf_json(out, text);
	} else {
		utf8_display(&shown, text);
		buf_json(out, buf_text(&shown));
	}
	buf_release(&shown);
}

static void
put_errors(struct buf *out, const struct err *err)
{
	buf_key(out, "errors");
	buf_putc(out, '[');
	for (size_t i = 0; i < err->n; i++) {
		const struct fault *fault = &err->fault[i];

		buf_puts(out, i ? ",{" : "{");
		if (*fault->where)
			put_text(out, "field", span_of(fault->where));
		put_text(out, "error", span_of(fault->what));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

/* The program's policy, else the one that the refused record names. */
static struct span
policy_of(struct reject *reject, const struct loop *loop, bool scanned)
{
	uint32_t node = scanned ? scan_member(&reject->scan, 0, "policy") : 0;

	if (loop->policy)
		return span_of(loop->policy);
	return node ? scan_text(&reject->scan, node, &reject->arena)
		    : (struct span){ NULL, 0 };
}

static void
put_head(struct buf *out, const struct loop *loop, struct span policy,
	const char *place, const struct err *err)
{
	buf_puts(out, "{\"rejected\":1");
	buf_key(out, "at");
	buf_putc(out, '"');
	buf_instant(out, loop->now);
	buf_putc(out, '"');
	if (loop->by)
		put_text(out, "by", span_of(loop->by));
	put_text(out, "program", span_of(loop->program->name));
	if (policy.n)
		put_text(out, "policy", policy);
	if (place)
		put_text(out, "source", span_of(place));
	put_errors(out, err);
}

/* As a record if the whole line then reads well; else its bytes. */
static void
put_source(struct reject *reject, bool scanned)
{
	struct buf *line = &reject->line;
	struct span source = span_trim(buf_text(&reject->source));
	size_t head = line->len;

	if (scanned) {
		buf_key(line, "record");
		buf_span(line, source);
		buf_putc(line, '}');
		if (scans(reject, line))
			return;
		line->len = head;
	}
	if (reject->source.len) {
		buf_key(line, "line_b64");
		buf_putc(line, '"');
		put_base64(line, buf_text(&reject->source));
		buf_putc(line, '"');
	}
	buf_putc(line, '}');
}

void
reject_put(struct reject *reject, const struct loop *loop, const char *place,
	struct span source, const struct err *err)
{
	bool scanned;

	if (!reject)
		return;
	empty_once(reject);
	reject->source.len = reject->line.len = 0;
	buf_span(&reject->source, source);
	scanned = scans(reject, &reject->source);
	put_head(&reject->line, loop, policy_of(reject, loop, scanned), place, err);
	put_source(reject, scanned);
	buf_putc(&reject->line, '\n');
	if (output_flush(reject->fd, &reject->line) < 0)
		msg_die(EX_IOERR, "%s: cannot write: %s", reject->file, strerror(errno));
	arena_reset(&reject->arena);
}

void
reject_close(struct reject *reject)
{
	if (!reject)
		return;
	empty_once(reject);
	if (close(reject->fd) < 0)
		msg_die(EX_IOERR, "%s: cannot write: %s", reject->file, strerror(errno));
	scan_release(&reject->scan);
	arena_release(&reject->arena);
	err_release(&reject->err);
	buf_release(&reject->line);
	buf_release(&reject->source);
	free(reject);
}

bool
reject_is_line(const struct scan *scan)
{
	uint32_t node = scan_member(scan, 0, "rejected");
	int64_t version;

	return node && scan_int(scan, node, &version) == 0 &&
		scan_member(scan, 0, "errors") != 0;
}
