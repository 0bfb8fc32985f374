#!/bin/sh
# esc-sla-check --format tap, as prove reads it.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"

# counts FILE OK FAILS TODO SKIP NAME
counts() {
	is "$(tap_counts "$1" 2>&1)" "version 13
plan 1..$(($2 + $3 + $4 + $5))
ok $2
fails $3
todo $4
skip $5
yaml $(($3 + $4))" "$6"
}

sla_cases cases
is "$(esc-sla-check --now "$SLA_NOW" cases | jq -r .sla.verdict | sort | tr '\n' ' ')" \
	'breached ended exhausted met missed ok open-ended paused paused-breached risk ' \
	'every verdict is among the cases'
esc-sla-check --now "$SLA_NOW" cases >all.jsonl

# level JQ: what fails at the gate of that level; the rest by the same rules.
sla_levels >levels
# shellcheck disable=SC2162
while read level fails; do
	run esc-sla-check --now "$SLA_NOW" --format tap --fail-on "$level" cases
	cp "$WORK/out" got.tap
	skip=$(sla_count all.jsonl "(($fails)|not) and (.verdict|IN(\"paused\",\"paused-breached\",\"open-ended\"))")
	failing=$(sla_count all.jsonl "$fails")
	all=$(sla_count all.jsonl true)
	counts got.tap $((all - skip - failing)) "$failing" 0 "$skip" "--fail-on $level: the counts are jq's"
	is "$status" "$((failing > 0))" '... and the status is the gate'\''s'
done <levels
run esc-sla-check --now "$SLA_NOW" --format tap cases
like "$out" '^not ok [0-9]+ - ESC-[0-9A-Z]{26} tier 1 cycle 1$' 'a clock by its name'
like "$out" '^ok [0-9]+ - ESC-[0-9A-Z]{26} update tier 1 cycle 1$' '... and kind'
like "$out" '^ok [0-9]+ - .* tier 4 cycle 1 # SKIP open-ended$' 'open-ended is skipped'
like "$out" '^ok [0-9]+ - .* tier 1 cycle 1 # SKIP paused$' 'held is skipped'
unlike "$out" 'Case [0-9]' 'nothing that a customer wrote'
printf '%s\n' "$out" >got.tap
prove -e cat got.tap >proved 2>&1
is "$?" 1 'prove fails where the gate does'
head -n 2 cases | tail -n 1 >good
esc-sla-check --now "$SLA_NOW" --format tap good >got.tap
prove -e cat got.tap >proved 2>&1
is "$?" 0 '... and passes where it passes'

# YAML
head -n 1 cases >bad
run esc-sla-check --now "$SLA_NOW" --format tap bad
is "$out" 'TAP version 13
not ok 1 - ESC-01M7HWS780MEHDHVDD3KX0T56J tier 1 cycle 1
  ---
  message: "breached: over since 2026-11-17T17:30:00Z, by 6h"
  policy: "s-club"
  clock: "tier"
  tier: 1
  cycle: 1
  verdict: "breached"
  started_at: "2026-11-16T10:00:00Z"
  target_at: "2026-11-17T13:30:00Z"
  limit_at: "2026-11-17T17:30:00Z"
  left: -21600
  left_wall: -77400
  ...
ok 2 - ESC-01M7HWS780MEHDHVDD3KX0T56J update tier 1 cycle 1
1..2' 'what is known is a YAML block'

# The baseline
esc-sla-check --now "$SLA_NOW" --exit-zero --baseline known --update-baseline cases >/dev/null
run esc-sla-check --now "$SLA_NOW" --format tap --baseline known cases
cp "$WORK/out" got.tap
known=$(sla_count all.jsonl '.verdict|IN("exhausted","breached","paused-breached","missed")')
skip=$(sla_count all.jsonl '.verdict|IN("paused","open-ended")')
counts got.tap $((all - known - skip)) 0 "$known" "$skip" 'what is in the baseline is to do'
is "$status" 0 '... and fails nothing'

# Nothing, and trouble
run esc-sla-check --now "$SLA_NOW" --format tap /dev/null
answers 0 'TAP version 13
1..0 # SKIP no clocks' '' 'no clocks'
printf '{"v":1}\n[]\n' | cat - good >mixed
run esc-sla-check --now "$SLA_NOW" --format tap mixed
cp "$WORK/out" got.tap
is "$status" 65 'refused records'
is "$(tap_counts got.tap | tr '\n' ' ')" 'version 13 plan 1..3 ok 2 fails 1 todo 0 skip 0 yaml 0 ' \
	'... are a test that fails'
like "$out" '^not ok 3 - 2 records could not be judged$' '... and says how many'
run esc-sla-check --now "$SLA_NOW" --format tap good nowhere
cp "$WORK/out" got.tap
is "$(tap_counts got.tap | grep bail)" 'bail not all input was looked at' 'a file that is not there bails out'
is "$status" 66 '... with its status'
prove -e cat got.tap >proved 2>&1
is "$(($? > 0))" 1 '... and prove fails'
run esc-sla-check --now "$SLA_NOW" --format tap --verdict ok cases
like "$out" '^not ok [0-9]+ - 3 clocks not listed here on which the gate fails$' \
	'a filter never makes it green'
run esc-sla-check --now "$SLA_NOW" --format tap --verdict ok good
unlike "$out" '^not ok' '... and not red'

# Budgets
run esc-sla-check --now "$SLA_NOW" --format tap --fail-on never --budget 'breached <= 1' --budget 'missed <= 100' cases
like "$out" '^not ok [0-9]+ - budget breached <= 1$' 'a budget that does not hold'
like "$out" '^  message: "3"$' '... with what it came to'
like "$out" '^ok [0-9]+ - budget missed <= 100$' 'one that holds'

# A subject
sla_hostile hostile
run esc-sla-check --now "$SLA_NOW" --format tap --show subject hostile
cp "$WORK/out" got.tap
is "$(tap_counts got.tap)" 'version 13
plan 1..2
ok 1
fails 1
todo 0
skip 0
yaml 1' 'a subject is no directive, no line and no plan'
like "$out" '^not ok 1 - ESC-.* tier 1 cycle 1: \\# TODO \\\\ \\# SKIP' '... and stands there'
is "$(LC_ALL=C grep -c '[[:cntrl:]]' got.tap)" 0 '... without controls'
submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D \
	--subject "$(printf '%010000d' 7)"
at 2026-11-16T10:00:00Z esc-triage --auto
run esc-sla-check --now "$SLA_NOW" --format tap --show subject case
like "$out" '^not ok 1 - .*: 0{200}\.\.\.$' 'a long one is cut'
is "$(esc-sla-check --now "$SLA_NOW" --format tap --show subject good | grep -c ': Case 2$')" 2 'a short one is whole'

# Files, and ends
run esc-sla-check --now "$SLA_NOW" --format tap:out.tap cases
esc-sla-check --now "$SLA_NOW" --format tap cases >want.tap
same out.tap want.tap 'a file has what standard output would'
esc-sla-check --now "$SLA_NOW" --format tap cases >/dev/full 2>err
is "$?" 74 'a full disk is trouble'
done_testing
