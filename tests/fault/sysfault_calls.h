/*
 * The system calls that sysfault knows by name: the group they are in, the
 * register that holds how much is read or written, and whether the first
 * argument is a descriptor; and the errors that a call can be made to answer.
 */
#ifndef ESC_FAULT_SYSFAULT_CALLS_H
#define ESC_FAULT_SYSFAULT_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/user.h>

#define REGISTER(name) offsetof(struct user_regs_struct, name)

/* length: the register that says how much; has_fd: the first argument is one. */
struct call {
	long number;
	const char *name, *group;
	size_t length;
	bool has_fd;
};

#define PLAIN(n, group, fd) { SYS_##n, #n, group, 0, fd }
#define SIZED(n, group, reg) { SYS_##n, #n, group, REGISTER(reg), true }

static const struct call calls[] = {
	SIZED(write, "write*", rdx), SIZED(pwrite64, "write*", rdx),
	SIZED(writev, "write*", rdx), SIZED(pwritev, "write*", rdx),
	SIZED(copy_file_range, "write*", r8), SIZED(sendfile, "write*", r10),
	SIZED(read, "read*", rdx), SIZED(pread64, "read*", rdx),
	SIZED(getdents64, "list", rdx),
	PLAIN(fsync, "sync*", true), PLAIN(fdatasync, "sync*", true),
	PLAIN(sync_file_range, "sync*", true), PLAIN(syncfs, "sync*", true),
	PLAIN(open, "open*", false), PLAIN(openat, "open*", true),
	PLAIN(openat2, "open*", true), PLAIN(creat, "open*", false),
	PLAIN(close, "", true), PLAIN(ftruncate, "", true), PLAIN(fallocate, "", true),
	PLAIN(rename, "", false), PLAIN(renameat, "", true), PLAIN(renameat2, "", true),
	PLAIN(link, "", false), PLAIN(linkat, "", true), PLAIN(symlink, "", false),
	PLAIN(unlink, "", false), PLAIN(unlinkat, "", true), PLAIN(rmdir, "", false),
	PLAIN(mkdir, "", false), PLAIN(mkdirat, "", true),
	PLAIN(chmod, "", false), PLAIN(fchmod, "", true), PLAIN(fchmodat, "", true),
	PLAIN(chown, "", false), PLAIN(fchown, "", true), PLAIN(fchownat, "", true),
	PLAIN(stat, "", false), PLAIN(lstat, "", false), PLAIN(fstat, "", true),
	PLAIN(newfstatat, "", true), PLAIN(statx, "", true), PLAIN(statfs, "", false),
	PLAIN(fstatfs, "", true), PLAIN(access, "", false), PLAIN(faccessat, "", true),
	PLAIN(faccessat2, "", true), PLAIN(lseek, "", true), PLAIN(fcntl, "", true),
	PLAIN(flock, "", true), PLAIN(ioctl, "", true), PLAIN(dup, "", true),
	PLAIN(mmap, "", false), PLAIN(munmap, "", false), PLAIN(brk, "", false),
	PLAIN(mremap, "", false), PLAIN(getrandom, "", false),
	PLAIN(rt_sigaction, "", false), PLAIN(rt_sigprocmask, "", false),
	PLAIN(exit_group, "", false), PLAIN(readlink, "", false),
	PLAIN(memfd_create, "", false), PLAIN(utimensat, "", true),
};

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EINTR", EINTR }, { "EDQUOT", EDQUOT },
	{ "EMFILE", EMFILE }, { "ENFILE", ENFILE }, { "ENOMEM", ENOMEM }, { "EACCES", EACCES },
	{ "EAGAIN", EAGAIN }, { "EROFS", EROFS }, { "EFBIG", EFBIG }, { "ENOLCK", ENOLCK },
};

#endif
