/*
 * undo: takes away what is half done however the program ends: where it
 * exits, and where a signal ends it, which then ends it as it would have.
 * Signals that were ignored stay ignored.  Only SIGKILL and a crash go by.
 */
#ifndef ESC_CLI_UNDO_H
#define ESC_CLI_UNDO_H

#include <signal.h>

/*
 * The one function that does so: async-signal-safe, and right each time it is
 * called.  It runs in a handler, so what it reads is changed under undo_hold.
 */
void undo_at_end(void (*undo)(void));

/* The signals that would end the program wait meanwhile. */
void undo_hold(sigset_t *before);
void undo_release(const sigset_t *before);

/* Ends the program by a signal, whether or not that was ignored. */
void undo_die_of(int number);

#endif
