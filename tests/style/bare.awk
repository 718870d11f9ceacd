# C without its comments, and with empty strings: line by line as before.

{
	out = ""
	text = $0
	while (text != "") {
		if (comment) {
			at = index(text, "*/")
			if (!at)
				break
			comment = 0
			text = substr(text, at + 2)
			continue
		}
		# Up to the next thing that hides what follows.
		if (!match(text, /\/\*|\/\/|"|'/)) {
			out = out text
			break
		}
		out = out substr(text, 1, RSTART - 1)
		mark = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (mark == "//")
			break
		if (mark == "/*") {
			comment = 1
			out = out " "
			continue
		}
		out = out mark mark
		while (text != "" && substr(text, 1, 1) != mark)
			text = substr(text, \
			    substr(text, 1, 1) == "\\" ? 3 : 2)
		text = substr(text, 2)
	}
	print FILENAME ":" FNR ":" out
}
