/*
 * store_work: what the files of store share: FORMAT, the folder that a path
 * lies in, and whether a file system is a network one.  Private to store*.c.
 */
#ifndef ESC_STORE_STORE_WORK_H
#define ESC_STORE_STORE_WORK_H

#include "store/store.h"

/*
 * The folder in which path's last name lies, opened; *name is that name.
 * -1 with errno.
 */
int store_parent(const struct store *store, const char *path, const char **name);

/*
 * openat2(2) below dir, through no symbolic link; where the kernel lacks it,
 * name by name.  -1 with errno.
 */
int store_open_beneath(int dir, const char *path, int flags, mode_t mode);

/* Reads FORMAT into id and segment_bytes.  0; -1. */
int store_format_read(struct store *store, enum store_use use, struct err *err);
int store_format_write(const struct store *store, struct err *err);

/* By the type that statfs(2) tells. */
bool store_type_is_network(int64_t type);

/* 0; -1 with EX_CONFIG where fd is on a network file system. */
int store_refuse_network(const struct store *store, struct err *err);

/* What root makes in the store of another is that one's. */
void store_find_owner(struct store *store);

/* What was just created gets the store's mode and owner.  0; -1 with errno. */
int store_settle(const struct store *store, int fd, mode_t mode);

/* The modes of a private or shared store. */
void store_modes(struct store *store, bool shared);

/* The advice where there is no store: -1. */
int store_is_none(const char *path, const char *why, struct err *err);

#endif
