/*
 * file_path: where a name of a file leads: links are followed, also one to
 * what is not there yet, so that a file can be written beside the place.
 * What a program has open already has names, too (/dev/stdout, /dev/fd/63),
 * which lead to no place at all.
 */
#ifndef ESC_CLI_FILE_PATH_H
#define ESC_CLI_FILE_PATH_H

/* The place, of which nothing or only the last part may be missing; for free. */
char *file_path_resolve(const char *path);

/* The descriptor of this program that it names; -1: none. */
int file_path_descriptor(const char *path);

#endif
