/*
 * rig.h - a ledger in a folder of its own, and rows to put into it.
 */
#ifndef RIG_H
#define RIG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/db.h"
#include "ledger/view.h"
#include "tap.h"

#define RIG_DATE 20790			/* 2026-12-03 */
#define RIG_DAY ((msec)RIG_DATE * MSEC_DAY)
#define RIG_NINE (RIG_DAY + 9 * MSEC_HOUR)

static char rig_folder[64], rig_path[96];

static void __attribute__((unused))
rig_begin(void)
{
	snprintf(rig_folder, sizeof(rig_folder), "/tmp/ringround.XXXXXX");
	if (!mkdtemp(rig_folder)) {
		puts("Bail out! no folder for the test");
		exit(1);
	}
	snprintf(rig_path, sizeof(rig_path), "%s/ledger", rig_folder);
}

static void __attribute__((unused))
rig_end(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	char name[128];

	for (size_t i = 0; i < COUNT(ends); i++) {
		snprintf(name, sizeof(name), "%s%s", rig_path, ends[i]);
		unlink(name);
	}
	rmdir(rig_folder);
}

static struct ledger *__attribute__((unused))
rig_open(void)
{
	struct err e;
	struct ledger *l = ledger_open(rig_path, LEDGER_LIVE, &e);

	if (!l) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
	return l;
}

/*
 * The three take a call whose last argument is written e: they bring it.
 *
 * It worked; if not, say why.
 */
#define worked(call, ...)                                    \
	do {                                                 \
		struct err e_ = { "" };                      \
		struct err *e = &e_;                         \
		if (!ok((call) != -1, __VA_ARGS__))          \
			printf("#   %s\n", e_.text);         \
	} while (0)

/* It was refused, and the words hold these. */
#define refused(call, words, ...)                                      \
	do {                                                           \
		struct err e_ = { "" };                                \
		struct err *e = &e_;                                   \
		int r_ = (call);                                       \
		if (!ok(r_ == -1 && strstr(e_.text, words), __VA_ARGS__)) \
			printf("#   %d, %s\n", r_, e_.text);           \
	} while (0)

/* The call's result. */
#define gives(want, call, ...)                               \
	do {                                                 \
		struct err e_ = { "" };                      \
		struct err *e = &e_;                         \
		int r_ = (int)(call);                        \
		is_int(r_, want, __VA_ARGS__);               \
		if (r_ == -1 && (want) != -1)                \
			printf("#   %s\n", e_.text);         \
	} while (0)

#define put_text(array, text) snprintf(array, sizeof(array), "%s", text)

/* Run SQL as it stands: SQLite's result code. */
static int __attribute__((unused))
rig_sql(struct ledger *l, const char *sql)
{
	return sqlite3_exec(l->db, sql, NULL, NULL, NULL);
}

static int64_t __attribute__((unused))
rig_number(struct ledger *l, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t ret = -1;

	if (sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		ret = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return ret;
}

/* A check-in that is planned for a slot of the day; read back. */
static struct ledger_checkin __attribute__((unused))
rig_checkin(struct ledger *l, const char *who, const char *round, msec slot)
{
	struct ledger_checkin c = { .date = RIG_DATE, .slot = slot }, all[8];
	int n;

	put_text(c.participant, who);
	put_text(c.round, round);
	put_text(c.ladder, "daily");
	put_text(c.ladder_version, "v1");
	worked(ledger_checkin_plan(l, &c, e), "plan %s %s", who, round);
	n = ledger_checkins_of(l, who, RIG_DATE, all, 8, NULL);
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].round, round) == 0)
			return all[i];
	return c;
}

static struct ledger_attempt __attribute__((unused))
rig_attempt(int64_t checkin, const char *ref, const char *number, msec due)
{
	struct ledger_attempt a = {
		.checkin = checkin, .purpose = PURPOSE_FIRST,
		.channel = CHANNEL_CALL, .state = ATTEMPT_PLANNED,
		.rank = -1, .sequence = -1, .planned_at = due, .due_at = due,
	};

	put_text(a.ref, ref);
	put_text(a.number, number);
	put_text(a.gateway, "main");
	return a;
}

static struct ledger_flag __attribute__((unused))
rig_flag(const char *who, const char *code, enum flag_reason reason,
    int64_t checkin)
{
	struct ledger_flag f = {
		.checkin = checkin, .reason = reason,
		.priority = flag_reason_priority(reason), .state = FLAG_OPEN,
		.raised_at = RIG_NINE, .deadline = RIG_NINE + MSEC_HOUR,
		.coordinator_at = RIG_NINE + 2 * MSEC_HOUR,
		.claim_by = MSEC_HOUR,
	};

	put_text(f.participant, who);
	put_text(f.code, code);
	return f;
}

/* Do the rows agree in every field? */
static bool __attribute__((unused))
same_checkin(const struct ledger_checkin *a, const struct ledger_checkin *b)
{
	return a->id == b->id && strcmp(a->participant, b->participant) == 0 &&
	    strcmp(a->round, b->round) == 0 && a->date == b->date &&
	    a->slot == b->slot && strcmp(a->ladder, b->ladder) == 0 &&
	    strcmp(a->ladder_version, b->ladder_version) == 0 &&
	    a->state == b->state && a->started_at == b->started_at &&
	    a->wake_at == b->wake_at && a->flag_at == b->flag_at &&
	    a->confirmed_by == b->confirmed_by &&
	    a->closed_at == b->closed_at &&
	    strcmp(a->reason, b->reason) == 0 && a->flag == b->flag;
}

static bool __attribute__((unused))
same_attempt(const struct ledger_attempt *a, const struct ledger_attempt *b)
{
	return a->id == b->id && strcmp(a->ref, b->ref) == 0 &&
	    a->checkin == b->checkin && a->notice == b->notice &&
	    a->reply == b->reply && a->purpose == b->purpose &&
	    a->step == b->step && a->channel == b->channel &&
	    strcmp(a->number, b->number) == 0 &&
	    strcmp(a->gateway, b->gateway) == 0 &&
	    strcmp(a->gateway_id, b->gateway_id) == 0 &&
	    a->state == b->state && a->outcome == b->outcome &&
	    a->rank == b->rank && a->sequence == b->sequence &&
	    a->planned_at == b->planned_at && a->due_at == b->due_at &&
	    a->sent_at == b->sent_at && a->answered_at == b->answered_at &&
	    a->ended_at == b->ended_at && a->deadline == b->deadline &&
	    a->lookups == b->lookups && a->delays == b->delays &&
	    a->instead_of == b->instead_of &&
	    strcmp(a->detail, b->detail) == 0;
}

static bool __attribute__((unused))
same_reply(const struct ledger_reply *a, const struct ledger_reply *b)
{
	return a->id == b->id && strcmp(a->ref, b->ref) == 0 &&
	    strcmp(a->participant, b->participant) == 0 &&
	    strcmp(a->volunteer, b->volunteer) == 0 &&
	    strcmp(a->number, b->number) == 0 && a->channel == b->channel &&
	    strcmp(a->gateway, b->gateway) == 0 &&
	    strcmp(a->gateway_id, b->gateway_id) == 0 && a->at == b->at &&
	    strcmp(a->text, b->text) == 0 &&
	    strcmp(a->reading, b->reading) == 0 && a->checkin == b->checkin &&
	    a->attempt == b->attempt && a->flag == b->flag &&
	    a->settle_at == b->settle_at;
}

static bool __attribute__((unused))
same_flag(const struct ledger_flag *a, const struct ledger_flag *b)
{
	return a->id == b->id && strcmp(a->code, b->code) == 0 &&
	    strcmp(a->participant, b->participant) == 0 &&
	    strcmp(a->number, b->number) == 0 && a->checkin == b->checkin &&
	    a->reason == b->reason && a->priority == b->priority &&
	    a->state == b->state && strcmp(a->owner, b->owner) == 0 &&
	    strcmp(a->asked, b->asked) == 0 && a->raised_at == b->raised_at &&
	    a->deadline == b->deadline &&
	    a->coordinator_at == b->coordinator_at &&
	    a->claim_by == b->claim_by && a->incident == b->incident &&
	    a->disposition == b->disposition &&
	    a->false_alarm == b->false_alarm &&
	    a->resolved_at == b->resolved_at;
}

static bool __attribute__((unused))
same_notice(const struct ledger_notice *a, const struct ledger_notice *b)
{
	return a->id == b->id && a->flag == b->flag &&
	    a->incident == b->incident &&
	    strcmp(a->volunteer, b->volunteer) == 0 &&
	    a->channel == b->channel && strcmp(a->kind, b->kind) == 0 &&
	    a->state == b->state && a->planned_at == b->planned_at &&
	    a->due_at == b->due_at && a->sent_at == b->sent_at &&
	    a->ended_at == b->ended_at && a->tries == b->tries &&
	    strcmp(a->detail, b->detail) == 0;
}

#endif /* RIG_H */
