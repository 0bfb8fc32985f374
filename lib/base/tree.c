#include "base/tree.h"

#include <search.h>

#include "base/mem.h"

void **
tree_slot(void **root, const void *key, tree_order_fn order)
{
	return mem_got(tsearch(key, root, order));
}

void
tree_release(void **root, void (*each)(void *of))
{
	tdestroy(*root, each);
	*root = NULL;
}
