#include "config/recordings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "rules/wording.h"

/* ---- a file ------------------------------------------------------------ */

/* Open what is a file, and nothing that could keep us waiting. */
static int
open_plain(const char *path, size_t *ret_size, struct err *e)
{
	struct stat s;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (fd == -1)
		return err_set(e, "the file cannot be read: %s; put it there,"
		    " where the daemon's user may read it", strerror(errno));
	if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 &&
	    (uint64_t)s.st_size <= RECORDINGS_FILE_MAX) {
		*ret_size = (size_t)s.st_size;
		return fd;
	}
	close(fd);
	return err_set(e, "that is no file of at most %zu KB; record a"
	    " sentence or two, as .mp3", RECORDINGS_FILE_MAX >> 10);
}

static int
read_all(int fd, char *ret, size_t n)
{
	size_t have = 0;

	while (have < n) {
		ssize_t more = read(fd, ret + have, n - have);

		if (more == -1 && errno == EINTR)
			continue;
		if (more <= 0)
			return -1;
		have += (size_t)more;
	}
	return 0;
}

static int
read_file(struct load *l, const char *path, char **ret, size_t *ret_n,
    struct err *e)
{
	int fd = open_plain(path, ret_n, e);
	int result;

	if (fd == -1)
		return -1;
	*ret = memory_alloc(l->scratch, *ret_n);
	result = read_all(fd, *ret, *ret_n);
	close(fd);
	return result == -1 ? err_set(e, "the file cannot be read whole; is it"
	    " still being written?") : 0;
}

/* By what it holds, whatever it is called: an MP3 with or without a tag, or a
 * WAV.  NULL: neither. */
static const char *
suffix_of(const char *bytes, size_t n)
{
	if (n >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
	    memcmp(bytes + 8, "WAVE", 4) == 0)
		return "wav";
	if ((n >= 3 && memcmp(bytes, "ID3", 3) == 0) || (n >= 2 &&
	    (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xe6) == 0xe2))
		return "mp3";
	return NULL;
}

static const struct config_recording *
find_same(const struct load *l, const char *path)
{
	for (size_t i = 0; i < l->n_recordings; i++)
		if (strcmp(l->recordings[i]->path, path) == 0)
			return l->recordings[i];
	return NULL;
}

/* Keep what is not there yet.  NULL where there is too much of it. */
static const struct config_recording *
keep(struct load *l, const char *bytes, size_t n, const char *suffix,
    struct err *e)
{
	struct config_recording *r = memory_alloc(l->memory, sizeof(*r));
	const struct config_recording *same;
	uint8_t hash[CRYPTO_SHA256_SIZE];
	struct buf hex = BUF_EMPTY;
	char *copy;

	crypto_sha256(bytes, n, hash);
	buf_add_hex(&hex, hash, 16);
	snprintf(r->path, sizeof(r->path), CONFIG_PLAY "%s.%s",
	    buf_text(&hex), suffix);
	buf_release(&hex);
	if ((same = find_same(l, r->path)))
		return same;
	if (l->recorded + n > RECORDINGS_ALL_MAX) {
		err_set(e, "all recordings together are more than %zu MB;"
		    " save them as .mp3, or take some away",
		    RECORDINGS_ALL_MAX >> 20);
		return NULL;
	}
	l->recorded += n;
	r->type = strcmp(suffix, "mp3") == 0 ? "audio/mpeg" : "audio/wav";
	r->bytes = copy = memory_alloc(l->memory, n);
	memcpy(copy, bytes, n);
	r->n = n;
	mem_reserve(&l->recordings, l->n_recordings, &l->cap_recordings,
	    sizeof(*l->recordings));
	l->recordings[l->n_recordings++] = r;
	return r;
}

const struct config_recording *
recordings_read(struct load *l, const char *key, const char *path,
    struct err *e)
{
	const struct config_recording *r = NULL;
	struct err why;
	const char *suffix;
	char *bytes;
	size_t n = 0;

	if (read_file(l, load_path(l, path), &bytes, &n, &why) == 0) {
		load_take_bytes(l, bytes, n);
		suffix = suffix_of(bytes, n);
		if (suffix)
			r = keep(l, bytes, n, suffix, &why);
		else
			err_set(&why, "that is neither .mp3 nor .wav; save it"
			    " as one of them");
	}
	if (!r)
		err_set(e, "%s: %s", key, why.text);
	return r;
}

/* ---- what is made of them ---------------------------------------------- */

static bool
is_there(const struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_voices; i++)
		if (strcmp(l->voices[i].name, name) == 0)
			return true;
	return false;
}

static bool
is_wanted(const struct load *l, const char *name)
{
	if (load_has_language(l, name) || (l->n_languages == 0 &&
	    strcmp(name, "en") == 0))
		return true;
	for (size_t i = 0; i < l->n_participants; i++) {
		const char *own = config_extra(&l->participants[i])->recordings;

		if (own && strcmp(own, name) == 0)
			return true;
	}
	return false;
}

/* What a recording cannot say: it is the same every day. */
static void
check_said(struct load *l, const struct config_voice *v)
{
	static const char *const changing[] = { "ring_by", "first_day",
		"last_day", "next_day", "names" };
	const struct config_messages *m = config_messages(l->c, v->name);

	for (int i = 0; i < CONFIG_SPOKEN; i++)
		for (size_t k = 0; v->parts[i] && k < COUNT(changing); k++)
			if (wording_has(m->texts[i], changing[k]))
				load_warning(l, v->place, "the recording of %s"
				    " cannot say {%s}, so nobody hears it; let"
				    " the gateway speak this one",
				    message_key((enum message)i),
				    changing[k]);
}

/* What is said to who rings us belongs to no round. */
static void
check_said_in_round(struct load *l, const struct config_voice *v)
{
	static const enum message theirs[] = { MESSAGE_STRANGER,
		MESSAGE_ASK_BACK, MESSAGE_AWAY_DAYS, MESSAGE_AWAY,
		MESSAGE_BACK };

	for (size_t i = 0; v->round && i < COUNT(theirs); i++)
		if (v->parts[theirs[i]])
			load_warning(l, v->place, "nobody hears %s of"
			    " [recording %s %s]: it is said to who rings us,"
			    " which is no call of a round; write it under"
			    " [recording %s]", message_key(theirs[i]), v->name,
			    v->round, v->name);
}

/* Is it heard in any call, and by anybody? */
static void
check_heard(struct load *l, const struct config_voice *v)
{
	const char *round = v->round ? v->round : "";

	if (!is_wanted(l, v->name))
		load_warning(l, v->place, "nobody hears [recording %s%s%s]:"
		    " %s is no language of the scheme, and no [participant]"
		    " has recordings = %s", v->name, v->round ? " " : "",
		    round, v->name, v->name);
	for (size_t i = 0; i < l->n_rounds && v->round; i++)
		if (strcmp(l->rounds[i].r.name, round) == 0)
			return;
	if (v->round)
		load_mistake(l, v->place, "there is no [round %s]; write [round"
		    " %s], or [recording %s] for all calls", round, round,
		    v->name);
}

void
recordings_check(struct load *l)
{
	for (size_t i = 0; i < l->n_participants; i++) {
		const struct config_participant *p = &l->participants[i];
		const char *own = config_extra(p)->recordings;

		if (own && !is_there(l, own))
			load_mistake(l, (struct config_place){ p->place.file,
			    l->drafts[i].line_recordings }, "recordings: there"
			    " is no [recording %s]; write it, or take the line"
			    " away", own);
	}
	for (size_t i = 0; i < l->n_voices; i++) {
		const struct config_voice *v = &l->voices[i];

		check_heard(l, v);
		check_said_in_round(l, v);
		if (l->c->n_messages > 0 && l->c->service.languages)
			check_said(l, v);
	}
}
