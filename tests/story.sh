# story.sh: for tests that walk a procedure: one case in the file `case`,
# and filters applied to it at instants.  Sourced after lib.sh.  $STORY_KEEP
# names a file that gets the case as it is after each of them.
# shellcheck shell=sh disable=SC2034,SC2154

story_keep() {
	cp "$WORK/out" case
	[ -z "${STORY_KEEP-}" ] || cat case >>"$STORY_KEEP"
}

# submit TIME OPTION...: a new case by esc-submit, into `case`.
submit() {
	now=$1
	shift
	run esc-submit --now "$now" --by portal "$@"
	if [ "$status" -eq 0 ]; then
		story_keep
	fi
}

# at TIME PROGRAM OPTION...: the filter on `case`, which its output replaces
# where it answers 0.  Messages are in $err.
at() {
	now=$1
	shift
	cp case before
	run "$@" --now "$now" --by ana case
	if [ "$status" -eq 0 ]; then
		story_keep
	else
		err="status $status: $err"
	fi
}

# says JQ WANT NAME: what jq reads from the case.
says() {
	is "$(jq -cr "$1" case)" "$2" "$3"
}

# refused ERE NAME: the last run refused its input, wrote nothing and said why.
refused() {
	if [ "$status" = 65 ] && [ -z "$out" ]; then
		like "$err" "$1" "$2"
	else
		fail "$2" "status $status, expected 65" "stdout:" "$out" "stderr:" "$err"
	fi
}

# fine NAME: the last run answered 0 and said nothing on stderr.
fine() {
	if [ "$status" = 0 ] && [ -z "$err" ]; then
		pass "$1"
	else
		fail "$1" "status $status" "$err"
	fi
}

# unchanged NAME: the last filter wrote the case as it was.
unchanged() {
	same before case "$1"
}

# verdict TIME WANT NAME: of the case, at that instant.
verdict() {
	run esc-sla-check --now "$1" case
	is "$(printf '%s\n' "$out" | jq -r .sla.verdict)" "$2" "$3"
}

# clock NAME JQ: of the case's last clock of that name.
clock() {
	printf '[.clocks[]|select(.clock=="%s")][-1]|%s' "$1" "$2"
}

# policy NAME JQ: what the policy's file says.
policy() {
	esc-policy show --format json "$1" | jq -cr "$2"
}
