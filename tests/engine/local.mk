# The whole house under virtual time; see rig.h.
ENGINE_RIG = tests/engine/rig.h \
	tests/engine/rig.c tests/engine/rig_look.c tests/engine/rig_wire.c \
	tests/engine/rig_death.c \
	tests/ledger/handle.c tests/ledger/handle.h

check_PROGRAMS += tests/engine/test_ask
tests_engine_test_ask_SOURCES = tests/engine/test_ask.c $(ENGINE_RIG)
tests_engine_test_ask_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_amends
tests_engine_test_amends_SOURCES = tests/engine/test_amends.c $(ENGINE_RIG)
tests_engine_test_amends_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_audit
tests_engine_test_audit_SOURCES = tests/engine/test_audit.c $(ENGINE_RIG)
tests_engine_test_audit_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_bridge
tests_engine_test_bridge_SOURCES = tests/engine/test_bridge.c $(ENGINE_RIG)
tests_engine_test_bridge_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_words
tests_engine_test_words_SOURCES = tests/engine/test_words.c $(ENGINE_RIG)
tests_engine_test_words_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_team
tests_engine_test_team_SOURCES = tests/engine/test_team.c $(ENGINE_RIG)
tests_engine_test_team_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_trouble
tests_engine_test_trouble_SOURCES = tests/engine/test_trouble.c $(ENGINE_RIG)
tests_engine_test_trouble_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_parts
tests_engine_test_parts_SOURCES = tests/engine/test_parts.c $(ENGINE_RIG)
tests_engine_test_parts_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_plan
tests_engine_test_plan_SOURCES = tests/engine/test_plan.c $(ENGINE_RIG)
tests_engine_test_plan_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_chaos
tests_engine_test_chaos_SOURCES = tests/engine/test_chaos.c $(ENGINE_RIG)
tests_engine_test_chaos_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_points
tests_engine_test_points_SOURCES = tests/engine/test_points.c $(ENGINE_RIG)
tests_engine_test_points_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_disk
tests_engine_test_disk_SOURCES = tests/engine/test_disk.c $(ENGINE_RIG) \
	tests/ledger/faulty.c tests/ledger/faulty.h
tests_engine_test_disk_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_once
tests_engine_test_once_SOURCES = tests/engine/test_once.c $(ENGINE_RIG)
tests_engine_test_once_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_probe
tests_engine_test_probe_SOURCES = tests/engine/test_probe.c $(ENGINE_RIG)
tests_engine_test_probe_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_clock
tests_engine_test_clock_SOURCES = tests/engine/test_clock.c $(ENGINE_RIG)
tests_engine_test_clock_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_zones
tests_engine_test_zones_SOURCES = tests/engine/test_zones.c $(ENGINE_RIG)
tests_engine_test_zones_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_restored
tests_engine_test_restored_SOURCES = tests/engine/test_restored.c $(ENGINE_RIG)
tests_engine_test_restored_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_aside
tests_engine_test_aside_SOURCES = tests/engine/test_aside.c $(ENGINE_RIG)
tests_engine_test_aside_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_hostile
tests_engine_test_hostile_SOURCES = tests/engine/test_hostile.c $(ENGINE_RIG)
tests_engine_test_hostile_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_absence
tests_engine_test_absence_SOURCES = tests/engine/test_absence.c $(ENGINE_RIG)
tests_engine_test_absence_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_hand
tests_engine_test_hand_SOURCES = tests/engine/test_hand.c $(ENGINE_RIG)
tests_engine_test_hand_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_close
tests_engine_test_close_SOURCES = tests/engine/test_close.c $(ENGINE_RIG)
tests_engine_test_close_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_inbox
tests_engine_test_inbox_SOURCES = tests/engine/test_inbox.c $(ENGINE_RIG)
tests_engine_test_inbox_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_notes
tests_engine_test_notes_SOURCES = tests/engine/test_notes.c $(ENGINE_RIG)
tests_engine_test_notes_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_reviews
tests_engine_test_reviews_SOURCES = tests/engine/test_reviews.c $(ENGINE_RIG)
tests_engine_test_reviews_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_trips
tests_engine_test_trips_SOURCES = tests/engine/test_trips.c $(ENGINE_RIG)
tests_engine_test_trips_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_deadlines
tests_engine_test_deadlines_SOURCES = tests/engine/test_deadlines.c \
	tests/engine/rests_asked.c tests/engine/rests_people.c \
	tests/engine/rests_trouble.c tests/engine/rests.h $(ENGINE_RIG)
tests_engine_test_deadlines_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_orphans
tests_engine_test_orphans_SOURCES = tests/engine/test_orphans.c $(ENGINE_RIG)
tests_engine_test_orphans_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_tongues
tests_engine_test_tongues_SOURCES = tests/engine/test_tongues.c $(ENGINE_RIG)
tests_engine_test_tongues_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_voice
tests_engine_test_voice_SOURCES = tests/engine/test_voice.c $(ENGINE_RIG)
tests_engine_test_voice_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_promise
tests_engine_test_promise_SOURCES = tests/engine/test_promise.c $(ENGINE_RIG)
tests_engine_test_promise_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_silence
tests_engine_test_silence_SOURCES = tests/engine/test_silence.c $(ENGINE_RIG)
tests_engine_test_silence_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_replay
tests_engine_test_replay_SOURCES = tests/engine/test_replay.c $(ENGINE_RIG)
tests_engine_test_replay_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_trial
tests_engine_test_trial_SOURCES = tests/engine/test_trial.c $(ENGINE_RIG)
tests_engine_test_trial_LDADD = $(TEST_LIBS)
