#include "cli/file_path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define LINKS_MOST 40

static size_t
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* What the link says, seen from here; NULL: it is none. */
static char *
read_link(const char *path)
{
	struct buf text = { 0 };
	struct stat st;
	ssize_t n = -1;
	char *to = NULL;

	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
		buf_put(&text, path, folder_of(path));
		n = readlink(path, buf_reserve(&text, (size_t)st.st_size), (size_t)st.st_size);
	}
	if (n > 0) {
		if (text.data[text.len] == '/')
			to = mem_copy(text.data + text.len, (size_t)n);
		else
			to = mem_copy(text.data, text.len + (size_t)n);
	}
	buf_release(&text);
	return to;
}

/* The folder in full; NULL: it is not there. */
static char *
real_folder(const char *path)
{
	size_t n = folder_of(path);
	struct buf text = { 0 };
	char *folder;

	buf_put(&text, n ? path : ".", n ? n : 1);
	folder = realpath(buf_cstr(&text), NULL);
	buf_release(&text);
	return folder;
}

/* The folder in full, where it is there, and the name. */
static char *
resolve_folder(const char *path)
{
	struct buf text = { 0 };
	char *folder = real_folder(path), *resolved;

	if (folder)
		buf_printf(&text, "%s/", folder);
	buf_puts(&text, folder ? path + folder_of(path) : path);
	resolved = mem_copy(text.data, text.len);
	buf_release(&text);
	free(folder);
	return resolved;
}

char *
file_path_resolve(const char *path)
{
	char *resolved = realpath(path, NULL);
	char *to = !resolved && errno == ENOENT ? read_link(path) : NULL;

	if (to) {
		resolved = file_path_resolve(to);
		free(to);
	}
	return resolved ? resolved : resolve_folder(path);
}

/* Whether a folder is that of this program's descriptors. */
static bool
is_own(const char *folder)
{
	static const char *const names[] = { "/proc/self/fd", "/proc/thread-self/fd" };
	bool own = false;

	for (size_t i = 0; folder && i < sizeof names / sizeof *names && !own; i++) {
		char *real = realpath(names[i], NULL);

		own = real && strcmp(folder, real) == 0;
		free(real);
	}
	return own;
}

static int
number(const char *path)
{
	char *folder = real_folder(path);
	const char *name = path + folder_of(path);
	size_t digits = strspn(name, "0123456789");
	bool is_one = digits > 0 && digits < 10 && !name[digits] && is_own(folder);

	free(folder);
	return is_one ? atoi(name) : -1;
}

int
file_path_descriptor(const char *path)
{
	char *at = mem_copy(path, strlen(path));
	int found = number(at);

	for (int i = 0; at && found < 0 && i < LINKS_MOST; i++) {
		char *to = read_link(at);

		free(at);
		at = to;
		found = at ? number(at) : -1;
	}
	free(at);
	return found;
}
