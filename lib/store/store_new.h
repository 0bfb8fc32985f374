/*
 * store_new: a file below the store that is there whole or not at all: it is
 * written under a name of its own beside its place, synced, renamed, and its
 * folder synced.  Order: store_new_open, write to fd, then store_new_finish
 * or store_new_drop.
 */
#ifndef ESC_STORE_STORE_NEW_H
#define ESC_STORE_STORE_NEW_H

#include "store/store.h"

#define STORE_TEMP      ".tmp-"
#define STORE_TEMP_SIZE 48

struct store_new {
	const struct store *store;
	char *path;                 /* where it goes */
	int fd, parent;
	char temp[STORE_TEMP_SIZE]; /* its name until then */
};

/* mode 0: the store's.  0; -1 with EX_CANTCREAT. */
int store_new_open(struct store_new *new, const struct store *store, const char *path,
	mode_t mode, struct err *err);

/* 0; -1 with EX_IOERR, and the file is not there.  Ends it in any case. */
int store_new_finish(struct store_new *new, struct err *err);
void store_new_drop(struct store_new *new);

/* Whether a file's name says that it is one on its way. */
bool store_new_is_temp(const char *name);

/*
 * Removes what killed programs left of such files in a folder; who is still
 * at work holds a lock on its own.  What cannot be removed stays.
 */
void store_new_sweep(const struct store *store, const char *folder);

#endif
