#!/bin/bash
#
# The demo, as a newcomer runs it, and what its end must say.

set -u
n=0
failed=0
folder=$(mktemp -d)
demo=''
# The demo ends what it started when it is told to end.
trap '[ -z "$demo" ] || kill "$demo" 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP

ok()
{
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=1
	fi
}

# says NAME PATTERN: passed where a line of what it said matches.
says()
{
	grep -Eq "$2" "$folder/said"
	ok $? "$1"
}

cd "$folder" || exit 1
TMPDIR=$folder BUILDDIR=$BUILDDIR bash "$SRCDIR/etc/demo/demo.sh" --plain \
    >"$folder/said" 2>&1 &
demo=$!
wait $demo
ok $? "the morning ends as it should"
demo=''

[ $SECONDS -le 60 ]
ok $? "it takes a minute at most"
says "the round is seen while it runs" \
    '^09:0[0-9]   heard from [0-9]+, being asked [1-9]'
says "a key confirms" 'Ivy Barker .* confirmed: pressed 1$'
says "a reply confirms" "Winnie Abara .* confirmed: \"Yes I'm fine"
says "a call back confirms" 'Vincent Oduya .* confirmed: rang us back$'
says "busy is tried again" 'Arthur Wick  *2 calls, .* confirmed: pressed 1$'
says "who writes first is not rung" 'Dilys Morgan  *0 calls, 0 texts '
says "late is told from in time" 'Desmond Clay .* confirmed late'
says "key 2 is a flag" '^ .* betty .* help '
says "so is a text for help" '^ .* colin .* help '
says "so is a line that is cut off" '^ .* reg .* undelivered '
says "so is silence" '^ .* olive .* no response '
says "somebody holds each of them" 'have a flag that somebody holds'
says "the ledgers agree" 'Both ledgers agree'
says "the exchange is content" 'The exchange had no complaint'
says "all are accounted for" 'Of 40 people 29 were heard from, 9 have a flag'

[ -z "$(find "$folder" -name 'ringround-demo.*')" ]
ok $? "nothing stays behind"

if [ $failed != 0 ]; then
	sed 's/^/# /' "$folder/said"
fi
echo "1..$n"
exit $failed
