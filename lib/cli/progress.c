#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_MS 1000
#define NEXT_MS  200
#define STRIDE   256 /* records between two looks at the stopwatch */

static bool shown;

static int64_t
stopwatch_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A line that cannot be drawn is no loss, so results are not looked at. */
static void
draw(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		return;
}

static void
init(struct progress *progress, uint64_t total, bool wanted)
{
	*progress = (struct progress){ .total = total, .wanted = wanted };
	if (wanted)
		progress->began_ms = stopwatch_ms();
}

void
progress_init(struct progress *progress, uint64_t total)
{
	init(progress, total, isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO));
}

void
progress_init_alone(struct progress *progress, uint64_t total)
{
	init(progress, total, isatty(STDERR_FILENO));
}

void
progress_format(char *text, size_t size, uint64_t records, int64_t ms,
	uint64_t done, uint64_t total)
{
	uint64_t rate = ms > 0 ? records * 1000 / (uint64_t)ms : 0;
	int n = snprintf(text, size, "%" PRIu64 " records, %" PRIu64 "/s",
		records, rate);

	if (total > 0 && done <= total && n > 0 && (size_t)n < size)
		snprintf(text + n, size - (size_t)n, ", %" PRIu64 " %%",
			done * 100 / total);
}

/* Whether it is time for another line. */
static bool
is_time(const struct progress *progress, int64_t now_ms)
{
	return now_ms - progress->began_ms >= FIRST_MS && now_ms - progress->shown_ms >= NEXT_MS;
}

static void
show(struct progress *progress, int64_t now_ms, const char *text)
{
	char line[100];

	snprintf(line, sizeof line, "\r%s\033[K", text);
	draw(line);
	progress->shown_ms = now_ms;
	shown = true;
}

void
progress_step(struct progress *progress, uint64_t done)
{
	int64_t now_ms;
	char text[80];

	if (!progress->wanted || ++progress->steps % STRIDE != 0)
		return;
	now_ms = stopwatch_ms();
	if (!is_time(progress, now_ms))
		return;
	progress_format(text, sizeof text, progress->steps,
		now_ms - progress->began_ms, done, progress->total);
	show(progress, now_ms, text);
}

void
progress_bytes(struct progress *progress, const char *what, uint64_t done)
{
	int64_t now_ms = progress->wanted ? stopwatch_ms() : 0;
	char text[80];

	if (!progress->wanted || !is_time(progress, now_ms))
		return;
	snprintf(text, sizeof text, "%s %" PRIu64 " MiB", what, done >> 20);
	show(progress, now_ms, text);
}

void
progress_hide(void)
{
	if (shown)
		draw("\r\033[K");
	shown = false;
}
