#include "store/store_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/segment.h"
#include "store/take.h"

#define FORMAT_MOST ((size_t)65536)

int
store_is_none(const char *path, const char *why, struct err *err)
{
	return err_add(err, EX_NOINPUT, path,
	        "no case store there (%s): `esc-store init DIR` makes one", why);
}

/* A killed init may have left all but FORMAT; only a store has a log. */
static int
has_none(const struct store *store, struct err *err)
{
	struct err ignored = { 0 };
	int64_t *first;
	size_t n;

	segment_list(store, &first, &n, &ignored);
	err_release(&ignored);
	free(first);
	if (n)
		return err_add(err, EX_IOERR, store->path, "FORMAT is missing, but there is a log: "
			"take FORMAT from a snapshot or backup of this store");
	return store_is_none(store->path, "it has no FORMAT", err);
}

static int
damaged(const char *why, struct err *err)
{
	return err_add(err, EX_IOERR, "FORMAT", "damaged: %s", why);
}

/* A member that must be a whole number of 1 or more: 0 where it is not. */
static int64_t
member_count(const json_t *format, const char *key)
{
	const json_t *value = json_object_get(format, key);
	int64_t count = json_is_integer(value) ? json_integer_value(value) : 0;

	return count > 0 ? count : 0;
}

/* What a newer format says besides is its own affair, so this comes first. */
static int
check_version(const json_t *format, enum store_use use, struct err *err)
{
	const char *key = use == STORE_READ ? "min_read" : "min_write";
	const char *verb = use == STORE_READ ? "read" : "write";
	int64_t least = member_count(format, key);

	if (!least || !member_count(format, "format"))
		return damaged("no version", err);
	if (use == STORE_WRITE && check_version(format, STORE_READ, err))
		return -1;
	if (least <= STORE_FORMAT)
		return 0;
	return err_add(err, EX_CONFIG, "FORMAT",
	        "a newer esc made this store: to %s it takes format %lld, this one knows %d",
	        verb, (long long)least, STORE_FORMAT);
}

static int
take_id(struct store *store, const json_t *format, struct err *err)
{
	const char *id = json_string_value(json_object_get(format, "store_id"));
	struct span text = span_of(id), digits;

	if (!id || text.n != STORE_ID_DIGITS || !take_hex(&text, STORE_ID_DIGITS, &digits))
		return damaged("bad store_id", err);
	memcpy(store->id, id, STORE_ID_DIGITS + 1);
	return 0;
}

static int
read_members(struct store *store, const json_t *format, enum store_use use, struct err *err)
{
	if (check_version(format, use, err) || take_id(store, format, err))
		return -1;
	store->segment_bytes = member_count(format, "segment_bytes");
	return store->segment_bytes ? 0 : damaged("bad segment_bytes", err);
}

int
store_format_read(struct store *store, enum store_use use, struct err *err)
{
	struct buf text = { 0 };
	struct err why = { 0 };
	json_t *format = NULL;
	int rc;

	rc = store_read_file(store, "FORMAT", FORMAT_MOST, &text, err);
	if (rc == 0)
		rc = has_none(store, err);
	if (rc < 0)
		goto out;
	format = json_read(buf_text(&text), &why);
	rc = format ? read_members(store, format, use, err) : damaged(err_text(&why), err);
out:
	json_decref(format);
	err_release(&why);
	buf_release(&text);
	return rc;
}

static void
render(const struct store *store, struct buf *text)
{
	buf_printf(text,
	        "{\"format\":%d,\"min_read\":1,\"min_write\":1,\"store_id\":\"%s\","
	        "\"segment_bytes\":%lld}\n",
	        STORE_FORMAT, store->id, (long long)store->segment_bytes);
}

bool
store_format_is_own(const struct store *store)
{
	struct buf text = { 0 }, own = { 0 };
	struct err ignored = { 0 };
	json_t *format = NULL;
	bool same;

	render(store, &own);
	if (store_read_file(store, "FORMAT", FORMAT_MOST, &text, &ignored) > 0)
		format = json_read(buf_text(&text), &ignored);
	same = format && (member_count(format, "format") > STORE_FORMAT ||
		span_eq(buf_text(&text), buf_text(&own)));
	json_decref(format);
	err_release(&ignored);
	buf_release(&text);
	buf_release(&own);
	return same;
}

int
store_format_write(const struct store *store, struct err *err)
{
	struct buf text = { 0 };
	int rc;

	render(store, &text);
	rc = store_write_file(store, "FORMAT", buf_text(&text), 0, err);
	buf_release(&text);
	return rc;
}
