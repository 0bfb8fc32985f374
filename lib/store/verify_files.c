/* The files around the log: names, kinds, modes, seals, texts of policies. */
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "store/blobs_file.h"
#include "store/index.h"
#include "store/store_new.h"
#include "store/store_walk.h"
#include "store/take.h"
#include "store/verify_work.h"

#define POLICY_MOST   ((size_t)16 << 20)
#define POLICY_DIGITS 12

void
verify_seal(struct verify *verify, const struct position *end)
{
	struct position seal;
	char path[SEGMENT_PATH_SIZE];
	int answer = segment_read_seal(verify->store, end->segment, &seal, &verify->why);

	segment_seal_path(end->segment, path);
	if (answer < 0)
		verify_found(verify, path, NULL, 0, "%s", verify->why.fault[0].what);
	else if (answer > 0 && (seal.seq != end->seq || seal.length != end->length ||
			strcmp(seal.h, end->h) != 0))
		verify_found(verify, path, NULL, 0, "the seal is not that of its segment, which "
			"ends at offset %" PRId64 ", seq %" PRId64, end->length, end->seq);
	err_reset(&verify->why);
}

/* log/ and seals/: twelve digits and an ending; *first: what they say. */
static bool
is_numbered(const char *name, const char *end, int64_t *first)
{
	struct span digits = { name, SEGMENT_DIGITS };

	return strlen(name) == SEGMENT_DIGITS + strlen(end) &&
		strcmp(name + SEGMENT_DIGITS, end) == 0 && text_digits(digits, first) == 0 &&
		*first > 0;
}

static bool
is_segment(struct verify *verify, const struct walk_entry *entry)
{
	struct verify_count *count = verify->count;
	int64_t first;

	if (!is_numbered(entry->name, ".jsonl", &first))
		return false;
	if (first == count->end.segment && entry->size > count->end.length)
		count->unacknowledged += entry->size - count->end.length;
	else if (first > count->end.segment)
		count->unacknowledged += entry->size;
	return true;
}

/* Those of segments before the end were compared when the log was read. */
static bool
is_seal(struct verify *verify, const struct walk_entry *entry)
{
	char path[SEGMENT_PATH_SIZE];
	struct stat st;
	int64_t first;

	if (!is_numbered(entry->name, ".json", &first))
		return false;
	segment_path(first, path);
	if (fstatat(verify->store->dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		verify_found(verify, entry->path, NULL, 0, "a seal without its segment");
	return true;
}

static bool
is_blob_folder(struct verify *verify, const struct walk_entry *entry)
{
	(void)verify;
	return strlen(entry->name) == 2 && strspn(entry->name, "0123456789abcdef") == 2;
}

static bool
is_blob(struct verify *verify, const struct walk_entry *entry)
{
	(void)verify;
	return blobs_is_hash(span_of(entry->name)) &&
		strncmp(entry->name, entry->path + sizeof "blobs/" - 1, 2) == 0;
}

/* NAME@VERSION.json: the version begins the hash of the text. */
static void
check_policy(struct verify *verify, const struct walk_entry *entry)
{
	const char *version = strrchr(entry->name, '@');
	struct buf text = { 0 };
	char hash[HASH_HEX];

	if (!version || strlen(version + 1) != POLICY_DIGITS + sizeof ".json" - 1)
		return;
	if (store_read_file(verify->store, entry->path, POLICY_MOST, &text, &verify->why) > 0) {
		hash_hex(text.data, text.len, hash);
		if (strncmp(hash, version + 1, POLICY_DIGITS) != 0)
			verify_found(verify, entry->path, NULL, 0,
				"the text was changed: its hash is not that of its name");
	} else if (verify->why.n) {
		verify_found(verify, entry->path, NULL, 0, "%s", verify->why.fault[0].what);
	}
	err_reset(&verify->why);
	buf_release(&text);
}

static bool
is_policy(struct verify *verify, const struct walk_entry *entry)
{
	size_t n = strlen(entry->name);

	if (n > 5 && strcmp(entry->name + n - 5, ".json") == 0)
		check_policy(verify, entry);
	return true;
}

static bool
is_any(struct verify *verify, const struct walk_entry *entry)
{
	(void)verify;
	(void)entry;
	return true;
}

/* What is read of them has been looked at; there must be nothing else. */
static void
check_form(struct verify *verify, const struct walk_entry *entry)
{
	if (strcmp(entry->name, "HEAD") == 0 && entry->size > (int64_t)HEAD_SLOTS * HEAD_SLOT)
		verify_found(verify, entry->path, NULL, 0, "something follows its two slots");
	if (strcmp(entry->name, "FORMAT") == 0 && !store_format_is_own(verify->store))
		verify_found(verify, entry->path, NULL, 0, "it was changed; take it from a "
			"snapshot of this store");
}

static bool
is_top(struct verify *verify, const struct walk_entry *entry)
{
	static const char *const names[] = { "FORMAT", "HEAD", "lock", "log", "seals", "blobs",
		"policies", "outbox", "quarantine", "lost+found" };
	static const char index[] = INDEX_FILE_NAME;

	check_form(verify, entry);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(entry->name, names[i]) == 0)
			return true;
	return strncmp(entry->name, index, sizeof index - 1) == 0;
}

struct folder {
	const char *path;
	bool folders; /* holds folders, not files */
	bool mixed;   /* either */
	bool (*belongs)(struct verify *verify, const struct walk_entry *entry);
};

static const struct folder folders[] = {
	{ "", false, true, is_top },
	{ "log", false, false, is_segment },
	{ "seals", false, false, is_seal },
	{ "blobs", true, false, is_blob_folder },
	{ "policies", false, true, is_policy },
	{ "outbox", false, true, is_any },
	{ "quarantine", false, false, is_any },
};

struct look {
	struct verify *verify;
	const struct folder *folder;
};

static bool
is_right_kind(const struct folder *folder, mode_t mode)
{
	if (folder->mixed)
		return S_ISREG(mode) || S_ISDIR(mode);
	return folder->folders ? S_ISDIR(mode) : S_ISREG(mode);
}

static int
look_at(void *ctx, const struct walk_entry *entry, struct err *err)
{
	static const struct folder blob_folder = { "", false, false, is_blob };
	const struct look *look = ctx;
	struct verify *verify = look->verify;
	struct look deeper = { verify, &blob_folder };

	if (S_ISREG(entry->mode) && store_new_is_temp(entry->name)) {
		verify->count->left_over++;
		return 0;
	}
	if (!is_right_kind(look->folder, entry->mode) || !look->folder->belongs(verify, entry)) {
		verify_found(verify, entry->path, NULL, 0, "does not belong in a store");
		return 0;
	}
	if (entry->mode & S_IWOTH)
		verify_found(verify, entry->path, NULL, 0, "everybody may write to it: chmod o-w");
	if (!look->folder->folders)
		return 0;
	return store_walk(verify->store, entry->path, look_at, &deeper, err);
}

int
verify_files(struct verify *verify, struct err *err)
{
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		struct look look = { verify, &folders[i] };

		if (store_walk(verify->store, folders[i].path, look_at, &look, err) < 0)
			return -1;
	}
	return 0;
}
