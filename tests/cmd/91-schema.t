#!/bin/sh
# What the programs write is what the JSON Schema of the record says.
. "${0%/*}/../lib.sh"
# Debian's python has the package, another one in the path may not.
for python in python3 /usr/bin/python3 none; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
done
[ "$python" != none ] || skip_all 'needs python3-jsonschema'
SCHEMA=$ROOT/man/esc-case.schema.json

# valid NAME FILE: each line of it fits.
valid() {
	run "$python" "$TESTS/validate.py" "$SCHEMA" "$2"
	if [ -s "$2" ]; then is "$out" '' "$1"; else fail "$1: no records"; fi
}

# invalid JQ NAME: the schema tells a record that jq has broken.
invalid() {
	jq -c "$1" good >broken
	run "$python" "$TESTS/validate.py" "$SCHEMA" broken
	is "$status" 1 "$2"
}

set -- --now 2026-11-18T12:00:00Z --by ana
{
	esc-submit "$@" --policy customer-resolutions --subject S --description D --case-number CS-1 \
		--impact critical --reason R --created 2026-11-16T10:00:00Z
	esc-submit "$@" --policy five-tier --subject S --channel chat --severity high \
		--complexity complex --service online-orders --created 2026-11-16T10:00:00Z
	esc-submit "$@" --policy s-club --subject S --description D --trigger unresolved \
		--requester-name Kim --requester-email kim@example.org --created 2026-11-16T10:00:00Z
	esc-submit "$@" --policy perfect-gym --subject S --region au --urgency high --rationale R \
		--requester-role champion --reason sla-violation --created 2026-11-16T10:00:00Z
} >submitted
is "$(wc -l <submitted)" 4 'a submission under each policy'
valid 'submitted' submitted
esc-triage "$@" --auto submitted >triaged
valid 'triaged' triaged
esc-triage "$@" --ask -m 'Which one?' triaged | tee asked | esc-triage "$@" --answered -m 'That one' >answered
valid 'held' asked
valid 'answered' answered
esc-note "$@" --update -m 'On it' --expected +2bd answered | esc-note "$@" --pause -m 'Parts' |
	esc-note "$@" --resume -m 'Here' | esc-note "$@" --amend subject=Other -m 'Typo' |
	esc-note "$@" --retract 2 -m 'No' | esc-note "$@" --improve -m 'Ask earlier' >noted
valid 'noted' noted
esc-promote "$@" -m 'Higher' noted >promoted
valid 'promoted' promoted
esc-triage "$@" --cancel -m 'Not valid' triaged >cancelled
valid 'cancelled' cancelled
for policy in customer-resolutions five-tier s-club perfect-gym; do
	outcome=resolved
	[ $policy = s-club ] && outcome=solution-implemented
	esc-pick --policy-name $policy promoted |
		esc-resolve "$@" --outcome $outcome -m 'Solved' --close --rate 5 --comment 'Thanks'
done >closed
valid 'closed' closed
esc-resolve "$@" --reopen -m 'Again' closed >reopened
valid 'reopened' reopened
cat submitted triaged asked promoted closed reopened cancelled |
	esc-sla-check --now 2026-12-24T12:00:00Z >checked
valid 'with verdicts' checked
cat submitted triaged asked promoted closed reopened noted | esc-sla-check --explain \
	--rejudge s-club --now 2026-12-24T12:00:00Z >explained
valid 'with ledgers and other terms' explained
is "$(jq -s '[.[].sla.clocks[]] | all(.[]; has("ledger")) and any(.[].ledger[]; .kind=="paused")' \
	explained)" true '... which are there'
esc-sla-check --horizon 30bd --now 2026-11-18T12:00:00Z reopened noted >ahead
valid 'with a horizon' ahead

head -n 1 reopened >good
invalid 'del(.id)' 'the schema tells: no id'
invalid '.created="2026-11-18 12:00"' '... an instant that is none'
invalid '.clocks[0].state="broken"' '... an unknown state of a clock'
invalid '.clocks[0].left=1' '... an unknown member of a clock'
invalid '.events[0].at=1' '... an event without an instant'
invalid '.events+=[{"at":"2026-11-18T12:00:00Z","type":"resolved"}]' '... a resolution without outcome'
invalid '.events[-1].judged=[{"clock":"tier"}]' '... half a judgement'
invalid '.state="lost"' '... an unknown state'
invalid '.sla={"at":"2026-11-18T12:00:00Z","verdict":"fine","clocks":[]}' '... an unknown verdict'
done_testing
