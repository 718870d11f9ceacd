bin_PROGRAMS += ringround
ringround_SOURCES = src/ringround.c
ringround_LDADD = $(RINGROUND_LIBS)

libringround_a_SOURCES += \
	src/cli/absent.c src/cli/absent.h \
	src/cli/ask.c src/cli/ask.h \
	src/cli/cli.c src/cli/cli.h src/cli/commands.h \
	src/cli/client.c src/cli/client.h \
	src/cli/cmd_absent.c \
	src/cli/cmd_add.c \
	src/cli/cmd_ask_contact.c \
	src/cli/cmd_audit.c \
	src/cli/cmd_away.c \
	src/cli/cmd_back.c \
	src/cli/cmd_call.c \
	src/cli/cmd_check.c \
	src/cli/cmd_claim.c \
	src/cli/cmd_concern.c \
	src/cli/cmd_confirm.c \
	src/cli/cmd_doorstep.c \
	src/cli/cmd_explain.c \
	src/cli/cmd_flags.c \
	src/cli/cmd_hand_over.c \
	src/cli/cmd_help.c \
	src/cli/cmd_history.c \
	src/cli/cmd_hold.c \
	src/cli/cmd_import.c \
	src/cli/cmd_leave.c \
	src/cli/cmd_note.c \
	src/cli/cmd_plan.c \
	src/cli/cmd_release.c \
	src/cli/cmd_reload.c \
	src/cli/cmd_resolve.c \
	src/cli/cmd_resume.c \
	src/cli/cmd_set.c \
	src/cli/cmd_sheet.c \
	src/cli/cmd_reviews.c \
	src/cli/cmd_script.c \
	src/cli/cmd_simulate.c \
	src/cli/cmd_status.c \
	src/cli/cmd_try.c \
	src/cli/cmd_urls.c \
	src/cli/cmd_version.c \
	src/cli/cmd_welcome.c \
	src/cli/doc.c src/cli/doc.h \
	src/cli/flag.c src/cli/flag.h \
	src/cli/help.c src/cli/help.h \
	src/cli/hold.c src/cli/hold.h \
	src/cli/listing.c src/cli/listing.h \
	src/cli/next.c src/cli/next.h \
	src/cli/paint.c src/cli/paint.h \
	src/cli/people.c src/cli/people.h \
	src/cli/script.c src/cli/script.h \
	src/cli/site.c src/cli/site.h \
	src/cli/trial.c src/cli/trial.h \
	src/cli/when.c src/cli/when.h \
	src/cli/words.c src/cli/words.h
