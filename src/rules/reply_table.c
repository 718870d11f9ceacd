/*
 * reply_table.c - the words of replies, as data.
 *
 * A new word is a new string, in its plain form: lower case, no marks, one
 * space between words, apostrophes where they belong (texts without them
 * match as well).  The tests hold that each is plain, that each OK reads OK,
 * and that no OK and no courtesy holds a word of help, a negation or a STOP
 * word.  Languages other than English have their basic words only, and
 * language.c says whether anybody who grew up with them has read these; ask
 * such a person before adding an OK.
 */
#include "rules/reply.h"

#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }

static const struct reply_list table[] = {
	/* Every language */
	{ REPLY_OK, NULL, WORDS(
	    "1", "👍", "👌", "✅", "✔", "☑", "🆗", "💯") },
	{ REPLY_COURTESY, NULL, WORDS(
	    "x", "xx", "xo", "xoxo", "❤", "♥", "☺", "😊", "🙂",
	    "😀", "😃", "😄", "😁", "😆", "😘", "🥰", "😍",
	    "🤗", "😎", "😉", "😇", "🙏", "🌹", "🌺", "🌻",
	    "🌼", "🌸", "🌷", "💐", "👋", "💕", "💖", "💗",
	    "💙", "💚", "💛", "💜", "🧡", "💓", "💞", "😂",
	    "🤣", "☀", "🌞", "🌈", "🎉", "☕", "🍵", "🐶",
	    "🐱", "🐈", "✨", "⭐", "🎄", "💪", "💋", "👏",
	    "🙌", "🤞") },
	{ REPLY_HELP, NULL, WORDS(
	    "🆘", "😢", "😭", "😿", "🚑", "🚨", "🏥", "🤕",
	    "🤒", "🤢", "🤮", "😰", "😱", "😫", "😖", "😩",
	    "🩸", "🔥", "👎", "sos", "s o s", "mayday", "999", "112") },
	{ REPLY_TWO, NULL, WORDS(
	    "2") },
	{ REPLY_NO, NULL, WORDS(
	    "🙅", "🚫", "⛔", "❌", "✖", "❎") },
	{ REPLY_UNSURE, NULL, WORDS(
	    "☹", "🙁", "😞", "😔", "😟", "😕", "😣", "😐",
	    "😑", "😬", "💔", "😷", "🤧", "😪", "😴", "🤔",
	    "🤷", "🤦", "😡", "😠", "🙄", "💀", "☠") },

	/* English */
	{ REPLY_OK, "en", WORDS(
	    "ok", "okay", "okey", "okk", "oki", "okie", "okej", "0k", "o k",
	    "ok dokey", "okie dokie", "okie dokey", "okay dokey", "okey dokey",
	    "okey dokie", "oki doki", "okidoki", "okeydokey", "okiedokie",
	    "yes", "yess", "yes i am", "yes we are", "yep", "yepp", "yup",
	    "yeah", "yea", "yeh", "yah", "aye", "fine", "well", "good",
	    "great", "grand", "super", "lovely", "champion", "smashing",
	    "splendid", "brilliant", "excellent", "wonderful", "perfect",
	    "marvellous", "fantastic", "fabulous", "tip top", "top notch",
	    "spot on", "tickety boo", "hunky dory", "right as rain",
	    "fit as a fiddle", "all right", "alright", "allright", "alrite",
	    "all ok", "all okay", "all fine", "all good", "all well",
	    "all is well", "all is good", "all is fine", "all is ok",
	    "all's well", "all's good", "all's ok", "everything ok",
	    "everything okay", "everything fine", "everything is ok",
	    "everything is okay", "everything is fine", "everything is well",
	    "everything is good", "everything is alright",
	    "everything is all right", "everything's ok", "everything's fine",
	    "everything's good", "everything's alright", "i am ok",
	    "i am okay", "i am fine", "i am well", "i am good", "i am alright",
	    "i am all right", "am ok", "am okay", "am fine", "am well",
	    "am good", "am alright", "imok", "imfine", "imgood", "iamok",
	    "iamfine", "iamwell", "feeling fine", "feeling well",
	    "feeling good", "feeling great", "feeling ok", "feel fine",
	    "feel well", "feel good", "feel ok", "doing well", "doing fine",
	    "doing ok", "doing good", "doing great", "keeping well",
	    "keeping fine", "very well", "very good", "quite well",
	    "pretty well", "pretty good", "really well", "really good",
	    "perfectly well", "just fine", "in good health", "in fine fettle",
	    "safe", "safe and well", "safe and sound", "alive and well",
	    "alive and kicking", "fit and well", "fine and dandy",
	    "up and about", "i'm up") },
	{ REPLY_COURTESY, "en", WORDS(
	    "thank you", "thank u", "thankyou", "thanks", "thanx", "thankx",
	    "thx", "thnx", "tks", "tnx", "ty", "ta", "cheers",
	    "much appreciated", "appreciated", "many thanks", "thanks a lot",
	    "thanks very much", "thank you very much", "thank you so much",
	    "thanks so much", "ta very much", "thank you all",
	    "thank you for asking", "thanks for asking",
	    "thank you for checking", "thanks for checking",
	    "thank you for your text", "thank you for the text",
	    "thanks for the text", "thanks for your text",
	    "thank you for your message", "thanks for the message",
	    "thanks for your message", "thank you for the call",
	    "thank you for your call", "thank you for your concern",
	    "for asking", "for checking", "thank goodness", "thank god",
	    "thank the lord", "touch wood", "god bless", "god bless you",
	    "bless you", "bless", "bless you all", "take care", "kind regards",
	    "best regards", "regards", "best wishes", "yours sincerely",
	    "yours", "sincerely", "lots of love", "love", "luv", "love to all",
	    "much love", "with love", "love from", "from", "it's", "it is",
	    "this is", "dear", "dearie", "dears", "darling", "darlin", "duck",
	    "ducky", "duckie", "me duck", "m'duck", "my duck", "pet", "hun",
	    "hunny", "hinny", "honey", "hen", "sweetheart", "sweetie", "mate",
	    "pal", "my love", "my dear", "my lovely", "my darling", "flower",
	    "petal", "chuck", "cock", "treacle", "lad", "lass", "son", "sir",
	    "madam", "miss", "everyone", "everybody", "all", "team", "folks",
	    "there", "mr", "mrs", "ms", "lol", "haha", "ha ha", "ha", "hello",
	    "hallo", "hullo", "hi", "hiya", "hiyah", "hey", "helo", "ay up",
	    "ey up", "ayup", "eyup", "good morning", "gd morning",
	    "goodmorning", "morning", "good afternoon", "afternoon",
	    "good evening", "evening", "good day", "g'day", "good night",
	    "goodnight", "night night", "nite", "good bye", "goodbye", "bye",
	    "bye bye", "bye for now", "cheerio", "ta ta", "tara", "toodle pip",
	    "see you", "see you soon", "see you later", "cu", "speak soon",
	    "speak later", "talk soon", "have a good day", "have a nice day",
	    "have a lovely day", "have a great day", "have a good one",
	    "have a good weekend", "happy christmas", "merry christmas",
	    "happy new year", "happy easter", "today", "this morning",
	    "this afternoon", "this evening", "as usual", "as always",
	    "as ever", "here", "i'm here", "still here", "still", "i'm",
	    "i am", "iam", "i m", "i'am", "we're", "we are", "both",
	    "both of us", "and", "i feel", "i'm feeling", "feeling",
	    "i'm doing", "doing", "keeping", "really", "very", "quite",
	    "absolutely", "perfectly", "totally", "certainly", "indeed",
	    "of course", "definitely", "thankfully", "everything",
	    "very good morning", "sorry", "sorry i'm late", "sorry i am late",
	    "sorry for the delay", "sorry for late reply",
	    "sorry for the late reply", "sorry late", "sorry for being late",
	    "only just seen this", "just seen this", "just seen your text",
	    "only just seen your text", "only just saw this", "just saw this",
	    "just got up", "just woke up", "only just got up", "just up",
	    "sent from my iphone", "sent from my ipad", "sent from my phone",
	    "sent from my mobile") },
	{ REPLY_HELP, "en", WORDS(
	    "help", "hlp", "halp", "hepl", "hlep", "helpp", "heelp", "help me",
	    "helping", "assist", "assistance", "emergency", "emergancy",
	    "urgent", "urgently", "danger", "ambulance", "ambulence",
	    "amblance", "paramedic", "paramedics", "doctor", "doctors",
	    "dr needed", "gp", "nhs", "hospital", "police", "fire", "on fire",
	    "house on fire", "smoke", "smell gas", "gas leak", "flood",
	    "flooded", "burglar", "burglars", "intruder", "robbed", "attacked",
	    "carbon monoxide", "fell", "fall", "fallen", "falling",
	    "had a fall", "on the floor", "floor", "stuck", "trapped",
	    "locked in", "locked out", "collapsed", "collapse", "fainted",
	    "faint", "dizzy", "dizziness", "giddy", "unconscious", "injured",
	    "injury", "hurt", "hurts", "hurting", "pain", "pains", "painful",
	    "agony", "bleeding", "blood", "bleed", "burnt", "burned", "broken",
	    "broke", "fracture", "fractured", "stroke", "heart",
	    "heart attack", "chest", "breath", "breathe", "breathing",
	    "breathless", "choking", "seizure", "fit and fell", "swollen",
	    "ill", "unwell", "sick", "poorly", "vomiting", "vomit", "fever",
	    "temperature", "infection", "covid", "flu", "rough", "ropey",
	    "awful", "terrible", "dreadful", "horrible", "rotten", "bad",
	    "badly", "worse", "worst", "weak", "shaky", "confused", "lost",
	    "scared", "frightened", "afraid", "terrified", "worried",
	    "anxious", "desperate", "struggling", "struggle", "crying",
	    "upset", "distressed", "suicide", "suicidal", "kill myself",
	    "end it all", "end it", "want to die", "dying", "die", "trouble",
	    "wrong with me", "something wrong", "something's wrong",
	    "something is wrong", "something has happened", "accident",
	    "overdose", "not ok", "not okay", "not o k", "not good",
	    "not great", "not well", "not fine", "not right", "not alright",
	    "not all right", "not so good", "not so well", "not very well",
	    "not very good", "not too good", "not too well",
	    "not feeling well", "not feeling good", "not really", "no good",
	    "not at all well", "don't feel well", "don't feel good",
	    "feel funny", "feeling funny", "feeling low", "feel low",
	    "feeling down", "depressed", "lonely", "need", "needed", "i need",
	    "yes please", "ring me", "ring us", "ring please", "ring back",
	    "ring my", "please ring", "pls ring", "plz ring", "call me",
	    "call us", "call please", "call back", "call my", "please call",
	    "pls call", "plz call", "phone me", "phone us", "phone please",
	    "phone back", "phone my", "please phone", "pls phone", "plz phone",
	    "contact me", "contact my", "please contact", "ring asap",
	    "call asap", "asap", "give me a ring", "give me a call",
	    "give us a ring", "give us a call", "a ring please",
	    "a call please", "want a call", "want a ring", "like a call",
	    "like a ring", "can you ring", "can you call", "can you phone",
	    "could you ring", "could you call", "could you phone",
	    "can someone", "can somebody", "could someone", "could somebody",
	    "will someone", "will somebody", "someone ring", "somebody ring",
	    "someone call", "somebody call", "speak to someone",
	    "speak to somebody", "talk to someone", "talk to somebody",
	    "want to talk", "want to speak", "need to talk", "need to speak",
	    "come round", "come over", "come quick", "come quickly",
	    "come now", "please come", "send someone", "send somebody",
	    "rescue", "save me", "struggling to", "call 999", "ring 999",
	    "press 2", "pressed 2") },
	{ REPLY_TWO, "en", WORDS(
	    "two", "please", "pls", "plz", "ring", "call", "phone",
	    "ring if you like", "call please", "ring please") },
	{ REPLY_NO, "en", WORDS(
	    "no", "noo", "nope", "nah", "naw", "nay", "not", "never",
	    "neither", "nor", "cannot", "can't", "cant", "don't", "doesn't",
	    "didn't", "won't", "wouldn't", "couldn't", "shouldn't", "isn't",
	    "aren't", "wasn't", "weren't", "ain't", "haven't", "hasn't",
	    "hadn't", "mustn't", "needn't", "unable", "dinnae", "dinna",
	    "cannae", "canna", "didnae", "wasnae", "isnae", "nowt", "hardly",
	    "barely", "without", "negative") },
	{ REPLY_UNSURE, "en", WORDS(
	    "not bad", "not bad at all", "not too bad", "not so bad",
	    "no problem", "no problems", "no prob", "no probs", "no bother",
	    "no worries", "don't worry", "do not worry", "not to worry",
	    "no complaints", "can't complain", "cannot complain",
	    "mustn't grumble", "couldn't be better", "could not be better",
	    "never better", "never felt better", "no change", "no need",
	    "no need to ring", "no need to call", "no need to phone",
	    "no need to ring me", "no need to call me", "no need to phone me",
	    "no need to worry", "no need for help", "no need for a call",
	    "no need of help", "don't need help", "don't need any help",
	    "do not need help", "do not need any help", "no help needed",
	    "no help required", "don't need a call", "don't need anything",
	    "do not need anything", "need nothing", "not needed",
	    "don't need to ring me", "don't need to call me", "not until",
	    "not yet", "not back", "not home", "not at home", "not in",
	    "won't be back", "will not be back", "won't be home",
	    "will not be home", "won't be here", "will not be here",
	    "nothing wrong", "so so", "fair to middling", "could be better",
	    "been better", "bit tired") },
	{ REPLY_STOP, "en", WORDS(
	    "stop", "stopall", "stop all", "please stop", "stop please",
	    "unsubscribe", "please unsubscribe", "unsubscribe please", "end",
	    "quit", "revoke", "optout", "opt out", "cancel", "please cancel",
	    "cancel please") },
	{ REPLY_NO_MORE, "en", WORDS(
	    "stop texting", "stop text", "stop texts", "stop messaging",
	    "stop messages", "stop sending", "stop calling", "stop ringing",
	    "stop phoning", "stop contacting", "stop bothering", "stop this",
	    "stop these", "stop the texts", "stop the calls", "stop it",
	    "please stop texting me", "unsubscribe me", "opt me out",
	    "remove me", "take me off", "leave me alone", "go away",
	    "no more texts", "no more text", "no more calls",
	    "no more messages", "don't text me", "do not text me",
	    "don't text", "do not text", "don't call me", "do not call me",
	    "don't ring me", "do not ring me", "don't phone me",
	    "do not phone me", "don't contact me", "do not contact me",
	    "don't want these", "don't want any more", "don't want your",
	    "don't call again", "don't ring again", "don't text again") },
	{ REPLY_AWAY, "en", WORDS(
	    "away", "i'm away", "going away", "gone away", "off away",
	    "will be away", "i will be away", "i'll be away", "ill be away",
	    "we will be away", "we'll be away", "shall be away", "on holiday",
	    "on holidays", "on my holidays", "on my holiday",
	    "going on holiday", "off on holiday", "away on holiday", "holiday",
	    "on vacation", "away not back", "away from home",
	    "not at home until", "not home until", "not here until",
	    "won't be home until", "won't be here until", "not at home till",
	    "not here till") },
	{ REPLY_STRANGER, "en", WORDS(
	    "who is this", "who's this", "whos this", "who this", "who dis",
	    "who is that", "who's that", "who are you", "who r u", "who is it",
	    "who's it", "who is texting", "who sent this", "who's texting",
	    "who am i speaking to", "wrong number", "wrong person", "wrong no",
	    "new phone", "new number", "do i know you", "don't know you",
	    "do not know you", "don't know who you are",
	    "don't know who this is", "don't know this number",
	    "do not know this number", "don't recognise", "do not recognise",
	    "don't recognize", "is this a scam", "is this spam", "scam",
	    "spam", "fraud", "what is this", "what's this", "report you",
	    "no longer at this number", "no longer this number",
	    "no such person", "automatic reply", "automatic response",
	    "automated reply", "automated response", "automated message",
	    "auto reply", "auto response", "autoreply", "autoresponse",
	    "out of office", "out of the office", "annual leave",
	    "i'm driving", "driving", "driving at the moment", "in a meeting",
	    "can't talk", "can't talk now", "can't talk right now",
	    "cannot talk", "can't take your call", "can't answer",
	    "unable to take your call", "i'll call you", "i will call you",
	    "ill call you", "i'll ring you", "i will ring you",
	    "call you back", "ring you back", "call you later",
	    "ring you later", "call you right back", "on my way",
	    "unavailable", "not monitored", "not available", "do not disturb",
	    "notifications silenced", "currently unavailable",
	    "will get back to you", "will reply as soon",
	    "will respond as soon", "message has been received",
	    "message not sent", "message not delivered", "undeliverable") },

	/* Welsh */
	{ REPLY_OK, "cy", WORDS(
	    "iawn", "yn iawn", "dwi'n iawn", "dw i'n iawn", "rwy'n iawn",
	    "rydw i'n iawn", "rydw i yn iawn", "dwi yn iawn", "popeth yn iawn",
	    "popeth yn dda", "yn dda", "yn dda iawn", "da iawn", "reit dda",
	    "yn reit dda", "ydw", "ie", "oce", "ydw dwi'n iawn") },
	{ REPLY_COURTESY, "cy", WORDS(
	    "diolch", "diolch yn fawr", "diolch yn fawr iawn", "diolch i chi",
	    "diolch i ti", "diolch cariad", "bore da", "prynhawn da",
	    "p'nawn da", "noswaith dda", "nos da", "hwyl", "hwyl fawr",
	    "hwyl am y tro", "cariad", "cofion", "cofion gorau",
	    "cofion cynnes", "shwmae", "su'mae", "helo", "heddiw", "bore ma",
	    "diolch byth") },
	{ REPLY_HELP, "cy", WORDS(
	    "helpwch", "helpa", "helpwch fi", "cymorth", "gymorth", "cwympo",
	    "wedi cwympo", "cwympais", "cwympes", "syrthio", "wedi syrthio",
	    "syrthiais", "disgyn", "wedi disgyn", "ffoniwch", "ffonia",
	    "ffonio fi", "galwch", "ambiwlans", "meddyg", "ysbyty", "poen",
	    "boen", "brys", "argyfwng", "yn sal", "dwi'n sal", "yn dost",
	    "anhwylus", "yn wael", "wedi brifo", "yn brifo", "ofnus") },
	{ REPLY_NO, "cy", WORDS(
	    "na", "nac", "nac ydw", "nag", "nage", "naddo", "nagoes", "ddim",
	    "dim", "heb", "methu") },
	{ REPLY_UNSURE, "cy", WORDS(
	    "dim problem", "dim yn ddrwg", "ddim yn ddrwg", "go lew",
	    "gweddol") },
	{ REPLY_NO_MORE, "cy", WORDS(
	    "stopiwch", "stopio", "peidiwch", "paid") },
	{ REPLY_AWAY, "cy", WORDS(
	    "i ffwrdd", "dwi i ffwrdd", "rydw i i ffwrdd", "ar wyliau",
	    "dwi ar wyliau", "rydw i ar wyliau", "bydda i i ffwrdd") },
	{ REPLY_STRANGER, "cy", WORDS(
	    "pwy yw hwn", "pwy ydi hwn", "pwy sy'na", "pwy ydych chi",
	    "pwy wyt ti", "rhif anghywir") },

	/* Polish */
	{ REPLY_OK, "pl", WORDS(
	    "tak", "dobrze", "bardzo dobrze", "wszystko dobrze", "wszystko ok",
	    "wszystko okej", "wszystko w porzadku", "wszystko gra",
	    "w porzadku", "jest ok", "jest okej", "jest dobrze",
	    "jest w porzadku", "czuje sie dobrze", "czuje sie bardzo dobrze",
	    "u mnie dobrze", "u mnie ok", "u mnie wszystko dobrze",
	    "u mnie wszystko ok", "u mnie wszystko w porzadku",
	    "mam sie dobrze", "ze mna wszystko dobrze",
	    "ze mna wszystko w porzadku", "okej", "spoko", "swietnie") },
	{ REPLY_COURTESY, "pl", WORDS(
	    "dziekuje", "dziekuje bardzo", "bardzo dziekuje",
	    "dziekuje za pamiec", "dzieki", "dzieki bardzo", "dzien dobry",
	    "dobry wieczor", "dobranoc", "witam", "witaj", "czesc", "hej",
	    "pozdrawiam", "pozdrowienia", "serdecznie", "milego dnia",
	    "do widzenia", "do uslyszenia", "pa", "kochana", "kochany",
	    "kochani", "pani", "pan", "dzisiaj", "dzis", "jestem",
	    "mam sie") },
	{ REPLY_HELP, "pl", WORDS(
	    "pomoc", "pomocy", "pomoz", "pomozcie", "prosze o pomoc",
	    "ratunku", "ratujcie", "upadlam", "upadlem", "upadek",
	    "przewrocilam sie", "przewrocilem sie", "przewrocilam",
	    "przewrocilem", "leze", "boli", "bol", "bole", "krew", "krwawie",
	    "zle", "zle sie czuje", "slabo", "slabo mi", "chora", "chory",
	    "choruje", "lekarz", "lekarza", "doktora", "szpital", "szpitalu",
	    "karetka", "karetke", "pogotowie", "policja", "pozar", "wypadek",
	    "pilne", "pilnie", "zadzwon", "zadzwoncie", "zadzwonic",
	    "prosze zadzwonic", "prosze dzwonic", "dzwoncie",
	    "prosze o telefon", "prosze o kontakt", "potrzebuje", "boje sie",
	    "duszno", "dusze sie", "serce", "zawal", "udar") },
	{ REPLY_NO, "pl", WORDS(
	    "nie", "nic", "nigdy", "nikt", "zaden", "brak", "bez") },
	{ REPLY_UNSURE, "pl", WORDS(
	    "niezle", "nie najgorzej", "nie jest zle", "nie ma problemu",
	    "nie trzeba", "nie potrzebuje pomocy", "tak sobie", "jako tako",
	    "moze byc", "srednio") },
	{ REPLY_STOP, "pl", WORDS(
	    "koniec", "rezygnuje", "wypisz") },
	{ REPLY_NO_MORE, "pl", WORDS(
	    "wypisz mnie", "prosze nie dzwonic", "nie dzwon", "nie dzwoncie",
	    "nie pisz", "nie piszcie", "prosze nie pisac", "dajcie mi spokoj",
	    "prosze przestac", "przestancie") },
	{ REPLY_AWAY, "pl", WORDS(
	    "wyjezdzam", "wyjechalam", "wyjechalem", "na wakacjach",
	    "jestem na wakacjach", "na urlopie", "jestem na urlopie",
	    "bede poza domem", "jestem poza domem", "nie bedzie mnie",
	    "nie ma mnie w domu") },
	{ REPLY_STRANGER, "pl", WORDS(
	    "kto to", "kto to jest", "kto pisze", "kim jestes", "kim pan jest",
	    "kim pani jest", "pomylka", "zly numer", "nie znam") },

	/* Urdu and Punjabi alike */
	{ REPLY_OK, "ur pa", WORDS(
	    "haan", "han", "haan ji", "han ji", "ji haan", "ji han", "ji",
	    "jee", "theek", "thik", "theek hai", "thik hai", "theek h",
	    "sab theek", "sab thik", "sub theek", "sab theek hai",
	    "sab thik hai", "sub theek hai", "bilkul theek", "bilkul thik",
	    "bilkul theek hai") },

	/* Urdu */
	{ REPLY_OK, "ur", WORDS(
	    "theek hun", "theek hoon", "theek hu", "thik hun", "thik hoon",
	    "thik hu", "main theek hun", "main theek hoon", "mein theek hun",
	    "mein theek hoon", "mai theek hun", "mai theek hoon",
	    "main thik hun", "main thik hoon", "bilkul theek hun",
	    "bilkul theek hoon", "main bilkul theek hun",
	    "main bilkul theek hoon", "khairiyat", "khairiyat hai",
	    "khairiyat se hun", "khairiyat se hoon", "sab khairiyat",
	    "sab khairiyat hai", "acha", "achha", "bahut acha", "acha hun",
	    "acha hoon", "achi hun", "achi hoon", "ہاں", "جی",
	    "جی ہاں", "ٹھیک", "ٹھیک ہوں", "ٹھیک ہے",
	    "میں ٹھیک ہوں", "سب ٹھیک", "سب ٹھیک ہے",
	    "بالکل ٹھیک", "بالکل ٹھیک ہوں",
	    "میں بالکل ٹھیک ہوں", "خیریت",
	    "خیریت ہے", "خیریت سے ہوں", "سب خیریت",
	    "سب خیریت ہے", "اچھا", "اچھا ہوں",
	    "اچھی ہوں") },

	/* Urdu and Punjabi alike */
	{ REPLY_COURTESY, "ur pa", WORDS(
	    "shukriya", "shukria", "shukriyah", "bahut shukriya",
	    "aap ka shukriya", "meherbani", "mehrbani", "meharbani", "salam",
	    "salaam", "assalam o alaikum", "assalam u alaikum",
	    "assalamu alaikum", "assalam alaikum", "assalamualaikum",
	    "salam alaikum", "walaikum assalam", "walaikum salam",
	    "wa alaikum assalam", "beta", "beti", "puttar", "putt") },

	/* Urdu */
	{ REPLY_COURTESY, "ur", WORDS(
	    "alhamdulillah", "al hamdulillah", "allah ka shukar",
	    "allah ka shukar hai", "allah ka shukr hai", "khuda hafiz",
	    "allah hafiz", "jazakallah", "mashallah", "inshallah",
	    "inshaallah", "شکریہ", "بہت شکریہ",
	    "اپ کا شکریہ", "مہربانی", "سلام",
	    "السلام علیکم", "اسلام علیکم",
	    "وعلیکم السلام", "اللہ حافظ",
	    "خدا حافظ", "الحمدللہ", "الحمد للہ",
	    "اللہ کا شکر", "اللہ کا شکر ہے", "بیٹا",
	    "بیٹی") },

	/* Urdu and Punjabi alike */
	{ REPLY_HELP, "ur pa", WORDS(
	    "madad", "madad karo", "madad karen", "madad chahiye", "bachao",
	    "bimar", "beemar", "bimaar", "dard", "takleef", "taklif", "kharab",
	    "phone karo", "phone karen", "phone karein", "phone kardo",
	    "phone kar do", "fon karo", "call karo", "call karen",
	    "call karein", "call kardo", "daktar", "haspatal", "hasptal",
	    "aspatal") },

	/* Urdu */
	{ REPLY_HELP, "ur", WORDS(
	    "gir gaya", "gir gayi", "gir gai", "gir gya", "gir para",
	    "gir pari", "gir gaya hun", "gir gayi hun", "tabiyat kharab",
	    "مدد", "بچاو", "گر گیا", "گر گیی", "گر پڑا",
	    "گر پڑی", "بیمار", "درد", "تکلیف", "خراب",
	    "طبیعت خراب", "فون کریں", "فون کرو",
	    "کال کریں", "کال کرو", "ڈاکٹر", "ہسپتال",
	    "ایمبولینس") },

	/* Urdu and Punjabi alike */
	{ REPLY_NO, "ur pa", WORDS(
	    "nahi", "nahin", "nahee", "nahii", "nhi", "nhin", "nai", "naa",
	    "na ji", "mat") },

	/* Urdu */
	{ REPLY_NO, "ur", WORDS(
	    "نہیں", "نہ", "نا", "مت", "نہی") },

	/* Urdu and Punjabi alike */
	{ REPLY_NO_MORE, "ur pa", WORDS(
	    "phone mat karo", "phone mat karen", "call mat karo",
	    "call mat karen", "message mat karo", "message mat karen",
	    "phone na karo", "message na karo", "band karo", "band karen") },

	/* Urdu */
	{ REPLY_NO_MORE, "ur", WORDS(
	    "فون مت کریں", "فون نہ کریں",
	    "میسج مت کریں", "میسج نہ کریں",
	    "بند کریں", "بند کرو") },

	/* Urdu and Punjabi alike */
	{ REPLY_STRANGER, "ur pa", WORDS(
	    "kaun hai", "kon hai", "aap kaun", "aap kon", "ap kon",
	    "aap kaun hain", "aap kon hain", "kaun ho", "tusi kaun",
	    "tusi kon") },

	/* Urdu */
	{ REPLY_STRANGER, "ur", WORDS(
	    "کون ہے", "اپ کون", "اپ کون ہیں") },

	/* Punjabi */
	{ REPLY_OK, "pa", WORDS(
	    "haanji", "hanji", "theek aa", "thik aa", "theek haan",
	    "thik haan", "theek han", "main theek haan", "main thik haan",
	    "main theek aa", "mai theek aa", "mai thik aa", "mai theek haan",
	    "sab theek aa", "sab thik aa", "sab vadiya", "vadiya", "vadia",
	    "wadiya", "main vadiya", "changa", "changi", "changa haan",
	    "changi haan", "chardi kala", "ਹਾਂ", "ਜੀ",
	    "ਹਾਂ ਜੀ", "ਹਾਂਜੀ", "ਜੀ ਹਾਂ",
	    "ਠੀਕ", "ਠੀਕ ਹੈ", "ਠੀਕ ਹਾਂ",
	    "ਮੈਂ ਠੀਕ ਹਾਂ", "ਸਭ ਠੀਕ",
	    "ਸਭ ਠੀਕ ਹੈ", "ਬਿਲਕੁਲ ਠੀਕ",
	    "ਬਿਲਕੁਲ ਠੀਕ ਹਾਂ",
	    "ਮੈਂ ਬਿਲਕੁਲ ਠੀਕ ਹਾਂ", "ਵਧੀਆ",
	    "ਮੈਂ ਵਧੀਆ ਹਾਂ", "ਸਭ ਵਧੀਆ",
	    "ਚੰਗਾ", "ਚੰਗੀ", "ਚੰਗਾ ਹਾਂ",
	    "ਚੰਗੀ ਹਾਂ", "ਚੜ੍ਹਦੀ ਕਲਾ") },
	{ REPLY_COURTESY, "pa", WORDS(
	    "dhanvad", "dhanwad", "dhanvaad", "dhannvad", "sat sri akal",
	    "sat shri akal", "ssa", "rab rakha", "waheguru", "rabb da shukar",
	    "rab da shukar hai", "ਧੰਨਵਾਦ", "ਸੁਕਰੀਆ",
	    "ਮਿਹਰਬਾਨੀ", "ਸਤ ਸ੍ਰੀ ਅਕਾਲ",
	    "ਰੱਬ ਰਾਖਾ", "ਵਾਹਿਗੁਰੂ",
	    "ਰੱਬ ਦਾ ਸੁਕਰ ਹੈ") },
	{ REPLY_HELP, "pa", WORDS(
	    "dig gaya", "dig gayi", "dig gai", "dig pya", "dig paya",
	    "dig payi", "dig pai", "digg gaya", "digg gayi", "digg pai",
	    "bukhar", "ਮਦਦ", "ਮਦਦ ਕਰੋ", "ਬਚਾਓ",
	    "ਡਿੱਗ ਗਿਆ", "ਡਿੱਗ ਗਈ",
	    "ਡਿਗ ਗਿਆ", "ਡਿਗ ਗਈ",
	    "ਡਿੱਗ ਪਿਆ", "ਡਿੱਗ ਪਈ", "ਬਿਮਾਰ",
	    "ਬੀਮਾਰ", "ਦਰਦ", "ਤਕਲੀਫ",
	    "ਬੁਖਾਰ", "ਫੋਨ ਕਰੋ", "ਕਾਲ ਕਰੋ",
	    "ਡਾਕਟਰ", "ਹਸਪਤਾਲ",
	    "ਐਂਬੂਲੈਂਸ") },
	{ REPLY_NO, "pa", WORDS(
	    "ਨਹੀਂ", "ਨਹੀ", "ਨਹੀੰ", "ਨਾ",
	    "ਨ੍ਹੀਂ", "ਨਾਂਹ") },
	{ REPLY_NO_MORE, "pa", WORDS(
	    "ਫੋਨ ਨਾ ਕਰੋ", "ਬੰਦ ਕਰੋ") },
	/* Punjabi as it is written in Pakistan (Shahmukhi); what it shares
	 * with Urdu stands there, and help and no are heard from everybody */
	{ REPLY_OK, "pa", WORDS(
	    "ہاں", "جی", "ہاں جی", "جی ہاں", "ٹھیک", "ٹھیک اے", "ٹھیک اں",
	    "میں ٹھیک اں", "بالکل ٹھیک اں", "سب ٹھیک", "سب ٹھیک اے", "چنگا",
	    "چنگی", "چنگا اں", "چنگی اں", "ودھیا", "سب ودھیا",
	    "چڑھدی کلا") },
	{ REPLY_COURTESY, "pa", WORDS(
	    "شکریہ", "مہربانی", "سلام", "السلام علیکم", "ست سری اکال",
	    "رب راکھا", "رب دا شکر اے", "اللہ دا شکر اے", "واہگورو") },
	{ REPLY_HELP, "pa", WORDS(
	    "ڈگ گیا", "ڈگ گیی", "ڈگ پیا", "ڈگ پیی", "بخار", "مدد کرو") },
	{ REPLY_NO, "pa", WORDS(
	    "نییں") },
	{ REPLY_NO_MORE, "pa", WORDS(
	    "فون نہ کرو") },
	{ REPLY_STRANGER, "pa", WORDS(
	    "کون اے", "تسیں کون") },
	{ REPLY_STRANGER, "pa", WORDS(
	    "ਕੌਣ ਹੈ", "ਤੁਸੀਂ ਕੌਣ",
	    "ਤੁਸੀਂ ਕੌਣ ਹੋ") },
};

const struct reply_list *
reply_table(size_t *n)
{
	*n = COUNT(table);
	return table;
}
