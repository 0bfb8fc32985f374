#!/bin/sh
# What esc-sla-check answers: levels, formats, several of them, baselines,
# budgets, another text beside; and that no filter makes a gate green and
# trouble is never a verdict.  What a gate should say is reckoned by jq from
# the verdicts of the records.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
split -l 1 -a 1 -d cases one.
all='jsonl csv prometheus ics text tap junit nagios github'

# check OPTION... [FILE]: at $SLA_NOW, as it was before unless told otherwise.
check() {
	run esc-sla-check --now "$SLA_NOW" "$@"
}

# bad LEVEL: as a condition of jq on a clock.
bad() {
	case $1 in
	risk) echo '.verdict|IN("exhausted","breached","paused-breached","risk")' ;;
	breached) echo '.verdict|IN("exhausted","breached","paused-breached")' ;;
	missed) echo '.verdict|IN("exhausted","breached","paused-breached","missed")' ;;
	*) echo false ;;
	esac
}

# should LEVEL: one digit a case: 1 where some clock is as bad as that.
should() {
	esc-sla-check --now "$SLA_NOW" cases |
		jq -r "if any(.sla.clocks[];$(bad "$1")) then 1 else 0 end" | tr -d '\n'
}

# answered OPTION...: the same by the program itself, case by case.
answered() {
	for file in one.?; do
		esc-sla-check --now "$SLA_NOW" "$@" "$file" >"$WORK/out" 2>"$WORK/err"
		printf '%s' $?
	done
}

### every level and format
warning=$(should risk)
for level in risk breached missed never; do
	want=$(should $level)
	for format in jsonl csv prometheus ics text tap junit github; do
		is "$(answered --format $format --fail-on $level)" "$want" "--fail-on $level, $format"
	done
	# Critical where it fails, else a warning for what is at risk, if anything is watched.
	critical=$(echo "$want $warning" | awk -v never=$level '{
		for (i = 1; i <= length($1); i++)
			printf "%d", substr($1, i, 1) + 0 ? 2 : (never != "never" && substr($2, i, 1) + 0)
	}')
	is "$(answered --format nagios --fail-on $level)" "$critical" "--fail-on $level, nagios"
done
is "$(should risk) $(should breached) $(should missed) $(should never)" \
	'1010100001 1000100001 1000101001 0000000000' 'the cases tell the levels apart'

### defaults, and the strictest of several
for format in jsonl csv prometheus ics; do
	is "$(answered --format $format)" 0000000000 "$format is read on: never"
	is "$(answered --format $format:x --format tap:y)" "$(should breached)" "... but not beside tap"
done
for format in text tap junit github; do
	is "$(answered --format $format)" "$(should breached)" "$format: breached"
done
check --format csv:x --format prometheus:y --format jsonl cases
is "$status" 0 'several that are read on'
check --format csv:x --format text cases
is "$status" 1 '... one that is for people'
check --format csv:x --format text --fail-on never cases
is "$status" 0 '... unless told'
check cases
is "$status" 0 'jsonl is the default'
check --horizon 2bd cases
is "$status" 0 '--horizon: never'
check --horizon 2bd --format text cases
is "$status" 0 '... with text too'
check --next cases
is "$status" 0 '--next: never'
check --next --fail-on breached cases
is "$status $(printf '%s\n' "$out" | wc -l | tr -d ' ')" '1 1' '... unless told'
check --horizon 2bd --fail-on breached one.1
is "$status" 1 '--horizon: the gate is that of then'
check --fail-on breached one.1
is "$status" 0 '... and not that of now'
check --fail-on worst cases
answers 64 '' "esc-sla-check: --fail-on: expected risk, breached, missed or never; got \"worst\"
esc-sla-check: try 'esc-sla-check --help'" 'another level'

### --exit-zero, filters
for format in $all; do
	is "$(answered --format $format --fail-on risk --exit-zero)" 0000000000 "--exit-zero, $format"
done
check --format text --verdict ok cases
is "$status" 1 'a filter of verdicts makes no gate green'
unlike "$out" ' breached ' '... of what it does not print'
check --format text --verdict met,ok,none one.0
is "$status" 1 '... though nothing is printed'
check --format text --fail-on missed --open one.6
is "$status" 0 '--open: the gate does not look at what is not open'
check --format text --fail-on missed one.6
is "$status" 1 '... else it does'
check --format text --fail-on breached --open cases
is "$status" 1 '... and looks at what is'

### trouble wins, in every format
for format in $all; do
	trouble=65 missing=66
	[ $format = nagios ] && trouble=3 missing=3
	for gate in '--fail-on risk' '--fail-on never' '--exit-zero' '--budget missed<=0'; do
		echo '{"v":1}' | cat cases - >half
		check --format $format $gate half
		is "$status" $trouble "$format $gate: a record was refused"
		check --format $format $gate cases nowhere
		is "$status" $missing "$format $gate: a file is missing"
		check --format $format $gate --need-end cases
		is "$status" $trouble "$format $gate: the producer died"
	done
done

### --baseline
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

### --budget, reckoned by jq
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
	for format in $all; do
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
check --baseline first --format text --budget 'missed < 1' cases
is "$status" 1 'a baseline is not for budgets'
check --next --budget 'missed < 1' cases
is "$status" 1 '--next: alone they decide'
check --budget 'misses <= 3' cases
answers 64 '' "esc-sla-check: --budget: column 1 of \"misses <= 3\": expected one of missed_rate, met_rate, breached_rate, risk_rate, missed, breached, risk; got \"misses\"
esc-sla-check: try 'esc-sla-check --help'" 'a measure that is none'

### --rejudge
policy s-club '.name="hasty"|.source="x"|.tiers[].limit="1bh"|del(.tiers[2:],.tiers[].target,.queues,.rules.queue)' >own/hasty.json
check --rejudge hasty --format jsonl --format csv:r.csv --format text:r.text cases
is "$status" "$(esc-sla-check --now $SLA_NOW --format text cases >/dev/null; echo $?)" 'beside the verdicts'
is "$(printf '%s\n' "$out" | jq -c 'del(.sla.rejudged)')" "$(esc-sla-check --now $SLA_NOW cases)" 'which stay, and all of the record'
is "$(printf '%s\n' "$out" | jq -c 'select(.sla.verdict=="ok")|.sla.rejudged|[.policy,.verdict,.worst.clock,(.policy_version|length)]')" \
	'["hasty","risk","tier",12]' 'what an hour would make of one that is in time'
is "$(printf '%s\n' "$out" | jq -c 'select(.sla.verdict=="met")|.sla.rejudged.verdict')" '"missed"' 'what was judged is judged anew'
is "$(printf '%s\n' "$out" | jq -c '.sla.rejudged|[keys_unsorted[]]' | sort -u)" \
	'["policy","policy_version","verdict","worst","clocks"]' 'its members'
is "$(head -1 r.csv | tr -d '\r' | tr ',' '\n' | tail -1)" rejudged 'a column of csv'
is "$(printf '%s\n' "$out" | jq -r '.sla as $s|.sla.clocks[]|. as $c|
	[$s.rejudged.clocks[]|select(.clock==$c.clock and .tier==$c.tier and .cycle==$c.cycle)|.verdict][0]//""')" \
	"$(sed 1d r.csv | tr -d '\r' | sed 's/.*,//')" '... by clock'
like "$(head -1 r.text)" ' REJUDGED( |$)' 'a column of text'
check --rejudge ./own/hasty.json --fail-on breached one.1
is "$status" 0 'a file; the gate goes by the pinned terms'
check --rejudge s-club cases
is "$(printf '%s\n' "$out" | jq -c '.sla|[.verdict,.rejudged.verdict]|select(.[0]!=.[1])')" '' 'its own text says the same'
for format in tap junit nagios prometheus github ics; do
	check --rejudge s-club --format $format cases
	is "$status" "$(if [ $format = nagios ]; then echo 3; else echo 64; fi)" "not with $format"
done
check --rejudge s-club --next cases
is "$status" 64 'nor with --next'
check --rejudge nowhere cases
is "$status $out" '78 ' 'a name that is none'
check --rejudge ./nowhere.json cases
is "$status $out" '66 ' 'a file that is none'
for name in five-tier perfect-gym customer-resolutions; do
	check --rejudge $name cases
	is "$status $(printf '%s\n' "$out" | jq -r .sla.rejudged.policy | sort -u)" "0 $name" "under $name, which lacks their tiers and codes"
done
# A file is replaced once nothing can fail any more, and is one answer's.
echo old >page
run sh -c "esc-sla-check --now $later --format text --format tap:page cases >/dev/full"
is "$status $(cat page)" '74 old' 'standard output is full: the file stays'
run esc-sla-check --now $later --format tap:page --format junit:/dev/full cases
is "$status $(cat page)" '74 old' '... another file is full'
run esc-sla-check --now $later --format text --baseline none.yet --update-baseline --format tap:/dev/full cases
is "$status $(find . -name '*none.yet*')" '74 ' '... and no baseline'
mkdir -p folder
run esc-sla-check --now $later --format tap:page --format junit:folder/../page cases
is "$status $(cat page)" '64 old' 'two formats in one file'
like "$err" 'is to be written twice' '... are told'
run esc-sla-check --now $later --format tap:base --baseline base cases
is "$status" 64 "the baseline's"
run esc-sla-check --now $later --format tap:page --reject page cases
is "$status" 64 "the refused lines'"
run sh -c "head -n 1 cases | esc-sla-check --now $later --need-end --next"
is "$status:$out" 65: '--next: half the input says nothing'
done_testing
