#include "base/buf.h"
#include "base/mem.h"
#include "cli/policies.h"
#include "cli/policies_files.h"

struct known_calendar {
	char *where; /* its path, or "calendars/NAME" of a built-in */
	struct calendar *calendar;
};

static struct {
	struct known_calendar *calendar;
	size_t n, cap;
} known;

static struct calendar *
calendar_known(const char *where)
{
	for (size_t i = 0; i < known.n; i++)
		if (strcmp(known.calendar[i].where, where) == 0)
			return known.calendar[i].calendar;
	return NULL;
}

void
policies_faults(const char *where, const struct err *from, struct err *err)
{
	struct buf place = { 0 };

	for (size_t i = 0; i < from->n; i++) {
		const char *pointer = from->fault[i].where;

		place.len = 0;
		buf_printf(&place, "%s%s%s", where, pointer[0] ? ": " : "", pointer);
		err_add(err, from->status, buf_cstr(&place), "%s", from->fault[i].what);
	}
	buf_release(&place);
}

static struct calendar *
calendar_learn(const char *name, const char *where, struct span text, struct err *err)
{
	struct err faults = { 0 };
	struct calendar *calendar = calendar_parse(name, text, &faults);

	if (!calendar)
		policies_faults(where, &faults, err);
	err_release(&faults);
	if (!calendar)
		return NULL;
	if (known.n == known.cap) {
		known.cap = mem_grow(known.cap, known.n + 1);
		known.calendar = mem_resize(known.calendar,
			known.cap * sizeof *known.calendar);
	}
	known.calendar[known.n++] =
		(struct known_calendar){ mem_copy(where, strlen(where)), calendar };
	return calendar;
}

/* 1: found; 0: no such file in this folder; -1: a fault. */
static int
calendar_in(const char *folder, const char *name, struct calendar **calendar,
	struct err *err)
{
	struct buf path = { 0 }, text = { 0 };
	int answer = 1;

	buf_printf(&path, "%s/calendars/%s.json", folder, name);
	*calendar = calendar_known(buf_cstr(&path));
	if (!*calendar)
		answer = policies_read_file(path.data, &text, err);
	if (answer > 0 && !*calendar)
		*calendar = calendar_learn(name, path.data, buf_text(&text), err);
	if (answer > 0 && !*calendar)
		answer = -1;
	buf_release(&text);
	buf_release(&path);
	return answer;
}

static struct calendar *
calendar_builtin(const char *name, struct err *err)
{
	struct buf where = { 0 };
	struct calendar *calendar;
	struct span text;

	buf_printf(&where, "calendars/%s", name);
	calendar = calendar_known(buf_cstr(&where));
	text = policies_builtin_text(where.data);
	if (!calendar && text.p)
		calendar = calendar_learn(name, where.data, text, err);
	else if (!calendar)
		err_add(err, EX_CONFIG, NULL, "no calendar \"%s\"", name);
	buf_release(&where);
	return calendar;
}

/* ctx: the folder of the policy that asks, or NULL. */
static struct calendar *
calendar_find(void *ctx, const char *name, struct err *err)
{
	const char *folder = ctx;
	struct calendar *calendar = NULL;
	int answer = 0;

	if (!policies_name_is_safe(span_of(name))) {
		err_add(err, EX_CONFIG, NULL, "no calendar \"%s\"", name);
		return NULL;
	}
	if (folder)
		answer = calendar_in(folder, name, &calendar, err);
	for (size_t i = 0; answer == 0 && (folder = policies_folder(i)); i++)
		answer = calendar_in(folder, name, &calendar, err);
	return answer ? calendar : calendar_builtin(name, err);
}

const struct calendar_source *
calendars_source(void)
{
	static const struct calendar_source source = { calendar_find, NULL };

	return &source;
}

struct calendar_source
calendars_beside(const char *folder)
{
	return (struct calendar_source){ calendar_find, (void *)(uintptr_t)folder };
}
