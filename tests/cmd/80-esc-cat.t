#!/bin/sh
# esc-cat: which cases come out, byte for byte, in the order of their ids; by
# the index and without it.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-20T12:00:00Z

# both NAME EXPECTED-STATUS OPTION...: the same answer by the index and by a
# scan, in $out and $err.
both() {
	name=$1 want=$2
	shift 2
	run esc-cat --now $now --no-index "$@"
	scan_answer=$status:$out:$err
	run esc-cat --now $now "$@"
	is "$status:$out:$err" "$scan_answer" "$name: the index and a scan agree"
	is "$status" "$want" "$name: status"
}

# ids NAME IDS OPTION...
ids() {
	name=$1 wanted=$2
	shift 2
	both "$name" 0 --ids "$@"
	is "$(printf '%s' "$out" | tr '\n' ' ')" "$wanted" "$name"
}

# Cases A to E, a form each, with made-up ids that end alike.
new_store
for case in 5:E 1:A 4:D 2:B 3:C; do
	forms 1 | sed "s/^{/{\"created\":\"2026-11-1${case%:*}T10:00:00Z\",/;s/C-1/C-${case#*:}/"
done | esc-submit --policy s-club --by portal --now $now >new
esc-commit --now $now new
sort new | sed 's/"rev":0/"rev":1/' >stored
jq -r .id stored >all
A=$(sed -n 1p all) B=$(sed -n 2p all) C=$(sed -n 3p all) D=$(sed -n 4p all) E=$(sed -n 5p all)

esc-cat --all >out
same out stored '--all is what was committed, sorted by id, but for rev'
esc-cat --all --no-index >out
same out stored '--all --no-index as well'

ids '--all --ids' "$A $B $C $D $E" --all
ids 'a whole id' "$B" "$B"
ids 'in small letters' "$B" "$(echo "$B" | tr '[:upper:]' '[:lower:]')"
ids 'ids come sorted, each once' "$A $C" "$C" "$A" "$C"
end=$(printf '%s' "$D" | tail -c 5)
ids 'the end of an id' "$D" "$end"
ids 'the end of an id in small letters' "$D" "$(echo "$end" | tr '[:upper:]' '[:lower:]')"
ids 'a longer end' "$D" "$(printf '%s' "$D" | tail -c 14)"
ids 'an end and the whole' "$A $D" "$end" "$D" "$A"

printf ' %s \n\n%s\n' "$E" "$end" >wanted
run esc-cat --ids - <wanted
answers 0 "$D$newline$E" '' '- reads ids from stdin'
run esc-cat --ids "$A" - <wanted
answers 0 "$A$newline$D$newline$E" '' '- beside ids'
run esc-cat - </dev/null
answers 0 '' '' 'no ids from stdin: nothing'

both 'an unknown id' 66 ESC-00000000000000000000000000 "$A"
is "$out" "$(sed -n 1p stored)" 'the others are printed'
is "$err" 'esc-cat: ESC-00000000000000000000000000: no such case' 'and it is said'
both 'too short an end' 66 "$(printf '%s' "$D" | tail -c 4)"
like "$err" 'characters at least' 'an end has 5 characters at least'
both 'nothing like it' 66 ZZZZZ
is "$out" '' 'no case ends so'

# Ids that end alike: by key, the time part is that of created.
for day in 11 12; do
	forms 1 | sed "s/^{/{\"created\":\"2026-11-${day}T10:00:00Z\",/"
done | esc-submit --policy s-club --key case_number --now $now >twin
esc-commit --now $now twin
jq -r .id twin | sort >twins
alike=$(head -n 1 twins | tail -c 17)
both 'an ambiguous end' 66 "$alike" "$A"
is "$out" "$(sed -n 1p stored)" 'the other id is printed'
is "$err" "esc-cat: $alike: more than one case has an id that ends so:
esc-cat:   $(sed -n 1p twins)
esc-cat:   $(sed -n 2p twins)" 'the candidates'

# Conditions.
esc-cat "$B" "$D" | esc-triage --accept --assign kim --by ana --now $now >accepted
esc-commit --now $now accepted
esc-cat "$C" | esc-triage --cancel -m no --by ana --now $now | esc-commit --now $now
ids '--state' "$B $D" --state escalated
ids '--assignee' "$B $D" --assignee kim
ids '--mine' "$B $D" --mine --by kim
ids 'two conditions' "$D" --assignee kim --case-number C-D
ids 'an id and a condition' "$B" --tier 1 "$B" "$A"
ids '--where' "$C" --where state=cancelled
ids '--where !=' "$A $B $D $E" --where state!=cancelled --where 'case_number!=C-1'
ids '--where of a field without a column' "$(cat all twins | sort | tr '\n' ' ' | sed 's/ $//')" --where x_fee=78.34
both 'nothing matches' 0 --state closed
is "$out$err" '' 'and that is no error'

# Due: three business days from acceptance (s-club, tier 1).
due=$(esc-cat "$B" | jq -r .due)
risk=$(esc-cat "$B" | jq -r .risk)
ids 'nothing is due' '' --due
ids 'at risk at that instant' "$B $D" "--due=$risk"
ids 'due at that instant' "$B $D" "--due=$due" --where "due<=$due"
ids 'a relative time' "$B $D" --due=+30d
ids 'long ago' '' --due=2020-01-01T00:00:00Z
run esc-cat --ids --due --now "$risk"
is "$out" "$B$newline$D" '--due is now'
run esc-cat --due=+2bd
is "$status" 64 'business time has no calendar here'
like "$err" 'business time needs a calendar' 'and that is said'
run esc-cat --all --as-of=yesterday
is "$status" 64 'no instant'
like "$err" '^esc-cat: --as-of: expected .*; got "yesterday" .*-2d' 'and what would be one'
run esc-cat --ids -d=+30d
is "$status:$out" "0:$B$newline$D" '-d=TIME, as the page writes it'

# What cannot be asked.
run esc-cat
answers 64 '' "esc-cat: nothing is selected: say ID..., --all, --due, --since, or a condition such as --open
esc-cat: try 'esc-cat --help'" 'no selection'
for options in "--all $A" '--all --history --until 2026-01-01T00:00:00Z' '--all --history --ids' \
	'--all --format xml' '--all --ids --format csv' '--all --columns id' '--all --raw' \
	'--all --as-of yesterday' '--history' '--until 2026-01-01T00:00:00Z'; do
	# shellcheck disable=SC2086
	run esc-cat $options
	is "$status:$out" 64: "esc-cat $options"
done
run esc-cat --store nowhere --all
is "$status" 66 'no such store'
run env -u ESC_STORE esc-cat --all
is "$status" 64 'no store is named'

# Streams.
run esc-cat --end-mark "$A"
is "$out" "$(sed -n 1p stored)$newline{\"end\":true,\"records\":1}" '--end-mark'
run esc-cat --end-mark "$A" ZZZZZ
is "$status:$out" "66:$(sed -n 1p stored)" 'no end mark where an id was unknown'
run esc-cat --end-mark --ids "$A"
is "$out" "$A" 'no end mark among ids'
run sh -c 'esc-cat --all --store "$ESC_STORE" | head -n 1'
is "$err" '' 'a reader that goes is no trouble'
if [ -w /dev/full ]; then
	run sh -c 'esc-cat --all >/dev/full'
	is "$status" 74 'a full disk'
fi

# An empty store.
new_store empty
both 'an empty store' 0 --all
is "$out$err" '' 'has nothing'
both 'an empty store, by id' 66 "$A"

done_testing
