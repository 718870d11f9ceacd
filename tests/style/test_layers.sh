#!/bin/bash
#
# The house stands on its floors: a room includes only from itself and from
# rooms below it, some never meet at all, and each foreign header is named in
# exactly one room (what reads OpenSSL's files and errors: in two).

set -u
cd "${SRCDIR:-$(dirname "$0")/../..}" || exit 1

# From the ground up; what lies in src/ itself is the mains.
rooms='base rules config ledger net gateway exchange engine simulate web'
rooms="$rooms cli daemon"

# A room, and headers (as written) that it never includes although they lie
# below it: regular expressions.
never='
ledger		(net|gateway)/
gateway		(ledger|engine)/
exchange	(engine|ledger|config)/
engine		net/
rules		base/(clock|log|secret|json)\.h
config		base/clock\.h
ledger		base/clock\.h
gateway		base/(clock|log)\.h
engine		base/clock\.h
simulate	base/clock\.h
'

# A foreign header, and the room that names it.
foreign='
openssl/ssl\.h	net
openssl/(err|pem)\.h	(base|net)
openssl/([^eps]|e[^r]|p[^e]|s[^s])	base
jansson\.h	base
ini\.h		config
sqlite3\.h	ledger
curl/		net
event2/		net
systemd/	daemon
'

run=0

# tap NAME FAULTS: passed where there are none.
tap()
{
	run=$((run + 1))
	if [ -z "$2" ]; then
		echo "ok $run - $1"
	else
		echo "not ok $run - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

# "file:line:header" of each include in the files that is written like this.
includes()
{
	local mark=$1
	shift
	[ $# = 0 ] || grep -HnE "^[ 	]*#[ 	]*include[ 	]*$mark" "$@" |
		sed -E 's/^([^:]*:[0-9]+:)[^"<]*["<]([^">]*)[">].*/\1\2/'
}

files_of()
{
	find "src/$1" -maxdepth 1 -name '*.[ch]' | sort
}

# Everything quoted is "room/file.h" of a room that may be included.
below='none'
for room in $rooms; do
	below="$below|$room"
	mapfile -t files < <(files_of "$room")
	tap "$room includes from itself and from below only" \
	    "$(includes '"' "${files[@]}" |
	    grep -vE "^[^:]*:[0-9]+:($below)/[^/]+\.h$")"
done
mapfile -t files < <(files_of .)
tap 'the mains include from the rooms only' \
    "$(includes '"' "${files[@]}" |
    grep -vE "^[^:]*:[0-9]+:($below)/[^/]+\.h$")"

while read -r room header; do
	[ -n "$room" ] || continue
	mapfile -t files < <(files_of "$room")
	tap "$room never includes $header" \
	    "$(includes '["<]' "${files[@]}" |
	    grep -E "^[^:]*:[0-9]+:$header")"
done <<<"$never"

mapfile -t files < <(find src -name '*.[ch]' | sort)
while read -r header room; do
	[ -n "$room" ] || continue
	tap "only $room names $header" \
	    "$(includes '["<]' "${files[@]}" |
	    grep -E "^[^:]*:[0-9]+:$header" | grep -vE "^src/$room/")"
done <<<"$foreign"

tap 'every folder in src/ is a room' "$(find src -mindepth 1 -type d \
    ! -name '.*' | grep -vxE "src/(${rooms// /|})")"

echo "1..$run"
