#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
err_init(struct err *err)
{
	*err = (struct err){ 0 };
}

static void
drop_text(struct err *err)
{
	free(err->text);
	err->text = NULL;
}

void
err_reset(struct err *err)
{
	for (size_t i = 0; i < err->n; i++) {
		free(err->fault[i].where);
		free(err->fault[i].what);
	}
	err->n = 0;
	err->status = 0;
	drop_text(err);
}

void
err_release(struct err *err)
{
	err_reset(err);
	free(err->fault);
	err_init(err);
}

__attribute__((format(printf, 1, 0))) static char *
format_new(const char *format, va_list ap)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		return mem_copy(format, strlen(format));
	text = mem_alloc((size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, ap);
	return text;
}

static struct fault
fault_new(const char *where, const char *format, va_list ap)
{
	if (!where)
		where = "";
	return (struct fault){
		.where = mem_copy(where, strlen(where)),
		.what = format_new(format, ap),
	};
}

static void
append(struct err *err, int status, struct fault fault)
{
	if (err->n == err->cap) {
		err->cap = mem_grow(err->cap, err->n + 1);
		err->fault = mem_resize(err->fault, err->cap * sizeof fault);
	}
	err->fault[err->n++] = fault;
	if (status > err->status)
		err->status = status;
	drop_text(err);
}

int
err_add(struct err *err, int status, const char *where, const char *format, ...)
{
	struct fault fault;
	va_list ap;

	va_start(ap, format);
	fault = fault_new(where, format, ap);
	va_end(ap);
	append(err, status, fault);
	return -1;
}

/* The arguments may be this very err's texts, so it is emptied last. */
int
err_set(struct err *err, int status, const char *where, const char *format, ...)
{
	struct fault fault;
	va_list ap;

	va_start(ap, format);
	fault = fault_new(where, format, ap);
	va_end(ap);
	err_reset(err);
	append(err, status, fault);
	return -1;
}

const char *
err_text(struct err *err)
{
	const struct fault *first = err->fault;
	size_t where, what;

	if (err->n == 0)
		return "";
	if (!*first->where)
		return first->what;
	if (err->text)
		return err->text;
	where = strlen(first->where);
	what = strlen(first->what);
	err->text = mem_alloc(where + 2 + what + 1);
	memcpy(err->text, first->where, where);
	memcpy(err->text + where, ": ", 2);
	memcpy(err->text + where + 2, first->what, what + 1);
	return err->text;
}
