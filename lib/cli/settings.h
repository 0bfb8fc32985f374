/*
 * settings: the files behind the options: `name = value` lines and # comments
 * in the nearest .esc/config upwards, $XDG_CONFIG_HOME/esc/config (else
 * ~/.config), /etc/esc/config; the first that has a key wins.  Read once.
 * Paths in a file are taken from the folder of the file, or, for
 * .esc/config, from the folder that holds .esc.
 */
#ifndef ESC_CLI_SETTINGS_H
#define ESC_CLI_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

struct setting {
	const char *key, *value;
	const char *file; /* where it stands, for `--show-origin` */
	uint64_t line;
};

/* The setting in force, NULL where no file has it. */
const struct setting *settings_find(const char *key);


#endif
