#!/bin/sh
# esc-cat: --history, --as-of and --until, which look at the past.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

# both NAME OPTION...: the same answer by the index and by a scan.
both() {
	name=$1
	shift
	run esc-cat --no-index "$@"
	scan_answer=$status:$out:$err
	run esc-cat "$@"
	is "$status:$out:$err" "$scan_answer" "$name: the index and a scan agree"
}

# Three states of the store, a second or more apart; its clock is the system's.
new_store
fill 2
A=$(nth 1) B=$(nth 2)
esc-cat --all >first
sleep 1.1
esc-cat "$A" | esc-promote -m 'still broken' --by ana --now 2026-11-17T09:00:00Z |
	esc-commit --now 2026-11-17T09:00:00Z
forms 3 | sed "1,2d;s/^{/{\"created\":\"2026-11-17T10:00:00Z\",/" |
	esc-submit --policy s-club --by portal --now 2026-11-17T10:00:00Z |
	esc-commit --now 2026-11-17T10:00:00Z
C=$(nth 3)
esc-cat --all >second
sleep 1.1
esc-cat --all | esc-note --note -m hello --by ben --now 2026-11-18T09:00:00Z |
	esc-commit --now 2026-11-18T09:00:00Z
esc-cat --all >third
# the store's instants: of the last line of each state
instant_of() {
	sed -n "$1p" "$ESC_STORE"/log/000000000001.jsonl | sed 's/^.*"at":"\([^"]*\)","by".*,"dh":.*$/\1/'
}
one=$(instant_of 2) two=$(instant_of 4) three=$(instant_of 7)

is "$(wc -l <second | tr -d ' ')" 3 'three cases'
for state in first:$one second:$two third:$three; do
	both "--as-of ${state%%:*}" --all --as-of "${state#*:}"
	is "$out" "$(cat "${state%%:*}")" "--as-of ${state%%:*}: the store as it was"
done
both '--as-of before the store' --all --as-of 2020-01-01T00:00:00Z
is "$status:$out:$err" 0:: 'nothing was there'
both '--as-of, an id' --as-of "$one" "$A"
is "$out" "$(sed -n 1p first)" 'of one case'
both '--as-of, a case that was not there' --as-of "$one" "$C" "$A"
is "$status:$out:$err" "66:$(sed -n 1p first):esc-cat: $C: no such case" 'is unknown then'
both '--as-of, the end of such an id' --as-of "$one" "$(printf '%s' "$C" | tail -c 8)"
is "$status" 66 'so is its end'
both '--as-of, a condition' --as-of "$one" --tier 1 --ids
is "$out" "$A$newline$B" 'looks at what was then'
both 'the same condition now' --tier 1 --ids
is "$out" "$B" 'another answer'

# --history: every revision; conditions choose by the newest.
both '--history' --history --all
is "$(printf '%s\n' "$out" | jq -rc '[.id, .rev]')" "[\"$A\",1]
[\"$A\",2]
[\"$A\",3]
[\"$B\",1]
[\"$B\",2]
[\"$C\",1]
[\"$C\",2]" 'oldest first, case by case'
is "$(printf '%s\n' "$out" | sed -n '1p;4p')" "$(cat first)" 'byte for byte'
both '--history of an id' --history "$B"
is "$(printf '%s\n' "$out" | jq .rev)" "1${newline}2" 'its revisions'
both '--history and a condition' --history --tier 2
is "$(printf '%s\n' "$out" | jq -c .tier)" "1${newline}2${newline}2" 'all revisions of the case that now holds'
both '--history and one that no longer holds' --history --where rev=1
is "$out" '' 'gives nothing'
both '--history --as-of' --history --as-of "$two" --all
is "$(printf '%s\n' "$out" | jq -c .rev | tr -d '\n')" 1211 'up to then'

# --until: what had happened by then, by the instants of events.
both '--until before all' --until 2026-11-16T09:59:59Z --all
is "$status:$out:$err" 0:: 'no case was there'
both '--until the promotion' --until 2026-11-17T09:30:00Z --all
is "$(printf '%s\n' "$out" | jq -rc '[.id, .rev, .tier, (.events|length)]')" \
	"[\"$A\",3,2,3]${newline}[\"$B\",2,1,2]" 'with what had happened by then'
printf '%s\n' "$out" | esc-fold >folded
is "$(cat folded)" "$out" 'its derived fields are those of these events'
both '--until before it' --until 2026-11-17T08:59:59Z "$A"
is "$(printf '%s\n' "$out" | sed 's/"rev":3/"rev":1/')" "$(sed -n 1p first)" 'the case as it was'
both '--until now' --until 2026-12-01T00:00:00Z --all
is "$out" "$(cat third)" 'all of it'
both '--until and a condition' --until 2026-11-17T08:59:59Z --tier 1 --ids
is "$out" "$A$newline$B" 'looks at what is printed'
due=$(sed -n 1p first | jq -r .due)
both '--until and --due' --until 2026-11-17T08:59:59Z "--due=$due" --ids
is "$out" "$A$newline$B" 'looks at what was due then'
both '--until, a case that was not there yet' --until 2026-11-16T12:00:00Z "$C" "$A" --ids
is "$status:$out" "0:$A" 'is left out'
both '--until --as-of' --until 2026-11-20T00:00:00Z --as-of "$one" --all
is "$out" "$(cat first)" 'what was known then'
run esc-cat --until 2026-11-17T09:30:00Z --all --format csv --columns id,tier
is "$(printf '%s\n' "$out" | tr -d '\r')" "id,tier$newline$A,2$newline$B,1" '--until as CSV'

# A field that was changed later says what it said then.
esc-cat "$B" | esc-note --amend subject='Mended' -m typo --by ana --now 2026-11-19T09:00:00Z |
	esc-commit --now 2026-11-19T09:00:00Z
both '--until before an amendment' --until 2026-11-18T12:00:00Z "$B"
is "$(printf '%s\n' "$out" | jq -r .subject)" 'Cleaning 2' 'the subject as it was'
both '--until after it' --until 2026-11-19T09:00:00Z "$B"
is "$(printf '%s\n' "$out" | jq -r .subject)" 'Mended' 'the subject as it is'

done_testing
