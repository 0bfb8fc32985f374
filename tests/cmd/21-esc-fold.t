#!/bin/sh
# esc-fold: the derived fields follow from the events, and from nothing else.
. "${0%/*}/../lib.sh"

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
head="{\"v\":1,\"id\":\"ESC-01KAKZAX500000000000000001\",\"policy\":\"s-club\",\"policy_version\":\"$version\",\"created\":\"2026-11-20T09:00:00Z\",\"subject\":\"x\""
events='"events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"},{"at":"2026-11-20T10:00:00Z","by":"ann","type":"accepted","tier":2,"x-n":1E5,"odd":[]},{"at":"2026-11-20T10:00:00Z","by":"ann","type":"x-mine"}]'
odd='"x_odd":[78.34,1E2,-0,12345678901234567890,0.1,1e400,"\u00e9\/"]'
derived='"state":"escalated","tier":2,"tier_name":"supervisor","clocks":\[.*\],"due":"2026-11-25T17:30:00Z","risk":"2026-11-24T17:30:00Z"'
fold() {
	run esc-fold --by t --now 2026-11-21T12:00:00Z "$@"
}

printf '%s\n' "$head,$odd,$events,\"x_last\" : { } }" >bare.jsonl
fold bare.jsonl
is "$status $err" '0 ' 'a record without derived fields gets them'
like "$out" "\"x-mine\"}\],$derived,\"x_last\" ?: ?\{ \}" '... behind its events'
like "$out" '"x_odd":\[78\.34,1E2,-0,12345678901234567890,0\.1,1e400,"\\u00e9\\/"\]' 'unknown fields stay byte for byte'
cp "$WORK/out" once.jsonl
fold once.jsonl
same "$WORK/out" once.jsonl 'folding twice is folding once'
run esc-fold --by other --now 2031-01-01T00:00:00Z bare.jsonl
same "$WORK/out" once.jsonl 'nothing depends on the instant or on who asks'

# wrong NAME JQ: the record with that edit folds to the very same bytes.
sed 's/"x_odd":[^]]*\],//; s/,"x-n":1E5//; s/ : { } / : {} /' once.jsonl >simple.jsonl
fold simple.jsonl
cp "$WORK/out" simple.jsonl
jq -c . simple.jsonl >plain.jsonl
ok 'there is something to compare' test -s plain.jsonl
wrong() {
	jq -c "$2" plain.jsonl >wrong.jsonl
	fold wrong.jsonl
	jq -cS . "$WORK/out" >got
	jq -cS . plain.jsonl >wanted
	same got wanted "$1"
}
wrong 'a state that is made up' '.state = "closed" | .held = ["paused"]'
wrong 'clocks that are made up' '.clocks = [] | .due = "2000-01-01T00:00:00Z"'
wrong 'fields that do not follow' '.assignee = "nobody" | .queue = "no" | .priority = "x" | .resolution = {"outcome":"x"}'
wrong 'derived fields taken away' 'del(.state, .clocks, .risk, .tier, .tier_name)'
wrong 'derived fields in front' '{"due":"2001-01-01T00:00:00Z", "state":"x"} + .'
wrong 'an sla of long ago' '.sla = {"at":"2026-11-20T00:00:00Z","verdict":"ok"}'
esc-sla-check --now 2026-11-30T00:00:00Z simple.jsonl | esc-fold --by t >unchecked.jsonl
same unchecked.jsonl simple.jsonl 'what esc-sla-check adds goes'

jq -c '.events += [{"at":"2026-11-23T10:00:00Z","by":"my-filter","type":"resolved","outcome":"done","summary":"s"}]' \
	plain.jsonl >more.jsonl
fold more.jsonl
is "$(jq -r .state "$WORK/out")" resolved "an event of a filter of one's own counts"

printf '%s\n' "{\"v\":2}" | cat once.jsonl - once.jsonl >newer.jsonl
fold newer.jsonl
answers 78 "$(cat once.jsonl)" 'esc-fold: newer.jsonl:2: v: version 2 is newer than this program, which knows 1' \
	'a newer record ends it with 78; what was done before stands'
sed "s/$version/000000000000/" once.jsonl >unknown.jsonl
fold unknown.jsonl
is "$status" 78 'terms that are nowhere: 78'
like "$err" '^esc-fold: unknown\.jsonl:1: policy: .*"s-club".* 000000000000' '... naming policy and version'
size=$(wc -c <bare.jsonl)
fold --max-line "$size" bare.jsonl
answers 65 '' "esc-fold: bare.jsonl:1: the record would be longer than $size bytes (--max-line)" \
	'a line that would be too long is refused'
jq . -c once.jsonl | sed 's/,"/ , "/g; s/":/": /g' >blanks.jsonl
fold blanks.jsonl
same blanks.jsonl "$WORK/out" 'blanks between members are no change'
cat once.jsonl - >mixed.jsonl <<X
{"v":1}
{"end":true,"records":2}
X
fold --need-end --end-mark --reject refused mixed.jsonl
is "$status $out" "65 $(cat once.jsonl)
{\"end\":true,\"records\":1}" 'end marks and refused lines as everywhere'

done_testing
