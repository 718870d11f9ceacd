# JSON as lines of "path TAB value": {"flags": [{"code": "K4F7"}]} becomes
# "0.flags.0.code	K4F7", where the first number counts the documents.
# Null is an empty value; an empty list has no line.

{ text = text $0 "\n" }

function skip()
{
	sub(/^[ \t\r\n]+/, "", text)
}

function take(n,	taken)
{
	taken = substr(text, 1, n)
	text = substr(text, n + 1)
	return taken
}

function string(	s)
{
	if (!match(text, /^"([^"\\]|\\.)*"/))
		exit 1
	s = take(RLENGTH)
	s = substr(s, 2, length(s) - 2)
	gsub(/\\"/, "\"", s)
	gsub(/\\[nrt]/, " ", s)
	gsub(/\\\\/, "\\", s)
	return s
}

# What stands between brackets; of an object where it is named.
function members(path, named,	n, name)
{
	take(1)
	for (n = 0; ; n++) {
		skip()
		if (text == "" || text ~ /^[]}]/)
			break
		name = n
		if (named) {
			name = string()
			skip()
			take(1)
		}
		value(path "." name)
		skip()
		if (text ~ /^,/)
			take(1)
	}
	take(1)
}

function value(path,	s)
{
	skip()
	if (text ~ /^[{]/)
		members(path, 1)
	else if (text ~ /^\[/)
		members(path, 0)
	else if (text ~ /^"/)
		print path "\t" string()
	else {
		if (!match(text, /^[^],} \t\r\n]+/))
			exit 1
		s = take(RLENGTH)
		print path "\t" (s == "null" ? "" : s)
	}
}

END {
	for (document = 0; ; document++) {
		skip()
		if (text == "")
			break
		value(document)
	}
}
