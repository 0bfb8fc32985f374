#include "cli/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/opt.h"

enum value_kind {
	VALUE_TEXT,
	VALUE_PATH,
	VALUE_PATHS,  /* with colons between */
	VALUE_POLICY, /* a path where it has a slash or ends in .json */
};

static const struct {
	const char *key;
	enum value_kind kind;
} keys[] = {
	{ "policy", VALUE_POLICY },
	{ "policy_path", VALUE_PATHS },
	{ "by", VALUE_TEXT },
	{ "tz", VALUE_TEXT },
	{ "blobs", VALUE_PATH },
	{ "store", VALUE_PATH },
};

#define N_KEYS (sizeof keys / sizeof *keys)

/* One file's place, and where its relative paths begin. */
struct origin {
	char *file, *root;
	uint64_t line;
	bool used; /* a setting names the file */
};

static struct setting settings[N_KEYS]; /* as keys; value NULL: not set */

static char *
join(const char *folder, struct span path)
{
	struct buf text = { 0 };

	if (!path.n || path.p[0] != '/') {
		buf_puts(&text, folder);
		buf_putc(&text, '/');
	}
	buf_span(&text, path);
	return buf_cstr(&text);
}

static char *
join_each(const char *folder, const char *paths)
{
	struct buf text = { 0 };

	for (;;) {
		const char *end = strchrnul(paths, ':');
		char *path = join(folder, (struct span){ paths, (size_t)(end - paths) });

		buf_puts(&text, path);
		free(path);
		if (!*end)
			return buf_cstr(&text);
		buf_putc(&text, ':');
		paths = end + 1;
	}
}

static bool
is_path(const char *policy)
{
	const char *dot = strrchr(policy, '.');

	return strchr(policy, '/') || (dot && strcmp(dot, ".json") == 0);
}

static char *
value_of(enum value_kind kind, struct span text, const struct origin *origin)
{
	char *plain = mem_copy(text.p, text.n), *value = plain;

	if (kind == VALUE_PATHS)
		value = join_each(origin->root, plain);
	else if (kind == VALUE_PATH || (kind == VALUE_POLICY && is_path(plain)))
		value = join(origin->root, text);
	if (value != plain)
		free(plain);
	return value;
}

static void
set_key(struct span key, struct span value, struct origin *origin)
{
	for (size_t i = 0; i < N_KEYS; i++) {
		if (!span_is(key, keys[i].key))
			continue;
		if (settings[i].value && settings[i].file != origin->file)
			return; /* a nearer file has it */
		free((char *)settings[i].value);
		origin->used = true;
		settings[i] = (struct setting){ keys[i].key,
			value_of(keys[i].kind, value, origin), origin->file, origin->line };
		return;
	}
	msg_warn("%s:%" PRIu64 ": no such setting: %.*s", origin->file,
		origin->line, (int)key.n, key.p);
}

static void
read_setting(struct span line, struct origin *origin)
{
	const char *equals;
	struct span key, value;

	line = span_trim(line);
	if (!line.n || line.p[0] == '#')
		return;
	equals = memchr(line.p, '=', line.n);
	if (!equals || !utf8_valid(line) || memchr(line.p, '\0', line.n))
		msg_die(EX_CONFIG, "%s:%" PRIu64 ": expected name = value",
			origin->file, origin->line);
	key = span_trim((struct span){ line.p, (size_t)(equals - line.p) });
	value = span_trim((struct span){ equals + 1,
		(size_t)(line.p + line.n - equals - 1) });
	if (!value.n)
		msg_die(EX_CONFIG, "%s:%" PRIu64 ": no value", origin->file, origin->line);
	set_key(key, value, origin);
}

static void
read_lines(FILE *in, struct origin *origin)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&line, &size, in)) >= 0) {
		origin->line++;
		read_setting((struct span){ line, (size_t)n }, origin);
	}
	if (ferror(in))
		msg_die(EX_IOERR, "%s: cannot read: %s", origin->file, strerror(errno));
	free(line);
}

/* Takes both texts; they live on in the settings.  Whether there is a file. */
static bool
read_file(char *file, char *root)
{
	struct origin origin = { .file = file, .root = root };
	FILE *in = fopen(file, "re");

	if (!in && (errno == ENOENT || errno == ENOTDIR)) {
		free(file);
		free(root);
		return false;
	}
	if (!in)
		msg_die(errno == EACCES ? EX_NOPERM : EX_IOERR, "%s: cannot open: %s",
			file, strerror(errno));
	read_lines(in, &origin);
	fclose(in);
	if (!origin.used)
		free(file);
	free(root);
	return true;
}

static void
read_nearest(void)
{
	char *folder = getcwd(NULL, 0);

	while (folder && *folder == '/') {
		char *slash = strrchr(folder, '/');
		char *file = join(folder, span_of(".esc/config"));

		if (read_file(file, mem_copy(folder, strlen(folder))) || !slash[1])
			break;
		slash[slash == folder ? 1 : 0] = '\0';
	}
	free(folder);
}

static void
read_folder(const char *folder)
{
	char *root = join(folder, span_of("esc"));

	read_file(join(root, span_of("config")), root);
}

static void
read_personal(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *folder;

	if (xdg && *xdg == '/') {
		read_folder(xdg);
	} else if (home && *home == '/') {
		folder = join(home, span_of(".config"));
		read_folder(folder);
		free(folder);
	}
}

const struct setting *
settings_find(const char *key)
{
	static bool read;

	if (!read) {
		read = true;
		read_nearest();
		read_personal();
		read_folder("/etc");
	}
	for (size_t i = 0; i < N_KEYS; i++)
		if (strcmp(keys[i].key, key) == 0 && settings[i].value)
			return &settings[i];
	return NULL;
}

const char *
setting_get(const char *option, const char *env, const char *name)
{
	const char *value = option ? option : env ? getenv(env) : NULL;
	const struct setting *setting;

	if (option)
		return option;
	if (value && *value) {
		if (!utf8_valid(span_of(value)) && strcmp(name, "by") == 0)
			msg_die(EX_USAGE, "%s is not UTF-8", env);
		return value;
	}
	setting = settings_find(name);
	return setting ? setting->value : NULL;
}
