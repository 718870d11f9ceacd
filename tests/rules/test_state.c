#include "rules/state.h"

#include "tap.h"

/* Every name leads back to its value, and no two values share one. */
#define WALK(word, count)                                                   \
	do {                                                                \
		for (int i_ = 0; i_ < (count); i_++) {                      \
			const char *n_ = word##_name((enum word)i_);        \
			enum word v_ = (enum word)((i_ + 1) % (count));     \
			int r_ = word##_from_name(n_, &v_);                 \
			ok(r_ == 0 && (int)v_ == i_, #word " %d: %s", i_,   \
			    n_ ? n_ : "(none)");                            \
		}                                                           \
		enum word u_ = (enum word)0;                                \
		ok(word##_from_name("nonsense", &u_) == -1 && u_ == 0,      \
		    #word ": an unknown name is refused");                  \
		ok(word##_from_name("", &u_) == -1, #word ": \"\" is none"); \
	} while (0)

static void
forgiving(void)
{
	static const struct {
		const char *text;
		int want; /* -1: refused */
	} cases[] = {
		{ "hospital", DISPOSITION_HOSPITAL },
		{ "hosp", DISPOSITION_HOSPITAL },
		{ " Hospital ", DISPOSITION_HOSPITAL },
		{ "safe", DISPOSITION_SAFE },
		{ "safe helped", DISPOSITION_SAFE_HELPED },
		{ "SAFE-HELPED", DISPOSITION_SAFE_HELPED },
		{ "safe - helped", DISPOSITION_SAFE_HELPED },
		{ "safe_h", DISPOSITION_SAFE_HELPED },
		{ "saf", -1 },
		{ "s", -1 },
		{ "n", DISPOSITION_NOT_LOCATED },
		{ "not located", DISPOSITION_NOT_LOCATED },
		{ "hospitals", -1 },
		{ "-", -1 },
		{ "a word that is far longer than any of ours is", -1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		enum disposition d = DISPOSITION_NONE;
		int r = disposition_from_name(cases[i].text, &d);

		is_int(r == -1 ? -1 : (int)d, cases[i].want, "\"%s\"",
		    cases[i].text);
	}
	enum false_alarm f = FALSE_ALARM_NONE;
	ok(false_alarm_from_name("did not hear", &f) == 0 &&
	    f == FALSE_ALARM_DID_NOT_HEAR, "a false alarm in three words");
	ok(false_alarm_from_name("o", &f) == -1, "out, on or our?");
	ok(false_alarm_from_name("phone", &f) == 0 &&
	    f == FALSE_ALARM_PHONE_OFF, "phone");
}

static void
meanings(void)
{
	ok(!checkin_state_is_final(CHECKIN_DUE), "due is not over");
	ok(!checkin_state_is_final(CHECKIN_ASKING), "asking is not over");
	for (int s = CHECKIN_CONFIRMED; s < CHECKIN_STATE_COUNT; s++)
		ok(checkin_state_is_final((enum checkin_state)s), "%s is over",
		    checkin_state_name((enum checkin_state)s));
	for (int r = 0; r < FLAG_REASON_COUNT; r++) {
		bool urgent = r == FLAG_HELP;
		bool set_up = r == FLAG_HELP || r == FLAG_STOP;
		enum flag_reason reason = (enum flag_reason)r;
		const char *name = flag_reason_name(reason);

		is_int(flag_reason_priority(reason) == PRIORITY_URGENT, urgent,
		    "%s: only help is urgent", name);
		is_int(flag_reason_ends_by_own_word(reason), !set_up,
		    "%s: the person's own word", name);
		ok(checkin_state_is_final(flag_reason_checkin_state(reason)),
		    "%s goes with a check-in that is over", name);
	}
	is_int(flag_reason_checkin_state(FLAG_HELP), CHECKIN_HELP_REQUESTED,
	    "help");
	is_int(flag_reason_checkin_state(FLAG_MISSED), CHECKIN_MISSED,
	    "missed");
}

int
main(void)
{
	WALK(channel, CHANNEL_COUNT);
	WALK(checkin_state, CHECKIN_STATE_COUNT);
	WALK(confirmed_by, CONFIRMED_BY_COUNT);
	WALK(attempt_state, ATTEMPT_STATE_COUNT);
	WALK(outcome, OUTCOME_COUNT);
	WALK(purpose, PURPOSE_COUNT);
	WALK(flag_state, FLAG_STATE_COUNT);
	WALK(flag_reason, FLAG_REASON_COUNT);
	WALK(priority, PRIORITY_COUNT);
	WALK(incident_kind, INCIDENT_KIND_COUNT);
	WALK(disposition, DISPOSITION_COUNT);
	WALK(review_kind, REVIEW_KIND_COUNT);
	WALK(bridge_result, BRIDGE_RESULT_COUNT);
	WALK(false_alarm, FALSE_ALARM_COUNT);
	forgiving();
	meanings();
	return tap_done();
}
