#!/bin/sh
# A month in which nothing happens but that automatic promotion runs: every
# ten minutes with --catch-up is once at its end, but for late_s and logged;
# --auto alone acts at the first run after a limit; twice is once, a held case
# never, no tier skipped.  The library itself for many cases, the program for
# some: every six hours, or with ESC_LONG every ten minutes.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
driver=${BUILD:-$ROOT/build/release}/property/catch_up
[ -x "$driver" ] || skip_all "no $driver: make units"
cases=${ESC_LONG:+2000}
cases=${cases:-150}

# Clocks start and stop as in the manual: a tier's stops at a promotion.  In
# half of the policies it goes on while the case is held.
"${PYTHON:-python3}" -c 'import json, sys
sys.path.insert(0, sys.argv[1])
import make_policies
make_policies.write("terms", 52, 10, odd=0)
for number in range(5):
    path = "terms/policy-%d.json" % number
    with open(path, encoding="utf-8") as file:
        form = json.load(file)
    form["clocks"].setdefault("tier", {})["held_by"] = []
    with open(path, "w", encoding="utf-8") as file:
        json.dump(form, file)' "$TESTS/oracle"

run "$driver" "$cases" 52 customer-resolutions five-tier perfect-gym s-club
is "$status" 0 "the built-in policies, seed 52: $(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'the cases' "$out" "$err"

ESC_POLICY_PATH=terms run "$driver" "$cases" 53 policy-0 policy-1 policy-2 policy-3 \
	policy-4 policy-5 policy-6 policy-7 policy-8 policy-9
is "$status" 0 "generated policies, seed 53: $(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'the cases' "$out" "$err"

# The program: two cases of each policy, the second asked something, and waiting.
made() {
	sed "s/WHEN/$2T09:00:00Z/" form.jsonl |
		esc-submit --policy "$1" --now "$2T09:00:00Z" --by portal |
		esc-triage --accept --now "$2T10:00:00Z" --by ana
}
requester='"requester":{"name":"Kim","email":"kim@example.org","role":"champion"}'
printf '%s\n' "{\"created\":\"WHEN\",\"case_number\":\"C-1\",\"subject\":\"s\",\"description\":\"d\",\
\"impact\":\"major\",\"reason\":\"other\",\"rationale\":\"r\",\"urgency\":\"high\",\
\"severity\":\"high\",\"trigger\":\"unresolved\",\"complexity\":\"basic\",\
\"channel\":\"chat\",\"region\":\"nz\",\"service\":\"other\",$requester}" >form.jsonl
for policy in customer-resolutions five-tier perfect-gym s-club; do
	made "$policy" 2026-03-26 || fail "no case of $policy"
	made "$policy" 2026-03-27 |
		esc-triage --ask -m 'Which?' --now 2026-03-27T15:00:00Z --by ana
done >cases
is "$(wc -l <cases)" 8 'two cases of each policy'

# month STEP OPTION...: what it makes of `cases`
month() {
	step=$1
	shift
	cp cases line
	at=1774656000 # 2026-03-28T00:00:00Z
	while [ "$at" -le 1777248000 ]; do
		esc-promote --auto "$@" --by cron --now "$(instant "$at")" line \
			>next 2>>said || return
		mv next line
		at=$((at + step))
	done
	cat line
}
instant() {
	date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ
}
without='.events |= map(if .auto then del(.late_s, .logged) else . end)'

: >said
step=${ESC_LONG:+600}
month "${step:-21600}" --catch-up >often
run esc-promote --auto --catch-up --by cron --now "$(instant 1777248000)" cases
printf '%s\n' "$out" >once
jq -c "$without" often >often.less
jq -c "$without" once >once.less
same often.less once.less 'runs of a month are one at its end'
unlike "$(cmp often once 2>&1)" '^$' 'but for what says when they ran'
is "$(jq -s '[.[].events[] | select(.auto)] | length' once)" 6 'and there were steps'
is "$(jq -c 'select(.held) | .events[] | select(.auto)' often)" '' 'none of a held case'
run esc-promote --auto --catch-up --by cron --now "$(instant 1777248000)" once
is "$out" "$(cat once)" 'twice is once'
is "$(printf '%s\n' "$err" | grep -c exhausted)" 1 'the end of a ladder is said again'
is "$(sort said | uniq -c | grep -cv exhausted)" 0 'as in each run before, and nothing else'

# Terms by which a tier's clock outlives its case: that is nobody's promotion.
esc-policy show --format json s-club | jq '.clocks.tier.ends = []' >s-club.json
ESC_POLICY_PATH=$PWD
export ESC_POLICY_PATH
esc-submit --policy ./s-club.json --trigger unresolved --subject s --description d \
	--created 2026-11-02T10:00:00Z --now 2026-11-02T10:00:00Z |
	esc-triage --accept --now 2026-11-02T10:00:00Z |
	esc-triage --cancel -m no --now 2026-11-02T11:00:00Z >line
is "$(esc-sla-check --now 2026-11-20T10:00:00Z line |
	jq -r .sla.verdict)" breached 'a cancelled case whose clock runs on'
for option in '' --catch-up; do
	# shellcheck disable=SC2086 # none or one
	run esc-promote --auto $option --now 2026-11-20T10:00:00Z line
	answers 0 "$(cat line)" '' "is passed as it is: --auto $option"
done

done_testing
