#!/bin/sh
# --explain as data: the ledgers of real incidents and of every step of the
# procedures' stories, against the slow business time of tests/oracle.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
: >stories
for story in "$TESTS"/cmd/60-story-*.t; do
	STORY_KEEP=$PWD/stories sh "$story" >story.out 2>&1 || fail "$story" "$(grep '^not' story.out)"
done
ESC_POLICY_PATH=$DATA/servicenow
export ESC_POLICY_PATH
esc-import --policy itil --map servicenow --now 2027-03-01T00:00:00Z \
	"$DATA/servicenow/incident_event_log.csv" >incidents 2>import.err
mkdir policies && cp -R "$ROOT"/lib/policies/*.json "$ROOT/lib/policies/calendars" policies &&
	cp "$DATA/servicenow/itil.json" policies && cp "$DATA"/servicenow/calendars/* policies/calendars

# ledgers FILE TIME...: of each clock of the file's cases, at several instants.
ledgers() {
	file=$1
	shift
	for now; do
		esc-sla-check --explain --now "$now" "$file" >explained
		run python3 "$TESTS/oracle/ledger.py" policies explained
		is "$status$err" 0 "$file, $now: $(printf '%s\n' "$out" | tail -n 1)"
		[ "$status" -eq 0 ] || printf '%s\n' "$out" | sed 's/^/# /; 9q'
		is "$(jq -s '[.[].sla.clocks[] | select(.elapsed != ([.ledger[].counted] | add // 0))] | length' \
			explained)" 0 '... each sum is what elapsed'
	done
}
ledgers incidents 2016-03-04T12:00:00Z 2016-04-01T00:00:00Z 2016-12-27T09:30:00Z
# shellcheck disable=SC2046
ledgers stories 2026-11-20T18:00:00Z 2027-01-04T12:00:00Z \
	$(jq -r '[.events[].at] | max' stories | sort -u | awk 'NR % 12 == 1')

# One case with all kinds of pieces: s-club is in London, one business day.
unset ESC_POLICY_PATH
submit 2026-10-23T10:00:00Z --policy s-club --trigger unresolved --subject S --description D
at 2026-10-23T10:00:00Z esc-triage --auto
at 2026-10-23T15:00:00Z esc-triage --ask -m 'Which "one"?'
at 2026-10-26T09:30:00Z esc-triage --answer -m That
# ledger NOW JQ: of the tier clock.
ledger() {
	esc-sla-check --explain --now "$1" case | jq -c "[.sla.clocks[]|select(.clock==\"tier\")][-1]|$2"
}
is "$(ledger 2026-10-26T10:00:00Z .elapsed)" 19800 'five hours, and half an hour after the answer'
is "$(ledger 2026-10-26T10:00:00Z '[.ledger[]|.kind]')" '["counted","paused","counted"]' 'a pause is one piece'
is "$(ledger 2026-10-26T10:00:00Z '.ledger[1]|del(.from,.to)')" \
	'{"kind":"paused","name":"asked","by":"ana","because":"Which \"one\"?","counted":0}' \
	'... by whom, and why'
is "$(ledger 2026-10-24T12:00:00Z '.ledger[-1].to')" '"2026-10-24T12:00:00Z"' '... until now where it lasts'
is "$(ledger 2026-10-23T09:00:00Z .)" '' 'no clock before its case'
is "$(ledger 2026-10-23T10:00:00Z '[.elapsed,.ledger]')" '[0,[]]' 'nothing in no time'
is "$(esc-sla-check --explain --now 2026-10-26T10:00:00Z case | jq -c '.sla.worst|has("ledger","elapsed")')" \
	"false${newline}false" 'the worst clock has its ledger among the clocks'
at 2026-10-26T10:00:00Z esc-note --retract "$(jq '[.events[].type] | index("asked") + 1' case)" \
	-m 'asked the wrong one'
is "$(ledger 2026-10-26T10:00:00Z '[.elapsed,[.ledger[]|[.kind,.name]]]')" \
	'[27000,[["counted",null],["closed",null],["dst","-1h"],["closed",null],["counted",null]]]' \
	'a question that was retracted held nothing; the clocks went back'
for now in 2026-10-26T10:00:00Z 2026-10-28T03:00:00Z 2026-12-31T10:00:00Z; do
	is "$(ledger $now .elapsed)" "$(esc-calendar -c london --between 2026-10-23T10:00:00Z $now)" \
		"what elapsed is what esc-calendar measures, $now"
done

# Ten years: a line that can be read.
is "$(ledger 2036-10-23T10:00:00Z '.ledger|length|. > 500 and . < 1000')" true \
	'ten years are put together by weeks'
is "$(ledger 2036-10-23T10:00:00Z '.elapsed == ([.ledger[].counted]|add)')" true '... and add up'
is "$(ledger 2036-10-23T10:00:00Z '[.ledger[]|select(.kind=="dst")]|length')" 20 '... with every change of clocks'
is "$(ledger 2036-10-23T10:00:00Z '[.ledger[]|select(.name=="Christmas Day")]|length > 0')" true \
	'... and the holidays by name'

run esc-sla-check --explain --format csv case
answers 64 '' "esc-sla-check: --explain does not go with --format csv
esc-sla-check: try 'esc-sla-check --help'" 'other formats have no room for it'
run esc-sla-check --explain --next case
like "$err" '^esc-sla-check: --next prints one line' '--next is one line'
run esc-sla-check --explain --now 2026-12-31T10:00:00Z --max-line 4K case
is "$status" 65 'a line longer than --max-line is refused, not cut'
like "$err" '--max-line' '... and it says which option helps'
done_testing
