#!/bin/sh
# esc-sla-check --format junit, by xmllint and a schema (tests/data/junit).
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v xmllint >/dev/null || skip_all 'needs xmllint (libxml2-utils)'

# sums FILE SUITE: what the attributes say, and what can be counted.
sums() {
	suite="//testsuite[@name='$2']"
	xpath "$1" "concat($suite/@tests,' ',count($suite/testcase),' ',$suite/@failures,' ',
		count($suite/testcase/failure),' ',$suite/@errors,' ',count($suite/testcase/error),' ',
		$suite/@skipped,' ',count($suite/testcase/skipped),' ',$suite/@time,' ',$suite/@timestamp)"
}

# junit OPTION...: the check's answer into the file junit.xml, which is valid.
junit() {
	run esc-sla-check --now "$SLA_NOW" --format junit "$@"
	cp "$WORK/out" junit.xml
	is "$(junit_valid junit.xml)" '' "valid: $*"
}

sla_cases cases
esc-sla-check --now "$SLA_NOW" cases >all.jsonl
all=$(sla_count all.jsonl true)
sla_levels >levels
# shellcheck disable=SC2162
while read level fails; do
	junit --fail-on "$level" cases
	n=$(sla_count all.jsonl "$fails")
	skip=$(sla_count all.jsonl "(($fails)|not) and (.verdict|IN(\"paused\",\"paused-breached\",\"open-ended\"))")
	is "$(sums junit.xml s-club)" "$all $all $n $n 0 0 $skip $skip 0 2026-11-18T15:00:00" \
		"--fail-on $level: the sums are jq's"
	is "$status" "$((n > 0))" '... and the status is the gate'\''s'
done <levels
junit cases
is "$(xpath junit.xml 'string(//testcase[1]/failure/@message)')" \
	'exhausted: over since 2026-11-18T12:00:00Z, by 3h' 'the worst comes first'
is "$(xpath junit.xml 'string(//testcase[1]/failure)')" \
	'exhausted: over since 2026-11-18T12:00:00Z, by 3h' '... with its reason as text too'
is "$(xpath junit.xml 'string(//testcase[1]/failure/@type)')" exhausted '... and its verdict as type'
is "$(xpath junit.xml 'string(//testcase[2]/failure/@type)')" breached 'then by verdict'
is "$(xpath junit.xml 'string(//testcase[1]/@classname)')" s-club.tier 'a class a policy and kind'
like "$(xpath junit.xml 'string(//testcase[1]/@name)')" '^ESC-[0-9A-Z]{26} tier 4 cycle 1$' 'a clock by its name'
for key in tests failures errors; do
	is "$(xpath junit.xml "string(/testsuites/@$key)")" "$(xpath junit.xml "string(//testsuite/@$key)")" \
		"the document's $key"
done
unlike "$out" 'Case [0-9]' 'nothing that a customer wrote'

# The same record twice
junit cases cases
is "$(xpath junit.xml 'count(//testcase)')" "$((2 * all))" 'a record that is there twice'
is "$(xpath junit.xml 'count(//testcase[contains(@name," (2)")])')" "$all" '... has names of its own'

# A suite a policy
{
	cat cases
	esc-submit --policy customer-resolutions --subject S --description D --case-number CS-1 \
		--impact major --reason R --created 2026-11-16T10:00:00Z --now "$SLA_NOW"
} >two
junit two
is "$(xpath junit.xml 'string(//testsuite[2]/@name)')" customer-resolutions 'a suite a policy'
is "$(sums junit.xml customer-resolutions)" '1 1 1 1 0 0 0 0 0 2026-11-18T15:00:00' '... with its own sums'
like "$(xpath junit.xml 'string(//testsuite[2]/testcase/@name)')" ' acknowledge cycle 1$' 'a clock without tier'
is "$(xpath junit.xml 'string(/testsuites/@failures)')" 4 '... and those of the document are of both'

# The baseline
esc-sla-check --now "$SLA_NOW" --exit-zero --baseline known --update-baseline cases >/dev/null
junit --baseline known cases
is "$status $(xpath junit.xml 'count(//failure)')" '0 0' 'what is in the baseline does not fail'
like "$(xpath junit.xml 'string(//testcase[1]/skipped/@message)')" '^in the baseline: exhausted' '... and says so'

# Nothing, and trouble
junit /dev/null
is "$status $(xpath junit.xml 'count(//testcase)')" '0 0' 'no clocks'
head -n 2 cases | tail -n 1 >good
printf '{"v":1}\n[]\n' | cat - good >mixed
junit mixed
is "$status $(xpath junit.xml 'string(//error[@type="refused"]/@message)')" \
	'65 2 records could not be judged' 'refused records are an error'
is "$(sums junit.xml esc-sla-check)" '1 1 0 0 1 1 0 0 0 2026-11-18T15:00:00' '... that is counted'
junit good nowhere
is "$status $(xpath junit.xml 'string(//error/@message)')" '66 not all input was looked at' 'so is a file that is not there'
printf 'old' >kept.xml
run esc-sla-check --now "$SLA_NOW" --format junit:kept.xml good nowhere
is "$(cat kept.xml)" old '... but a file stays as it was'
run esc-sla-check --now "$SLA_NOW" --format junit:kept.xml mixed
is "$(junit_valid kept.xml)$(xpath kept.xml 'count(//error)')" 1 'one with refused records is replaced, and says so'
junit --verdict ok cases
is "$(xpath junit.xml 'string(//failure/@message)')" '3 clocks not listed here on which the gate fails' \
	'a filter never makes it green'

# Budgets
junit --fail-on never --budget 'breached <= 1' --budget 'missed <= 100' cases
is "$(sums junit.xml esc-sla-check)" '2 2 1 1 0 0 0 0 0 2026-11-18T15:00:00' 'budgets are test cases'
is "$(xpath junit.xml 'string(//testcase[failure]/@name)')" 'breached <= 1' 'one that does not hold fails'
is "$(xpath junit.xml 'string(//testcase[failure]/failure)')" 'breached <= 1: 3' '... with what it came to'

# A subject
sla_hostile hostile
junit --show subject hostile
# shellcheck disable=SC2016 # backticks of the subject
like "$(xpath junit.xml 'string(//system-out)')" 'a\|`b`<b>&amp;]]>"' 'a subject is text'
like "$(xpath junit.xml 'string(//system-out)')" '\\u\{FFFF\}' '... without what XML cannot say'
is "$(xpath junit.xml 'count(//system-out)')" 2 '... at each of its clocks'

# At most 10,000, the worst
awk '{ for (i = 1; i <= 6000; i++) { line = $0; sub(/"ESC-[0-9A-Z]+"/, "\"ESC-" i "\"", line); print line } }' good >many
head -n 1 cases >>many
junit many
is "$(xpath junit.xml 'count(//testcase)')" 10000 'no more than 10,000 test cases'
is "$(xpath junit.xml 'count(//failure)')" 1 '... and the worst are there'
is "$(xpath junit.xml 'string(//testsuite/system-out)')" \
	'of 12002 clocks the worst 10000 are in this document, 2002 are left out' '... and how many are not'
printf '[]\n' >>many
junit --budget 'breached <= 9' many
is "$(xpath junit.xml 'count(//testcase)')" 10000 '... whatever else is a test case'
is "$(xpath junit.xml 'count(//failure)') $(xpath junit.xml 'count(//error)')" '1 1' '... and told of'

# The schema finds what is wrong
junit cases cases
sed 's/ (2)"/"/' junit.xml >broken.xml
like "$(junit_valid broken.xml)" 'Duplicate key' 'the schema knows of names'
sed 's/ tests="[0-9]*"//' junit.xml >broken.xml
like "$(junit_valid broken.xml)" "'tests' is required" '... and of sums'
esc-sla-check --now "$SLA_NOW" --format junit cases >/dev/full 2>err
is "$?" 74 'a full disk is trouble'
done_testing
