#include "cli/nagios_status.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/msg.h"

#define REASON_MOST 1000 /* bytes; monitoring cuts lines, in places of its own */

const char *const nagios_status_names[NAGIOS_STATUSES] = {
	[NAGIOS_OK] = "OK",
	[NAGIOS_WARNING] = "WARNING",
	[NAGIOS_CRITICAL] = "CRITICAL",
	[NAGIOS_UNKNOWN] = "UNKNOWN",
};

static bool asked, said;
static char because[REASON_MOST + 1];

/* getopt's own messages are not ours to repeat, and want of memory has none. */
static const char *
reason_of(int status)
{
	if (*because)
		return because;
	if (status == EX_OSERR)
		return "out of memory";
	if (*msg_last())
		return msg_last();
	return status == EX_USAGE ? "usage error" : "no answer";
}

/* Whole code points of it; a bar would begin performance data. */
static int
fit(const char *reason, char text[REASON_MOST])
{
	size_t n = strnlen(reason, REASON_MOST);

	while (n && ((unsigned char)reason[n] & 0xc0) == 0x80)
		n--;
	for (size_t i = 0; i < n; i++)
		text[i] = reason[i] == '|' ? '/' : reason[i];
	return (int)n;
}

/* Without memory of its own: there may be none. */
static void
say_unknown(int status)
{
	char text[REASON_MOST], line[REASON_MOST + 32];
	const char *reason = reason_of(status), *place = nagios_status_place(&reason);
	int length = fit(reason, text);
	int n = snprintf(line, sizeof line, "ESC %s - %s%.*s\n",
		nagios_status_names[NAGIOS_UNKNOWN], place, length, text);

	if (write(STDOUT_FILENO, line, (size_t)n) < 0)
		_exit(NAGIOS_UNKNOWN);
}

/* loop_end closes stdout once the line is out. */
static void
at_exit(int status, void *unused)
{
	(void)unused;
	if (status >= NAGIOS_OK && status < NAGIOS_UNKNOWN)
		return;
	if (!said && fcntl(STDOUT_FILENO, F_GETFD) >= 0)
		say_unknown(status);
	_exit(NAGIOS_UNKNOWN);
}

/* What --format is given as at argv[i]; NULL: it is something else. */
static const char *
format_at(char **argv, int i)
{
	static const char name[] = "format";
	const char *arg = argv[i];
	size_t n;

	if (strncmp(arg, "-f", 2) == 0)
		return arg[2] ? arg + 2 : argv[i + 1];
	if (strncmp(arg, "--", 2) != 0)
		return NULL;
	n = strcspn(arg + 2, "=");
	if (n == 0 || strncmp(name, arg + 2, n) != 0)
		return NULL;
	return arg[2 + n] ? arg + 2 + n + 1 : argv[i + 1];
}

/* nagios, nagios:FILE; *to_stdout: without a file. */
static bool
is_nagios(const char *format, bool *to_stdout)
{
	static const char name[] = "nagios";
	const size_t n = sizeof name - 1;

	if (!format || strncmp(format, name, n) != 0 || (format[n] && format[n] != ':'))
		return false;
	*to_stdout = *to_stdout || !format[n] || strcmp(format + n, ":-") == 0;
	return true;
}

bool
nagios_status_watch(int argc, char **argv)
{
	bool to_stdout = false;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (is_nagios(format_at(argv, i), &to_stdout))
			asked = true;
	if (!asked)
		return false;
	said = !to_stdout;
	if (on_exit(at_exit, NULL) != 0)
		exit(NAGIOS_UNKNOWN);
	return true;
}

bool
nagios_status_waits(void)
{
	return asked && !said;
}

void
nagios_status_said(void)
{
	said = true;
}

void
nagios_status_because(struct span message)
{
	size_t n = message.n < REASON_MOST ? message.n : REASON_MOST;

	if (n)
		memcpy(because, message.p, n);
	because[n] = '\0';
}

const char *
nagios_status_place(const char **message)
{
	if (strncmp(*message, "-:", 2) != 0)
		return "";
	++*message;
	return "standard input";
}
