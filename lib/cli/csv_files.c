#include "cli/csv_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/loop_state.h"
#include "cli/msg.h"

static int
open_file(const char *name, struct err *err)
{
	struct stat st;
	int fd = strcmp(name, "-") == 0 ? STDIN_FILENO
		: open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return err_add(err,
			errno == EACCES || errno == EPERM ? EX_NOPERM : EX_NOINPUT,
			NULL, "cannot open: %s", strerror(errno));
	if (fstat(fd, &st) < 0 || !S_ISDIR(st.st_mode))
		return fd;
	close(fd);
	return err_add(err, EX_NOINPUT, NULL, "is a directory");
}

/* Hands out one row, or refuses it: false at the end. */
static bool
take_row(const struct csv_files *files, const char *name, struct csv_in *in,
	struct err *err)
{
	struct csv_row row;
	int answer = csv_in_row(in, &row, err);

	if (answer == 0)
		return false;
	files->loop->n_read++;
	if (answer < 0)
		loop_emit(files->loop, LOOP_REFUSE, name, row.line, row.raw, NULL,
			err);
	else
		files->row(files->ctx, name, &row);
	err_reset(err);
	progress_step(&files->loop->state->progress, 0);
	return !files->loop->stopped;
}

/*
 * A header that does not do, and is one cell with another separator in it,
 * has that one fault.
 */
static void
check_separator(const struct csv_row *header, struct err *err)
{
	bool tab;

	if (header->n != 1)
		return;
	tab = memchr(header->cell->p, '\t', header->cell->n) != NULL;
	if (tab || memchr(header->cell->p, ';', header->cell->n))
		err_set(err, EX_DATAERR, NULL, "the header is one cell: cells are "
			"parted by commas, not by %s", tab ? "TAB" : "\";\"");
}

static int
take_header(const struct csv_files *files, struct csv_in *in,
	struct csv_row *header, struct err *err)
{
	if (csv_in_header(in, header, err) < 0)
		return -1;
	if (files->header(files->ctx, header, err) == 0)
		return 0;
	check_separator(header, err);
	return -1;
}

static void
read_rows(const struct csv_files *files, const char *name, struct csv_in *in,
	struct err *err)
{
	struct csv_row header;

	if (take_header(files, in, &header, err) < 0) {
		loop_emit(files->loop, LOOP_REFUSE, name, header.line, header.raw,
			NULL, err);
		files->loop->state->incomplete = true;
		return;
	}
	while (take_row(files, name, in, err))
		;
	files->end(files->ctx);
	if (csv_in_blank(in))
		msg_warn("%s: blank rows, passed by: %" PRIu64, name,
			csv_in_blank(in));
}

static void
read_file(const struct csv_files *files, const char *name)
{
	struct loop *loop = files->loop;
	struct csv_options options = { files->encoding, loop->state->most };
	struct err err = { 0 };
	struct csv_in *in = NULL;
	int fd = open_file(name, &err);

	if (fd < 0 && err.status != EX_NOINPUT)
		loop_die(loop, name, &err);
	if (fd >= 0 && !(in = csv_in_new(fd, &options, &err)))
		loop_die(loop, NULL, &err);
	if (in) {
		read_rows(files, name, in, &err);
	} else {
		msg_faults(name, &err);
		loop->state->incomplete = true;
		loop_worst(loop, EX_NOINPUT);
	}
	csv_in_free(in);
	if (fd > STDIN_FILENO)
		close(fd);
	err_release(&err);
}

void
csv_files_run(const struct csv_files *files, char **operands)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };

	reject_check(files->loop->state->reject, operands);
	progress_init(&files->loop->state->progress, 0);
	for (operands = operands && *operands ? operands : standard;
		*operands && !files->loop->stopped; operands++)
		read_file(files, *operands);
	progress_hide();
}
