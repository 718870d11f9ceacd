libringround_a_SOURCES += \
	src/ledger/absences.c \
	src/ledger/aside.c \
	src/ledger/asks.c \
	src/ledger/attempts.c \
	src/ledger/audit.c src/ledger/audit.h \
	src/ledger/bridges.c \
	src/ledger/checkins.c \
	src/ledger/concerns.c \
	src/ledger/db.c src/ledger/db.h \
	src/ledger/flags.c \
	src/ledger/inbox.c \
	src/ledger/ledger.h \
	src/ledger/notices.c \
	src/ledger/open.c \
	src/ledger/replies.c \
	src/ledger/reviews.c \
	src/ledger/schema.c src/ledger/schema.h \
	src/ledger/schema_ask.c \
	src/ledger/schema_bridge.c \
	src/ledger/schema_follow.c \
	src/ledger/schema_lean.c \
	src/ledger/schema_reach.c \
	src/ledger/schema_signin.c \
	src/ledger/schema_team.c \
	src/ledger/schema_stranger.c \
	src/ledger/schema_tally.c \
	src/ledger/schema_trial.c \
	src/ledger/settings.c \
	src/ledger/signin.c src/ledger/signin.h \
	src/ledger/incidents.h \
	src/ledger/trials.c src/ledger/trials.h \
	src/ledger/turn.c \
	src/ledger/visits.c \
	src/ledger/view.c src/ledger/view.h \
	src/ledger/wakes.c src/ledger/wakes.h
