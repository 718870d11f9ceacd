#!/bin/bash
#
# One morning in a minute: the real daemon, in rehearsal, against the
# simulated exchange and its forty people, over HTTP on this machine.
# Nobody is rung, and nothing stays behind.
#
# demo.sh [--plain] [--keep]
#	--plain	one line for each thing that happens, as without a terminal
#	--keep	leave the folder with scheme, ledger and logs
#
# Exit status 0 only if the morning ended as it should.

set -u
here=$(cd "$(dirname "$0")" && pwd)
top=$(dirname "$(dirname "$here")")
programs=${BUILDDIR:-$top/build}
[ -x "$programs/ringroundd" ] || programs=$top
day=2026-12-04
start=${day}T08:58
rate=60
longest=52		# seconds that the morning may take

live=no
keep=no
# The picture needs eighty columns.
columns=$(stty size <&1 2>/dev/null | sed 's/.* //')
[ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ "${columns:-0}" -ge 80 ] &&
	live=yes
for option; do
	case $option in
	--plain) live=no ;;
	--keep) keep=yes ;;
	*) sed -n '3,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
	esac
done
green='' red='' yellow='' bold='' dim='' off=''
if [ "$live" = yes ] && [ -z "${NO_COLOR:-}" ]; then
	green=$'\e[32m' red=$'\e[31m' yellow=$'\e[33m'
	bold=$'\e[1m' dim=$'\e[2m' off=$'\e[0m'
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ringround-demo.XXXXXX") || exit 1
exchange='' daemon=''

# ---- starting and ending -------------------------------------------------

# stop PID: end it, and give its exit status.
stop()
{
	[ -n "$1" ] || return 0
	kill -TERM "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}

# Called by trap.
# shellcheck disable=SC2317
finish()
{
	stop "$daemon"
	stop "$exchange"
	[ "$live" = no ] || printf '\e[?25h'
	if [ "$keep" = yes ]; then
		echo "Scheme, ledger and logs are in $folder"
	else
		rm -rf "$folder"
	fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

give_up()
{
	echo "demo: $1" >&2
	shift
	[ $# = 0 ] || tail -n 15 "$@" >&2
	exit 1
}

# until_there FILE PID WORD: wait for the word in the file, five seconds.
until_there()
{
	local i
	for ((i = 0; i < 250; i++)); do
		grep -q "$3" "$1" 2>/dev/null && return 0
		kill -0 "$2" 2>/dev/null || return 1
		sleep 0.02
	done
	return 1
}

ask()
{
	"$programs/ringround" -c "$folder/ringround.conf" "$@" \
	    2>>"$folder/cli.log"
}

start_exchange()
{
	local hook=http://127.0.0.1:$1/hook/main

	rm -f "$folder/port"
	"$programs/ringround-exchange" --listen 127.0.0.1:0 \
	    --ports-file "$folder/port" --auth-token-file "$folder/auth_token" \
	    --number '0115 496 0999' --number '07700 900999' \
	    --text-url "$hook/text" --call-url "$hook/call" \
	    --call-end-url "$hook/call-end" \
	    --scenario "$folder/people.scenario" \
	    --start $start --rate $rate >"$folder/exchange.log" 2>&1 &
	exchange=$!
	until_there "$folder/port" $exchange '[0-9]' ||
	    give_up "the exchange did not start" "$folder/exchange.log"
	exchange_port=$(cat "$folder/port")
}

# The gateway must know our port, and we the gateway's, before either runs:
# so ours is a guess, and another one where it is taken.
start_both()
{
	local port

	for _ in 1 2 3 4 5 6 7 8; do
		port=$((12000 + RANDOM % 20000))
		start_exchange $port
		sed -e "s/127\.0\.0\.1:9080/127.0.0.1:$exchange_port/" \
		    -e "s/127\.0\.0\.1:9085/127.0.0.1:$port/" \
		    "$here/ringround.conf" >"$folder/ringround.conf"
		"$programs/ringroundd" -c "$folder/ringround.conf" \
		    --rehearse=$start --rate=$rate \
		    >"$folder/daemon.log" 2>&1 &
		daemon=$!
		until_there "$folder/daemon.log" $daemon 'ready: ' && return 0
		stop $daemon
		daemon=''
		grep -qi 'in use' "$folder/daemon.log" ||
		    give_up "the daemon did not start" "$folder/daemon.log"
		stop $exchange
		exchange=''
	done
	give_up "no free port was found" "$folder/daemon.log"
}

# ---- what is seen --------------------------------------------------------

# Everything known about the people, by their id.
declare -A name state by flag calls texts closed words
declare -A whose reason owner
# And what of it was told already.
declare -A told_state told_flag told_owner
ids=()

# look ID...: read these people's histories anew.
look()
{
	local id a b c d e f g h

	while IFS=$'\x1f' read -r id a b c d e f g h; do
		name[$id]=$a state[$id]=$b by[$id]=$c flag[$id]=$d
		calls[$id]=$e texts[$id]=$f closed[$id]=$g words[$id]=$h
	done < <(for id; do
		ask history "$id" --json
	done | awk -f "$here/flat.awk" |
	    awk -v day=$day -f "$here/person.awk" | tr '\t' '\037')
}

# What can still change?
pending()
{
	local id

	for id in "${ids[@]}"; do
		case ${state[$id]-due} in
		confirmed|confirmed_late|help_requested|cancelled|'') ;;
		*) echo "$id" ;;
		esac
	done
}

# The flags: code, person, reason, state and owner.
look_at_flags()
{
	local path value code=''

	n_open=0 n_claimed=0
	while IFS=$'\t' read -r path value; do
		case $path in
		*.code) code=$value ;;
		*.participant) whose[$code]=$value ;;
		*.reason) reason[$code]=$value ;;
		*.state)
			case $value in
			open) n_open=$((n_open + 1)) ;;
			claimed) n_claimed=$((n_claimed + 1)) ;;
			esac ;;
		*.owner) owner[$code]=$value ;;
		esac
	done < <(ask flags --all --json | awk -f "$here/flat.awk")
}

look_at_clock()
{
	local path value

	while IFS=$'\t' read -r path value; do
		case $path in
		0.now) now=${value:11:5} ;;
		esac
	done < <(ask status --json | awk -f "$here/flat.awk")
}

# The state in words, for those who have ended.
how()
{
	local word=${state[$1]//_/ }

	case ${by[$1]} in
	'') echo "$word" ;;
	call_back) echo "$word: rang us back" ;;
	key) echo "$word: pressed 1" ;;
	reply) echo "$word: \"${words[$1]}\"" ;;
	*) echo "$word: ${by[$1]}" ;;
	esac
}

# What has happened since it was last asked: a line each.
news()
{
	local id code

	for id in "${ids[@]}"; do
		[ "${state[$id]}" != "${told_state[$id]-due}" ] || continue
		told_state[$id]=${state[$id]}
		case ${state[$id]} in
		confirmed*)
			line "${closed[$id]}" "$green#" "${name[$id]}" \
			    "$(how "$id")" ;;
		cancelled)
			line "$now" - "${name[$id]}" cancelled ;;
		esac
	done
	for code in "${!reason[@]}"; do
		id=${whose[$code]}
		[ -n "${told_flag[$code]-}" ] ||
		    line "$now" "$red!" "${name[$id]}" \
		    "flag $code: ${reason[$code]//_/ }"
		told_flag[$code]=yes
		[ "${owner[$code]}" != "${told_owner[$code]-}" ] || continue
		told_owner[$code]=${owner[$code]}
		[ -z "${owner[$code]}" ] || line "$now" "$yellow*" \
		    "${name[$id]}" "flag $code: ${owner[$code]} claims it"
	done
}

line()
{
	printf '%s %s%s %-20s %s\n' "$1" "$2" "$off" "$3" "$4"
}

sign()
{
	case ${state[$1]-} in
	confirmed*) echo "$green#" ;;
	asking)
		if [ -n "${flag[$1]}" ]; then echo "$red!"
		else echo "$yellow>"; fi ;;
	due) echo . ;;
	''|cancelled) echo "$dim-" ;;
	*) echo "$red!" ;;
	esac
}

totals()
{
	local id

	n_confirmed=0 n_asking=0 n_due=0 n_flagged=0 n_not=0
	for id in "${ids[@]}"; do
		case $(sign "$id") in
		*'#') n_confirmed=$((n_confirmed + 1)) ;;
		*'>') n_asking=$((n_asking + 1)) ;;
		*.) n_due=$((n_due + 1)) ;;
		*!) n_flagged=$((n_flagged + 1)) ;;
		*) n_not=$((n_not + 1)) ;;
		esac
	done
}

counts()
{
	echo "heard from $n_confirmed, being asked $n_asking," \
	    "not yet $n_due; flags: $n_open open, $n_claimed claimed"
}

# The picture, over the one before.
draw()
{
	local id i=0 out

	out="${bold}Anytown Check-in, Friday 4 December, $now$off"
	out+="   ($rate times as fast)"$'\e[K\n\e[K\n'
	for id in "${ids[@]}"; do
		i=$((i + 1))
		if [ $((i % 8)) = 0 ]; then
			out+="$(sign "$id") $id$off"$'\e[K\n'
		else
			out+="$(sign "$id") $(printf %-8s "$id")$off"
		fi
	done
	[ $((i % 8)) = 0 ] || out+=$'\e[K\n'
	out+=$'\e[K\n'"$green#$off heard from  $yellow>$off being asked  "
	out+=". not yet  $red!$off a human is needed  $dim-$off not asked"
	out+=$'\e[K\n'"$(counts)"$'\e[K\n\e[K\n'
	news >>"$folder/news"
	out+=$(tail -n 8 "$folder/news" | sed $'s/$/\e[K/')
	[ "${drawn:-0}" = 0 ] || printf '\e[%dA\r' "$drawn"
	printf '%s\n' "$out"
	drawn=$(printf '%s\n' "$out" | wc -l)
}

# ---- the morning ---------------------------------------------------------

# Over, when nobody is waited for: all are heard from or flagged, and each
# flag is somebody's.
is_over()
{
	[ $n_due = 0 ] && [ $n_asking = 0 ] && [ $n_open = 0 ]
}

watch()
{
	local told=0

	while [ $SECONDS -lt $longest ]; do
		kill -0 "$daemon" 2>/dev/null ||
		    give_up "the daemon has ended" "$folder/daemon.log"
		kill -0 "$exchange" 2>/dev/null ||
		    give_up "the exchange has ended" "$folder/exchange.log"
		# A flag's person may yet be heard from, so look at all that
		# may change, one process a person.
		# shellcheck disable=SC2046
		look $(pending)
		look_at_flags
		look_at_clock
		totals
		if [ "$live" = yes ]; then
			draw
		else
			news
			if [ $((SECONDS - told)) -ge 5 ]; then
				told=$SECONDS
				echo "$now   $(counts)"
			fi
		fi
		is_over && return 0
		sleep 0.4
	done
	return 1
}

# ---- the end -------------------------------------------------------------

heading()
{
	printf '\n%s%s%s\n' "$bold" "$1" "$off"
}

show_people()
{
	local id

	heading "Who was heard from, and how"
	for id in "${ids[@]}"; do
		case ${state[$id]} in
		confirmed*) ;;
		*) continue ;;
		esac
		printf '  %s  %-20s %s call%s %s text%s  %s\n' "${closed[$id]}" \
		    "${name[$id]}" "${calls[$id]}" \
		    "$([ "${calls[$id]}" = 1 ] && echo ', ' || echo 's,')" \
		    "${texts[$id]}" \
		    "$([ "${texts[$id]}" = 1 ] && echo ' ' || echo s)" \
		    "$(how "$id")"
	done | sort
}

# The exchange's own account, asked by HTTP.
fetch_exchange()
{
	exec 3<>"/dev/tcp/127.0.0.1/$exchange_port" || return 1
	printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' \
	    "$1" >&3
	tr -d '\r' <&3 | sed '1,/^$/d'
	exec 3>&-
}

# Every call and text of a check-in stands in both ledgers, once; and nothing
# at the exchange was made twice.
compare()
{
	local ours theirs twice

	for id in "${ids[@]}"; do
		ask history "$id" --json
	done | awk -f "$here/flat.awk" |
	    awk -F '\t' '$1 ~ /gateway_id$/ && $2 != "" { print $2 }' |
	    sort >"$folder/ours"
	awk -f "$here/flat.awk" "$folder/creates.json" >"$folder/creates"
	awk -F '\t' '$1 ~ /[.]sid$/ && $2 != "" { print $2 }' \
	    "$folder/creates" | sort >"$folder/theirs"
	twice=$(awk -F '\t' '$1 ~ /[.]ref$/ && $2 != "" { print $2 }' \
	    "$folder/creates" | sort | uniq -d | wc -l)
	ours=$(comm -23 "$folder/ours" "$folder/theirs" | wc -l)
	theirs=$(grep '^CA' "$folder/theirs" |
	    comm -13 "$folder/ours" - | wc -l)
	if ! [ -s "$folder/ours" ] || [ $((ours + theirs + twice)) != 0 ]; then
		echo "  The ledgers differ: $ours only ours, $theirs only" \
		    "the exchange's, $twice made twice."
		return 1
	fi
	echo "  Both ledgers agree: the $(wc -l <"$folder/ours") calls and" \
	    "texts that asked are in each, once;"
	echo "  $(($(wc -l <"$folder/theirs") - $(wc -l <"$folder/ours")))" \
	    "further texts told volunteers, and answered people."
}

verdict()
{
	local good=0 id

	heading "How it went"
	for id in "${ids[@]}"; do
		case $(sign "$id") in
		*'>'|*.) echo "  ${name[$id]} is forgotten."; good=1 ;;
		esac
	done
	if [ $n_open != 0 ]; then
		echo "  $n_open flags are nobody's."
		good=1
	fi
	echo "  Of ${#ids[@]} people $n_confirmed were heard from," \
	    "$n_flagged have a flag that somebody holds,"
	echo "  and $n_not were not to be asked."
	stop "$daemon" || {
		echo "  The daemon ended with status $?."
		good=1
	}
	daemon=''
	fetch_exchange /exchange/ledger >"$folder/creates.json"
	compare || good=1
	if stop "$exchange" && grep -q '^complaints 0$' "$folder/exchange.log"; then
		echo "  The exchange had no complaint."
	else
		grep '^complaint' "$folder/exchange.log" | sed 's/^/  /'
		good=1
	fi
	exchange=''
	return $good
}

what_next()
{
	heading "What next"
	cat <<-END
	  Write people of your own:  etc/ringround.conf is a scheme to copy
	  Rehearse with them:        README.md, "Rehearsing"
	  Ring in earnest:           README.md, "Ten minutes to the first call"
	END
}

for program in ringroundd ringround ringround-exchange; do
	[ -x "$programs/$program" ] ||
	    give_up "there is no $program yet: build it by ./autogen.sh all"
done
cp -R "$here/participants.d" "$here/volunteers.d" "$here/people.scenario" \
    "$here/auth_token" "$folder/" || exit 1
chmod -R u+rwX,go-rwx "$folder"
start_both
while read -r id; do
	ids+=("$id")
done < <(sed -n 's/^\[participant \(.*\)\]$/\1/p' "$folder"/participants.d/* |
    sort)
now=${start#*T}
: >"$folder/news"
[ "$live" = no ] || printf '\e[?25l'
look "${ids[@]}"
watch
over=$?
[ "$live" = no ] || printf '\e[?25h'
look "${ids[@]}"
look_at_flags
totals

show_people
heading "Who needs a human"
ask flags | sed 's/^/  /'
heading "One of them in full: ringround history joyce"
ask history joyce | sed 's/^/  /'
verdict
good=$?
if [ $over != 0 ]; then
	echo "  It was not over in time."
	good=1
fi
[ $good != 0 ] || what_next
exit $good
