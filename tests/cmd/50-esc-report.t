#!/bin/sh
# esc-report: periods, formats, what is counted and what is refused.
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"

NOW=2026-11-02T09:00:00Z

{
	put 1 2026-10-05T09:00:00Z "\"case_number\":\"C-1\",\"subject\":\"$(printf '%0250d' 0 | sed 's/0/\\u202e/g')\",\"trigger\":\"unresolved\",\"x_site\":\"Leeds\"," \
		"$(event 10-05T09:10:00 accepted '"tier":1')" \
		"$(event 10-07T08:00:00 promoted '"from":1,"to":2,"auto":true')" \
		"$(event 10-08T12:00:00 resolved '"outcome":"o\u001b[31m","summary":"\u202egnirts"')" \
		"$(event 10-08T13:00:00 closed)" \
		"$(event 10-09T12:00:00 rated '"score":4')" \
		"$(event 10-09T13:00:00 improved '"text":"Look at the rota\u0007"')"
	put 2 2026-10-31T23:30:00Z '"trigger":"policy-dispute","x_site":"Le\u001beds",'
	put 3 2026-11-01T00:00:00Z '"trigger":"policy-dispute",'
	echo '{"rejected":1,"at":"2026-10-31T23:59:59Z","by":"x","program":"esc-submit","source":"f:1","errors":[{"field":"subject","error":"required"}],"line_b64":""}'
	echo '{"rejected":1,"at":"2026-11-01T00:00:00Z","by":"x","program":"esc-submit","source":"f:2","errors":[{"field":"subject","error":"required"}],"line_b64":""}'
} >cases

# figure JQ: of the last document.
figure() {
	jq -c "$1" "$WORK/out"
}

report() {
	run esc-report --now "$NOW" "$@"
}

report --month 2026-10 --format json cases
is "$status $err" '0 ' 'a month as JSON'
is "$(wc -l <"$WORK/out" | tr -d ' ')" 1 'one line'
is "$(figure 'keys_unsorted')" '["now","period","policies","cases","clocks","months","times","frequency","by","feedback","backlog","hygiene","resolutions","improvements","review"]' 'keys in their order'
is "$(figure .period)" '{"from":"2026-09-30T23:00:00Z","to":"2026-11-01T00:00:00Z","tz":"Europe/London"}' "the zone is the policy's review zone"
is "$(figure '[.cases.submitted,.cases.refused,.cases.open]')" '[2,1,1]' 'what is created or refused in the next month is not in it'
is "$(figure '.policies')" "{\"s-club\":[\"$version\"]}" 'policies and versions are named'
is "$(figure '[.clocks[]|[.clock,.tier,.met,.missed]]')" '[["tier",1,0,1],["tier",2,1,0]]' 'clocks by tier'
is "$(figure '.times[0].net.max,.times[0].gross.max')" "57000
168600" 'net in open seconds, gross by the wall'
is "$(figure '.feedback')" '{"n":1,"mean":4,"scores":{"4":1},"response_rate":1}' 'feedback'
is "$(figure '.frequency.per_100_cases')" 100 'promotions per 100 accepted cases'
is "$(figure '.review[0]|del(.subject)')" '{"id":"ESC-00000000000000000000000001","case_number":"C-1","tier":2,"limits_passed":1,"why":["missed-limit","most-promotions","longest-in-tier","lowest-rating","resolved-without-contact"]}' 'review'
is "$(figure '.review[0]|keys_unsorted[2],(.subject|length,explode[199])')" '"subject"
200
8238' '... with what the case is about, cut at 200 characters'
is "$(figure '.resolutions[0].summary')" "$(printf '"\342\200\256gnirts"')" 'texts of others are data in JSON'

cp "$WORK/out" month.json

# Numbers as large as they come: a score that cannot be given is no rating.
i=100
for score in -9223372036854775808 -1 11 9223372036854775807 0 10; do
	i=$((i + 1))
	put $i 2026-10-05T09:00:00Z '"trigger":"unresolved",' \
		"$(event 10-05T09:10:00 accepted '"tier":9223372036854775807')" \
		"$(event 10-06T08:00:00 promoted '"from":-9223372036854775808,"to":9223372036854775807')" \
		"$(event 10-07T08:00:00 paused '"until":"9999-12-31T23:59:59Z"')" \
		"$(event 10-08T12:00:00 resolved '"outcome":"o","summary":"s","judged":[{"clock":"tier","tier":1,"cycle":1,"verdict":"missed","over":-9223372036854775808,"limit_at":"0000-01-01T00:00:00Z"},{"clock":"tier","tier":2147483647,"cycle":2147483647,"verdict":"met","over":9223372036854775807,"limit_at":"9999-12-31T23:59:59Z"}]')" \
		"$(event 10-09T12:00:00 rated "\"score\":$score")"
done >numbers
report --month 2026-10 --format json numbers
is "$status $err" '0 ' 'numbers of any size'
is "$(figure .feedback)" '{"n":2,"mean":5,"scores":{"0":1,"10":1}}' 'a score outside of 0 to 10 is no rating'
is "$(figure '[.review[]|select(.why|index("lowest-rating"))]|length')" 2 '... and none to review'
report numbers
is "$status $err" '0 ' '... as a page'
report --month 2026-10 --format json cases
same "$WORK/out" month.json 'twice: the same bytes'
tac cases >reversed
report --month 2026-10 --format json reversed
same "$WORK/out" month.json 'in any order: the same bytes'
run sh -c "esc-report --now $NOW --month 2026-10 --format json <cases"
same "$WORK/out" month.json 'a pipe is a file'
report --from 2026-10-01 --to 2026-11-01 --format json cases
same "$WORK/out" month.json 'dates are midnights of the zone'
report --from 2026-09-30T23:00:00Z --to 2026-11-01T00:00:00+00:00 --tz Europe/London --format json cases
same "$WORK/out" month.json 'and instants are instants'

report --month 2026-10 --tz Australia/Sydney --format json cases
is "$(figure '.period.from,.cases.submitted')" '"2026-09-30T14:00:00Z"
1' '--tz moves the bounds'
is "$(figure '.by.month')" '{"2026-10":1}' 'and months'

report --format json cases
is "$(figure '[.period.from,.period.to,.cases.submitted,.cases.refused]')" '["2026-10-05T09:00:00Z","2026-11-02T09:00:00Z",3,2]' 'without a period: from the first case to now'
run esc-report --now 2026-10-05T09:10:00Z --format json cases
is "$(figure '[.cases.submitted,.cases.accepted,.cases.promoted]')" '[1,1,0]' 'what happens now counts, what happens later does not'

report --month 2026-10 cases
is "$status $err" '0 ' 'a month as a page'
like "$out" '^ESCALATION REPORT  October 2026 \(Europe/London\)$' 'its title'
like "$out" '^tier +1 +1 +0 +0 +1 +0 +0 %$' 'a limit that was missed'
like "$out" '^tier +2 +1 +1 +1 +0 +0 +100 %  (█)+$' 'and one that was kept'
like "$out" '^tier +1 +1 +0 +15h 50m' 'net in hours'
like "$out" '^tier +1 +1 +0 +1d 22h' 'gross in days'
like "$out" 'o\\u\{1B\}\[31m  \\u\{202E\}gnirts' 'what acts on a terminal is shown'
unlike "$(tr -d '\n' <"$WORK/out")" '[[:cntrl:]]' 'and nothing of it is sent there'
COLUMNS=60 run esc-report --now "$NOW" --month 2026-10 --group-by x_site cases
like "$out" '^==== x_site: Le\\u\{1B\}eds ====$' 'groups too'
like "$out" '^  Look at the rota' 'a row that is too wide has a line for each cell'

run esc-report --now "$NOW" --month 2026-10 --group-by x_site cases
unlike "$out" '…$' 'no terminal: nothing is cut'

COLUMNS=80 run esc-report --now "$NOW" --month 2026-10 --group-by x_site cases
is "$(LC_ALL=C.UTF-8 wc -L <"$WORK/out")" 80 'the page fits into 80 columns'

report --month 2026-10 --group-by x_site --format json cases
is "$(figure '.group_by,(.groups|map_values(.cases.submitted))')" '"x_site"
{"Le\u001beds":1,"Leeds":1}' 'groups by the values of a field'
report --group-by tier --format json cases
is "$(figure '.groups|map_values(.cases.submitted)')" '{"":2,"2":1}' 'a case without a value is in the group ""'

# What is so already is no change, also when a limit is over.
late() {
	put 1 2026-10-05T09:00:00Z '"trigger":"unresolved",' \
		"$(event 10-05T09:10:00 accepted '"tier":1')" "$@" >late
	report --month 2026-10 --format json late
	figure '[.hygiene.reclassified_after_breach,.hygiene.amended,(.review[0].why|index("reclassified-after-breach") != null)]'
}
same=$(event 10-20T10:00:00 reclassified '"set":{"trigger":"unresolved"}')
other=$(event 10-20T11:00:00 reclassified '"set":{"trigger":"policy-dispute"}')
is "$(late "$same")" '[0,0,false]' 'the same code after the limit'
is "$(late "$same" "$other")" '[1,0,true]' '... and another one'
is "$(late "$(event 10-20T12:00:00 amended '"set":{"x_a":null}')")" '[0,0,false]' 'nothing is amended'
is "$(late "$(event 10-20T12:00:00 amended '"set":{"x_a":1}')")" '[0,1,false]' '... and something'

# As many values as cases, and as many in a case, take no time by their square.
put 1 2026-10-05T09:00:00Z '"trigger":"unresolved","region":"NAME","x_site":"NAME",' >one
awk '{ for (i = 0; i < 40000; i++) {
	line = $0; gsub("NAME", (i * 7919) % 40009, line)
	sub("0000001\"", sprintf("%07d\"", i), line); print line } }' one >values
run timeout 15 esc-report --now "$NOW" --group-by x_site --format json values
is "$status $(figure '[.groups|length]')" '0 [40000]' '40,000 values of 40,000 cases in 15 s'
is "$(figure '[.by.region|length],(.groups|keys_unsorted==keys)')" '[40000]
true' '... in order'
awk '{ list = "\"a\""; for (i = 0; i < 80000; i++) list = list ",\"" i "\""
	sub("\"x_site\":\"NAME\"", "\"x_site\":[" list ",\"a\"]"); print }' one >list
run timeout 15 esc-report --now "$NOW" --group-by x_site --format json list
is "$status $(figure '[.groups|length]')" '0 [80001]' '80,000 values of a case, each once'

for option in '--month 2026-13' '--month 2026' '--month 2026-10 --to 2026-11-01' \
	'--from 2026-10-02 --to 2026-10-02' '--from 2026-12-01' '--from 2026-02-30' \
	'--from 2026-10-01T09:00:00' '--to +2bd' '--tz Europe/Lodnon' \
	'--group-by events' '--group-by clocks' '--format pdf'; do
	# shellcheck disable=SC2086
	report $option cases
	is "$status $out" '64 ' "$option: 64 and nothing on stdout"
done
like "$err" '^esc-report: --format: expected one of text, .*; got "pdf"$' 'with the reason'

report --month 2027-01 cases
is "$status $err" '0 ' 'a month in the future'
like "$out" 'has happened in it yet' 'says so'
like "$out" '^0 +2 ' 'and shows the backlog of now'
for input in /dev/null cases; do
	for period in '' '--month 2026-10' '--month 2027-01' '--month 1970-01'; do
		for format in text json; do
			# shellcheck disable=SC2086
			report $period --format $format $input
			unlike "$status$out$err" 'nan|inf[^o]|null|[0-9]e[+-]' "no figure that is none: $input $period $format"
		done
	done
done
run esc-report --now "$NOW" --format json /dev/null
is "$(figure '[.period.from,.cases.submitted,.clocks,.frequency.per_100_cases,.feedback.mean]')" '[null,0,[],null,null]' 'nothing: what is missing is absent'

{ head -n 1 cases; echo '{"v":1'; tail -n +2 cases; } >broken
report --month 2026-10 --format json broken
is "$status" 65 'a broken line'
like "$err" '^esc-report: broken:2: ' 'is said'
same "$WORK/out" month.json 'and left out'
report --strict --month 2026-10 broken
is "$status $out" '65 ' '--strict: no report of half the input'
report --need-end cases
is "$status $out" '65 ' '--need-end: nor of a truncated stream'
{ head -n 3 cases; echo '{"end":true,"records":3}'; } >whole
report --need-end --month 2026-10 --format json whole
is "$status $(figure .cases.submitted)" '0 2' 'the end mark is dropped'
report cases missing
is "$status $out" '66 ' 'a file that is missing: no report'
echo '{"rejected":1,"errors":[]}' >reject
report reject
is "$status" 65 'a reject line without an instant'
like "$err" '^esc-report: reject:1: at: ' 'is refused'
sed 's/s-club/no-club/' cases >other
report other
is "$status $out" '78 ' 'a policy that is not there'
run sh -c "esc-report --now $NOW cases >/dev/full"
is "$status" 74 'a full disk'

done_testing
