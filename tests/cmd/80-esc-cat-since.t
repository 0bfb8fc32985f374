#!/bin/sh
# esc-cat --since: what a report of a period from then on can count, by the
# index and without.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
now=2026-12-01T09:00:00Z

new_store
fill 5 # escalated on 2026-11-16
act_on 1 2026-11-17T10:00:00Z esc-resolve --outcome resolved -m mended --close
act_on 2 2026-11-17T11:00:00Z esc-resolve --outcome resolved -m mended --close
act_on 2 2026-11-20T11:00:00Z esc-resolve --rate 4
act_on 3 2026-11-18T10:00:00Z esc-triage --cancel -m 'not ours'
act_on 4 2026-11-17T12:00:00Z esc-resolve --outcome resolved -m mended --close
act_on 4 2026-11-21T10:00:00Z esc-resolve --reopen -m 'again'
act_on 4 2026-11-22T10:00:00Z esc-note --retract 5 -m 'a mistake'

# since TIME NUMBERS OPTION...: the cases, both ways.
since() {
	at=$1 want=$2
	shift 2
	for how in '' --no-index; do
		# shellcheck disable=SC2086 # an option or none
		run esc-cat --since "$at" --now $now "$@" $how
		is "$status $(printf '%s\n' "$out" | jq -r .case_number | sort | tr '\n' ' ')" "0 $want" \
			"--since $at $* $how"
	done
}
all='C-1 C-2 C-3 C-4 C-5 '
is "$(esc-cat --all | jq -r '.case_number + " " + .state' | sort | tr '\n' ' ')" \
	'C-1 closed C-2 closed C-3 cancelled C-4 closed C-5 escalated ' 'one is open'
since "$submitted" "$all"
since 2026-11-17T10:00:00Z "$all"
since 2026-11-17T10:00:01Z 'C-2 C-3 C-4 C-5 '
since 2026-11-18T10:00:01Z 'C-2 C-4 C-5 '
since 2026-11-20T11:00:00Z 'C-2 C-4 C-5 '
since 2026-11-20T11:00:01Z 'C-4 C-5 '
since 2026-11-22T10:00:00Z 'C-4 C-5 '
since 2026-11-22T10:00:01Z 'C-5 '
since 2027-01-01T00:00:00Z 'C-5 '
# An instant to come is now: what is open now counts in what is to come.
run esc-cat --since 2027-01-01T00:00:00Z --now 2026-11-17T10:00:00Z --ids
is "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 5 'a now of the past'

# With other selections all must hold.
since 2026-11-18T10:00:01Z 'C-2 C-4 ' --state closed
since 2026-11-18T10:00:01Z 'C-4 ' --case-number C-1,C-4
since 2026-11-18T10:00:01Z 'C-5 ' --due
since 2026-11-18T10:00:01Z 'C-2 ' "$(esc-cat --ids --case-number C-2)"
since 2026-11-18T10:00:01Z '' "$(esc-cat --ids --case-number C-1)"
since 2026-11-18T10:00:01Z 'C-5 ' --open
# As of then: C-4 was closed, and open later.
since 2026-11-18T10:00:01Z 'C-5 ' --until 2026-11-19T00:00:00Z
since 2026-11-21T11:00:00Z 'C-4 C-5 ' --until 2026-11-21T12:00:00Z
since 2026-11-18T10:00:01Z "$all" --until 2026-11-17T09:00:00Z
is "$(esc-cat --since -1d --now 2026-11-22T12:00:00Z --ids | wc -l | tr -d ' ')" 2 'from now'

run esc-cat --since yesterday
like "$status $err" '^64 .*--since: ' 'no instant'

# An index of before is made anew.
sqlite3 -version >/dev/null 2>&1 && is "$(sqlite3 -readonly "file:$ESC_STORE/index.sqlite?immutable=1" \
	"SELECT value FROM meta WHERE name = 'schema'" 2>/dev/null)" 2 'its schema'
# Lines of others have blanks between their tokens, and stand so in the store.
esc-cat --all | jq -c '.rev = 0' | sed 's/":/": /g; s/","/", "/g; s/},{/}, {/g' >blanks
new_store blank
esc-commit --now 2026-11-22T10:00:00Z blanks
like "$(esc-cat --all)" '"at": "2026' 'a store of lines with blanks'
since 2026-11-18T10:00:01Z 'C-2 C-4 C-5 '
since 2026-11-20T11:00:01Z 'C-4 C-5 ' --policy s-club

done_testing
