#include "store/store.h"

#include <pwd.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

/* A name that cannot stand in JSON is as good as none. */
static char *
login_of(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);
	struct buf number = { 0 };

	if (user && *user->pw_name && utf8_valid(span_of(user->pw_name)))
		return mem_copy(user->pw_name, strlen(user->pw_name));
	buf_int(&number, (int64_t)uid);
	return buf_cstr(&number);
}

const char *
store_login(void)
{
	static char *login;

	if (!login)
		login = login_of(getuid());
	return login;
}
