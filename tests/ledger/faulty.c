#include "ledger/faulty.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/random.h"

/* What a write or a truncation covered, as it was before. */
struct before {
	struct before *older;
	char *path;
	int64_t at, size;	/* of the bytes; at is the new size where cut */
	int64_t file_size;
	unsigned char bytes[];
};

struct faulty_file {
	sqlite3_file base;	/* first */
	char *path;
	sqlite3_file real[];	/* as large as the system's */
};

static sqlite3_vfs *below;
static sqlite3_vfs shim;
static struct before *unsynced;	/* newest first */
static struct {
	int64_t at, count, failed;
	int kinds, code;
	bool for_ever;
} fault;

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return ((struct faulty_file *)f)->real;
}

/* Does this change fail?  SQLite's code, SQLITE_OK where not. */
static int
strike(enum faulty_kind kind)
{
	if ((fault.kinds & (int)kind) == 0)
		return SQLITE_OK;
	fault.count++;
	if (fault.at == 0 || fault.count < fault.at ||
	    (fault.count > fault.at && !fault.for_ever))
		return SQLITE_OK;
	fault.failed++;
	if (fault.code == SQLITE_FULL)
		return SQLITE_FULL;
	return kind == FAULTY_WRITE ? SQLITE_IOERR_WRITE :
	    kind == FAULTY_SYNC ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_TRUNCATE;
}

/* ---- what is not synced ------------------------------------------------ */

static void
remember(struct faulty_file *f, int64_t at, int64_t size)
{
	struct before *b = mem_alloc(sizeof(*b) + (size_t)size);
	sqlite3_int64 whole = 0;

	(void)real_of(&f->base)->pMethods->xFileSize(real_of(&f->base),
	    &whole);
	b->path = mem_dup(f->path);
	b->at = at;
	b->file_size = whole;
	b->size = at + size > whole ? whole - at : size;
	if (b->size < 0)
		b->size = 0;
	if (b->size > 0)
		(void)real_of(&f->base)->pMethods->xRead(real_of(&f->base),
		    b->bytes, (int)b->size, at);
	b->older = unsynced;
	unsynced = b;
}

/* Forget what is remembered of the file; NULL: of all. */
static void
forget(const char *path)
{
	struct before **at = &unsynced;

	while (*at != NULL) {
		struct before *b = *at;

		if (path != NULL && strcmp(b->path, path) != 0) {
			at = &b->older;
			continue;
		}
		*at = b->older;
		free(b->path);
		free(b);
	}
}

static void
take_back(const struct before *b)
{
	int fd = open(b->path, O_WRONLY | O_CLOEXEC);

	if (fd == -1)
		return;		/* deleted since */
	if (b->size > 0 && pwrite(fd, b->bytes, (size_t)b->size, b->at) == -1)
		perror("# pwrite");
	if (ftruncate(fd, b->file_size) == -1)
		perror("# ftruncate");
	close(fd);
}

int
faulty_power_cut(uint64_t seed)
{
	struct random chance;
	int lost = 0;

	random_init_seed(&chance, seed);
	for (const struct before *b = unsynced; b != NULL; b = b->older) {
		/* What is kept by chance has the older ones under it. */
		if (seed != 0 && random_below(&chance, 4) == 0)
			continue;
		take_back(b);
		lost++;
	}
	forget(NULL);
	return lost;
}

void
faulty_settle(void)
{
	forget(NULL);
}

/* ---- a file ------------------------------------------------------------ */

static int
faulty_close(sqlite3_file *f)
{
	struct faulty_file *mine = (struct faulty_file *)f;
	int rc = real_of(f)->pMethods->xClose(real_of(f));

	free(mine->path);
	return rc;
}

static int
faulty_read(sqlite3_file *f, void *bytes, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), bytes, n, at);
}

static int
faulty_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	int rc = strike(FAULTY_WRITE);

	/* A disk that is full takes the half of it. */
	remember((struct faulty_file *)f, at, n);
	if (rc != SQLITE_OK) {
		(void)real_of(f)->pMethods->xWrite(real_of(f), bytes, n / 2,
		    at);
		return rc;
	}
	return real_of(f)->pMethods->xWrite(real_of(f), bytes, n, at);
}

static int
faulty_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct faulty_file *mine = (struct faulty_file *)f;
	sqlite3_int64 whole = 0;
	int rc = strike(FAULTY_TRUNCATE);

	if (rc != SQLITE_OK)
		return rc;
	(void)real_of(f)->pMethods->xFileSize(real_of(f), &whole);
	if (whole > size)
		remember(mine, size, whole - size);
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int
faulty_sync(sqlite3_file *f, int flags)
{
	int rc = strike(FAULTY_SYNC);

	(void)flags;	/* the test's disk is memory: nothing to wait for */
	if (rc != SQLITE_OK)
		return rc;
	forget(((struct faulty_file *)f)->path);
	return SQLITE_OK;
}

static int
faulty_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), ret);
}

static int
faulty_lock(sqlite3_file *f, int how)
{
	return real_of(f)->pMethods->xLock(real_of(f), how);
}

static int
faulty_unlock(sqlite3_file *f, int how)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), how);
}

static int
faulty_reserved(sqlite3_file *f, int *ret)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), ret);
}

static int
faulty_control(sqlite3_file *f, int what, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), what, arg);
}

static int
faulty_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
faulty_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int
faulty_shm_map(sqlite3_file *f, int page, int size, int extend,
    void volatile **ret)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend,
	    ret);
}

static int
faulty_shm_lock(sqlite3_file *f, int from, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), from, n, flags);
}

static void
faulty_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int
faulty_shm_unmap(sqlite3_file *f, int remove)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = faulty_close, .xRead = faulty_read, .xWrite = faulty_write,
	.xTruncate = faulty_truncate, .xSync = faulty_sync,
	.xFileSize = faulty_size, .xLock = faulty_lock,
	.xUnlock = faulty_unlock, .xCheckReservedLock = faulty_reserved,
	.xFileControl = faulty_control, .xSectorSize = faulty_sector,
	.xDeviceCharacteristics = faulty_traits, .xShmMap = faulty_shm_map,
	.xShmLock = faulty_shm_lock, .xShmBarrier = faulty_shm_barrier,
	.xShmUnmap = faulty_shm_unmap,
};

/* ---- the disk ---------------------------------------------------------- */

static int
faulty_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags,
    int *ret_flags)
{
	struct faulty_file *mine = (struct faulty_file *)f;
	int rc;

	(void)v;
	rc = below->xOpen(below, path, mine->real, flags, ret_flags);
	f->pMethods = mine->real->pMethods != NULL ? &methods : NULL;
	if (f->pMethods != NULL)
		mine->path = mem_dup(path != NULL ? path : "");
	return rc;
}

void
faulty_begin(void)
{
	below = sqlite3_vfs_find(NULL);
	shim = *below;
	shim.pNext = NULL;
	shim.zName = "faulty";
	shim.szOsFile = (int)sizeof(struct faulty_file) + below->szOsFile;
	shim.xOpen = faulty_open;
	if (sqlite3_vfs_register(&shim, 1) != SQLITE_OK)
		abort();
	fault.kinds = FAULTY_ANY;
}

void
faulty_fail(int64_t n, int kinds, bool for_ever, int code)
{
	fault.at = n;
	fault.kinds = kinds;
	fault.for_ever = for_ever;
	fault.code = code;
	fault.count = fault.failed = 0;
}

int64_t
faulty_count(void)
{
	return fault.count;
}

int64_t
faulty_failed(void)
{
	return fault.failed;
}
