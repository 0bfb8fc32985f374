#include "cli/policies_choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/policies.h"
#include "cli/policies_files.h"

/* Calendars of files, alive until the program ends. */
static struct {
	struct calendar **calendar;
	size_t n;
} chosen;

static struct calendar *
keep(struct calendar *calendar)
{
	chosen.calendar = mem_resize(chosen.calendar,
		(chosen.n + 1) * sizeof *chosen.calendar);
	return chosen.calendar[chosen.n++] = calendar;
}

static struct calendar *
calendar_if_named(struct calendar *calendar, const char *name)
{
	return calendar && strcmp(calendar_name(calendar), name) == 0 ?
		calendar : NULL;
}

/* The calendar of the queue or code, else one of that name. */
static struct calendar *
calendar_of_codes(const struct policy *policy, const char *name, bool by_code)
{
	struct calendar *found = NULL;

	for (size_t i = 0; i < policy->n_form && !found; i++)
		for (size_t j = 0; j < policy->form[i].n_codes && !found; j++) {
			const struct code *code = &policy->form[i].code[j];

			if (!by_code)
				found = calendar_if_named(code->calendar, name);
			else if (strcmp(code->code, name) == 0)
				found = code->calendar;
		}
	return found;
}

static struct calendar *
calendar_by_name(const struct policy *policy, const char *name)
{
	struct calendar *found = calendar_if_named(policy->calendar, name);

	for (size_t i = 0; i < policy->n_queues && !found; i++)
		found = calendar_if_named(policy->queue[i].calendar, name);
	return found ? found : calendar_of_codes(policy, name, false);
}

static struct calendar *
calendar_in_policy(const struct policy *policy, const char *name,
	struct err *err)
{
	const struct queue *queue = policy_queue(policy, span_of(name));
	struct calendar *found = queue ? queue->calendar : NULL;

	if (!found)
		found = calendar_of_codes(policy, name, true);
	if (!found)
		found = calendar_by_name(policy, name);
	if (!found && queue)
		found = policy->calendar;
	if (!found)
		err_add(err, EX_CONFIG, NULL, "policy %s has no queue, region "
			"or calendar \"%s\"", policy->name, name);
	return found;
}

static bool
is_policy(const char *name)
{
	const char *known;

	for (size_t i = 0; (known = policies_name(i)); i++)
		if (strcmp(known, name) == 0)
			return true;
	return false;
}

static struct calendar *
from_policy(const char *name_or_file, const char *calendar,
	enum day_ends *ends, struct err *err)
{
	const struct policy *policy = policies_open(name_or_file, err);

	if (!policy)
		return NULL;
	*ends = policy->day_ends;
	return calendar ? calendar_in_policy(policy, calendar, err) :
		policy->calendar;
}

/* A policy's file has tiers, a calendar's has hours. */
static bool
text_is_policy(struct span text)
{
	struct err err = { 0 };
	json_t *json = json_read(text, &err);
	bool answer = json_object_get(json, "tiers") != NULL;

	json_decref(json);
	err_release(&err);
	return answer;
}

static struct calendar *
from_calendar_text(const char *path, struct span text, struct err *err)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	size_t n = strlen(base);
	struct err faults = { 0 };
	struct calendar *calendar;
	char *name;

	if (n > 5 && strcmp(base + n - 5, ".json") == 0)
		n -= 5;
	name = mem_copy(base, n);
	calendar = calendar_parse(name, text, &faults);
	if (!calendar)
		policies_faults(path, &faults, err);
	err_release(&faults);
	free(name);
	return calendar ? keep(calendar) : NULL;
}

static struct calendar *
from_file(const char *path, enum day_ends *ends, struct err *err)
{
	struct buf text = { 0 };
	struct calendar *calendar = NULL;
	int answer = policies_read_file(path, &text, err);

	if (answer == 0)
		err_add(err, EX_NOINPUT, path, "no such file");
	else if (answer > 0 && text_is_policy(buf_text(&text)))
		calendar = from_policy(path, NULL, ends, err);
	else if (answer > 0)
		calendar = from_calendar_text(path, buf_text(&text), err);
	buf_release(&text);
	return calendar;
}

static struct calendar *
from_name(const char *name, enum day_ends *ends, struct err *err)
{
	const struct calendar_source *source = calendars_source();
	struct err none = { 0 };
	struct calendar *calendar;

	if (is_policy(name))
		return from_policy(name, NULL, ends, err);
	calendar = source->find(source->ctx, name, &none);
	for (size_t i = 0; i < none.n; i++)
		if (*none.fault[i].where)
			err_add(err, none.status, none.fault[i].where, "%s",
				none.fault[i].what);
		else
			err_add(err, EX_CONFIG, NULL,
				"no policy and no calendar \"%s\"", name);
	err_release(&none);
	return calendar;
}

struct calendar *
policies_choose_calendar(const char *text, enum day_ends *ends,
	struct err *err)
{
	const char *colon = strrchr(text, ':');
	struct calendar *calendar;
	char *policy;

	if (!colon || strchr(colon, '/') || policies_is_file(colon))
		return policies_is_file(text) ? from_file(text, ends, err) :
			from_name(text, ends, err);
	policy = mem_copy(text, (size_t)(colon - text));
	calendar = from_policy(policy, colon + 1, ends, err);
	free(policy);
	return calendar;
}
