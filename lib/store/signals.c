#include "store/signals.h"

#include <stddef.h>

void
signals_hold(struct signals *signals)
{
	const struct sigaction pass = { .sa_handler = SIG_IGN };
	sigset_t wait;

	sigemptyset(&wait);
	sigaddset(&wait, SIGINT);
	sigaddset(&wait, SIGTERM);
	sigaddset(&wait, SIGHUP);
	sigprocmask(SIG_BLOCK, &wait, &signals->mask);
	sigaction(SIGXFSZ, &pass, &signals->xfsz);
	signals->held = true;
}

void
signals_release(struct signals *signals)
{
	if (!signals->held)
		return;
	signals->held = false;
	sigaction(SIGXFSZ, &signals->xfsz, NULL);
	sigprocmask(SIG_SETMASK, &signals->mask, NULL);
}
