#include "config/secrets.h"

#include <string.h>

#include "base/mem.h"
#include "base/secret.h"

typedef int read_fn(const char *path, char **ret, bool *ret_world,
    struct err *e);

static int
read_by(read_fn *fn, struct load *l, const char *key, const char *path,
    char **ret, struct err *e)
{
	bool world;

	if (l->secretless)
		return 0;
	if (fn(load_path(l, path), ret, &world, e) == -1) {
		struct err why = *e;
		return err_set(e, "%s: %s%s", key, why.text,
		    strchr(why.text, ';') ? "" : "; put the secret into that"
		    " file, where whoever runs this may read it");
	}
	if (world) {
		mem_reserve(&l->leaks, l->n_leaks, &l->cap_leaks,
		    sizeof(*l->leaks));
		l->leaks[l->n_leaks++] = (struct draft_leak){
			load_place(l, key), key };
	}
	return 0;
}

int
secrets_read(struct load *l, const char *key, const char *path, char **ret,
    struct err *e)
{
	return read_by(secret_read, l, key, path, ret, e);
}

int
secrets_read_whole(struct load *l, const char *key, const char *path,
    char **ret, struct err *e)
{
	return read_by(secret_read_whole, l, key, path, ret, e);
}

void
secrets_check(struct load *l)
{
	bool loopback = true;

	for (size_t i = 0; i < l->n_gateways; i++)
		loopback = loopback && l->gateways[i].g.loopback;
	for (size_t i = 0; i < l->n_leaks; i++) {
		static const char text[] = "%s: everybody on this machine may"
		    " read the secret; take that right away (chmod 640)";
		const struct draft_leak *leak = &l->leaks[i];

		if (loopback)
			load_warning(l, leak->place, text, leak->key);
		else
			load_mistake(l, leak->place, text, leak->key);
	}
}
