# The whole house under virtual time; see rig.h.
ENGINE_RIG = tests/engine/rig.h \
	tests/engine/rig.c tests/engine/rig_look.c tests/engine/rig_wire.c

check_PROGRAMS += tests/engine/test_ask
tests_engine_test_ask_SOURCES = tests/engine/test_ask.c $(ENGINE_RIG)
tests_engine_test_ask_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_words
tests_engine_test_words_SOURCES = tests/engine/test_words.c $(ENGINE_RIG)
tests_engine_test_words_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_team
tests_engine_test_team_SOURCES = tests/engine/test_team.c $(ENGINE_RIG)
tests_engine_test_team_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_trouble
tests_engine_test_trouble_SOURCES = tests/engine/test_trouble.c $(ENGINE_RIG)
tests_engine_test_trouble_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_plan
tests_engine_test_plan_SOURCES = tests/engine/test_plan.c $(ENGINE_RIG)
tests_engine_test_plan_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/engine/test_chaos
tests_engine_test_chaos_SOURCES = tests/engine/test_chaos.c $(ENGINE_RIG)
tests_engine_test_chaos_LDADD = $(TEST_LIBS)
