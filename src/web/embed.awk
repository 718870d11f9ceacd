# Make a file into a text of C: awk -v name=assets_style -f embed.awk FILE
BEGIN {
	printf "const char %s[] =", name
}
{
	line = $0
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	gsub(/\?/, "\\?", line)
	line = line "\\n"
	while (length(line) > 0) {
		n = 64
		while (substr(line, n, 1) == "\\")
			n--
		printf "\n    \"%s\"", substr(line, 1, n)
		line = substr(line, n + 1)
	}
}
END {
	print ";"
}
