#!/bin/bash
#
# What "make install" puts where; that the service it installs starts the
# program it installs; and that the example beside it is a scheme in order.

set -u
n=0
failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# ok STATUS NAME
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

# It is run under a make already, whose jobs and flags are not this one's.
unset MAKEFLAGS MAKELEVEL MFLAGS
make -C "$BUILDDIR" install DESTDIR="$folder/root" >"$folder/said" 2>&1
ok $? "it can be installed into a folder of its own"
[ $failed = 0 ] || sed 's/^/# /' "$folder/said" | tail -n 20

# at PATH: where the file was put whose path ends so.
at()
{
	find "$folder/root" -path "*/$1" -size +0
}

for file in sbin/ringroundd bin/ringround bin/ringround-exchange \
    man8/ringroundd.8 man1/ringround.1 man1/ringround-exchange.1 \
    man5/ringround.conf.5 ringround/README.md ringround/NEWS \
    ringround/LICENSE ringround/examples/ringround.conf \
    examples/participants.d/10-northfield.conf examples/volunteers.d/team.conf
do
	[ -n "$(at "$file")" ]
	ok $? "$file"
done

if grep -q '^systemdsystemunit_DATA' "$BUILDDIR/Makefile"; then
	unit=$(at systemd/system/ringround.service)
	[ -n "$(at sysusers.d/ringround.conf)" ]
	ok $? "the service's user"
	[ -n "$unit" ] && ! grep -q '@[a-z]*@' "$unit"
	ok $? "the unit, filled in"
	program=$(sed -n 's/^ExecStart=\([^ ]*\) .*/\1/p' "${unit:-/dev/null}")
	[ -n "$program" ] && [ -x "$folder/root$program" ]
	ok $? "it starts the program that was installed"
fi

# The example, as somebody would copy it.
cp -R "$(dirname "$(at examples/ringround.conf)")" "$folder/scheme"
chmod -R u+w "$folder/scheme"
sed -i.old -e 's/^database.*/database = ringround.db/' -e '/^socket/d' \
    "$folder/scheme/ringround.conf"
(umask 077; echo 89abcdef0123456789abcdef01234567 >"$folder/scheme/auth_token")
"$(at bin/ringround)" -c "$folder/scheme/ringround.conf" check \
    >"$folder/said" 2>&1
ok $? "the example is in order"
[ $failed = 0 ] || sed 's/^/# /' "$folder/said" | tail -n 20

echo "1..$n"
exit $failed
