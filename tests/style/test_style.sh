#!/bin/bash
#
# What of the style a program can see: words that are banned, how wide and
# how long things are, and that a file exports only its own name.

set -u
cd "${SRCDIR:-$(dirname "$0")/../..}" || exit 1
LC_ALL=C
export LC_ALL

widest=80		# columns, a tab goes to the next eighth
longest_function=60	# lines between its braces
longest_file=700

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

folders=()
for folder in src tests fuzz demo; do
	[ ! -d $folder ] || folders+=("$folder")
done
mapfile -t sources < <(find "${folders[@]}" -name '*.[ch]' | sort)
mapfile -t scripts < <(find "${folders[@]}" -name '*.sh' -o -name '*.py' |
    sort)
scripts+=(autogen.sh)
bare=$(awk -f tests/style/bare.awk "${sources[@]}")

# A function, where it is banned, and where it is allowed all the same:
# regular expressions of the whole name and of paths.
banned='
atoi|atol|atoll|atof		.		-
strto(l|ul|ll|ull|imax|umax|d)	.		-
sprintf|vsprintf|strcpy|strcat	.		-
strncpy|strncat|gets|alloca	.		-
system|popen|mktime|gmtime	.		-
localtime|tmpnam|mktemp		.		-
localtime_r			src/		src/rules/calendar\.c
setenv|unsetenv|tzset		src/		src/rules/calendar\.c
time|gettimeofday		src/		-
clock_gettime			src/		src/base/clock\.c
rand|srand|random|srandom	src/		-
drand48|getrandom|getentropy	src/		-
malloc|calloc|realloc		src/		src/base/mem\.c
reallocarray|strdup|strndup	src/		src/base/mem\.c
asprintf|vasprintf		src/		src/base/mem\.c
'
while read -r names where allowed; do
	[ -n "$names" ] || continue
	# A call, and not of a member of that name.
	call="(.*[^A-Za-z0-9_.>])?($names)[ 	]*\("
	tap "banned: ${names//|/, }" "$(printf '%s\n' "$bare" |
	    grep -E "^${where}[^:]*:[0-9]+:$call" | grep -vE "^($allowed):")"
done <<<"$banned"

tap 'no typedef of a struct, union or enum' "$(printf '%s\n' "$bare" |
    grep -E ':[0-9]+:[ 	]*typedef[ 	]+(struct|union|enum)')"

# In pieces, as this file is looked through too.
later='TO''DO|FIX''ME|X''XX'
tap 'nothing is put off by a word in the text' \
    "$(grep -nwE "$later" "${sources[@]}" "${scripts[@]}")"

# Bytes that go on with a character of UTF-8 take no column.
tap "no line is wider than $widest columns" "$(
    for file in "${sources[@]}" "${scripts[@]}"; do
	tr -d '\200-\277' <"$file" | expand -t 8 | awk -v file="$file" \
	    -v widest=$widest 'length($0) > widest {
		print file ":" NR ": " length($0) " columns" }'
    done)"

tap 'no line ends in blanks' \
    "$(grep -nE '[ 	]+$' "${sources[@]}" "${scripts[@]}")"

tap "no file is longer than $longest_file lines" "$(
    wc -l "${sources[@]}" "${scripts[@]}" |
    awk -v most=$longest_file '$2 != "total" && $1 > most {
	print $2 ": " $1 " lines" }')"

# A function's braces stand alone at the line's beginning; those of types
# and tables do not open there.
tap "no function is longer than $longest_function lines" "$(
    awk -v most=$longest_function '
	FNR == 1 { start = 0 }
	/^\{$/ { start = FNR }
	/^\}/ && start {
		if (FNR - start - 1 > most)
			print FILENAME ":" start ": " FNR - start - 1 " lines"
		start = 0
	}' "${sources[@]}")"

# foo.c exports foo_..., as do its part foo_more.c and foos.c; or ROOM_..., or
# TYPE_... of a type that it lays down: a reader finds the file from the name.
exports()
{
	local file object room name types
	for file in src/*/*.c; do
		object=$BUILDDIR/${file%.c}.o
		[ -e "$object" ] || continue
		room=$(basename "$(dirname "$file")")
		name=$(basename "$file" .c)
		types=$(sed -nE 's/^(struct|enum) ([a-z0-9_]+) \{.*/|\2/p' \
		    "$file" "${file%.c}.h" 2>/dev/null | tr -d '\n')
		"${NM:-nm}" -g --defined-only "$object" |
		    awk 'NF == 3 && $3 !~ /^_/ { print $3 }' |
		    grep -vE "^(${name%%_*}|${name%s}|$room$types)(_.*)?$" |
		    sed "s|^|$file exports |"
	done
}

if [ -z "${BUILDDIR:-}" ] || ! ls "$BUILDDIR"/src/base/*.o >/dev/null 2>&1 ||
    ! command -v "${NM:-nm}" >/dev/null; then
	run=$((run + 1))
	echo "ok $run - exports # SKIP no objects or no nm"
else
	tap 'a file exports only its own name' "$(exports)"
fi

echo "1..$run"
