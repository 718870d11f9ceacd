/*
 * config.h - one immutable configuration: what the coordinators' files say.
 *
 * A configuration is loaded whole or not at all.  It owns all its memory and
 * never changes after the load; the daemon swaps one for another.  Everything
 * that config yields is checked: whoever holds a struct config may rely on
 * every sentence in this header.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "rules/ladder.h"
#include "rules/reply.h"
#include "rules/week.h"

/* Where something stands, for messages and for the record. */
struct config_place {
	const char *file;	/* as the coordinator wrote or globbed it */
	int line;
};

/* A mistake or a warning: what is wrong, and what to write instead.  The
 * message may quote names of keys and sections; of values it quotes only what
 * a coordinator needs to find the place.  For the journal only the place is
 * used (invariant 8). */
struct config_note {
	struct config_place place;
	char *message;
};

struct config_notes {
	struct config_note *items;
	size_t n, cap;
};

struct config_service {
	const char *name;
	const char *office_phone;	/* E.164 */
	const char *languages;		/* "en, pl": the first is the default */
	const char *timezone;
	const char *country_code;	/* "44" */
	const char *database;		/* path, made absolute */
	const char *socket; /* path; by default beside the database */
	struct hours contact_hours;
	int closes;			/* the minute of the day's close */
	int max_attempts_per_day;
	const char *allow_numbers;	/* NULL where it is not set */
	msec max_late;			/* later than that is missed; 120 min */
	const char *heartbeat_url;	/* NULL where it is not set */
};

/* One [gateway NAME]; which keys it needs its driver says (gateway.h). */
struct config_gateway {
	const char *name;
	struct config_place place;
	const char *driver;		/* "twilio" */
	const char *base_url;		/* without a slash at the end */
	const char *path_prefix;	/* "" or "/api/laml" */
	const char *account_sid;
	const char *api_key_sid;	/* NULL: account_sid with the token */
	char *api_key_secret;		/* secrets are read at the load */
	char *auth_tokens[2];		/* the primary, and one for rotation */
	const char *signature_header;	/* "X-Twilio-Signature" */
	bool strict_sid;		/* ids look as Twilio's do */
	const char *call_from;		/* E.164; NULL without calls */
	const char *text_from;		/* E.164, short code, or letters */
	bool text_from_letters;		/* nobody can reply to it */
	bool calls, texts;
	double calls_per_second, texts_per_second;
	int in_flight;			/* requests at once */
	const char *proxy;		/* NULL: none */
	const char *ca_file;		/* NULL: the system's */
	const char *voice;		/* NULL: the gateway's own */
	bool loopback;			/* base_url is on this machine */
	bool polls;			/* texts are fetched, not brought */
	msec poll_every;
};

struct config_web {
	const char *listen;		/* "127.0.0.1:9085" */
	const char *public_url;		/* without a slash at the end */

	/* TLS on the listener itself; both NULL where a proxy does it. */
	const char *tls_cert;		/* PEM: its own first, then the chain */
	char *tls_key;			/* PEM; a secret */
	struct config_place tls_place;
	msec tls_from, tls_until;	/* the certificate is good between */
	bool pages;			/* volunteers' and coordinators' */
};

struct config_email {
	const char *smtp_url;		/* NULL: no e-mail */
	const char *from;
	const char *user;		/* NULL: none */
	char *password;
	bool starttls; /* required where smtp:// leaves loopback */
	const char *ca_file;
	int morning_list;		/* minute of the day; 08:30 */
	int evening_list;		/* 19:30 */
};

/* Days on which a round goes another way: bank holidays, days on which the
 * office is closed, heat alerts. */
struct config_closed_day {
	localdate date;
	const char *why;		/* "Christmas Day" */
};

struct config_calendar {
	const char *name;
	struct config_place place;
	const char *source;		/* where its days are from; or NULL */
	bool unforeseen;		/* heat alerts: written as they come */
	const struct config_closed_day *days;	/* by date */
	size_t n_days;
};

struct config_round {
	const char *name;
	struct config_place place;
	week_days days;
	int at;				/* minute of the day */
	msec spread;
	const struct ladder *ladder;
	bool ask_again;			/* an OK given earlier does not count */
	const struct config_calendar *const *closed;	/* its closed days */
	size_t n_closed;
	int at_closed;			/* a minute of those days, or */
#define CONFIG_NOT_ASKED (-1)		/* nobody is asked on them */
	const struct config_calendar *const *only;	/* it is held on the */
	size_t n_only;			/* days of these alone; 0: on all */
	uint32_t n_live;		/* its live people */
};

/* What is said and written, in one language. */
enum message {
	MESSAGE_GREETING,
	MESSAGE_ASK,
	MESSAGE_THANKS,
	MESSAGE_RING_YOU,
	MESSAGE_NO_KEY,
	MESSAGE_STRANGER,
	MESSAGE_VOICEMAIL,
	MESSAGE_ASK_BACK,	/* the question in a call that they make; the
				 * same as ASK where key 3 means nothing */
	MESSAGE_AWAY_DAYS,	/* after key 3 there: for how many days? */
	MESSAGE_AWAY,		/* it is noted */
	MESSAGE_BACK,		/* they are asked again */
	MESSAGE_TEXT,
	MESSAGE_TEXT_AGAIN,
	MESSAGE_TEXT_THANKS,
	MESSAGE_TEXT_RING_YOU,
	MESSAGE_TEXT_WHO,	/* several share the number: who are you? */
	MESSAGE_TEXT_UNCLEAR,	/* not understood; a human will read it */
	MESSAGE_TEXT_AWAY,	/* they will be away: noted */
	MESSAGE_TEXT_BACK,
};
#define MESSAGE_COUNT 19

const char *message_key(enum message m);	/* "greeting", as in the file */

struct config_messages {
	const char *language;		/* "en" */
	const char *texts[MESSAGE_COUNT];	/* none is NULL */
	const char *voice;		/* NULL: the gateway's */
};

/* How many messages, the first ones, are spoken and not written. */
#define CONFIG_SPOKEN MESSAGE_TEXT
/* Where recordings are fetched, and the room that a whole path takes. */
#define CONFIG_PLAY "/play/"
#define CONFIG_PLAY_SIZE 48

/* A sound file, as it was when it was loaded. */
struct config_recording {
	char path[CONFIG_PLAY_SIZE];	/* "/play/HEX.mp3", by what it holds */
	const char *type;		/* "audio/mpeg" */
	const char *bytes;
	size_t n;
};

/* Recordings in place of what is spoken, for a language, or for those people
 * who name it: in all calls, or in those of a round. */
struct config_voice {
	const char *name;
	const char *round;		/* NULL: in all */
	struct config_place place;
	const struct config_recording *parts[CONFIG_SPOKEN]; /* NULL: none */
};

/* A date that is not recorded. */
#define CONFIG_NO_DATE INT32_MIN

struct config_away {
	localdate from, to;		/* both included */
	const char *why;		/* may be "" */
	bool paused;			/* by us, not for a journey of theirs */
};

/* In the order in which they are rung. */
struct config_contact {
	const char *name, *relation, *number;	/* number: E.164 */
	bool keyholder;
	localdate agreed;		/* CONFIG_NO_DATE: not recorded */
	localdate confirmed;		/* the number was last right then */
};

/* What somebody agreed to, or took back: the newest such line holds, those
 * before it are kept in the file as the record of what was. */
struct config_record {
	localdate on;			/* CONFIG_NO_DATE: never asked */
	bool no;			/* refused, or taken back */
	const char *text;		/* the whole line; NULL: none */
};

/* What a volunteer at somebody's door should know: never a diagnosis. */
enum config_safety {
	SAFETY_DOG,
	SAFETY_OTHER_PETS,
	SAFETY_HARD_OF_HEARING,
	SAFETY_POOR_SIGHT,
	SAFETY_SLOW_TO_DOOR,
	SAFETY_STAIRS,
	SAFETY_OTHER_DOOR,
	SAFETY_GO_IN_TWOS,
};
#define SAFETY_COUNT 8

const char *config_safety_name(enum config_safety s);	/* "slow_to_door" */

/* What few say of a person: set-up, and what the law and an evaluation ask
 * for.  Texts are NULL and dates CONFIG_NO_DATE where nothing is said. */
struct config_extra {
	struct config_record agreement, promotional, sharing;
	const char *age_band, *ward, *referred_by, *left_reason;
	const char *test_waived, *contact_waived;	/* the reasons */
	const char *voice;		/* in place of the language's */
	const char *recordings;		/* the name of a struct config_voice */
	int speed;			/* percent; 0: as the voice speaks */
	localdate referred_on, left, tested, confirmed, safety_on;
	uint16_t safety;		/* bits of enum config_safety */
};

/* There may be a million of these: lean, and texts that repeat are shared. */
struct config_participant {
	const char *id;
	struct config_place place;
	const char *name, *call_me;
	const char *phone, *alternate, *text;	/* E.164, NULL where none */
	const char *language;		/* one of the service's; with the human
					 * channel any */
	const char *area;		/* NULL where none */
	const struct config_round *const *rounds;
	const uint32_t *places;		/* in each round: see config_slot */
	const struct config_away *away;
	const struct config_contact *contacts;
	struct hours contact_hours;	/* the service's where not their own */
	msec ring;			/* 0: the ladder's */
	const char *consent;		/* the newest; NULL where none */
	struct config_extra *extra;	/* NULL: see config_extra() */
	uint16_t n_rounds, n_away, n_contacts;
	bool call_channel, text_channel, human_channel;
	bool live;
};

/* By which ways somebody wants to be told. */
struct config_ways {
	bool text, email;
};

struct config_volunteer {
	const char *id;
	struct config_place place;
	const char *name;
	const char *mobile;		/* E.164, NULL where none */
	const char *email;		/* NULL where none */
	const char *user;		/* the system user who is this person */
	bool coordinator;
	const char *const *areas; /* none: all; a coordinator covers all */
	int n_areas;
	const struct week_hours *duty;
	int n_duty;
	int carries;			/* open flags at once; 5 */
	/* Only ways for which they have a number or an address; notices has
	 * one at least. */
	struct config_ways notices, morning_list, evening_list;
	struct hours quiet;		/* may go over midnight; empty: none */
	const char *const *languages;	/* beside the scheme's first */
	int n_languages;
	localdate checks_until;		/* the first check to run out;
					 * CONFIG_NO_DATE: none is known */
};

struct config {
	struct config_place place;	/* the main file */
	char digest[17]; /* of everything that was read, in hex */
	struct config_service service;
	struct config_gateway *gateways;
	size_t n_gateways;
	struct config_web web;
	struct config_email email;
	struct ladder *ladders;
	size_t n_ladders;
	struct config_round *rounds;
	size_t n_rounds;
	struct config_calendar *calendars;
	size_t n_calendars;
	struct config_messages *messages;
	size_t n_messages;
	struct config_voice *voices;
	size_t n_voices;
	const struct config_recording **recordings;
	size_t n_recordings;
	struct reply_words words;	/* what the scheme adds to our table */
	/* The languages whose words somebody who grew up with them has read,
	 * says the scheme; NULL behind the last. */
	const char *const *reviewed;
	struct config_participant *participants;	/* by id, strcmp */
	size_t n_participants, n_live;
	/* Those of whom a line says that they are away at some time. */
	const struct config_participant **absent;
	size_t n_absent;
	struct config_volunteer *volunteers;		/* as they stand */
	size_t n_volunteers;

	/* For config_people_at: numbers as integers in rising order, and who
	 * has each of them. */
	uint32_t *places;		/* what participant.places point into */
	uint64_t *numbers;
	const struct config_participant **number_people;
	size_t n_numbers;
	struct config_memory *memory;	/* owns all text; config's own */
};

/*
 * Load the main file and what it includes.  Every mistake of the load is put
 * into mistakes, what is allowed but doubtful into warnings, in the order of
 * the files.  Returns the configuration, or NULL where there is any mistake.
 * Sets no zone: the main does that with service.timezone beforehand where it
 * needs one (config_peek_timezone).
 */
struct config *config_load(const char *path, struct config_notes *mistakes,
    struct config_notes *warnings) MUST_CHECK;

/* A text that is to take a file's place: what is at instead is read, what is
 * told names path, as a place of the configuration does.  An include takes up
 * path also where it is not there yet. */
struct config_stand_in {
	const char *path, *instead;
};

/*
 * The load that there would be with n such texts in place: for whoever changes
 * files, or looks at them, and may not be able to read the secrets.  Those are
 * NULL, and the certificate too; whether the ledger can be written is not
 * looked at.
 */
struct config *config_load_as_if(const char *path,
    const struct config_stand_in *stand_ins, size_t n,
    struct config_notes *mistakes, struct config_notes *warnings) MUST_CHECK;

/*
 * Where a new file of people may stand, so that an include of the main file
 * takes it up: name, such as "participants.d/people.conf", or, where that is
 * NULL, people.conf in the first folder that fits, rather one that is called
 * after the kind ("participant", "volunteer").  The path is as config_load
 * would name it; the caller frees.  NULL with *e where no include fits.
 */
char *config_new_file(const char *path, const char *kind, const char *name,
    struct err *e) MUST_CHECK;

void config_free(struct config *c);	/* wipes the secrets; NULL is fine */

/*
 * The zone that the main file names, for calendar_open before the load; the
 * default where it names none, or cannot be read: config_load then says why.
 * It need not be a zone.  The caller frees.
 */
char *config_peek_timezone(const char *path) MUST_CHECK;

void config_notes_release(struct config_notes *notes);

/* Warn of a certificate of the listener that is not good at this instant, or
 * only for two weeks more: the one thing in the files that time makes wrong. */
void config_warn_of_certificate(const struct config *c, msec now,
    struct config_notes *warnings);

/* The gateway that serves the channel, the first that does; NULL if none. */
const struct config_gateway *config_gateway_for(const struct config *c,
    enum channel channel);
const struct config_gateway *config_gateway(const struct config *c,
    const char *name);

const struct config_participant *config_participant(const struct config *c,
    const char *id);
const struct config_round *config_round(const struct config *c,
    const char *name);
const struct config_volunteer *config_volunteer(const struct config *c,
    const char *id);

/* The participants that have the number as phone, alternate or text, in
 * order: *n of them.  The array belongs to the configuration. */
const struct config_participant *const *config_people_at(
    const struct config *c, const char *e164, size_t *n);

/* The volunteer with that mobile, or that system user; NULL if none. */
const struct config_volunteer *config_volunteer_at(const struct config *c,
    const char *e164);
const struct config_volunteer *config_volunteer_user(const struct config *c,
    const char *user);

/* The messages in the language, or in the service's first. */
const struct config_messages *config_messages(const struct config *c,
    const char *language);

/* What is played in place of the message: the person's own, or the
 * language's, that for the round first; NULL where it is spoken.  p may be
 * NULL, and round in a call of none. */
const struct config_recording *config_recording(const struct config *c,
    const struct config_participant *p, const char *round, enum message m);

/* The one that is fetched at that path; NULL if none. */
const struct config_recording *config_play(const struct config *c,
    const char *path);

/* The number to ask the person on, and NULL where there is none: the
 * alternate where it is wanted and there is one, else the first. */
const char *config_number(const struct config_participant *p,
    enum channel channel, bool alternate);

/* Is the person not to be asked on that date: away, paused, or gone? */
bool config_is_away(const struct config_participant *p, localdate date);

/* Has the person left the scheme by that date? */
bool config_has_left(const struct config_participant *p, localdate date);

/* Has a contact of theirs agreed to be one, or was that waived? */
bool config_has_contact(const struct config_participant *p);

/* What else is said of a person; of nobody it is NULL. */
const struct config_extra *config_extra(const struct config_participant *p);

/* Are the volunteer's checks and training in date?  Where none are written
 * down they are nobody's concern here. */
bool config_is_checked(const struct config_volunteer *v, localdate date);

/* On duty, and may be given a flag: one whose checks have run out may not,
 * but for a coordinator, behind whom nobody stands. */
bool config_is_on_duty(const struct config_volunteer *v, msec instant);

/* Are these the volunteer's quiet hours?  A coordinator has none. */
bool config_is_quiet(const struct config_volunteer *v, msec instant);

/*
 * What is doubtful about a configuration on a certain day, which a load
 * cannot know: checks that run out, people who have left but are live.
 */
void config_look_at_day(const struct config *c, localdate today,
    struct config_notes *warnings);

/* Warn of each file with people in it that everybody on this machine may
 * read: the other thing that a load cannot know. */
void config_warn_of_readers(const struct config *c,
    struct config_notes *warnings);

/* Warn of the first time within the week's contact hours at which nobody at
 * all is on duty, and of the first with no second coordinator. */
void config_warn_of_gaps(const struct config *c,
    struct config_notes *warnings);

/* Is the area one of the volunteer's?  Capitals, blanks and the shape of an
 * apostrophe make no difference.  A coordinator, and a volunteer without
 * areas, covers all; a person without an area (NULL) is covered by these. */
bool config_covers(const struct config_volunteer *v, const char *area);

/* Does the volunteer speak it?  The scheme's first language all of them do. */
bool config_speaks(const struct config *c, const struct config_volunteer *v,
    const char *language);

/* May this number be rung or texted at all: allow_numbers, and numbers that
 * are never dialled?  The one gate; see also number.h. */
bool config_allows(const struct config *c, const char *e164);

/* Is it one of the round's weekdays, and where the round is held on the days
 * of calendars alone, one of those? */
bool config_has_day(const struct config_round *r, localdate date);
/* What day of those it is, such as "Heat alert"; NULL: none. */
const char *config_only(const struct config_round *r, localdate date);
/* What closed day of the round's the date is, such as "Christmas Day"; NULL:
 * none. */
const char *config_closed(const struct config_round *r, localdate date);
/* Is it one on which the round asks nobody? */
bool config_is_dropped(const struct config_round *r, localdate date);
/* The minute of that day at which the round begins. */
int config_round_at(const struct config_round *r, localdate date);

/*
 * The instant of a participant's slot in a round on a date: the round's time,
 * or that of its closed days, plus their place in its spread, in the order of
 * ids over the round's live people.  NEVER where the round does not have that
 * day; on a closed day on which nobody is asked, when it would have been.
 */
msec config_slot(const struct config *c, const struct config_round *r,
    const struct config_participant *p, localdate date);

#endif /* CONFIG_H */
