libringround_a_SOURCES += \
	src/web/api.h \
	src/web/api_absences.c \
	src/web/api_flags.c \
	src/web/api_history.c \
	src/web/api_json.c src/web/api_json.h \
	src/web/api_plan.c \
	src/web/api_sheet.c \
	src/web/api_script.c \
	src/web/api_status.c \
	src/web/api_team.c \
	src/web/api_trial.c \
	src/web/api_urls.c \
	src/web/asker.c src/web/asker.h \
	src/web/assets.h \
	src/web/control.c src/web/control.h \
	src/web/enter.c \
	src/web/frame.c \
	src/web/hooks.c src/web/hooks.h \
	src/web/html.c src/web/html.h \
	src/web/limits.c src/web/limits.h \
	src/web/look.c \
	src/web/orders.c src/web/orders.h \
	src/web/page.h \
	src/web/page_flag.c \
	src/web/page_flags.c \
	src/web/page_list.c \
	src/web/page_morning.c \
	src/web/page_people.c \
	src/web/page_step.c \
	src/web/page_team.c \
	src/web/page_texts.c \
	src/web/pages.c src/web/pages.h \
	src/web/parts.c \
	src/web/respond.c src/web/respond.h \
	src/web/story.c \
	src/web/version.h

# The style sheet and the script become a part of the program.
nodist_libringround_a_SOURCES = src/web/assets.c
EMBED = $(srcdir)/src/web/embed.awk
src/web/assets.c: src/web/style.css src/web/script.js src/web/embed.awk
	$(AM_V_GEN)$(MKDIR_P) src/web && { echo '#include "web/assets.h"'; \
	    $(AWK) -v name=assets_style -f $(EMBED) $(srcdir)/src/web/style.css; \
	    $(AWK) -v name=assets_script -f $(EMBED) $(srcdir)/src/web/script.js; \
	    } >$@.tmp && mv $@.tmp $@
EXTRA_DIST += src/web/style.css src/web/script.js src/web/embed.awk
CLEANFILES += src/web/assets.c
