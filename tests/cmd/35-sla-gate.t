#!/bin/sh
# What esc-sla-check answers: levels, formats, several of them; and that no
# filter makes a gate green and trouble is never a verdict.  What a gate should
# say is reckoned by jq from the verdicts of the records.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
split -l 1 -a 1 -d cases one.


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
check --horizon 100000bd cases
is "$status $(printf '%s\n' "$out" | jq -r .sla.horizon.at | sort -u)" '0 2199-12-31T23:59:59Z' \
	'... farther than calendars reach'
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
for format in $sla_formats; do
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
for format in $sla_formats; do
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

done_testing
