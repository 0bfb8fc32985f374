#!/bin/sh
# esc-sla-check --format github: what a runner and the page of a run read.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"

# github OPTION...: marks into `marks`, a summary's rows into `rows`.
github() {
	rm -f summary
	run env GITHUB_STEP_SUMMARY=summary esc-sla-check --now "$SLA_NOW" --format github "$@"
	cp "$WORK/out" said
	python3 "$TESTS/github_read.py" commands said >marks
	is "$?" 0 "a runner reads it: $*"
	python3 "$TESTS/github_read.py" summary summary >rows
	is "$?" 0 '... and the page'
}

# counts ERRORS WARNINGS NAME
counts() {
	is "$(jq -s '[.[].command]|map(select(.=="error")),map(select(.=="warning"))|length' marks | tr '\n' ' ')" \
		"$1 $2 " "$3"
}

sla_cases cases
esc-sla-check --now "$SLA_NOW" cases >all.jsonl
all=$(sla_count all.jsonl true)
sla_levels >levels
# shellcheck disable=SC2162
while read level fails; do
	github --fail-on "$level" cases
	n=$(sla_count all.jsonl "$fails")
	counts "$n" "$(sla_count all.jsonl ".verdict==\"risk\" and (($fails)|not)")" \
		"--fail-on $level: errors and warnings are jq's"
	is "$(jq -s 'map(select(.Gate=="fails"))|length' rows)" "$n" '... and so are the rows'
	is "$(jq -s 'map(select(.Case))|length' rows)" "$all" '... of all clocks'
	is "$status" "$((n > 0))" '... and the status is the gate'\''s'
done <levels
github cases
like "$(head -n 1 said)" '^::error title=ESC-[0-9A-Z]{26} tier 4 cycle 1::exhausted: over since 2026-11-18T12:00:00Z, by 3h$' \
	'the worst first'
is "$(jq -sc 'map(.command)' marks)" '["error","error","error","warning"]' '... errors before warnings'
is "$(jq -sc 'map(select(.Case))[0]|del(.Case)' rows)" \
	'{"Gate":"fails","Clock":"tier 4 cycle 1","Verdict":"exhausted","Left":"-3h","Limit":"2026-11-18T12:00:00Z","Policy":"s-club"}' \
	'a row of the table'
is "$(sed -n 2,4p summary)" "### esc-sla-check: the gate fails

2026-11-18T15:00:00Z, 10 cases: 1 exhausted, 1 breached, 1 paused-breached, 1 risk, 1 open-ended, 1 paused, 1 ok, 1 missed, 1 met, 1 ended" \
	'a heading, and counts'
unlike "$out$(cat summary)" 'Case [0-9]' 'nothing that a customer wrote'

# The file is appended to, and only where there is one
printf 'before' >summary
GITHUB_STEP_SUMMARY=summary esc-sla-check --now "$SLA_NOW" --format github cases >/dev/null
GITHUB_STEP_SUMMARY=summary esc-sla-check --now "$SLA_NOW" --format github cases >/dev/null
is "$(head -n 1 summary) $(grep -c '^### ' summary)" 'before 2' 'the summary is appended to'
run esc-sla-check --now "$SLA_NOW" --format github cases
is "$status $(grep -c '^::' "$WORK/out")" '1 4' 'no summary is asked for'
run env GITHUB_STEP_SUMMARY= esc-sla-check --now "$SLA_NOW" --format github cases
is "$status $(grep -c '^::' "$WORK/out")" '1 4' '... nor by an empty name'
# A leak cannot be looked for under strace.
ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 GITHUB_STEP_SUMMARY=once \
	strace -f -e trace=write -o trace esc-sla-check --now "$SLA_NOW" --format github cases >/dev/null
if [ -s trace ]; then
	is "$(grep -c 'write([3-9].*### esc-sla-check' trace) $(grep -c 'write([3-9]' trace)" '1 1' 'in one piece'
fi
run env GITHUB_STEP_SUMMARY=no/where esc-sla-check --now "$SLA_NOW" --format github cases
is "$status:$out" '73:' 'a file that cannot be made is trouble'
like "$err" '^esc-sla-check: no/where: cannot open: ' '... told of'
run env GITHUB_STEP_SUMMARY=/dev/full esc-sla-check --now "$SLA_NOW" --format github cases
is "$status" 74 'a full disk too'
run env GITHUB_STEP_SUMMARY=summary esc-sla-check --now "$SLA_NOW" --format tap cases
is "$(grep -c '^### ' summary)" 2 'other formats leave it alone'

# At most ten, at most 500
head -n 1 cases >bad
head -n 3 cases | tail -n 1 >risk
head -n 2 cases | tail -n 1 >good
multiply() {
	awk -v n="$2" '{ for (i = 1; i <= n; i++) { line = $0; sub(/"ESC-[0-9A-Z]+"/, "\"ESC-" i "\"", line); print line } }' "$1"
}
multiply bad 12 >many
github many
counts 10 0 'ten annotations and no more'
echo '[]' >>many
github --budget 'breached <= 1' many
counts 10 0 '... refused records and budgets among them'
is "$(head -n 2 marks | jq -sc 'map(.title)')" '["esc-sla-check","budget"]' '... which come first'
{
	multiply risk 300
	multiply good 300
	multiply bad 3
} >many
github many
counts 3 7 'the failing ones before those at risk'
is "$(jq -s 'map(select(.Case))|length' rows)" 500 'no more than 500 rows'
is "$(jq -s 'map(select(.Gate=="fails"))|length' rows)" 3 '... the failing ones among them'
is "$(jq -rs '.[-1].line' rows)" '706 more clocks are not in this table.' '... and how many are not'

awk '{ for (i = 1; i <= 500; i++) { line = $0; sub(/"ESC-[0-9A-Z]+"/, sprintf("\"ESC-%05000d\"", i), line); print line } }' \
	bad >many
github many
is "$(($(wc -c <summary) < 1024 * 1024))" 1 'no more bytes than GitHub takes'
is "$(jq -s 'map(select(.Case))|length' rows)" "$((1000 - $(jq -rs '.[-1].line|split(" ")[0]' rows)))" \
	'... and how many are not there'

# The baseline
esc-sla-check --now "$SLA_NOW" --exit-zero --baseline known --update-baseline cases >/dev/null
github --baseline known cases
counts 0 1 'what is in the baseline is not marked'
is "$(jq -s 'map(select(.Gate=="in the baseline"))|length' rows)" 4 '... but stands in the table'
is "$(sed -n 2p summary)" '### esc-sla-check: the gate passes' '... and the gate passes'

# Nothing, and trouble
github /dev/null
is "$status$out" 0 'no clocks, no words'
is "$(jq -s 'map(select(.Case))|length' rows)" 0 '... and no table'
printf '{"v":1}\n[]\n' | cat - good >mixed
github mixed
is "$status $(jq -c . marks)" \
	'65 {"command":"error","title":"esc-sla-check","message":"2 records could not be judged"}' 'refused records'
like "$(cat summary)" '^\*\*2 records could not be judged\*\*$' '... on the page too'
github good nowhere
is "$status $(jq -r .message marks)" '66 not all input was looked at' 'a file that is not there'
unlike "$(cat summary)" 'passes' '... is no pass'
github --verdict ok cases
is "$(jq -r .message marks)" '3 clocks not listed here on which the gate fails' 'a filter never makes it green'

# Budgets
github --fail-on never --budget 'breached <= 1' --budget 'missed <= 100' cases
is "$(head -n 1 marks | jq -c .)" '{"command":"error","title":"budget","message":"breached <= 1: 3"}' 'a budget that does not hold'
is "$(jq -sc 'map(select(.Budget))' rows)" \
	'[{"Gate":"fails","Budget":"breached <= 1","Came to":"3"},{"Gate":"holds","Budget":"missed <= 100","Came to":"4"}]' \
	'all of them in the table'

# A subject
sla_hostile hostile
github --show subject hostile
is "$(wc -l <said)" 1 'a subject is no command'
shown=$(jq -r '.message|sub("^breached: [^:]*:[^:]*:[^:]*: ";"")' marks)
like "$shown" '^# TODO \\ # SKIP ok 3 - x %0A::error::' '... and stands there as it is'
is "$(jq -rs 'map(select(.Case))[0].Subject' rows)" "$shown" '... in the table too'
LC_ALL=C grep -q '[[:cntrl:]]' said
is "$?" 1 '... without controls'
submit 2026-11-16T10:00:00Z --policy 's-club' --trigger unresolved --description D --subject "$(printf '%010000d' 7)"
at 2026-11-16T10:00:00Z esc-triage --auto
github --show subject case
is "$(jq -rs 'map(select(.Case))[0].Subject|length' rows)" 203 'a long one is cut'
done_testing
