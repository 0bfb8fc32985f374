#!/bin/sh
# esc-report --compare previous: the period before, and what has changed.
# shellcheck disable=SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"
command -v jq >/dev/null || skip_all 'needs jq'

NOW=2026-11-02T09:00:00Z

# Three cases of September (two accepted, one promoted), three of October
# (three accepted, two promoted), and one that is only refused in each.
{
	put 1 2026-09-02T09:00:00Z '"trigger":"mean","x_site":"A",' \
		"$(event 09-02T09:10:00 accepted '"tier":1')" \
		"$(event 09-07T08:00:00 promoted '"from":1,"to":2,"auto":true')" \
		"$(event 09-08T12:00:00 resolved '"outcome":"solution-implemented","summary":"x"')" \
		"$(event 09-08T13:00:00 closed)" \
		"$(event 09-09T12:00:00 rated '"score":4')"
	put 2 2026-09-20T09:00:00Z '"trigger":"oldest","x_site":"A",' \
		"$(event 09-21T09:00:00 accepted '"tier":1')" \
		"$(event 09-21T10:00:00 resolved '"outcome":"solution-implemented","summary":"x"')"
	put 3 2026-09-30T22:59:59Z '"trigger":"oldest","x_site":"B",'
	put 4 2026-09-30T23:00:00Z '"trigger":"oldest","x_site":"C",' \
		"$(event 10-01T09:00:00 accepted '"tier":1')" \
		"$(event 10-01T10:00:00 resolved '"outcome":"solution-implemented","summary":"x"')"
	put 5 2026-10-05T09:00:00Z '"trigger":"by","x_site":"C",' \
		"$(event 10-05T09:10:00 accepted '"tier":1')" \
		"$(event 10-07T08:00:00 promoted '"from":1,"to":2,"auto":true')"
	put 6 2026-10-06T09:00:00Z '"trigger":"by","x_site":"A",' \
		"$(event 10-06T09:10:00 accepted '"tier":1')" \
		"$(event 10-08T08:00:00 promoted '"from":1,"to":2,"auto":true')"
	echo '{"rejected":1,"at":"2026-09-10T00:00:00Z","by":"x","program":"esc-submit","source":"f:1","errors":[{"field":"subject","error":"required"}],"line_b64":""}'
} >cases

report() {
	run esc-report --now "$NOW" --format json "$@"
}

# figure JQ [FILE]: of the last document.
figure() {
	jq -c "$1" "${2:-$WORK/out}"
}

report --month 2026-10 --compare previous cases
cp "$WORK/out" both.json
is "$status $err" '0 ' 'a month beside the month before'
is "$(figure 'keys_unsorted|.[-4:]')" '["improvements","review","previous","change"]' 'behind all else'
is "$(figure '.previous|keys_unsorted')" '["period","policies","cases","clocks","months","times","frequency","by","feedback","backlog","hygiene"]' 'what there is of the month before'
is "$(figure '.change|keys_unsorted')" '["cases","clocks","months","times","frequency","by","feedback","backlog","hygiene"]' 'what changes'
is "$(figure '.previous.period')" '{"from":"2026-08-31T23:00:00Z","to":"2026-09-30T23:00:00Z","tz":"Europe/London"}' 'the month before, in the zone of the policy'

report --month 2026-09 cases
cp "$WORK/out" september.json
is "$(figure .previous both.json)" "$(figure 'del(.now,.resolutions,.improvements,.review)')" 'is the report of that month'
report --month 2026-10 cases
is "$(figure 'del(.previous,.change)' both.json)" "$(figure .)" 'and the month itself is as it is alone'

is "$(figure '.change.cases|[.submitted,.refused,.promoted,.resolved,.closed,.open]' both.json)" '[0,-1,1,-1,-1,2]' 'more, less and the same'
is "$(figure '[.previous,.,.change|.frequency.per_100_cases]' both.json)" '[50,66.67,16.67]' 'decimals are exact'
is "$(figure '.change.clocks[]|select(.clock=="tier")|[.tier,.n,.met,.missed,.met_rate]' both.json)" \
	"$(jq -cs '.[0] as $now|.[1] as $before|$now.clocks[]|select(.clock=="tier")|. as $a|
		($before.clocks[]|select(.clock=="tier" and .tier==$a.tier)) as $b|
		[.tier,$a.n-$b.n,$a.met-$b.met,$a.missed-$b.missed,
			(if $a.met_rate and $b.met_rate then (($a.met_rate-$b.met_rate)*10000|round)/10000 else null end)]' both.json september.json)" 'rows by clock and tier'
is "$(figure '.change.by' both.json)" '{"impact":{},"reason":{},"trigger":{"by":2,"mean":-1,"oldest":-1},"region":{},"month":{"2026-09":-3,"2026-10":3}}' 'names that either has, whatever they are'
is "$(figure '.change.feedback' both.json)" '{"n":-1,"scores":{"4":-1}}' 'a mean and a rate that one lacks have no change'
is "$(figure '.change.backlog|has("oldest")' both.json)" false 'nor have lists'
is "$(figure '[.change.months[].month]|unique' both.json)" '["2026-09","2026-10"]' 'the months of both'
is "$(figure '.change.frequency.flow|map([.from,.to,.n])' both.json)" '[["accepted","1",1],["1","2",1],["1","resolved",0],["2","resolved",-1]]' 'ways in their order'
is "$(figure '.change|..|numbers|select(.==0)|tojson' both.json | sort -u)" '"0"' 'nothing is -0'

report --month 2026-10 --compare previous --group-by x_site cases
is "$(figure 'keys_unsorted|.[-4:]')" '["previous","change","group_by","groups"]' 'groups are last'
is "$(figure '[.groups,.previous.groups,.change.groups|keys_unsorted]')" '[["A","B","C"],["A","B"],["A","B","C"]]' 'groups of either'
is "$(figure '.change.groups|map_values([.cases.submitted,.cases.open])')" '{"A":[-1,1],"B":[-1,0],"C":[2,1]}' '... a value that one lacks is 0 there'
is "$(figure '.change.groups.C|keys_unsorted')" '["cases","clocks","months","times","frequency","by","feedback","backlog","hygiene"]' '... with all figures'
is "$(figure 'del(.groups,.group_by,.previous.groups,.change.groups)')" "$(figure . both.json)" 'and the rest stays'

# period NAME BEFORE OPTION...: from where to where the period before is.
period() {
	period_name=$1 period_want=$2
	shift 2
	report --compare previous "$@" cases
	is "$(figure '.previous.period|"\(.from) \(.to)"')" "\"$period_want\"" "$period_name"
}
period 'a quarter' '2026-04-01T00:00:00Z 2026-07-01T00:00:00Z' --from 2026-07-01 --to 2026-10-01 --tz UTC
period 'seven days' '2026-09-24T23:00:00Z 2026-10-01T23:00:00Z' --from 2026-10-02 --to 2026-10-09
period 'a day of 25 hours' '2026-10-23T23:00:00Z 2026-10-24T23:00:00Z' --from 2026-10-25 --to 2026-10-26
period 'hours' '2026-10-01T01:00:00Z 2026-10-01T09:00:00Z' --from 2026-10-01T09:00:00Z --to 2026-10-01T17:00:00Z
period 'until now' '2026-10-28T15:00:00Z 2026-10-31T00:00:00Z' --from 2026-10-31T00:00:00Z
NOW=2026-10-06T12:00:00Z
period 'a month that is not over: all of the one before' '2026-08-31T23:00:00Z 2026-09-30T23:00:00Z' --month 2026-10
is "$(figure .previous)" "$(figure 'del(.now,.resolutions,.improvements,.review)' september.json)" '... as it is when it is over'
period 'a month that has not begun' '2026-09-30T23:00:00Z 2026-11-01T00:00:00Z' --month 2026-11 --tz Europe/London
is "$(figure '[.cases.submitted,.previous.cases.submitted,.change.cases.submitted]')" '[0,3,-3]' '... beside what there is'
NOW=2026-11-02T09:00:00Z

report --month 2030-01 --compare previous /dev/null
is "$status $(figure '[.cases.open,.previous.cases.open,.change.cases.open,.change.clocks]')" '0 [0,0,0,[]]' 'no case at all'
for format in text json; do
	run esc-report --now "$NOW" --month 2026-10 --compare previous --group-by x_site --format $format cases
	is "$status $err" '0 ' "with --format $format"
done

# refused NAME TEXT OPTION...
refused() {
	refused_name=$1 refused_text=$2
	shift 2
	report "$@" cases
	is "$status $out $(printf '%s\n' "$err" | head -1)" "64  esc-report: $refused_text" "$refused_name"
}
refused 'a word that is none' '--compare: expected previous; got "next"' --month 2026-10 --compare next
refused 'a period without a beginning' '--compare: say where the period begins, with --month or --from' --compare previous
refused '... with an end' '--compare: say where the period begins, with --month or --from' --to 2026-10-01 --compare previous
refused 'nothing before the year 0' '--compare: the period before is out of the years 0 to 9999' --month 0000-01 --compare previous

if ! command -v python3 >/dev/null; then
	skip 'ten reports at random: needs python3'
	done_testing
fi
run python3 "$TESTS/report_compare.py" --bin "$BIN" --cases 50 --reports 10 --seed 3
is "$status $err" '0 ' 'ten reports over periods, groups and terms at random, against their definitions'
[ "$status" = 0 ] || printf '%s\n' "$out" | cut -c1-500 | sed 's/^/#   /'
done_testing
