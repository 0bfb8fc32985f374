#include "cli/policies.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "cli/msg.h"
#include "cli/policies_files.h"

/* What was asked for, and what was found: NULL where nothing was. */
struct known_policy {
	char *name, *version;
	size_t name_len, version_len;
	const struct policy *policy;
};

static struct {
	struct known_policy *policy;
	size_t n, cap, last;
} known;

static void
policy_known_add(struct span name, struct span version, const struct policy *policy)
{
	if (known.n == known.cap) {
		known.cap = mem_grow(known.cap, known.n + 1);
		known.policy = mem_resize(known.policy,
			known.cap * sizeof *known.policy);
	}
	known.last = known.n++;
	known.policy[known.last] = (struct known_policy){
		mem_copy(name.p, name.n), mem_copy(version.p, version.n),
		name.n, version.n, policy
	};
}

static bool
known_is(const struct known_policy *k, struct span name, struct span version)
{
	return span_eq((struct span){ k->name, k->name_len }, name) &&
		span_eq((struct span){ k->version, k->version_len }, version);
}

/* The last hit first: a stream mostly asks for one and the same. */
static const struct known_policy *
policy_known(struct span name, struct span version)
{
	if (known.n && known_is(&known.policy[known.last], name, version))
		return &known.policy[known.last];
	for (size_t i = 0; i < known.n; i++)
		if (known_is(&known.policy[i], name, version)) {
			known.last = i;
			return &known.policy[i];
		}
	return NULL;
}

static void
wrong_name(const char *where, struct span name, const struct policy *policy,
	struct err *err)
{
	struct buf place = { 0 };

	buf_printf(&place, "%s: /name", where);
	err_add(err, EX_CONFIG, buf_cstr(&place),
		"the file's name says \"%.*s\"; got \"%s\"", (int)name.n, name.p,
		policy->name);
	buf_release(&place);
}

/* name: what it must be called; {NULL, 0}: whatever it says. */
static const struct policy *
policy_learn(const char *folder, const char *where, struct span name,
	struct span text, struct err *err)
{
	struct calendar_source calendars = calendars_beside(folder);
	struct err faults = { 0 };
	struct policy *policy = policy_parse(text, &calendars, &faults);

	if (!policy)
		policies_faults(where, &faults, err);
	err_release(&faults);
	if (!policy || !name.p || span_is(name, policy->name))
		return policy;
	wrong_name(where, name, policy, err);
	policy_free(policy);
	return NULL;
}

/*
 * The text if its bytes hash to the version asked for (none: any); one that
 * is known already is not read again.  1, 0: another version, -1: a fault.
 */
static int
policy_from_text(const char *folder, const char *where, struct span name,
	struct span text, struct span version, const struct policy **policy,
	struct err *err)
{
	const struct known_policy *k;
	char hex[HASH_HEX];
	struct span actual = { hex, POLICY_VERSION_DIGITS };

	hash_hex(text.p, text.n, hex);
	if (version.n && !span_eq(version, actual))
		return 0;
	k = policy_known(name, actual);
	*policy = k && k->policy ? k->policy : policy_learn(folder, where, name, text, err);
	return *policy ? 1 : -1;
}

/* 1: found; 0: not here; -1: a fault.  file: NAME or NAME@VERSION. */
static int
policy_in(const char *folder, const char *file, struct span name, struct span version,
	const struct policy **policy, struct err *err)
{
	struct buf path = { 0 }, text = { 0 };
	struct span bytes;
	int answer = 1;

	if (folder) {
		buf_printf(&path, "%s/%s.json", folder, file);
		answer = policies_read_file(buf_cstr(&path), &text, err);
		bytes = buf_text(&text);
	} else {
		buf_printf(&path, "built-in %s", file);
		bytes = policies_builtin_text(file);
		answer = bytes.p != NULL;
	}
	if (answer > 0)
		answer = policy_from_text(folder, buf_cstr(&path), name, bytes, version,
			policy, err);
	buf_release(&text);
	buf_release(&path);
	return answer;
}

/* NAME@VERSION first where a version is asked for: no need to hash two. */
static int
policy_by_name(const char *folder, struct span name, struct span version,
	const struct policy **policy, struct err *err)
{
	struct buf file = { 0 };
	int answer = 0;

	buf_printf(&file, "%.*s@%.*s", (int)name.n, name.p, (int)version.n, version.p);
	buf_cstr(&file);
	if (version.n)
		answer = policy_in(folder, file.data, name, version, policy, err);
	file.data[name.n] = '\0';
	if (answer == 0)
		answer = policy_in(folder, file.data, name, version, policy, err);
	buf_release(&file);
	return answer;
}

static const struct policy *
policy_search(struct span name, struct span version, struct err *err)
{
	const struct policy *policy = NULL;
	const char *folder;
	int answer = 0;

	for (size_t i = 0; answer == 0 && (folder = policies_folder(i)); i++)
		answer = policy_by_name(folder, name, version, &policy, err);
	if (answer == 0)
		answer = policy_by_name(NULL, name, version, &policy, err);
	return answer > 0 ? policy : NULL;
}

static const struct policy *
policy_none(struct span name, struct span version, struct err *err)
{
	err_add(err, EX_CONFIG, "policy", "no policy \"%.*s\"%s%.*s among the built-ins, in the "
		"store or in ESC_POLICY_PATH, which must name the folder of its file",
		(int)name.n, name.n ? name.p : "",
		version.n ? " of version " : "", (int)version.n, version.n ? version.p : "");
	return NULL;
}

static const struct policy *
policy_find(void *ctx, struct span name, struct span version, struct err *err)
{
	const struct known_policy *k = policy_known(name, version);
	const struct policy *policy = NULL;
	size_t faults = err->n;

	(void)ctx;
	if (k)
		return k->policy ? k->policy : policy_none(name, version, err);
	if (policies_name_is_safe(name) &&
		(version.n == 0 || policies_name_is_safe(version)))
		policy = policy_search(name, version, err);
	if (err->n == faults)
		policy_known_add(name, version, policy);
	if (policy && version.n == 0)
		policy_known_add(name, span_of(policy->version), policy);
	if (!policy && err->n == faults)
		policy_none(name, version, err);
	return policy;
}

const struct policy_source *
policies_source(void)
{
	static const struct policy_source source = { policy_find, NULL };

	return &source;
}

bool
policies_is_file(const char *name_or_file)
{
	size_t n = strlen(name_or_file);

	return strchr(name_or_file, '/') ||
		(n > 5 && strcmp(name_or_file + n - 5, ".json") == 0);
}

static const struct policy *
policy_from_file(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_copy(path, (size_t)(slash - path)) : mem_copy(".", 1);
	const struct policy *policy = NULL;
	struct buf text = { 0 };
	int answer = policies_read_file(path, &text, err);

	if (answer == 0)
		err_add(err, EX_NOINPUT, path, "no such file");
	if (answer > 0)
		policy = policy_learn(folder, path, span_of(NULL), buf_text(&text), err);
	if (policy) {
		policy_known_add(span_of(policy->name), span_of(policy->version), policy);
		policy_known_add(span_of(policy->name), span_of(""), policy);
	}
	buf_release(&text);
	free(folder);
	return policy;
}

const struct policy *
policies_open(const char *name_or_file, struct err *err)
{
	if (policies_is_file(name_or_file))
		return policy_from_file(name_or_file, err);
	return policy_find(NULL, span_of(name_or_file), span_of(""), err);
}

const struct policy *
policies_rejudge(const char *name_or_file)
{
	struct err err = { 0 };
	const struct policy *policy = policies_open(name_or_file, &err);

	if (!policy)
		msg_die_err("--rejudge", &err);
	return policy;
}
