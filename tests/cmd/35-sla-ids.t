#!/bin/sh
# esc-sla-check: ids are anybody's text, as long as a line may be: no line and
# no table grows with them, and clocks can still be told from one another.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_open 2026-11-16T10:00:00Z
for end in A B; do
	long=$(awk -v end=$end 'BEGIN { for (i = 0; i < 20000; i++) printf "\303\251\342\200\256"; print end }')
	jq -c --arg id "$long" '.id=$id' case
done >ids
cut="$(printf '\303\251')\.\.\."

# longest: bytes of the longest line of the last answer.
longest() {
	awk '{ if (length($0) > most) most = length($0) } END { print most + 0 }' "$1"
}
for format in text tap junit nagios github; do
	GITHUB_STEP_SUMMARY=$PWD/summary.md
	export GITHUB_STEP_SUMMARY
	run esc-sla-check --format $format --now "$SLA_NOW" ids
	ok "$format: a line is no longer than one" [ "$(longest "$WORK/out")" -lt 1200 ]
	like "$out" "$cut" '... and says that there is more'
done
ok 'nor in the summary of GitHub' [ "$(longest summary.md)" -lt 1200 ]
like "$(cat summary.md)" "\| [^|]*$cut \| tier 1 cycle 1 \|" '... which says so too'
run esc-sla-check --format text --explain --now "$SLA_NOW" ids
ok 'nor in a statement' [ "$(longest "$WORK/out")" -lt 1200 ]
if command -v xmllint >/dev/null; then
	esc-sla-check --format junit --now "$SLA_NOW" ids >junit.xml
	is "$(junit_valid junit.xml)$(xpath junit.xml 'count(//testcase)')" 4 'test cases have names of their own'
else
	pass 'xmllint # SKIP not installed'
fi
run esc-sla-check --format ics --now "$SLA_NOW" ids
is "$(tr -d '\r' <"$WORK/out" | awk '/^ / { line = line substr($0, 2); next } { print line; line = $0 }' |
	grep '^UID' | sort -u | wc -l | tr -d ' ')" 4 'ics: each event its own UID'
ok '... and a summary that is none of them' [ "$(tr -d '\r' <"$WORK/out" |
	awk '/^ / { line = line substr($0, 2); next } { print line; line = $0 }' | grep '^SUMMARY' >sums; longest sums)" -lt 1200 ]
is "$(esc-sla-check --now "$SLA_NOW" ids | jq -r .id | sort -u | wc -l | tr -d ' ')" 2 'jsonl has them whole'
is "$(esc-sla-check --now "$SLA_NOW" --format csv ids | cut -d , -f 1 | sort -u | wc -l | tr -d ' ')" 3 'csv too'
done_testing
