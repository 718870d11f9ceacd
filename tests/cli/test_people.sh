#!/bin/bash
#
# Setting people up: import, add, set, away, pause and leave, on the files of
# a copy of the acceptance scheme; and that the daemon loads what they write.

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
old=$dir/participants.d/10-sneinton.conf
new=$dir/participants.d/people.conf
cp "$old" "$dir/before"

tap() {
	run=$((run + 1))
	if [ "$1" = 0 ]; then echo "ok $run - $2"; else
		echo "not ok $run - $2"
		sed 's/^/#   /' "$dir/out" "$dir/err"
	fi
}

# is CODE PATTERN WORD...: run ringround with the words; it ends with the code,
# and its output, errors last, holds the pattern.
is() {
	local want=$1 pattern=$2 got
	shift 2
	"$build/ringround" -c "$conf" "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got -eq "$want" ] &&
	    cat "$dir/out" "$dir/err" | tr '\n' ' ' | grep -qE -- "$pattern"
	tap $? "$*"
}

# differs OLD NEW WHAT: exactly these lines (diff's, without places) differ.
differs() {
	diff "$1" "$2" | grep '^[<>]' >"$dir/out"
	printf '%s' "$3" >"$dir/err"
	cmp -s "$dir/out" "$dir/err"
	tap $? "nothing else has changed in ${2##*/}"
}

# The table of the acceptance scheme: its last row refused, the others taken.
table=$dir/participants.csv
is 1 'doris +new .*sam +new.*lily +new.*csv:5: phone is an emerg.*Not done' \
    import "$table" --dry-run
[ ! -e "$new" ]
tap $? 'a dry run writes nothing'
is 1 'csv:5: phone is an emergency.*3 taken, 1 refused' import "$table"
is 0 'in order.* 9 participants, 5 of them live' check
grep -qx 'name      = Mr Samuel "Sam" Okoro' "$new"
tap $? 'quotes of the table are no part of the name'
[ "$(stat -c %a "$new")" = 660 ]
tap $? 'others cannot read the new file'
cp "$new" "$dir/people"
is 1 '"changed": false.*"line": 5' import "$table" --json
cmp "$new" "$dir/people"
tap $? 'the same table twice changes nothing'

# Nobody becomes live by a table before a contact and a test.
is 1 'doris cannot be live yet: no contact' set doris live=yes
is 1 'doris cannot be live yet: no contact' set doris live=yes \
    contact+='Joan Webb, neighbour, 0115 496 0125' tested=2026-11-30
is 1 'doris cannot be live yet: nobody has confirmed a test' set doris \
    live=yes contact_waived='waived, has nobody'
is 0 'tested: nothing -> waived, known.*live: no -> yes' set doris \
    contact+='Joan Webb, neighbour, 0115 496 0125, agreed 2026-11-20' \
    tested='waived, known to us for years' live=yes
is 0 '6 of them live' check
printf 'id;name;area\r\ndoris;Mrs D\351sir\351e Ash;\r\nharold;;Sneinton\r\n' \
    >"$dir/b.csv"
is 0 'doris +changed.*harold +changed.*name: .* -> Mrs D.*2 taken, 0 refused' \
    import "$dir/b.csv"
grep -qx 'name    = Mrs Désirée Ash' "$new" &&
    grep -qx 'area    = Sneinton' "$new"
tap $? 'Windows-1252 is read, and an empty cell takes nothing away'
printf '%s\n' id,name,call_me,phone 'a,A,A,0115 496 0180' b,B,B c,C,C,12 \
    a,X,X,1 >"$dir/c.csv"
is 1 'a +new.*c.csv:3: this row has 3.*c.csv:4: phone.*c.csv:5: the id a s' \
    import "$dir/c.csv" --into participants.d/c.conf
[ "$(grep -c participant "$dir/participants.d/c.conf")" = 1 ]
tap $? 'only the good row is taken'
is 1 'no include .* takes up' import "$dir/c.csv" --into elsewhere.conf
printf 'id,nmae\na,A\n' >"$dir/d.csv"
is 1 'd.csv:1: .*did you mean.*0 taken' import "$dir/d.csv"
is 1 'd.csv.gone' import "$dir/d.csv.gone"


# The team comes by a table as well: mobiles as people write them, one mistake.
printf '%s\r\n' 'id,name,mobile,areas,duty' \
    'nell,Nell Marsh,+44 7700 900211,Sneinton,mon-fri 08:00-13:00' \
    'omar,Omar Aziz,07700 900212,,"sat, sun 08:00-20:00"' \
    'pia,Pia Lund,999,Sneinton,mon-fri 08:00-13:00' \
    'doris,Doris Lane,07700 900213,,' >"$dir/team.csv"
is 1 'team.csv:1: .*called "mobile".*0 taken' import "$dir/team.csv"
is 1 'nell +new.*omar +new.*doris +new.*csv:4: mobile is an emerg.*Not done' \
    import "$dir/team.csv" --volunteers --dry-run
is 1 '3 taken, 1 refused' import "$dir/team.csv" --volunteers
# A number that somebody of the team has already, in a file that is read later.
printf '%s\n' id,name,mobile 'rob,Rob Ash,07700 900201' \
    'sue,Sue Ely,07700 900215' >"$dir/more.csv"
is 1 'sue +new.*more.csv:2: mobile is that of volunteer .*1 taken, 1 refused' \
    import "$dir/more.csv" --volunteers --dry-run
is 1 '"changed": false.*"volunteer": "nell".*"line": 4' \
    import "$dir/team.csv" --volunteers --json
is 0 'in order' check

# One at a time.
is 0 'new.*name: nothing -> Mrs Joan Bell.*not running' add joan \
    name='Mrs Joan Bell' call_me=Joan phone='0115 496 0181'
is 1 'there is a participant joan already' add joan name=Joan
is 1 'live person needs' add jack name=Jack call_me=Jack live=yes
is 1 '"phnoe"; did you mean "phone"' add jack phnoe=1
is 2 'no KEY=VALUE' set joan area
is 1 'did you mean joan' set joann area=Sneinton
is 1 'stands once' set joan area+=Sneinton
is 0 'name: nothing -> Priya' add priya --volunteer name='Priya Shah' \
    mobile='07700 900209' areas=Sneinton
grep -q '^\[volunteer priya\]' "$dir/volunteers.d/people.conf"
tap $? 'a volunteer goes among the volunteers'
is 0 'carries: nothing -> 3' set priya --volunteer carries=3

cp "$dir/before" "$old"
is 0 'away: nothing -> 2026-12-20 to 2027-01-03, with Ann' away edna \
    2026-12-20 2027-01-03 --why 'with Ann'
is 0 'nothing to change' away edna 2026-12-20 2027-01-03 --why 'with Ann'
is 0 'paused' pause stan 2026-12-01 2026-12-14 --why 'new telephone'
is 2 'why' pause stan 2026-12-01 2026-12-14
is 1 'ends before it begins' away edna 2027-01-03 2026-12-20
is 0 'left_reason: nothing -> moved, to Leeds.*live: yes -> no' leave vera \
    moved --on 2026-01-31 --note 'to Leeds'
is 1 'none of the reasons' leave stan bored
is 0 'contact' set edna alternate= contact+='Ann Ash, niece, 07700 900126'
differs "$dir/before" "$old" '< alternate = 07700 900123
> contact   = Ann Ash, niece, 07700 900126
> away      = 2026-12-20 to 2027-01-03, with Ann
> paused   = 2026-12-01 to 2026-12-14, new telephone
< live     = yes
> live     = no
> left     = 2026-01-31
> left_reason = moved, to Leeds
'

# A coordinator who may not read the secrets may edit all the same.
mv "$dir/auth_token" "$dir/hidden"
is 0 'area: Sneinton -> Lenton' set edna area=Lenton
mv "$dir/hidden" "$dir/auth_token"

# Who is in the scheme is not everybody's business.
chmod 644 "$old" "$new"
! "$build/ringround" -c "$conf" check 2>&1 | grep -q 'everybody'
tap $? 'in a folder that others cannot enter it is closed to them'
chmod 711 "$dir"
is 0 'people.conf:1: warning: everybody.*10-sneinton.conf:1: warning: every' \
    check
chmod 640 "$old" && chmod 660 "$new"; chmod 700 "$dir"
! "$build/ringround" -c "$conf" check 2>&1 | grep -q 'everybody'
tap $? 'and nothing is said where it is not'

# The sheet of a new person: which numbers to let pass, how to say OK and how
# to stop, and that it is no emergency service.
calls='calls come from 0115.*block.*press 1.*press 2.*ring that number back'
texts='texts come from 07700.*reply OK.*reply HELP.*reply AWAY.*reply STOP'
rest='Brian Clarke, Mrs Joan Webb.*can stop.*not an emergency.*ring 999'
is 0 "for Mrs Edna Clarke.* 09:00, every day .*$calls.*$texts.*$rest" \
    welcome edna
is 0 '"office_phone": "0115.*"on_closed_days": null' welcome edna --json
cp "$conf" "$dir/kept"
sed -i '/^\[round morning\]/aclosed_days = bank\non_closed_day = 10:30' \
    "$conf"
printf '[calendar bank]\nday = 2040-12-25, Christmas Day\n' >>"$conf"
is 0 'every day   on bank holidays and days .* closed from 10:30' welcome edna
sed -i 's/^on_closed_day = 10:30/on_closed_day = drop/' "$conf"
is 0 'every day   but not on bank holidays' welcome edna
sed -i 's/^closed_days = bank/only_days = bank\nask_again = yes/
    /^on_closed_day/d' "$conf"
is 0 'from 09:00, every day of bank' welcome edna
cp "$dir/kept" "$conf"
is 1 'nobody|there is no' welcome nobody

# The ledger is the daemon's: who changes people need not be able to write it.
mkdir "$dir/ledger.db"
sed -i 's/^database *=.*/database = ledger.db/' "$conf"
is 1 'ledger.db is no file' check
is 0 'area: Lenton -> Hyson Green' set edna "area=Hyson Green"
is 0 'Hyson Green -> Lenton' set edna area=Lenton
cp "$dir/kept" "$conf"
rmdir "$dir/ledger.db"

# A mistake that is there already is not ours to write over.
sed -i 's/^at *= 09:00/at = 25:00/' "$conf"
is 1 'ringround.conf:[0-9]+: at.*mend them first' set edna area=Sneinton
sed -i 's/^at *= 25:00/at = 09:00/' "$conf"

# The daemon, on a clock that hardly moves.
mkfifo "$dir/journal"
"$build/ringroundd" -c "$conf" --rehearse=2026-12-04T08:00 \
    2>"$dir/journal" &
daemon=$!
exec 3<"$dir/journal"
while read -r -t 120 line <&3; do
	case $line in
	*listening*) break ;;
	esac
done
cat <&3 >"$dir/log" &

is 0 'The daemon has loaded it' away walter 2026-12-04 2026-12-05
is 0 '"participant": "walter".*"skipped": "away"' plan --json
is 0 '"daemon": "loaded"' set edna area='St Ann’s' --json
echo "1..$run"
