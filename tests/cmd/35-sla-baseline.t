#!/bin/sh
# --baseline of esc-sla-check: what is known fails no more; what is new does.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
split -l 1 -a 1 -d cases one.
later=2026-11-19T12:00:00Z

check --format text --baseline base cases
answers 66 '' 'esc-sla-check: base: cannot open: No such file or directory' 'a baseline that is not there'
check --update-baseline cases
is "$status" 64 '--update-baseline without --baseline'
check --baseline '' cases
is "$status" 64 'a baseline without a name'
check --format text --baseline base --update-baseline cases
is "$status" 1 'the first run fails on all that is over'
over=$(esc-sla-check --now $SLA_NOW cases | jq -c ".id as \$id|.sla.clocks[]|select($(bad missed))|
	{id:\$id,clock,tier,cycle}" | LC_ALL=C sort)
is "$(LC_ALL=C sort base)" "$over" '... and the file has it: ids and clocks'
rm base
check --format text --baseline base --update-baseline --exit-zero cases
is "$status $(grep -c . base)" "0 $(printf '%s\n' "$over" | grep -c .)" '... or not, with --exit-zero'
cp base first
for level in breached missed never; do
	check --format text --fail-on $level --baseline base cases
	is "$status" 0 "all is known: --fail-on $level"
done
check --format text --fail-on risk --baseline base cases
is "$status" 1 'a clock at risk is never known'
check --format tap --baseline base cases
is "$status $(printf '%s\n' "$out" | grep -c '^not ok.*# TODO')" "0 $(grep -c . base)" 'each is marked as known'
check --format nagios --baseline base cases
is "$status" 1 'nagios: what is left is at risk'
check --format text --baseline base --update-baseline cases
same base first 'written again, it is the same'
check --format text --baseline base one.1 one.2
is "$status" 0 'it may hold more than the input'
run esc-sla-check --now $later --format text --baseline base cases
is "$status" 1 'later more is over'
run esc-sla-check --now $later --format tap --baseline base cases
is "$(printf '%s\n' "$out" | grep -c '^not ok.*# TODO')" "$(grep -c . base)" '... and what was known is'
run esc-sla-check --now $later --format text --baseline base --update-baseline cases
is "$status $(comm -13 first base | wc -l | tr -d ' ')" '1 1' '... is added'
check --format text --fail-on risk --baseline base one.2
is "$status" 1 'a clock at risk fails, though it was over in a run of another instant'
is "$(jq -sc 'map(keys_unsorted)|unique' base)" '[["id","clock","tier","cycle"]]' 'in the order of the manual'
is "$(jq -r .id base)" "$(jq -r .id base | LC_ALL=C sort)" 'sorted'
run esc-sla-check --now $later --format text --baseline base cases
is "$status" 0 'and then nothing is new'

# Stopped late since.
check --format text --baseline first --fail-on breached --horizon 1bm one.0
is "$status" 0 '--horizon: what is over is known'
check --baseline first --fail-on breached --horizon 2bd one.1
is "$status" 1 '... and what will be is new'
cp one.0 case
at $later esc-resolve --outcome resolved -m 'done, late'
cp case known
cp one.1 case
at 2026-11-20T12:00:00Z esc-resolve --outcome resolved -m 'done, late'
cp case since
now=2026-11-23T09:00:00Z
for level in risk breached missed never; do
	want=1
	[ $level = never ] && want=0
	run esc-sla-check --now $now --format text --fail-on $level --baseline first known
	is "$status" 0 "stopped late, known before: --fail-on $level"
	run esc-sla-check --now $now --format text --fail-on $level --baseline first since
	is "$status" $want "over and stopped between two runs: --fail-on $level"
done
run esc-sla-check --now $now --format text --fail-on breached since
is "$status" 0 '... without a baseline that is no breach'

# Reopened.
cp known case
at $now esc-resolve --reopen -m again
run esc-sla-check --now $now --format text --baseline first case
is "$status" 0 'reopened: a new cycle, in time'
run esc-sla-check --now 2026-11-26T18:00:00Z --format text --baseline first case
is "$status" 1 '... over, it is new'
mkdir own
policy s-club '.name="goes-on"|.source="x"|.reopen="continue"' >own/goes-on.json
ESC_POLICY_PATH=$PWD/own
export ESC_POLICY_PATH
submit 2026-11-16T10:00:00Z --policy goes-on --trigger unresolved --subject S --description D
at 2026-11-16T10:00:00Z esc-triage --auto
run esc-sla-check --now $SLA_NOW --format text --baseline own.base --update-baseline case
is "$status $(jq -c '[.clock,.tier,.cycle]' own.base)" '1 ["tier",1,1]' 'over, where a reopened case goes on'
at $later esc-resolve --outcome resolved -m 'done, late'
at $now esc-resolve --reopen -m again
verdict $now breached 'reopened: the same clock runs on'
run esc-sla-check --now $now --format text --baseline own.base case
is "$status" 0 '... and is known'

# Written whole or not at all.
for trouble in 'half' 'cases nowhere' '--need-end cases' '--strict half'; do
	cp first base
	run esc-sla-check --now $later --format text --baseline base --update-baseline $trouble
	same base first "not written: $trouble"
	like "$err" '^esc-sla-check: warning: base: not updated: ' '... and said so'
done
run sh -c 'esc-sla-check --now '$later' --format text --baseline base --update-baseline cases >/dev/full'
is "$status" 74 'a report that nobody got'
same base first '... leaves the baseline'
is "$(find . -name '.base*')" '' 'nothing is left beside it'
chmod 640 base
run esc-sla-check --now $later --format text --baseline base --update-baseline cases
is "$(stat -c %a base)" 640 'it keeps its mode'
run esc-sla-check --now $later --format text --baseline no/base --update-baseline cases
is "$status" 73 'a folder that is not there'
run esc-sla-check --now $later --format text --baseline own --update-baseline cases
is "$status" 66 'a folder'
good='{"id":"ESC-1","clock":"tier","tier":1,"cycle":1}'
for bad in '{"id":"ESC-1"' '' 'ESC-1 tier 1' '[]' '{"id":"ESC-1","clock":"tier","tier":1}' \
	'{"id":"ESC-1","clock":"tier","tier":-1,"cycle":1}' "$good$good"; do
	printf '%s\n%s\n' "$good" "$bad" >bad.base
	check --format text --baseline bad.base cases
	is "$status $out" '78 ' "a line that is none: $bad"
	like "$err" '^esc-sla-check: bad.base:2: not a line of a baseline: .' '... by its number'
done
yes | tr -d '\n' | head -c 3000000 >bad.base
check --format text --baseline bad.base cases
answers 78 '' 'esc-sla-check: bad.base:1: not a line of a baseline: too long' 'a line that is too long'
run timeout 60 esc-sla-check --now $SLA_NOW --format text --baseline /dev/zero cases
answers 78 '' 'esc-sla-check: /dev/zero:1: not a line of a baseline: too long' '... or without an end'
run timeout 60 esc-sla-check --now $SLA_NOW --format text --baseline /dev/null cases
is "$status" 1 'an empty one, by another name'

# What it loses is told.
cp first base
n=$(grep -c . base)
check --format text --baseline base --update-baseline one.0
like "$err" "^esc-sla-check: warning: base: $((n - $(grep -c . base))) of $n clocks are not in it any more: were all cases read\\?\$" \
	'a part of the input makes a smaller one, and it says so'
cp first base
check --format text --quiet --baseline base --update-baseline one.0
like "$err" 'were all cases read' '... also where nothing else is to be said'
check --format text --baseline base --update-baseline cases
is "$err" '' '... and nothing where it grows'
done_testing
