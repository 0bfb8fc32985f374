#!/bin/sh
# What is added to a case from several sides: events of a filter that read it
# once, records that lost events on the way, imports beside our own edits,
# and a filter's events of a case that was erased since.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

day=2026-11-16
now=${day}T12:00:00Z
new_store
fill 2
one=$(nth 1)

# A filter gives each of its events the rev that it read.
esc-cat --all | jq -c '{id,rev,event:{type:"x-a"}},{id,rev,event:{type:"noted",text:"t"}}' >events
run esc-commit --events --now $now events
answers 0 '' '' 'two events of each case, with the rev that was read'
is "$(esc-cat --all | jq -cr '[.rev,.events[-2:][].type]|map(tostring)|join(" ")' | sort -u)" \
	'3 x-a noted' 'are two revisions of each'
run esc-commit --events --now $now events
is "$status" 75 'again: the rev is another now'
esc-cat --all | jq -c '{id,rev:(.rev-1),event:{type:"x-b"}}' >events
run esc-commit --events --now $now events
is "$status" 75 'a rev that was never read in this batch'

# What is not all of the stored events is stale, however it came to be.
before=$(seq_of)
for change in 'del(.events[2])' 'del(.events[-2])' '.events |= (.[:2] + [.[3],.[2]])'; do
	esc-cat "$one" | jq -c "$change" >changed
	run esc-commit --now $now changed
	is "$status $out" '75 ' "stale: $change"
done
is "$(seq_of)" "$before" 'and nothing is written'

# An import and our own edits.
new_store imports
import() {
	printf '{"case_number":"C-1","subject":"%s","description":"d","trigger":"unresolved","created":"%s"}\n' \
		"$1" "${day}T09:00:00Z" |
		esc-submit --key case_number --policy s-club --by portal --now "${day}T09:00:00Z" |
		esc-commit --by portal --now "$2"
}
amend() {
	esc-cat --all | esc-note --amend "subject=$1" -m 'by hand' --by ana --now "$2" |
		esc-commit --now "$2"
}
subjects() {
	esc-cat --all | jq -c '[.subject, (.events[]|select(.set)|[.because,.set.subject,.was.subject])]'
}
import one "${day}T09:00:00Z"
amend two "${day}T10:00:00Z"
import two "${day}T11:00:00Z"
want='["by hand","two","one"],["import","two","two"]'
is "$(subjects)" "[\"two\",$want]" 'an import of what is so already is written down'
amend three "${day}T12:00:00Z"
import two "${day}T13:00:00Z"
want="$want,[\"by hand\",\"three\",\"two\"]"
is "$(subjects)" "[\"three\",$want]" 'the same import again takes nothing back'
is "$(seq_of)" 4 'and writes nothing'
import one "${day}T14:00:00Z"
is "$(subjects)" "[\"one\",$want,[\"import\",\"one\",\"three\"]]" 'one that says something else does'

# An event with a time of its own is known again when its text was erased.
new_store erased
fill 1
one=$(nth 1)
printf '{"id":"%s","event":{"type":"x-seen","at":"%s","by":"scan","who":"Kim"}}\n' "$one" $now >events
run esc-commit --events --now $now events
answers 0 '' '' 'an event'
run esc-store erase --yes -m asked "$one"
is "$status $(stored "$one" .events[-1].who)" '0 ' 'the case is erased'
before=$(seq_of)
run esc-commit --events --now $now events
answers 0 '' '' 'the same event again'
is "$(seq_of)" "$before" 'is there already'
done_testing
