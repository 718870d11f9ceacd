#!/bin/bash
#
# The manual pages against the programs: every command, every option of every
# --help, and examples everywhere.  (Keys of the configuration: test_keys.)

set -u
cd "${SRCDIR:-$(dirname "$0")/../..}" || exit 1
build=${BUILDDIR:-.}
run=0

# tap NAME FAULTS: passed where there are none.
tap() {
	run=$((run + 1))
	if [ -z "$2" ]; then
		echo "ok $run - $1"
	else
		echo "not ok $run - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

skip() {
	run=$((run + 1))
	echo "ok $run - $1 # SKIP $2"
}

# The options that a help shows: --word, and -x at the beginning of a line.
options() {
	grep -oE -- '(^|[^a-z-])(--[a-z][a-z-]*|-[a-zA-Z]\b)' |
	    sed 's/^[^-]*//' | sort -u
}

# missing PAGE OPTION...: those that the page has no item for.
missing() {
	page=$1
	shift
	for option; do
		case $option in
		--*) flag="Fl Fl ${option#--}" ;;
		*) flag="Fl ${option#-}" ;;
		esac
		grep -qE "^\.It .*$flag( |\$)" "$page" || echo "$option"
	done
}

program() {
	name=$1 page=$2
	if [ ! -x "$build/$name" ]; then
		skip "$name: its options are in its manual" "it is not built"
		return
	fi
	help=$("$build/$name" --help) || help=
	# Examples show what others do too.
	# shellcheck disable=SC2046
	tap "$name: its options are in its manual" \
	    "$(missing "$page" $(sed '/^Examples/,$d' <<<"$help" | options))"
	tap "$name: its help has examples" \
	    "$(grep -q '^Examples' <<<"$help" || echo "no examples")"
}

program ringroundd man/ringroundd.8
program ringround-exchange man/ringround-exchange.1

page=man/ringround.1
commands=$("$build/ringround" help | sed -n '/^Commands/,/^$/p' |
    sed 1d | awk '{ print $1 }')
tap "ringround has commands" "$([ -n "$commands" ] || echo none)"
tap "ringround: its own options are in its manual" \
    "$(missing "$page" -c --config --json -h --help -V --version)"
for command in $commands; do
	help=$("$build/ringround" "$command" --help) || help=
	tap "$command stands in ringround(1)" \
	    "$(grep -qE "^\.It Cm $command( |\$)" $page || echo missing)"
	tap "$command: its help has examples" \
	    "$(sed '1,/^Examples/d' <<<"$help" |
	        grep -q "^  ringround .*$command" || echo "no examples")"
	# On its item's line: an option belongs to its command.
	faults=
	for option in $(sed -n '/^Options/,/^$/p' <<<"$help" |
	    grep -oE '^  --[a-z-]+' | grep -vE -- '--(json|help)$'); do
		grep -E "^\.It Cm $command " $page |
		    grep -qE "Fl Fl ${option#--}( |\$)" ||
		    faults="$faults $option"
	done
	tap "$command: its options are in ringround(1)" "$faults"
done

words=$("$build/ringround" resolve --help |
    sed -n '/^Dispositions/,/^Options/p' |
    awk '/^Reasons/ { reasons = 1; next }
        /^  / && !reasons { print $1 }
        /^  / && reasons { gsub(/[, ]+/, "\n"); print }')
faults=
for word in $words; do
	grep -qE "Cm $word( |\$)" $page || faults="$faults $word"
done
tap "dispositions and reasons are in ringround(1)" "$faults"

for page in man/*.[1-8]; do
	if command -v mandoc >/dev/null; then
		lint=$(mandoc -Tlint -Wwarning "$page" 2>&1)
		tap "$page is in order" "$lint"
	else
		skip "$page is in order" "mandoc is not installed"
	fi
done
echo "1..$run"
