/*
 * tree: tsearch(3) that cannot fail, and without <search.h>, of which the
 * names are too common.  A tree holds pointers to what somebody else owns.
 * Order: a root of NULL, tree_slot..., tree_release.
 */
#ifndef ESC_BASE_TREE_H
#define ESC_BASE_TREE_H

typedef int (*tree_order_fn)(const void *a, const void *b);

/*
 * Where the equal of a key stands.  Where there is none, the key itself stands
 * there from now on: whoever gave it puts what is to stay in its place.
 */
void **tree_slot(void **root, const void *key, tree_order_fn order)
	__attribute__((returns_nonnull));

/* Gives each that it holds to `each`. */
void tree_release(void **root, void (*each)(void *of));

#endif
