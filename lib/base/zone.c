#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/zone_file.h"

#define ZONE_DIR "/usr/share/zoneinfo/"
#define FILE_MAX (1 << 20)

struct zone {
	char *name;
	struct zone *next;
	struct changes changes;
};

/* The zones that were asked for, so that each file is read once a run. */
static struct zone *zones;

/* Letters, digits, _ + - between slashes; "..", "/x" and "x//y" are not. */
static bool
name_is_legal(const char *name)
{
	const char *legal = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_+-/";

	return *name && *name != '/' && name[strlen(name) - 1] != '/' &&
		!strstr(name, "//") && name[strspn(name, legal)] == '\0' &&
		strncmp(name, "right/", 6) != 0 && strcmp(name, "localtime") != 0;
}

/* A whole regular file, at most FILE_MAX bytes; NULL: there is none. */
static unsigned char *
read_file(const char *name, size_t *n)
{
	char *path = mem_alloc(sizeof ZONE_DIR + strlen(name));
	unsigned char *data = NULL;
	struct stat st;
	FILE *file;

	strcpy(stpcpy(path, ZONE_DIR), name);
	file = fopen(path, "rbe");
	free(path);
	if (!file)
		return NULL;
	if (fstat(fileno(file), &st) == 0 && S_ISREG(st.st_mode) &&
		st.st_size <= FILE_MAX) {
		data = mem_alloc((size_t)st.st_size + 1);
		*n = fread(data, 1, (size_t)st.st_size, file);
		data[*n] = '\0';
	}
	fclose(file);
	return data;
}

static void
zone_free(struct zone *zone)
{
	free(zone->changes.change);
	free(zone->name);
	free(zone);
}

const struct zone *
zone_load(const char *name, struct err *err)
{
	unsigned char *data;
	struct zone *zone;
	size_t n = 0;
	bool good;

	for (zone = zones; zone; zone = zone->next)
		if (strcmp(zone->name, name) == 0)
			return zone;
	data = name_is_legal(name) ? read_file(name, &n) : NULL;
	if (!data) {
		err_add(err, EX_CONFIG, NULL, "unknown time zone \"%s\"", name);
		return NULL;
	}
	zone = mem_zero(sizeof *zone);
	zone->name = mem_copy(name, strlen(name));
	good = zone_file_read(&zone->changes, data, n) == 0;
	free(data);
	if (!good) {
		zone_free(zone);
		err_add(err, EX_CONFIG, NULL,
			"the system's data of time zone \"%s\" cannot be read", name);
		return NULL;
	}
	zone->next = zones;
	return zones = zone;
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

/* How many changes are at or before an instant. */
static size_t
count_before(const struct changes *changes, int64_t at)
{
	size_t low = 0, high = changes->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (changes->change[mid].at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int32_t
zone_offset(const struct zone *zone, int64_t at, int64_t *from, int64_t *to)
{
	const struct changes *changes = &zone->changes;
	const struct change *change = changes->change;
	int64_t shift = 0;
	size_t n = changes->n;

	if (changes->cyclic && at >= change[n - 1].at)
		shift = ((at - change[n - 1].at) / CYCLE_S + 1) * CYCLE_S;
	n = count_before(changes, at - shift);
	if (from)
		*from = n > 0 ? change[n - 1].at + shift : INT64_MIN;
	if (to)
		*to = n < changes->n ? change[n].at + shift : INT64_MAX;
	return n > 0 ? change[n - 1].offset : changes->first;
}

int64_t
zone_instant(const struct zone *zone, int64_t local_s)
{
	int64_t from, to = local_s - OFFSET_MAX;
	int64_t at;

	do {
		at = local_s - zone_offset(zone, to, &from, &to);
		if (at < from)
			at = from;
	} while (at >= to);
	return at;
}

const char *
zone_data_version(void)
{
	static char version[32];
	const char *prefix = "# version ";
	size_t n = 0, start = 0;
	unsigned char *data;

	if (version[0])
		return version;
	data = read_file("tzdata.zi", &n);
	if (data && n > strlen(prefix) &&
		memcmp(data, prefix, strlen(prefix)) == 0) {
		start = strlen(prefix);
	} else {
		free(data);
		data = read_file("+VERSION", &n);
	}
	if (data)
		n = strcspn((char *)data + start, "\r\n");
	if (!data || n == 0 || n >= sizeof version)
		strcpy(version, "unknown");
	else
		memcpy(version, data + start, n);
	free(data);
	return version;
}
