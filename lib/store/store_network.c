#include "store/store_work.h"

#include <errno.h>
#include <sys/vfs.h>

/*
 * Of linux/magic.h, and of those that it lacks.  FUSE is not among them: much
 * of what is local goes through it, and what is not cannot be told apart.
 */
static const int64_t network[] = {
	0x6969,     /* NFS */
	0x517b,     /* SMB */
	0xff534d42, /* CIFS */
	0xfe534d42, /* SMB 2 and 3 */
	0x5346414f, /* OpenAFS, kAFS */
	0x6b414653, /* kAFS, as it was */
	0x00c36400, /* Ceph */
	0x01021997, /* 9P */
	0x73757245, /* Coda */
	0x564c,     /* NCP */
	0x0bd00bd0, /* Lustre */
	0x01161970, /* GFS2 */
	0x7461636f, /* OCFS2 */
};

bool
store_type_is_network(int64_t type)
{
	for (size_t i = 0; i < sizeof network / sizeof network[0]; i++)
		if (network[i] == (type & 0xffffffff))
			return true;
	return false;
}

int
store_refuse_network(const struct store *store, struct err *err)
{
	struct statfs fs;

	while (fstatfs(store->dir, &fs) != 0)
		if (errno != EINTR)
			return store_fails(store, EX_IOERR, "", "cannot ask the file system", err);
	if (!store_type_is_network(fs.f_type))
		return 0;
	return err_add(err, EX_CONFIG, store->path,
	        "is on a network file system, whose locks and syncs may not hold: "
	        "--allow-network-fs takes it all the same");
}
