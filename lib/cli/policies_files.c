#include "cli/policies_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/builtin.h"
#include "cli/opt.h"
#include "cli/policies.h"

#define FILE_MAX (16U << 20) /* a policy is a page or two */

struct names {
	char **name;
	size_t n, cap;
	bool read;
};

static struct names folders, policies;

static void
names_add(struct names *names, char *name)
{
	if (names->n == names->cap) {
		names->cap = mem_grow(names->cap, names->n + 1);
		names->name = mem_resize(names->name, names->cap * sizeof(char *));
	}
	names->name[names->n++] = name;
}

static void
find_folders(void)
{
	const char *path = setting_get(NULL, "ESC_POLICY_PATH", "policy_path");
	const char *store = setting_get(NULL, "ESC_STORE", "store");
	struct buf folder = { 0 };

	folders.read = true;
	for (size_t n; path && *path; path += n + (path[n] != '\0')) {
		n = strcspn(path, ":");
		if (n > 0)
			names_add(&folders, mem_copy(path, n));
	}
	if (store && *store) {
		buf_printf(&folder, "%s/policies", store);
		names_add(&folders, mem_copy(folder.data, folder.len));
		buf_release(&folder);
	}
}

const char *
policies_folder(size_t i)
{
	if (!folders.read)
		find_folders();
	return i < folders.n ? folders.name[i] : NULL;
}

static int
read_all(int fd, struct buf *text)
{
	for (;;) {
		char *p = buf_reserve(text, 65536);
		ssize_t n = read(fd, p, 65536);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			return 0;
		text->len += (size_t)n;
		if (text->len > FILE_MAX) {
			errno = EFBIG;
			return -1;
		}
	}
}

int
policies_read_file(const char *path, struct buf *text, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int answer = 1;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0)
		return err_add(err, EX_CONFIG, path, "%s", strerror(errno));
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		answer = err_add(err, EX_CONFIG, path, "no regular file");
	else if (read_all(fd, text) < 0)
		answer = err_add(err, EX_CONFIG, path, "%s", strerror(errno));
	close(fd);
	return answer;
}

bool
policies_name_is_safe(struct span name)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	for (size_t i = 0; i < name.n; i++)
		if (!name.p[i] || !strchr(safe, name.p[i]))
			return false;
	return name.n > 0 && name.n < 128;
}

static void
names_add_once(struct names *names, struct span name)
{
	if (!policies_name_is_safe(name))
		return;
	for (size_t i = 0; i < names->n; i++)
		if (span_is(name, names->name[i]))
			return;
	names_add(names, mem_copy(name.p, name.n));
}

/* NAME.json; not NAME@VERSION.json, the memory of a store. */
static void
find_in_folder(const char *folder)
{
	static const char end[] = ".json";
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct span name = span_of(entry->d_name);

		if (name.n <= sizeof end - 1)
			continue;
		name.n -= sizeof end - 1;
		if (strcmp(name.p + name.n, end) == 0)
			names_add_once(&policies, name);
	}
	if (dir)
		closedir(dir);
}

static int
name_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *
policies_name(size_t i)
{
	const char *name;

	if (!policies.read) {
		for (size_t f = 0; (name = policies_folder(f)); f++)
			find_in_folder(name);
		for (size_t b = 0; (name = policies_builtin_name(b)); b++)
			names_add_once(&policies, span_of(name));
		qsort(policies.name, policies.n, sizeof(char *), name_order);
		policies.read = true;
	}
	return i < policies.n ? policies.name[i] : NULL;
}

const char *
policies_builtin_name(size_t i)
{
	for (const struct builtin *b = builtins; b->name; b++)
		if (!strchr(b->name, '/') && !strchr(b->name, '@') && i-- == 0)
			return b->name;
	return NULL;
}

struct span
policies_builtin_text(const char *name)
{
	for (const struct builtin *b = builtins; b->name; b++)
		if (strcmp(b->name, name) == 0)
			return (struct span){ b->text, b->len };
	return (struct span){ NULL, 0 };
}
