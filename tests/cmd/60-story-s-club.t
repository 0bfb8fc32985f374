#!/bin/sh
# "Escalation for Complex Inquiries", from top to bottom, under s-club.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

MON=2026-11-16T10:00:00Z
# inquiry [OPTION...]
inquiry() {
	submit $MON --policy s-club --subject 'Cleaning missed twice' \
		--description 'Booked twice, nobody came.' --requester-email kim@example.org "$@"
}

# 1. When to Escalate an Inquiry
# shellcheck disable=SC2162
while read code label; do
	inquiry --trigger "$label"
	at $MON esc-triage --auto
	says '[.trigger,.state,.tier]' "[\"$code\",\"escalated\",1]" "inquiries are escalated when: $label"
done <<EOT
unresolved Unresolved Issues
service-interruption Service Interruptions
policy-dispute Policy Disputes
technical-malfunction Technical Malfunctions
compliance-legal Compliance and Legal Concerns
EOT
inquiry --trigger boredom
refused 'trigger: .*unresolved.*boredom' 'not for other reasons'
inquiry
refused 'trigger: required' 'not without one'
inquiry --trigger service-interruption
at $MON esc-triage --auto
says .priority high 'while minimizing service disruptions'

# 2. Escalation Levels and Process
inquiry --trigger unresolved --handler hal
at $MON esc-triage --auto
at $MON esc-triage --assign hal
says '[.tier_name,.assignee]' '["frontline","hal"]' 'Level 1: the assigned Helpdesk agent'
says "$(clock tier '[.target_at,.limit_at]')" '["2026-11-17T13:30:00Z","2026-11-17T17:30:00Z"]' \
	'Response Time: 1 business day'
cp case level1
verdict 2026-11-17T17:30:00Z risk 'in time at its end'
verdict 2026-11-17T17:30:01Z breached 'late after it'
for outcome in solution-implemented policy-adjustment binding-resolution; do
	at 2026-11-16T12:00:00Z esc-resolve --outcome $outcome -m 'Done'
	refused 'outcome' "level 1 does not allow $outcome"
done
at 2026-11-16T12:00:00Z esc-resolve --outcome forwarded -m 'Done'
refused 'outcome' 'Forwarded to the next level is a promotion, not a resolution'
at 2026-11-16T12:00:00Z esc-resolve --outcome 'Issue resolved' -m 'Cleaner sent'
says '[.state,.resolution.outcome]' '["resolved","resolved"]' 'Possible Outcomes: Issue resolved'
cp level1 case
at 2026-11-17T10:00:00Z esc-promote -m 'Provider does not answer'
says '[.tier,.tier_name]' '[2,"supervisor"]' '... or forwarded to the next level'
at 2026-11-17T10:30:00Z esc-note --update -m 'A supervisor looks at it' --expected +3bd

says "$(clock tier '[.target_at,.limit_at]')" '["2026-11-19T17:30:00Z","2026-11-20T17:30:00Z"]' \
	'Level 2: 2-3 business days, a target and a limit'
verdict 2026-11-19T17:30:00Z ok 'until the second day is over: ok'
verdict 2026-11-19T17:30:01Z risk 'after it: at risk'
verdict 2026-11-20T17:30:01Z breached 'after the third: breached'
cp case level2
at 2026-11-18T12:00:00Z esc-resolve --outcome resolved -m 'Done'
refused 'outcome' 'level 2 has outcomes of its own'
at 2026-11-18T12:00:00Z esc-resolve --outcome solution-implemented -m 'New provider'
says .resolution.outcome solution-implemented 'Solution implemented'
cp level2 case
at 2026-11-20T17:30:01Z esc-promote --auto
says '[.tier,.tier_name]' '[3,"senior-management"]' 'case escalated to senior management'

says "$(clock tier '[.target_at,.limit_at]')" '["2026-11-26T17:30:00Z","2026-11-30T17:30:00Z"]' \
	'Level 3: 3-5 business days'
cp case level3
for outcome in policy-adjustment custom-resolution special-task-reassignment; do
	cp level3 case
	at 2026-11-23T12:00:00Z esc-resolve --outcome $outcome -m 'Decided'
	says .resolution.outcome $outcome "level 3: $outcome"
done
cp level3 case
at 2026-11-24T09:00:00Z esc-promote -m 'Lawyers write'
says '[.tier,.tier_name]' '[4,"executive-legal"]' 'Level 4: Executive and Legal Oversight'

# Response Time: Case-specific, depending on legal procedures.
says "$(clock tier '[.target_at,.limit_at]')" '["2026-12-01T17:30:00Z",null]' 'without a deadline: a review, no limit'
cp case level4
at 2026-11-24T12:00:00Z esc-note --update -m 'With our lawyers' --expected 2027-01-29T17:30:00Z
verdict 2026-11-24T13:00:00Z open-ended '... and the verdict says so'
run esc-sla-check --now 2026-12-02T09:00:00Z case
is "$(printf '%s\n' "$out" | jq -c '[.sla.clocks[]|select(.clock=="tier")][-1]|[.tier,.verdict]')" '[4,"risk"]' \
	'left alone beyond its review it is at risk'
cp level4 case
at 2026-11-24T10:00:00Z esc-note --set-due 2026-12-11T12:00:00Z -m 'Court date'
says "$(clock tier .limit_at)" 2026-12-11T12:00:00Z 'with a deadline: that is the limit'
says '.events[-1]|[.type,.because]' '["due_set","Court date"]' '... and why is on record'
at 2026-11-24T11:00:00Z esc-note --set-due 2026-11-23T12:00:00Z -m 'Oops'
refused 'past' 'a deadline in the past is refused'
verdict 2026-12-11T12:00:01Z exhausted 'over it there is no further level'
cp level3 case
at 2026-11-24T09:00:00Z esc-promote -m 'Lawyers write' --due 2026-12-11T12:00:00Z
says "$(clock tier .limit_at)" 2026-12-11T12:00:00Z 'the promotion can bring the deadline'
cp level3 case
at 2026-11-24T10:00:00Z esc-note --set-due 2026-12-11T12:00:00Z -m 'No'
refused 'due|deadline' 'level 3 has its own response time'

# 3. Communication During Escalation
for on in accepted promoted; do
	is "$(policy s-club "[.notices[]|select(.on==\"$on\" and (.to|index(\"requester\")))]|length")" 1 \
		"Status Updates: a notice at each level ($on)"
done
cp level4 case
at 2026-11-24T12:00:00Z esc-note --update -m 'With our lawyers'
refused 'expected' 'Customer Briefings include expected resolution timelines'
at 2026-11-24T12:00:00Z esc-note --update -m 'With our lawyers' --expected +20bd
says '.events[-1]|[.type,.expected]' '["updated","2026-12-22T17:30:00Z"]' '... given as business days too'
for outcome in contract-amendment compliance-review binding-resolution; do
	cp case before-resolution
	at 2026-11-26T12:00:00Z esc-resolve --outcome $outcome -m 'Settled: two cleanings free'
	says .resolution.outcome $outcome "level 4: $outcome"
	[ $outcome = binding-resolution ] || cp before-resolution case
done
is "$(policy s-club '[.notices[]|select(.on=="closed")|.to[]]|first')" requester \
	'Resolution Summary: a report upon case closure'
at 2026-11-26T13:00:00Z esc-resolve --close --rate 3 --comment 'Took long'
says '[.state,.resolution.summary,.feedback.score]' '["closed","Settled: two cleanings free",3]' '... with the summary'

# 4. Documentation and Record-Keeping
at 2026-11-26T14:00:00Z esc-note --note -m 'Called on the 18th and the 20th'
says '.events|map(.type)|join(" ")' \
	'submitted routed reprioritised accepted assigned promoted updated promoted promoted updated resolved closed rated noted' \
	'Audit Trails: complete'
says '[.events[]|select(.by==null or .at==null)]|length' 0 '... with who and when'

# 5. Quality Assurance and Continuous Improvement
at 2026-11-27T09:00:00Z esc-note --improve -m 'Second provider per district'
run esc-report --now 2026-12-01T12:00:00Z --month 2026-11 --format json case
is "$(printf '%s\n' "$out" | jq -c '[(.resolutions,.improvements)|length]')" '[1,1]' \
	'Case Reviews: monthly, with resolutions and improvements'
is "$(printf '%s\n' "$out" | jq -c '[.times[]|select(.measure=="resolve" or .measure=="tier")|.n]|add>=4')" true \
	'Performance Metrics: resolution times'
is "$(printf '%s\n' "$out" | jq -c '[.feedback.n,.feedback.mean,.frequency.promotions]')" '[1,3,3]' \
	'... customer feedback, and escalation frequency'
run esc-fold --now 2026-12-01T12:00:00Z case
is "$out" "$(cat case)" 'folding again changes nothing'
done_testing
