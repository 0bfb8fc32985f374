/*
 * index_vfs: how SQLite reads and writes the index: a file that is only ever
 * written by one process, before anyone else sees it, then read as it is.
 * So it needs no locks, no journal and no log of its own.  The last 16 bytes
 * of each page are the generation of the file (8 random bytes, the same in
 * all pages) and a checksum of generation, page number and content: a page
 * that was changed, comes from another place or from another copy of the
 * file is found when it is read (SQLITE_IOERR_DATA).  Temporary files are
 * left to SQLite's own VFS.
 */
#ifndef ESC_STORE_INDEX_VFS_H
#define ESC_STORE_INDEX_VFS_H

#define INDEX_VFS     "esc-index"
#define INDEX_PAGE    4096
#define INDEX_RESERVE 16 /* what each page keeps for this */

/*
 * From now on SQLite knows INDEX_VFS, in which the name of a database is the
 * number of an open descriptor (the caller's, a copy is taken).  0, or -1.
 */
int index_vfs_register(void);

/* All pages of one file into another, empty one, as a new generation.  0; -1. */
int index_vfs_copy(int from, int to);

#endif
