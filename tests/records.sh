# shellcheck shell=sh
# Sourced behind lib.sh: records put together by hand, for what is counted.

version_of() {
	esc-policy show --format json "$1" | b2sum -l 256 | cut -c1-12
}

version=$(version_of s-club)

# put NUMBER CREATED FORM [EVENT...]: a record of s-club, on stdout.
put() {
	printf '{"v":1,"id":"ESC-%026d","rev":0,"policy":"s-club","policy_version":"%s","created":"%s",%s"events":[{"at":"%s","by":"eve","type":"submitted"}' \
		"$1" "$version" "$2" "$3" "$2"
	shift 3
	for event; do printf ',%s' "$event"; done
	printf ']}\n'
}

# put_of POLICY NUMBER CREATED: a record that was only submitted.
put_of() {
	printf '{"v":1,"id":"ESC-%026d","policy":"%s","policy_version":"%s","created":"%s","events":[{"at":"%s","by":"eve","type":"submitted"}]}\n' \
		"$2" "$1" "$(version_of "$1")" "$3" "$3"
}

# event AT TYPE [MEMBERS]
event() {
	printf '{"at":"2026-%sZ","by":"ana","type":"%s"%s}' "$1" "$2" "${3:+,$3}"
}
