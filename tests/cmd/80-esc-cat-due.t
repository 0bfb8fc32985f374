#!/bin/sh
# esc-cat --due after a calendar has changed: by the calendars of today,
# whatever is printed; the index and a fold of all cases agree.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

mkdir -p policies/calendars
ESC_POLICY_PATH=$PWD/policies
export ESC_POLICY_PATH
calendar() {
	printf '{"timezone":"UTC","hours":{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"]},"holidays":[%s]}\n' \
		"$1" >policies/calendars/office.json
}
cat >policies/plain.json <<'END'
{"name":"plain","calendar":"office","form":{"case_number":{"required":true}},
 "tiers":[{"name":"one","target":"1bd","limit":"2bd"},{"name":"two","limit":"3bd"}],
 "clocks":{"acknowledge":{"limit":"1bd"},"tier":{}}}
END
calendar ''

# Twelve cases, one a day; some accepted, promoted, resolved.
new_store
for day in 02 03 04 05 06 09 10 11 12 13 16 17; do
	printf '{"created":"2026-11-%sT10:00:00Z","case_number":"C-%s","subject":"s","description":"d"}\n' $day $day
done | esc-submit --policy plain --by portal --now 2026-11-18T09:00:00Z |
	esc-commit --now 2026-11-18T09:00:00Z
act() {
	pattern=$1
	shift
	esc-cat --all | jq -c "select(.case_number|test(\"$pattern\"))" | "$@" --by ana --now 2026-11-18T10:00:00Z |
		esc-commit --now 2026-11-18T10:00:00Z
}
act '[246]$' esc-triage --accept
act '[46]$' esc-promote -m late
act '6$' esc-resolve --outcome resolved -m done
act '3$' esc-note --pause -m 'parts'
esc-cat --all >printed

# due: the ids by the index, where it agrees with a scan, at several instants.
due() {
	all=
	for at in 2026-11-03T17:00:00Z 2026-11-12T09:00:00Z 2026-11-18T17:00:00Z \
		2026-11-19T17:00:00Z 2026-11-20T17:00:00Z 2026-11-23T17:00:00Z 2026-12-24T00:00:00Z; do
		run esc-cat --ids "--due=$at"
		by_index=$status:$out:$err
		run esc-cat --ids "--due=$at" --no-index
		is "$by_index" "$status:$out:$err" "$1: --due=$at, by the index and by a scan"
		all=$all$(printf '%s\n' "$out" | grep -c ESC),
	done
}
due 'as committed'
before=$all
unlike "$before" '^(0,)*$' 'some are due'

# The 18th to the 20th become holidays: goals move to the week after.
calendar '"2026-11-18","2026-11-19","2026-11-20"'
due 'after the calendar changed'
unlike "$all" "^$before\$" 'other cases are due now'
moved=$all
esc-cat --all >after
same after printed 'what is printed stays as committed'

# An index that is made only now knows the calendar of today as well.
rm -f "$ESC_STORE"/index.sqlite
due 'with an index made anew'
is "$all" "$moved" 'the same cases'

# One more case, committed under the new calendar; then the old one again.
printf '{"created":"2026-11-18T10:00:00Z","case_number":"C-18","subject":"s","description":"d"}\n' |
	esc-submit --policy plain --by portal --now 2026-11-18T11:00:00Z |
	esc-commit --now 2026-11-18T11:00:00Z
due 'with a case of the new calendar'
calendar ''
due 'back to the first calendar'
esc-cat --ids --due=2026-11-19T17:00:00Z >ids
ok 'the case of the other calendar is due by this one' \
	grep -q "$(esc-cat --ids --case-number C-18)" ids

# Where the policy is gone, what is printed counts.
rm -f policies/plain.json "$ESC_STORE"/policies/plain*
due 'without the policy'

done_testing
