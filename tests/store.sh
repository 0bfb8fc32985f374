# store.sh: for tests that need a store with some cases.  Sourced after lib.sh.
#
#   new_store          an empty store, ESC_STORE names it
#   forms N            N forms for s-club, as JSON lines, with odd numbers
#   fill N             as many escalated cases in the store
#   act_on N AT COMMAND   what a filter makes of case C-N at an instant, committed
#   seq_of             the seq at which the log ends
#   nth N              the id of the Nth case
#   stored ID JQ       what jq reads from the case as it is stored
# shellcheck shell=sh disable=SC2034,SC2154

submitted="2026-11-16T10:00:00Z"
accepted=2026-11-16T10:05:00Z

new_store() {
	ESC_STORE=$PWD/${1:-store}
	export ESC_STORE
	run esc-store init
	[ "$status" -eq 0 ] || fail 'esc-store init' "$err"
}

forms() {
	seq "$1" | awk '{ printf "{\"case_number\":\"C-%d\",\"subject\":\"Cleaning %d\"," \
		"\"description\":\"Nobody came\",\"trigger\":\"unresolved\"," \
		"\"requester\":{\"name\":\"Kim\",\"email\":\"kim@example.org\"}," \
		"\"x_fee\":78.340,\"x_big\":12345678901234567890,\"x_one\":1.0," \
		"\"x_e\":1E2,\"x_neg\":-0,\"x_list\":[0.10,{\"n\":2.50}]}\n", $1, $1 }'
}

fill() {
	forms "$1" | sed "s/^{/{\"created\":\"$submitted\",/" |
		esc-submit --policy s-club --by portal --now $submitted |
		esc-triage --accept --by ana --now $accepted |
		esc-commit --now $accepted || fail 'filling the store'
}

act_on() {
	number=$1 at=$2
	shift 2
	esc-cat --case-number "C-$number" | "$@" --by ana --now "$at" | esc-commit --now "$at"
}

seq_of() {
	esc-store checkpoint | cut -d " " -f 2
}

nth() {
	esc-cat --all --ids | sed -n "$1p"
}

stored() {
	esc-cat "$1" | jq -cr "$2"
}
