#!/bin/bash
#
# The program itself: exit codes, what it says to whom, and how it goes on
# while the daemon is down, is up, and has been given a scheme with a mistake.

set -u
src=$(cd "${SRCDIR:-$(dirname "$0")/../..}" && pwd)
build=$(cd "${BUILDDIR:-.}" && pwd)
dir=$(mktemp -d) || exit 1
daemon=
run=0

clean_up() {
	[ -z "$daemon" ] || { kill "$daemon"; wait "$daemon"; } 2>/dev/null
	rm -rf "$dir"
}
trap clean_up EXIT

cp -R "$src"/etc/acceptance/. "$dir" && chmod -R u+w "$dir" &&
    chmod 600 "$dir/auth_token" || exit 1
conf=$dir/ringround.conf
sed -i 's/^listen .*/listen = 127.0.0.1:0/' "$conf"

# is CODE PATTERN WORD...: run ringround with the words; it ends with the code,
# and its output, errors last, holds the pattern.
is() {
	local want=$1 pattern=$2 got
	shift 2
	run=$((run + 1))
	"$build/ringround" -c "$conf" "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	if [ $got -eq "$want" ] &&
	    cat "$dir/out" "$dir/err" | tr '\n' ' ' | grep -qE -- "$pattern"
	then
		echo "ok $run - $*"
	else
		echo "not ok $run - $*"
		echo "# exit $got, wanted $want; wanted /$pattern/ in"
		sed 's/^/#   /' "$dir/out" "$dir/err"
	fi
}

# Misuse.
is 2 'which command'
is 2 "'statsu'; did you mean 'status'" statsu
is 2 'no command .dance' dance
is 2 "did you mean '--all'" flags --al
is 2 'nothing.*too much' status now
is 2 'needs CODE' claim
is 2 'needs DATE' plan --date
is 2 'stands twice' plan --date 2026-12-04 --date 2026-12-05
is 2 'takes no value' flags --all=yes
is 2 "no option '-x'" -x
is 2 '--date' plan --date tomorrow
is 2 'disposition' resolve K4F7
is 2 'no disposition.*one of safe, .*, hospital,' \
    resolve K4F7 --disposition dancing
is 2 'no kind of note.*one of note, tried_person' note K4F7 dancing
is 0 'Kinds.*checklist' note --help
is 2 'Usage|CODE' call
is 0 'Usage.*as=VOLUNTEER|--as.*Examples' call --help
is 2 'say by --until' doorstep K4F7
is 2 'say by --until' doorstep K4F7 --back --until 11:30
is 2 'who says so' confirm edna
is 2 'what was done' reviews --close 1
is 2 'until when' absent edna
is 2 'hospital' absent edna --kind dancing
is 0 'Usage.*CODE TO.*Examples' hand-over --help
is 2 'no reason.*one of .*asleep' \
    resolve K4F7 --disposition safe --reason aliens
is 2 'accept-removals' reload --accept-removals many
is 2 'reply, number, slot or words' explain life
is 2 'slot ROUND DATE' explain slot morning
is 0 'Usage.*Examples' --help
is 0 'Usage.*Dispositions.*Examples' resolve --help
is 0 'Usage.*explain' help explain
is 2 'no command' help dance
is 0 '^ringround [0-9]' --version
is 0 '"schema": "ringround.version/1"' version --json

# The files alone.
is 0 'in order.*5 of them live.*edna.*[A-Z][a-z]{2} 09:00' check
is 0 '"ok": true,.*"live": 5,.*"mistakes": \[\]' check --json
is 0 'gateway main:.*calls come to public_url.*texts come to public_url' check
is 0 '"reach": \[.*"calls": "public_url",.*"texts": "public_url"' check --json
is 0 'A message comes in.*/hook/main/' urls
is 0 '"inbound_call": "http' urls --json

# Whoever may not read the secrets looks at the rest.
mv "$dir/auth_token" "$dir/aside"
is 0 'A message comes in.*/hook/main/' urls
is 0 'Every promise was kept' simulate --days 1 --from 2026-12-04
is 1 'there is no ledger' status
is 1 'auth_token' check
mv "$dir/aside" "$dir/auth_token"
is 0 '^ok.*OK' explain reply ok thank you dear
is 0 '"reading": "help",.*"rule": ".' explain reply --json -- no not really
is 0 '"reading": "ok"' explain --json reply "fine. Edna Clarke" --for edna
is 1 'no participant' explain reply ok --for nobody
is 0 'Polish: nobody.*I am well.*dobrze.*asks for help' explain words pl
is 0 '"reviewed": "' explain words en-GB --json
is 1 "no words are known in 'fr'" explain words fr
is 0 '"e164": "\+441154960123",.*"textable": false' \
    explain number '(0115) 496 0123' --json
is 1 '"e164": null,.*"kind": "emergency",.*"callable": false' \
    explain number 999 --json
is 1 'letters' explain number mum
is 1 'allow_numbers' explain number 07911 123456
is 0 '"at": "2027-03-28T09:00:00\+01:00",.*"note": null' \
    explain slot morning 2027-03-28 --json
is 0 '"at": null,.*not have that day' explain slot friday 2027-03-28 --json
is 1 'no round' explain slot never 2027-03-28
is 2 '' explain slot morning 2027-02-29

# No daemon yet.
is 0 'Fri 4 Dec 2026.*Edna.*not running' plan --date 2026-12-04
is 0 '"date": "2026-12-04",.*"participant": "edna"' \
    plan --date=2026-12-04 --json
is 1 'never run' status
is 1 'not running.*ringroundd -c [^ ]*, with --rehearse' claim K4F7
is 1 'not running' hold no power

# The daemon, on a clock that hardly moves.
mkfifo "$dir/journal"
"$build/ringroundd" -c "$conf" --rehearse=2026-12-04T08:00 \
    2>"$dir/journal" &
daemon=$!
exec 3<"$dir/journal"
while read -r -t 60 line <&3; do
	case $line in
	*listening*) break ;;
	esac
done
cat <&3 >"$dir/log" &

is 0 '"running": true.*"date": "2026-12-04"' status --json
is 0 '"due": 4' status --json
is 0 'morning.*Flags +none' status
is 0 '"skipped": "not_live"' plan --json
is 2 '--date' plan --date 'x&y'
is 0 'Walter' history walter
is 1 'ringround plan' history 'no&body'
is 0 'No flag' flags
is 1 'no flag' claim K4F7
is 1 'not the code' claim 12
is 1 'no such round' hold --round never x
is 0 'On hold: friday \(no lunch\)' hold --round friday no lunch
is 1 '' hold --round friday again
is 0 'ON HOLD +friday' status
is 0 '"skipped": "hold"' plan --json
is 0 'Nothing is on hold' resume --round friday
is 0 'Loaded: 6 participants, 5 of them live' reload

# A mistake: told, and the daemon goes on; so does whoever asks it.
sed -i 's/^at *= 09:00/at = 25:00/' "$conf"
is 1 'ringround.conf:[0-9]+: at' check
is 1 '"ok": false,.*"live": null,.*"line": [0-9]+' check --json
is 1 'ringround.conf:[0-9]+: at' reload
is 1 'ringround.conf:[0-9]+: at' explain reply ok
is 0 '1 mistake ' status
is 0 'No flag' flags

# Down again: the ledger, once the scheme is in order.
kill "$daemon" && wait "$daemon"
daemon=
is 1 'ringround.conf:[0-9]+: at' status
sed -i 's/^at *= 25:00/at = 09:00/' "$conf"
is 0 'not running: nobody.*morning' status
is 0 '"running": false,.*"next_wake": null' status --json
is 0 'No flag.*not running' flags
is 1 'not running' release K4F7
is 0 'due' history edna
conf=$dir/nothing.conf
is 1 'nothing.conf.*-c FILE' status
is 1 'nothing.conf' check
echo "1..$run"
