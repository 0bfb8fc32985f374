#include "cli/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/msg.h"

/* Signals while stages run: all are waited for, none has a handler. */
struct watch {
	sigset_t set;     /* SIGCHLD, and what is to end this program */
	sigset_t before;
	int ending;       /* the first of those that came; 0: none */
};

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* What was ignored by whoever started this program stays ignored. */
static void
watch_begin(struct watch *watch)
{
	struct sigaction now;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&watch->set);
	sigaddset(&watch->set, SIGCHLD);
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
		if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&watch->set, ending[i]);
	sigprocmask(SIG_BLOCK, &watch->set, &watch->before);
}

static _Noreturn void
die_of(int signal_number, const sigset_t *before)
{
	sigset_t one;

	signal(signal_number, SIG_DFL);
	sigprocmask(SIG_SETMASK, before, NULL);
	sigemptyset(&one);
	sigaddset(&one, signal_number);
	raise(signal_number);
	sigprocmask(SIG_UNBLOCK, &one, NULL);
	_exit(SIGNAL_BASE + signal_number);
}

/* The folder of this program, with its slash; "" where nobody knows. */
static void
put_own_folder(struct buf *path)
{
	char *self = realpath("/proc/self/exe", NULL);
	const char *slash = self ? strrchr(self, '/') : NULL;

	if (slash)
		buf_put(path, self, (size_t)(slash - self) + 1);
	free(self);
}

static bool
is_program(struct buf *path)
{
	return access(buf_cstr(path), X_OK) == 0;
}

static bool
find_in_path(const char *name, struct buf *path)
{
	const char *folders = getenv("PATH");

	for (size_t n; folders && *folders; folders += n + (folders[n] == ':')) {
		n = strcspn(folders, ":");
		path->len = 0;
		buf_put(path, folders, n);
		buf_puts(path, n ? "/" : "./");
		buf_puts(path, name);
		if (is_program(path))
			return true;
	}
	return false;
}

static void
find_program(struct stage *stage)
{
	struct buf path = { 0 };

	put_own_folder(&path);
	buf_puts(&path, stage->name);
	if ((!strchr(buf_cstr(&path), '/') || !is_program(&path)) &&
		!find_in_path(stage->name, &path))
		msg_die(EX_CONFIG, "%s: not found, neither beside this program nor in PATH",
			stage->name);
	stage->path = mem_copy(path.data, path.len);
	buf_release(&path);
}

/* What the stage was given instead of this program's; 0: nothing. */
static bool
give(int fd, int standard)
{
	return !fd || dup2(fd, standard) >= 0;
}

/* In the child; in and out are stdin and stdout, or pipes. */
static _Noreturn void
become(const struct stage *stage, int in, int out, const sigset_t *mask, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(SIGNAL_BASE + SIGTERM);
	if (out != STDOUT_FILENO)
		signal(SIGPIPE, SIG_DFL);
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
		give(stage->out, STDOUT_FILENO) && give(stage->errors, STDERR_FILENO)) {
		sigprocmask(SIG_SETMASK, mask, NULL);
		execv(stage->path, stage->args.arg);
	}
	msg_error("%s: cannot be run: %s", stage->path, strerror(errno));
	_exit(EX_CONFIG);
}

static int
start(struct stage *stage, int in, int out, const sigset_t *mask)
{
	pid_t parent = getpid();

	stage->pid = fork();
	if (stage->pid == 0)
		become(stage, in, out, mask, parent);
	return stage->pid < 0 ? -1 : 0;
}

/* An end of a pipe that only a child needs; the standard ones stay. */
static void
hand_over(int fd)
{
	if (fd > STDERR_FILENO)
		close(fd);
}

/* How many were started. */
static size_t
start_all(struct stage *stage, size_t n, const sigset_t *mask)
{
	int in = STDIN_FILENO;

	for (size_t i = 0; i < n; i++) {
		int fd[2] = { -1, STDOUT_FILENO };
		int started;

		if (i + 1 < n && pipe2(fd, O_CLOEXEC) < 0) {
			hand_over(in);
			return i;
		}
		started = start(&stage[i], in, fd[1], mask);
		hand_over(in);
		hand_over(fd[1]);
		in = fd[0];
		if (started < 0) {
			hand_over(in);
			return i;
		}
	}
	return n;
}

static void
end_all(const struct stage *stage, size_t n, int signal_number)
{
	for (size_t i = 0; i < n; i++)
		if (!stage[i].ended)
			kill(stage[i].pid, signal_number);
}

/* How many of them still run. */
static size_t
reap(struct stage *stage, size_t n)
{
	size_t running = 0;
	int status;

	for (size_t i = 0; i < n; i++) {
		if (!stage[i].ended && waitpid(stage[i].pid, &status, WNOHANG) == stage[i].pid) {
			stage[i].ended = true;
			stage[i].by_signal = WIFSIGNALED(status);
			stage[i].status = WIFSIGNALED(status) ? SIGNAL_BASE + WTERMSIG(status)
							      : WEXITSTATUS(status);
		}
		running += !stage[i].ended;
	}
	return running;
}

static void
wait_all(struct stage *stage, size_t n, struct watch *watch)
{
	while (reap(stage, n)) {
		int got = 0;

		if (sigwait(&watch->set, &got) != 0 || got == SIGCHLD)
			continue;
		end_all(stage, n, got);
		if (!watch->ending)
			watch->ending = got;
	}
}

static bool
is_cut_off(const struct stage *stage)
{
	return stage->by_signal && stage->status == SIGNAL_BASE + SIGPIPE;
}

static void
tell_killed(const struct stage *stage, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (stage[i].by_signal && !is_cut_off(&stage[i]))
			msg_error("%s: killed by SIG%s", stage[i].name,
				sigabbrev_np(stage[i].status - SIGNAL_BASE));
}

static bool
is_trouble(int status)
{
	return status > 1;
}

/*
 * Never all of them: what follows from the next one's trouble died of
 * SIGPIPE, what follows from the one before did not.
 */
static bool
follows(const struct stage *stage, size_t n, size_t i)
{
	if (is_cut_off(&stage[i]))
		return i + 1 < n && is_trouble(stage[i + 1].status);
	return i > 0 && stage[i].status == EX_DATAERR && is_trouble(stage[i - 1].status) &&
		!is_cut_off(&stage[i - 1]);
}

int
pipeline_worst(const struct stage *stage, size_t n)
{
	int worst = 0;

	for (size_t i = 0; i < n; i++)
		if (stage[i].status > worst && !follows(stage, n, i))
			worst = stage[i].status;
	return worst;
}

int
pipeline_run(struct stage *stage, size_t n)
{
	struct watch watch = { 0 };
	size_t started;
	int error;

	for (size_t i = 0; i < n; i++)
		find_program(&stage[i]);
	watch_begin(&watch);
	started = start_all(stage, n, &watch.before);
	error = errno;
	if (started < n)
		end_all(stage, started, SIGTERM);
	wait_all(stage, started, &watch);
	if (watch.ending)
		die_of(watch.ending, &watch.before);
	if (started < n)
		msg_die(EX_TEMPFAIL, "%s: cannot be started: %s", stage[started].name,
			strerror(error));
	tell_killed(stage, n);
	if (is_cut_off(&stage[n - 1]))
		die_of(SIGPIPE, &watch.before);
	sigprocmask(SIG_SETMASK, &watch.before, NULL);
	return pipeline_worst(stage, n);
}
