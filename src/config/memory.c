#include "config/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK ((size_t)64 * 1024)
#define ALIGN _Alignof(max_align_t)

struct chunk {
	struct chunk *next;
	max_align_t bytes[];
};

struct config_memory {
	struct chunk *chunks;
	char *at;	/* what is left of the newest chunk */
	size_t left;

	const char **interned;	/* open addressing; NULL where free */
	size_t n_interned, n_slots;	/* n_slots: 0, or a power of two */
};

struct config_memory *
memory_new(void)
{
	return mem_alloc(sizeof(struct config_memory));
}

void
memory_free(struct config_memory *m)
{
	struct chunk *next;

	if (!m)
		return;
	for (struct chunk *c = m->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	free(m->interned);
	free(m);
}

/* A chunk of its own, or a fresh one to give out from. */
static char *
add_chunk(struct config_memory *m, size_t size)
{
	struct chunk *c = mem_alloc(sizeof(*c) + size);

	c->next = m->chunks;
	m->chunks = c;
	return (char *)c->bytes;
}

static void *
take(struct config_memory *m, size_t size, size_t align)
{
	size_t gap = -(uintptr_t)m->at & (align - 1);

	if (size > CHUNK / 4)
		return add_chunk(m, size);
	if (m->left < gap + size) {
		m->at = add_chunk(m, CHUNK);
		m->left = CHUNK;
		gap = 0;
	}
	char *taken = m->at + gap;
	m->at += gap + size;
	m->left -= gap + size;
	return taken;
}

void *
memory_alloc(struct config_memory *m, size_t size)
{
	return take(m, size > 0 ? size : 1, ALIGN);
}

const char *
memory_text(struct config_memory *m, const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(take(m, size, 1), text, size);
}

/* FNV-1a, by Fowler, Noll and Vo. */
static uint64_t
hash(const char *text)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3;
	return h ^ h >> 32;
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t
slot_of(const char *const *slots, size_t n_slots, const char *text)
{
	size_t i = hash(text) & (n_slots - 1);

	while (slots[i] && strcmp(slots[i], text) != 0)
		i = (i + 1) & (n_slots - 1);
	return i;
}

static void
grow(struct config_memory *m)
{
	size_t n_slots = m->n_slots > 0 ? 2 * m->n_slots : 64;
	const char **slots = mem_alloc(n_slots * sizeof(*slots));

	for (size_t i = 0; i < m->n_slots; i++) {
		const char *text = m->interned[i];
		if (text)
			slots[slot_of(slots, n_slots, text)] = text;
	}
	free(m->interned);
	m->interned = slots;
	m->n_slots = n_slots;
}

const char *
memory_intern(struct config_memory *m, const char *text, bool *ret_new)
{
	if (4 * (m->n_interned + 1) > 3 * m->n_slots)
		grow(m);
	size_t i = slot_of(m->interned, m->n_slots, text);
	bool is_new = !m->interned[i];
	if (is_new) {
		m->interned[i] = memory_text(m, text);
		m->n_interned++;
	}
	if (ret_new)
		*ret_new = is_new;
	return m->interned[i];
}
