libringround_a_SOURCES += \
	src/config/change.c src/config/change.h \
	src/config/checks.c src/config/checks.h \
	src/config/closed.c src/config/closed.h \
	src/config/config.c src/config/config.h \
	src/config/cover.c src/config/cover.h \
	src/config/csv.c src/config/csv.h \
	src/config/day.c \
	src/config/edit.c src/config/edit.h \
	src/config/extra.c src/config/extra.h \
	src/config/gaps.c \
	src/config/includes.c src/config/includes.h \
	src/config/index.c src/config/index.h \
	src/config/keys.c src/config/keys.h \
	src/config/load.c src/config/load.h \
	src/config/memory.c src/config/memory.h \
	src/config/messages.c src/config/messages.h \
	src/config/newfile.c \
	src/config/reader.c src/config/reader.h \
	src/config/recordings.c src/config/recordings.h \
	src/config/replace.c src/config/replace.h \
	src/config/rounds_of.c src/config/rounds_of.h \
	src/config/rows.c src/config/rows.h \
	src/config/secrets.c src/config/secrets.h \
	src/config/section_gateway.c \
	src/config/section_calendar.c \
	src/config/section_ladder.c \
	src/config/section_message.c \
	src/config/section_participant.c \
	src/config/section_recording.c \
	src/config/section_service.c \
	src/config/section_volunteer.c \
	src/config/section_web.c \
	src/config/tone.c src/config/tone.h \
	src/config/tongues.c src/config/tongues.h \
	src/config/values.c src/config/values.h
