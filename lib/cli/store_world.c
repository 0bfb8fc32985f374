#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/zone.h"
#include "cli/builtin.h"
#include "cli/policies_files.h"
#include "cli/store_opt.h"

#define CALENDARS "calendars/"

struct names {
	char **name;
	size_t n, cap;
};

static int
order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* NAME.json of all calendars in a folder, in the order of bytes. */
static void
list(const char *folder, struct names *names)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		struct span name = span_of(entry->d_name);

		if (name.n <= 5 || strcmp(name.p + name.n - 5, ".json") != 0 ||
			!policies_name_is_safe((struct span){ name.p, name.n - 5 }))
			continue;
		if (names->n == names->cap) {
			names->cap = mem_grow(names->cap, names->n + 1);
			names->name = mem_resize(names->name, names->cap * sizeof(char *));
		}
		names->name[names->n++] = mem_copy(name.p, name.n);
	}
	if (dir)
		closedir(dir);
	if (names->n)
		qsort(names->name, names->n, sizeof(char *), order);
}

/* With their lengths, so that no two worlds look the same. */
static void
add(struct hash *hash, const char *name, struct span text)
{
	uint64_t n = text.n;

	hash_add(hash, name, strlen(name) + 1);
	hash_add(hash, &n, sizeof n);
	hash_add(hash, text.p, text.n);
}

/* One that cannot be read is not there; who needs it meets the reason. */
static void
add_file(struct hash *hash, const char *folder, const char *name)
{
	struct buf path = { 0 }, text = { 0 };
	struct err none = { 0 };

	buf_printf(&path, "%s/%s", folder, name);
	if (policies_read_file(buf_cstr(&path), &text, &none) == 1)
		add(hash, name, buf_text(&text));
	err_release(&none);
	buf_release(&text);
	buf_release(&path);
}

static void
add_folder(struct hash *hash, const char *folder)
{
	struct names names = { 0 };
	struct buf path = { 0 };

	buf_printf(&path, "%s/" CALENDARS, folder);
	list(buf_cstr(&path), &names);
	for (size_t i = 0; i < names.n; i++) {
		add_file(hash, path.data, names.name[i]);
		free(names.name[i]);
	}
	free(names.name);
	buf_release(&path);
}

struct span
store_opt_world(void)
{
	static char world[HASH_HEX];
	unsigned char sum[HASH_SIZE];
	struct hash hash;
	const char *folder;

	if (world[0])
		return span_of(world);
	hash_init(&hash);
	add(&hash, "zone", span_of(zone_data_version()));
	for (size_t i = 0; (folder = policies_folder(i)); i++)
		add_folder(&hash, folder);
	for (const struct builtin *b = builtins; b->name; b++)
		if (strncmp(b->name, CALENDARS, strlen(CALENDARS)) == 0)
			add(&hash, b->name, (struct span){ b->text, b->len });
	hash_end(&hash, sum);
	hash_to_hex(sum, sizeof sum, world);
	return span_of(world);
}
