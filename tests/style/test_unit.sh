#!/bin/bash
#
# The service as systemd sees it: the unit is valid, its sandbox is as tight
# as it was promised to be, and the user that it runs as can be made.
set -u

n=0
failed=0

# report STATUS NAME LINES: passed where the status is 0.
report()
{
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
		return
	fi
	failed=1
	echo "not ok $n - $2"
	printf '%s\n' "$3" | sed 's/^/# /'
}

if ! command -v systemd-analyze >/dev/null; then
	echo "1..0 # SKIP systemd-analyze is not installed"
	exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# No bus and no home of the one who tests: only these files count.
export XDG_RUNTIME_DIR=$folder HOME=$folder
unset DBUS_SESSION_BUS_ADDRESS

# As make would, with the program where it was just built.
unit=$folder/ringround.service
sed -e "s,@s\?bindir[@],$BUILDDIR,g" -e 's|@sysconfdir[@]|/etc|g' \
    "$SRCDIR/systemd/ringround.service.in" >"$unit"

! grep -n '@[a-z]*@' "$unit" >"$folder/left"
report $? "make fills in everything" "$(cat "$folder/left")"

said=$(systemd-analyze verify --man=no "$unit" 2>&1)
result=$?
# What it says of other units of this machine is not ours to mend.
said=$(printf '%s\n' "$said" | grep -i ringround)
[ $result = 0 ] && [ -z "$said" ]
report $? "the unit is valid" "$said"

said=$(systemd-analyze security --no-pager --offline=true --threshold=12 \
    "$unit" 2>&1)
report $? "its exposure is 1.2 at most" \
    "$(printf '%s\n' "$said" | grep -v '✓')"

# A scheme with a mistake never replaces one without.
grep -q '^ExecStartPre=.*ringroundd -t ' "$unit" &&
    grep -q '^ExecReload=.*ringround .* reload$' "$unit"
report $? "the scheme is checked before it is used" ""

if command -v systemd-sysusers >/dev/null; then
	mkdir -p "$folder/root/etc"
	said=$(systemd-sysusers --dry-run --root="$folder/root" - \
	    <"$SRCDIR/systemd/ringround.sysusers" 2>&1)
	result=$?
	printf '%s\n' "$said" | grep -q "user 'ringround'" || result=1
	report $result "the service's user can be made" "$said"
else
	n=$((n + 1))
	echo "ok $n - the service's user # SKIP no systemd-sysusers"
fi

grep -q '^User=ringround$' "$unit" && grep -q '^Group=ringround$' "$unit" &&
    grep -q '^u ringround ' "$SRCDIR/systemd/ringround.sysusers"
report $? "the unit runs as the user that is made" ""

echo "1..$n"
exit $failed
