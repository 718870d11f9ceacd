#!/bin/sh
#
# ./autogen.sh            makes ./configure, and nothing else
# ./autogen.sh TARGET...  from nothing to the target: installs what is missing
#                         (Debian and its like), configures in build/, which
#                         leaves a later ./configure of your own alone, and
#                         makes the targets there
#
# Targets are make's: all, check, demo, distcheck, install...  Where you have
# configured here yourself already, that build is used instead of build/.
# After "check" the last line is "N passed, N failed".

set -eu
cd "$(dirname "$0")"
: "${MAKE:=make}"

# What is needed, how it is looked for, and Debian's package of it.
# The versions are configure.ac's business.
build_needs='
command	make		make
command	autoreconf	autoconf
command	automake	automake
command	pkg-config	pkg-config
command	cc		gcc
header	stdio.h		libc6-dev
module	libevent_openssl	libevent-dev
module	libcurl		libcurl4-openssl-dev
module	sqlite3		libsqlite3-dev
module	inih		libinih-dev
module	jansson		libjansson-dev
module	libssl		libssl-dev
file	/usr/share/zoneinfo/Europe/London	tzdata
'
# The daemon does without; a service on Debian wants it.
wanted_needs='
module	libsystemd	libsystemd-dev
'
# A test whose tool is missing says so and is skipped.
test_needs='
command	bash		bash
command	nm		binutils
file	/usr/bin/python3	python3
python	aiosmtpd	python3-aiosmtpd
command	mandoc		mandoc
command	systemd-analyze	systemd
command	systemd-nspawn	systemd-container
command	ps		procps
command	openssl		openssl
file	/usr/sbin/nginx	nginx-light
file	/usr/sbin/sshd	openssh-server
command	ssh		openssh-client
command	chromium	chromium
command	chromedriver	chromium-driver
file	/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf	fonts-dejavu-core
'

say()
{
	printf 'autogen.sh: %s\n' "$*" >&2
}

is_there()
{
	case $1 in
	command)
		if [ "$2" = cc ]; then
			set -- command "${CC:-cc}"
		fi
		# A compiler may come with its own options.
		command -v "${2%% *}" >/dev/null 2>&1 ;;
	header)
		echo "#include <$2>" | ${CC:-cc} -E - >/dev/null 2>&1 ;;
	module)
		pkg-config --exists "$2" >/dev/null 2>&1 ;;
	file)
		[ -e "$2" ] ;;
	python)
		/usr/bin/python3 -c "import $2" >/dev/null 2>&1 ;;
	esac
}

# missing NEEDS COLUMN: those that are not there, by that column.
missing()
{
	printf '%s\n' "$1" | while read -r kind name package; do
		if [ -z "$kind" ] || is_there "$kind" "$name"; then
			continue
		fi
		case $2 in
		name) printf '%s ' "$name" ;;
		package) printf '%s ' "$package" ;;
		esac
	done
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

apt()
{
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" \
		</dev/null >&2
}

can_install()
{
	command -v apt-get >/dev/null 2>&1 || return 1
	[ "$(id -u)" = 0 ] || sudo -n true </dev/null >/dev/null 2>&1
}

install_packages()
{
	say "installing $*"
	# A bare system knows no packages before its first update.
	if ! apt-get -q -s install "$@" </dev/null >/dev/null 2>&1; then
		apt update || return 1
	fi
	if ! apt install --no-install-recommends "$@"; then
		# What the lists name may have been replaced since.
		apt update && apt install --no-install-recommends "$@"
	fi
}

# Get what can be got; stop only where the build itself cannot go on.
provide()
{
	for round in 1 2; do
		packages="$(missing "$build_needs" package)"
		packages="$packages$(missing "$wanted_needs" package)"
		if [ "$1" = yes ]; then
			packages="$packages$(missing "$test_needs" package)"
		fi
		if [ -z "$packages" ]; then
			return 0
		fi
		if [ $round = 1 ] && can_install; then
			# Its words are many, not one.
			# shellcheck disable=SC2086
			install_packages $packages ||
				say "apt-get could not install all of it"
		fi
	done
	lacking="$(missing "$build_needs" name)"
	if [ -n "$lacking" ]; then
		say "missing: $lacking"
		say "on Debian, as root: apt-get install $packages"
		say "elsewhere: what your system calls these; then try again"
		exit 1
	fi
	if [ "$1" = yes ]; then
		lacking="$(missing "$test_needs" name)"
		[ -z "$lacking" ] ||
			say "tests that need these are skipped: $lacking"
	fi
}

# Make configure and Makefile.in where they are missing or older than what
# they are made from.
generate()
{
	if [ -e configure ] && [ -e Makefile.in ] &&
	    [ -z "$(find configure.ac Makefile.am ./*/local.mk ./*/*/local.mk \
	    ! -path './build/*' -newer Makefile.in)" ]; then
		return 0
	fi
	autoreconf -fi
}

# sum FILE WORD...: the numbers that automake's file has behind "# WORD:".
sum()
{
	log=$1
	shift
	total=0
	for word; do
		n=$(sed -n "s/^# $word: *//p" "$log" | head -n 1)
		total=$((total + ${n:-0}))
	done
	echo $total
}

# The tests, quietly, and their sum as the last line.
run_check()
{
	log=$folder/test-suite.log
	rm -f "$log"
	{
		status=0
		"$MAKE" -C "$folder" -Otarget -j"$jobs" check 2>&1 ||
			status=$?
		echo $status >"$folder/check.status"
	} | grep -v '^PASS: ' || :
	if [ ! -e "$log" ]; then
		echo "0 passed, 1 failed"
		return 1
	fi
	sed -n 's/^\(SKIP: \)/\1/p' "$log"
	echo "$(sum "$log" PASS XFAIL) passed," \
	    "$(sum "$log" FAIL XPASS ERROR) failed"
	status=$(cat "$folder/check.status")
	rm -f "$folder/check.status"
	[ "$status" = 0 ]
}

if [ $# = 0 ]; then
	if ! is_there command autoreconf || ! is_there command automake ||
	    ! is_there command pkg-config; then
		say "autoconf, automake and pkg-config are needed for this"
		exit 1
	fi
	autoreconf -fi
	say "now: ./configure && make && make check"
	exit 0
fi

tests=no
for target; do
	case $target in
	check|distcheck)
		tests=yes ;;
	-*)
		sed -n '3,12s/^# \{0,1\}//p' "$0"
		exit 2 ;;
	esac
done

provide $tests
generate
# What was configured before the tests' tools were there looks for them anew.
folder=build
if [ -e config.status ]; then
	folder=.
elif [ ! -e build/config.status ] || { [ $tests = yes ] &&
    grep -q '^PYTHON = *$' build/Makefile; }; then
	say "configuring in build/"
	mkdir -p build
	(cd build && ../configure --quiet)
fi
jobs=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
if ! "$MAKE" -C "$folder" --no-print-directory -j"$jobs" all; then
	[ $tests = no ] || echo "0 passed, 1 failed"
	exit 1
fi
result=0
for target; do
	case $target in
	all)
		;;
	check)
		run_check || result=1 ;;
	demo)
		# Alone on its terminal.
		"$MAKE" -C "$folder" --no-print-directory -s demo ;;
	*)
		"$MAKE" -C "$folder" --no-print-directory -j"$jobs" "$target" ;;
	esac
done
exit $result
