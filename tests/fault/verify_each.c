/*
 * verify_each: verifies many stores in one process, for tests that alter one
 * a hundred thousand times.  A folder a line on stdin; for each, its findings
 * ("found SEGMENT OFFSET SEQ WHAT"), then "done FINDINGS", or "failed STATUS".
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "store/store.h"
#include "store/verify.h"

static void
show(void *ctx, const struct finding *finding)
{
	(void)ctx;
	printf("found %" PRId64 " %" PRId64 " %" PRId64 " %s\n", finding->segment,
		finding->offset, finding->seq, finding->what);
}

static int
verify_one(const char *path, struct verify_count *count, struct err *err)
{
	const struct store_access access = { .use = STORE_READ, .allow_network_fs = true };
	const struct verify_terms terms = { .found = show };
	struct store store;
	int result;

	if (store_open(&store, path, &access, err) < 0)
		return -1;
	result = verify_store(&store, &terms, count, err);
	store_close(&store);
	return result;
}

int
main(void)
{
	char *path = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&path, &size, stdin)) > 0) {
		struct verify_count count = { 0 };
		struct err err = { 0 };

		path[n - 1] = '\0';
		if (verify_one(path, &count, &err) < 0)
			printf("failed %d\n", err.status);
		else
			printf("done %" PRIu64 "\n", count.findings);
		fflush(stdout);
		err_release(&err);
	}
	free(path);
	return 0;
}
