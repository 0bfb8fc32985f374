/*
 * signals: the stretch of a writer that must not be cut in half.  SIGINT,
 * SIGTERM and SIGHUP wait until it is over; SIGXFSZ is passed over, so that
 * a limit of file size is the failed write that it is.  Two of them nest.
 */
#ifndef ESC_STORE_SIGNALS_H
#define ESC_STORE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

struct signals {
	sigset_t mask;          /* as it was before */
	struct sigaction xfsz;
	bool held;
};

void signals_hold(struct signals *signals);

/* What waited is delivered.  Nothing where none are held. */
void signals_release(struct signals *signals);

#endif
