#include "cli/undo.h"

#include <stdlib.h>

/* What ends a program that does not ask for them; none is a fault of its own. */
static const int ending[] = {
	SIGHUP,
	SIGINT,
	SIGPIPE,
	SIGALRM,
	SIGTERM,
	SIGUSR1,
	SIGUSR2,
	SIGVTALRM,
	SIGPROF,
	SIGQUIT,
	SIGXCPU,
	SIGXFSZ,
};

#define ENDING (sizeof ending / sizeof *ending)

static void (*what)(void);

static sigset_t
all(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ENDING; i++)
		sigaddset(&set, ending[i]);
	return set;
}

/* SA_RESETHAND: when this returns, the second one does what it does. */
static void
on_signal(int number)
{
	what();
	raise(number);
}

void
undo_at_end(void (*undo)(void))
{
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
	struct sigaction was;

	what = undo;
	act.sa_mask = all();
	for (size_t i = 0; i < ENDING; i++)
		if (sigaction(ending[i], NULL, &was) == 0 && was.sa_handler == SIG_DFL)
			sigaction(ending[i], &act, NULL);
	atexit(undo);
}

void
undo_hold(sigset_t *before)
{
	const sigset_t set = all();

	sigprocmask(SIG_BLOCK, &set, before);
}

void
undo_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

void
undo_die_of(int number)
{
	if (what)
		what();
	signal(number, SIG_DFL);
	raise(number);
}
