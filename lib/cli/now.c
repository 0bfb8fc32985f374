#include "cli/now.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"

#define PRESENT_S 60 /* as long an instant is not past */

static int64_t
parse_now(const char *what, const char *text)
{
	struct err err = { 0 };
	int64_t at = 0;

	if (instant_parse(span_of(text), &at, &err) < 0) {
		msg_faults(what, &err);
		exit(EX_USAGE);
	}
	return at;
}

int64_t
now_get(const struct program *program, const struct common *common)
{
	const char *env = getenv("ESC_NOW");
	char text[INSTANT_SIZE];
	int64_t at;

	if (common->now_text)
		return parse_now("--now", common->now_text);
	if (!env || !*env)
		return time(NULL);
	at = parse_now("ESC_NOW", env);
	if (program->groups & OPT_EVENT) {
		instant_format(at, text);
		msg_warn("ESC_NOW is in force: %s", text);
	}
	return at;
}

bool
now_is_past(const struct common *common, int64_t now)
{
	const char *env = getenv("ESC_NOW");

	return (common->now_text || (env && *env)) && now < time(NULL) - PRESENT_S;
}

static int
add_plain(int64_t now, int64_t n, int64_t *at, struct err *err)
{
	if (now + n < INSTANT_MIN || now + n > INSTANT_MAX)
		return err_add(err, EX_DATAERR, NULL, "out of the years 0 to 9999");
	*at = now + n;
	return 0;
}

static int
parse_relative(struct span text, int64_t now, struct calendar *calendar,
	enum day_ends ends, int64_t *at, struct err *err)
{
	bool minus = text.p[0] == '-';
	struct duration d;

	if (duration_parse((struct span){ text.p + 1, text.n - 1 }, &d, err) < 0)
		return -1;
	if (!duration_is_business(d))
		return add_plain(now, minus ? -d.n : d.n, at, err);
	if (minus)
		return err_add(err, EX_DATAERR, NULL,
			"minus goes with d, h and m, not with business time");
	if (!calendar)
		return err_add(err, EX_DATAERR, NULL,
			"business time needs a calendar, and there is none here");
	return calendar_add(calendar, now, d, ends, at, err);
}

int
time_parse(const char *text, int64_t now, struct calendar *calendar,
	enum day_ends ends, int64_t *at, struct err *err)
{
	if (text[0] == '+' || text[0] == '-')
		return parse_relative(span_of(text), now, calendar, ends, at, err);
	return instant_parse(span_of(text), at, err);
}

static const char *
login_name(void)
{
	const struct passwd *user;
	const char *name = getlogin();

	if (!name || !*name) {
		user = getpwuid(getuid());
		name = user ? user->pw_name : NULL;
	}
	if (!name || !*name || !utf8_valid(span_of(name)))
		return NULL;
	return mem_copy(name, strlen(name));
}

const char *
by_get(const struct common *common)
{
	static const char *login;
	const char *by = setting_get(common->by, "ESC_USER", "by");
	char number[24];

	if (by)
		return by;
	if (!login)
		login = login_name();
	if (!login) {
		snprintf(number, sizeof number, "%ju", (uintmax_t)getuid());
		login = mem_copy(number, strlen(number));
	}
	return login;
}
