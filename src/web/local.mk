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
	src/web/api_urls.c \
	src/web/asker.c src/web/asker.h \
	src/web/control.c src/web/control.h \
	src/web/hooks.c src/web/hooks.h \
	src/web/orders.c src/web/orders.h \
	src/web/respond.c src/web/respond.h \
	src/web/version.h
