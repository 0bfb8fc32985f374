#include "cli/tz.h"

#include <inttypes.h>

#include "cli/msg.h"
#include "cli/opt.h"
#include "cli/settings.h"

static const struct zone *
tz_of_settings(void)
{
	const struct setting *setting = settings_find("tz");
	struct err err = { 0 };
	const struct zone *zone = setting ? zone_load(setting->value, &err) : NULL;

	if (setting && !zone)
		msg_die(EX_CONFIG, "%s:%" PRIu64 ": tz: %s", setting->file,
			setting->line, err_text(&err));
	return zone;
}

const struct zone *
tz_get(const char *option, const char *own)
{
	const char *name = option ? option : own;
	struct err err = { 0 };
	const struct zone *zone;

	if (!name)
		return tz_of_settings();
	zone = zone_load(name, &err);
	if (!zone && option)
		opt_usage("--tz: %s; names are spelt as in Europe/London", err_text(&err));
	if (!zone)
		msg_die_err("--map", &err);
	return zone;
}
