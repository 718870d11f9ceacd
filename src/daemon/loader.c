#include "daemon/loader.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "daemon/loading.h"

struct loader {
	const char *path;
	void (*done)(void *arg, struct config *c,
	    struct config_notes *mistakes);
	void *arg;
	struct loop_watch *watch;
	int ends[2];			/* the thread closes its own */
	pthread_t thread;
	bool runs;
	struct config *conf;
	struct config_notes mistakes;
};

static void *
read_files(void *arg)
{
	struct loader *l = arg;
	struct config_notes warnings;

	l->conf = loading_load(l->path, &l->mistakes, &warnings);
	config_notes_release(&warnings);
	close(l->ends[1]);
	return NULL;
}

static void
join(struct loader *l)
{
	if (l->runs)
		pthread_join(l->thread, NULL);
	l->runs = false;
}

static void
on_end(int fd, void *arg)
{
	struct loader *l = arg;
	struct config *c;
	struct config_notes mistakes;

	(void)fd;
	join(l);
	loop_watch_free(l->watch);
	l->watch = NULL;
	c = l->conf;
	mistakes = l->mistakes;
	l->conf = NULL;
	l->mistakes = (struct config_notes){ NULL, 0, 0 };
	l->done(l->arg, c, &mistakes);
}

/* Signals are the loop's.  Where no thread can be had, everybody waits. */
static void
begin(struct loader *l)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	l->runs = pthread_create(&l->thread, NULL, read_files, l) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!l->runs)
		read_files(l);
}

struct loader *
loader_start(struct loop *loop, const char *path,
    void (*done)(void *arg, struct config *c, struct config_notes *mistakes),
    void *arg, struct err *e)
{
	struct loader *l = mem_alloc(sizeof(*l));

	*l = (struct loader){ .path = path, .done = done, .arg = arg };
	if (pipe2(l->ends, O_CLOEXEC) == -1) {
		err_errno(e, "the files cannot be read");
		free(l);
		return NULL;
	}
	l->watch = loop_watch_new(loop, l->ends[0], on_end, l);
	begin(l);
	return l;
}

void
loader_free(struct loader *l)
{
	if (l == NULL)
		return;
	join(l);
	loop_watch_free(l->watch);
	close(l->ends[0]);
	config_notes_release(&l->mistakes);
	config_free(l->conf);
	free(l);
}
