# From the flat lines of people's histories, one line a person: the check-in
# of the day (-v day=2026-12-04), and what was heard.  Fields, by TAB:
# id, name, state, confirmed_by, flag, calls, texts, closed, words

function tell()
{
	if (id != "")
		print id "\t" name "\t" state "\t" by "\t" flag "\t" \
		    calls + 0 "\t" texts + 0 "\t" \
		    substr(closed, 12, 5) "\t" words
	id = name = state = by = flag = calls = texts = closed = ""
	words = this_date = ""
}

BEGIN { FS = "\t" }

{
	n = split($1, at, ".")
	if (at[1] != document) {
		tell()
		document = at[1]
	}
	key = at[n]
}

at[2] == "participant" { id = $2 }
at[2] == "name" { name = $2 }
# The round and the date come before all else of a check-in.
at[2] == "checkins" && key == "date" { this_date = $2 }
at[2] == "checkins" && n == 4 && this_date == day {
	if (key == "state") state = $2
	else if (key == "confirmed_by") by = $2
	else if (key == "flag") flag = $2
	else if (key == "closed_at") closed = $2
}
at[2] == "checkins" && key == "channel" && this_date == day {
	if ($2 == "call") calls++
	else texts++
}
# The newest stands first.
at[2] == "replies" && key == "text" && $2 !~ /^.?$/ && words == "" {
	words = $2
}

END { tell() }
