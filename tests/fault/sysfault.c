/*
 * sysfault: runs a command under ptrace and does one deed at its Nth system
 * call of a kind, counted from where the program itself begins (the loader's
 * calls are not counted).
 *
 *   sysfault [-l FILE] DEED N CALLS -- COMMAND [ARGUMENT...]
 *
 * DEED: none        only counts (with -l)
 *       kill        SIGKILL before the call is done
 *       kill-after  SIGKILL once it is done
 *       half        a write is cut to its half, then SIGKILL
 *       short       a read or write is cut to its half, and the program goes on
 *       stop        SIGSTOP before the call: sysfault ends and leaves it stopped
 *       EIO ...     the call is not done and fails so;  EIO+: all from N on
 * CALLS: all, or names divided by commas; a name that ends in * is a group
 *       (write* read* sync* open*)
 * -l FILE: each counted call, one a line: its number, its name, and the file
 *       of its descriptor if it has one; of exit_group the peak of memory.
 *
 * Status: the command's own; 137: killed; 250: it ended before call N;
 * 251: wrong use; 252: ptrace is not allowed.  For Linux on x86-64.
 */
#include <elf.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sysfault_calls.h"

enum { ENDED_EARLY = 250, WRONG_USE = 251, NOT_ALLOWED = 252 };

enum deed { NONE, KILL, KILL_AFTER, HALF, SHORT, STOP, FAIL, FAIL_ON };

static const char *const deed_names[] = {
	"none", "kill", "kill-after", "half", "short", "stop",
};

struct run {
	enum deed deed;
	int error;
	long at;
	const char *calls;
	FILE *log;
	pid_t pid;
	long counted;
	bool entered;   /* between the entry of a call and its end */
	bool done;      /* the deed was done, at some call */
	bool pending;   /* it is to be finished at the end of this call */
	bool refused;   /* the call was not done, and is to answer the error */
	bool is_brk;
	unsigned long long wanted; /* its first argument */
};

static const struct call *
call_find(long number)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (calls[i].number == number)
			return &calls[i];
	return NULL;
}

static bool
is_listed(const char *list, const char *name)
{
	const size_t len = strlen(name);

	for (const char *at = list; len && (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return false;
}

static bool
is_counted(const struct run *run, const struct call *call)
{
	if (strcmp(run->calls, "all") == 0)
		return true;
	return call && (is_listed(run->calls, call->name) || is_listed(run->calls, call->group));
}

static int
deed_parse(struct run *run, const char *text)
{
	const size_t len = strlen(text);

	for (size_t i = 0; i < sizeof deed_names / sizeof *deed_names; i++)
		if (strcmp(text, deed_names[i]) == 0) {
			run->deed = (enum deed)i;
			return 0;
		}
	run->deed = len && text[len - 1] == '+' ? FAIL_ON : FAIL;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (strncmp(text, errors[i].name, len - (run->deed == FAIL_ON)) == 0 &&
			strlen(errors[i].name) == len - (run->deed == FAIL_ON)) {
			run->error = errors[i].number;
			return 0;
		}
	return -1;
}

/* The most memory that the command had, in kB. */
static long
peak_kb(pid_t pid)
{
	char path[64], line[256];
	long kb = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (file)
		fclose(file);
	return kb;
}

static void
log_call(const struct run *run, const struct call *call, const struct user_regs_struct *regs)
{
	char link[64], file[4096];
	ssize_t n = -1;

	if (call && call->number == SYS_exit_group) {
		fprintf(run->log, "%ld %s %ld\n", run->counted, call->name, peak_kb(run->pid));
		return;
	}
	snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)run->pid, (int)regs->rdi);
	if (call && call->has_fd)
		n = readlink(link, file, sizeof file);
	fprintf(run->log, "%ld %s %.*s\n", run->counted, call ? call->name : "other",
		n > 0 ? (int)n : 0, file);
	fflush(run->log);
}

static void
halve(const struct run *run, const struct call *call, struct user_regs_struct *regs)
{
	unsigned long long *length = (void *)((char *)regs + call->length);

	*length = *length > 1 ? *length / 2 : *length;
	ptrace(PTRACE_SETREGS, run->pid, 0, regs);
}

/* A call that fails is not done; brk(2) fails by saying where the break is. */
static void
refuse(struct run *run, const struct call *call, struct user_regs_struct *regs)
{
	run->refused = true;
	run->wanted = regs->rdi;
	run->is_brk = call && call->number == SYS_brk;
	if (run->is_brk)
		regs->rdi = 0;
	else
		regs->orig_rax = (unsigned long long)-1;
	ptrace(PTRACE_SETREGS, run->pid, 0, regs);
}

/* The deed, as far as it is done before the call.  True: the run is over. */
static bool
do_before(struct run *run, const struct call *call, struct user_regs_struct *regs)
{
	run->done = true;
	switch (run->deed) {
	case KILL:
		kill(run->pid, SIGKILL);
		return true;
	case STOP:
		ptrace(PTRACE_DETACH, run->pid, 0, SIGSTOP);
		return true;
	case HALF:
	case SHORT:
		if (call && call->length)
			halve(run, call, regs);
		break;
	case FAIL:
	case FAIL_ON:
		refuse(run, call, regs);
		break;
	default:
		break;
	}
	run->pending = true;
	return false;
}

static bool
do_after(struct run *run, struct user_regs_struct *regs)
{
	run->pending = false;
	if (run->deed == KILL_AFTER || run->deed == HALF) {
		kill(run->pid, SIGKILL);
		return true;
	}
	if (run->refused) {
		run->refused = false;
		if (run->is_brk)
			regs->rdi = run->wanted;
		else
			regs->rax = (unsigned long long)-(long long)run->error;
		ptrace(PTRACE_SETREGS, run->pid, 0, regs);
	}
	return false;
}

/* One stop at a call's entry or end.  True: the run is over. */
static bool
at_call(struct run *run)
{
	struct user_regs_struct regs;
	const struct call *call;

	run->entered = !run->entered;
	if (ptrace(PTRACE_GETREGS, run->pid, 0, &regs) < 0)
		return false;
	if (!run->entered)
		return run->pending && do_after(run, &regs);
	call = call_find((long)regs.orig_rax);
	if (!is_counted(run, call))
		return false;
	run->counted++;
	if (run->log)
		log_call(run, call, &regs);
	if (run->deed == NONE || run->counted < run->at ||
		(run->counted > run->at && run->deed != FAIL_ON))
		return false;
	return do_before(run, call, &regs);
}

/* Where the program itself begins, once the loader is done. */
static unsigned long
entry_point(pid_t pid)
{
	char path[64];
	Elf64_auxv_t aux;
	unsigned long entry = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/auxv", (int)pid);
	file = fopen(path, "re");
	while (file && fread(&aux, sizeof aux, 1, file) == 1)
		if (aux.a_type == AT_ENTRY)
			entry = aux.a_un.a_val;
	if (file)
		fclose(file);
	return entry;
}

/* Runs up to the entry point, by a breakpoint there.  0, or -1. */
static int
skip_loader(pid_t pid)
{
	const unsigned long entry = entry_point(pid);
	const long word = ptrace(PTRACE_PEEKTEXT, pid, entry, 0);
	struct user_regs_struct regs;
	int status;

	if (!entry || ptrace(PTRACE_POKETEXT, pid, entry, (word & ~0xffL) | 0xcc) < 0 ||
		ptrace(PTRACE_CONT, pid, 0, 0) < 0 || waitpid(pid, &status, 0) < 0 ||
		!WIFSTOPPED(status) || WSTOPSIG(status) != SIGTRAP ||
		ptrace(PTRACE_GETREGS, pid, 0, &regs) < 0)
		return -1;
	regs.rip = entry;
	if (ptrace(PTRACE_POKETEXT, pid, entry, word) < 0 ||
		ptrace(PTRACE_SETREGS, pid, 0, &regs) < 0)
		return -1;
	return 0;
}

static pid_t
start(char **argv)
{
	const pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			_exit(NOT_ALLOWED);
		personality(ADDR_NO_RANDOMIZE); /* the same calls each time */
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -1;
	if (!WIFSTOPPED(status) || skip_loader(pid) < 0 ||
		ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) < 0) {
		kill(pid, SIGKILL);
		return -1;
	}
	return pid;
}

static int
follow(struct run *run)
{
	int status, signal = 0;

	for (;;) {
		if (ptrace(PTRACE_SYSCALL, run->pid, 0, signal) < 0 ||
			waitpid(run->pid, &status, 0) < 0)
			return NOT_ALLOWED;
		if (WIFEXITED(status))
			return run->done || run->deed == NONE ? WEXITSTATUS(status) : ENDED_EARLY;
		if (WIFSIGNALED(status))
			return 128 + WTERMSIG(status);
		signal = WSTOPSIG(status);
		if (signal == (SIGTRAP | 0x80)) {
			signal = 0;
			if (at_call(run))
				break;
		}
	}
	if (run->deed == STOP) {
		printf("%d\n", (int)run->pid);
		return 0;
	}
	waitpid(run->pid, &status, 0);
	return 128 + SIGKILL;
}

int
main(int argc, char **argv)
{
	struct run run = { 0 };
	int option, status;

	while ((option = getopt(argc, argv, "+l:")) != -1) {
		if (option != 'l' || !(run.log = fopen(optarg, "we")))
			return WRONG_USE;
	}
	argv += optind;
	if (argc - optind < 5 || strcmp(argv[3], "--") != 0 || deed_parse(&run, argv[0]) < 0)
		return WRONG_USE;
	run.at = strtol(argv[1], NULL, 10);
	run.calls = argv[2];
	run.pid = start(argv + 4);
	if (run.pid < 0)
		return NOT_ALLOWED;
	status = follow(&run);
	if (run.log)
		fclose(run.log);
	return status;
}
