#!/bin/sh
# --budget of esc-sla-check, reckoned by jq.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
split -l 1 -a 1 -d cases one.

esc-sla-check --now $SLA_NOW cases | jq -c '.sla.clocks[]' >clocks
n() {
	jq -sc "map(select($1))|length" clocks
}
over=$(n "$(bad missed)")
met=$(n '.verdict=="met"')
check --budget 'missed_rate <= 5%' --budget "missed <= $((over - 1))" --budget "missed<=$over" cases
is "$status" 1 'the records go on, and two budgets do not hold'
is "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 10 '... all of them'
like "$err" "^esc-sla-check: budget: missed_rate <= 5%: is [0-9.]+ % \\($over of $((over + met))\\)\$" 'a rate'
like "$err" "^esc-sla-check: budget: missed <= $((over - 1)): is $over\$" 'a number'
is "$(printf '%s\n' "$err" | wc -l | tr -d ' ')" 2 'and nothing of the third'
for expr in "breached <= $(n "$(bad breached)")" "risk <= $(n "$(bad risk)")" \
	"missed(tier=4) <= $(n "($(bad missed)) and .tier==4")" \
	"missed(clock=tier, tier!=4) <= $(n "($(bad missed)) and .tier!=4 and .clock==\"tier\"")" \
	"missed_rate(policy=s-club|x) <= 100%"; do
	check --format text --fail-on never --budget "$expr" cases
	is "$status $err" '0 ' "holds: $expr"
done
for expr in "breached < $(n "$(bad breached)")" "risk > $(n "$(bad risk)")" \
	'met_rate(state=resolved) >= 99.999999%' 'missed(requester.email=kim@example.org) < 1'; do
	for format in $sla_formats; do
		want=1
		[ $format = nagios ] && want=2
		check --format $format --fail-on never --budget "$expr" cases
		is "$status" $want "does not hold, $format: $expr"
	done
done
check --format text --fail-on never --exit-zero --budget 'missed < 1' cases
is "$status $err" "0 esc-sla-check: budget: missed < 1: is $over" '--exit-zero: said all the same'
check --format text --budget 'missed <= 100' cases
is "$status $err" '1 ' 'the gate holds beside it'
check --format text --fail-on never --budget 'missed_rate(tier=9) <= 5%' cases
is "$status $err" '0 esc-sla-check: warning: budget: missed_rate(tier=9) <= 5%: holds, with nothing to measure' 'nothing is measured'
for expr in 'missed(tier=9) <= 3' 'breached(policy=nope) <= 3' 'risk(impact=critcal) < 1'; do
	check --format text --fail-on never --budget "$expr" cases
	is "$status $err" "0 esc-sla-check: warning: budget: $expr: holds, with nothing to measure" '... a number neither'
done
check --format text --fail-on never --budget 'missed(state=escalated) <= 9' one.1
is "$status $err" '0 ' '... but there are clocks, and none of them is over'
check --format text --fail-on never --budget 'missed(tier=9) >= 3' cases
is "$status $err" '1 esc-sla-check: budget: missed(tier=9) >= 3: is 0' '... and so many are too few'
check --format text --quiet --fail-on never --budget 'missed_rate(tier=9) <= 5%' cases
answers 0 '' '' '... which cron need not mail'
run esc-sla-check --now $SLA_NOW --format text --budget 'missed_rate <= 5%' --budget 'breached<=0' </dev/null
is "$status" 0 'no input: holds'
check --fail-on never --budget 'missed < 1' --verdict ok cases
is "$status $err" "1 esc-sla-check: budget: missed < 1: is $over" 'a filter of verdicts changes nothing'
check --fail-on never --open --budget 'missed < 1' one.6
is "$status" 0 '--open does'
check --fail-on never --budget 'missed < 1' --budget 'missed < 1' one.6
is "$(printf '%s\n' "$err" | grep -c budget)" 1 'the same twice is one'
check --format text --baseline first --update-baseline cases
check --baseline first --format text --budget 'missed < 1' cases
is "$status" 1 'a baseline is not for budgets'
check --next --budget 'missed < 1' cases
is "$status" 1 '--next: alone they decide'
check --budget 'misses <= 3' cases
answers 64 '' "esc-sla-check: --budget: column 1 of \"misses <= 3\": expected one of missed_rate, met_rate, breached_rate, risk_rate, missed, breached, risk; got \"misses\"
esc-sla-check: try 'esc-sla-check --help'" 'a measure that is none'
done_testing
