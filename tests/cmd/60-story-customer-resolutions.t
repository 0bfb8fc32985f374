#!/bin/sh
# "How To Escalate a Case", from top to bottom, under customer-resolutions.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

# form TIME [OPTION...]: a complete form, but for what the options add.
form() {
	now=$1
	shift
	submit "$now" --policy customer-resolutions --subject 'Exports fail' \
		--description 'Every export since Friday ends with error 500.' \
		--requester-name 'Kim Lee' --requester-email kim@example.org "$@"
}
MON=2026-11-16T15:00:00Z

# Complete the 'Escalate My Case' form with all relevant details including the
# reference for your existing case.
form $MON --impact major --reason 'No answer for a week'
refused 'case_number: required' 'if no case number is added, the submission is not progressed'

printf '%s\n' 'subject,description,case_number,impact,reason' \
	'Slow,It is slow,CS-1,Moderate,No answer' 'Lost,It is lost,,Major,No answer' \
	'Dead,It is dead,CS-3,CRITICAL,No answer' >forms.csv
run esc-submit --policy customer-resolutions --now $MON --by portal --csv \
	--reject refused.jsonl forms.csv
is "$status" 65 'of three rows, the one without a case number is refused'
like "$err" '^esc-submit: forms\.csv:3: case_number: required' '... with its place'
is "$(printf '%s\n' "$out" | jq -r .case_number | tr '\n' ' ')" 'CS-1 CS-3 ' '... and the others are progressed'
is "$(jq -c '[.rejected,.errors[0].field,.errors[0].error]' refused.jsonl)" \
	'[1,"case_number","required"]' '... and it stands in the reject file'

for missing in subject description impact reason; do
	set -- --policy customer-resolutions --case-number CS-1
	[ $missing = subject ] || set -- "$@" --subject S
	[ $missing = description ] || set -- "$@" --description D
	[ $missing = impact ] || set -- "$@" --impact major
	[ $missing = reason ] || set -- "$@" --reason R
	submit $MON "$@"
	refused "$missing: required" "the form asks for $missing"
done

for impact in Limited moderate MAJOR Critical; do
	form $MON --case-number CS-1 --impact $impact --reason 'No answer'
	says .impact "$(echo $impact | tr '[:upper:]' '[:lower:]')" "the business impact $impact"
	is "$(policy customer-resolutions "[.form.impact.codes[]|select(.label|ascii_downcase==\"$(
		echo $impact | tr '[:upper:]' '[:lower:]')\")|.meaning|length>20]|first")" true '... has its meaning'
done
form $MON --case-number CS-1 --impact annoying --reason 'No answer'
refused 'impact: .*limited.*annoying' 'there is no other business impact'

echo picture >shot.png
form $MON --case-number CS-1 --impact major --reason 'No answer' --attach shot.png --blobs .
says '.attachments|map([.name,.size])' '[["shot.png",8]]' 'an optional field for attachments'

# What happens when you escalate a case?
form $MON --case-number CS-1 --impact major --reason 'No answer for a week' --handler sam
says '[.state,(.clocks|map(.clock)),.due]' '["submitted",["acknowledge"],"2026-11-17T17:30:00Z"]' \
	'an acknowledgement within one working day'
verdict 2026-11-17T17:30:00Z risk 'not late at the end of that day'
verdict 2026-11-17T17:30:01Z breached 'late one second after it'
cp case submitted
at 2026-11-17T17:30:00Z esc-triage --ack -m 'We are assessing it'
says "$(clock acknowledge .state)" met 'acknowledged at the last second: in time'
cp submitted case
at 2026-11-18T09:00:00Z esc-triage --ack -m 'We are assessing it'
says "$(clock acknowledge .state)" missed 'acknowledged the day after: late'
says '.events[-1].judged[0]|[.verdict,.limit_at]' '["missed","2026-11-17T17:30:00Z"]' '... and that is on record'
is "$(policy customer-resolutions '[.notices[]|select(.on=="acknowledged")|.to[0]]|first')" requester \
	'so you know we are assessing it: a notice'
form 2026-11-20T18:00:00Z --case-number CS-2 --impact major --reason 'No answer'
says .due 2026-11-24T17:30:00Z 'a submission of Friday evening counts from Monday'

# To treat all our customers equally, we only apply prioritisation to the most
# pressing cases, or cases that have already been under investigation for an
# extended period.
cp submitted case
at 2026-11-17T09:00:00Z esc-triage --auto
says '[.state,.priority,.queue]' '["acknowledged","normal","customer-resolutions"]' \
	'--auto acknowledges a case like others, and does not prioritise it'
says '[.events[]|select(.type=="reprioritised")|.rule]' '["treated-equally"]' '... by the rule that says so'
at 2026-11-17T09:05:00Z esc-triage --auto
unchanged 'twice is once'
cp case acknowledged
form $MON --case-number CS-1 --impact critical --reason 'No answer'
at 2026-11-17T09:00:00Z esc-triage --auto
says '[.state,.priority]' '["escalated","high"]' 'the most pressing are prioritised and approved'
form $MON --case-number CS-1 --impact limited --reason 'No answer' --case-opened 2026-10-01T09:00:00Z
at 2026-11-17T09:00:00Z esc-triage --auto
says '[.state,.priority]' '["escalated","high"]' 'so are those under investigation for an extended period'
form $MON --case-number CS-1 --impact limited --reason 'No answer' --case-opened 2026-11-10T09:00:00Z
at 2026-11-17T09:00:00Z esc-triage --auto
says '[.state,.priority]' '["acknowledged","normal"]' '... but not those of last week'

# Where necessary we'll contact you to discuss your case in more detail.
cp acknowledged case
at 2026-11-17T10:00:00Z esc-triage --ask -m 'Which export format?'
says '[.state,.held]' '["acknowledged",["asked"]]' 'where necessary we contact you to discuss your case'
at 2026-11-17T11:00:00Z esc-triage --answered -m 'CSV'
says '[.state,.held]' '["acknowledged",null]' '... and go on with the answer'

# Once approved the support agent handling your case will first be notified.
at 2026-11-17T11:30:00Z esc-triage --accept --assign sam
says '[.state,.tier,.tier_name,.assignee]' '["escalated",1,"support-agent","sam"]' 'approved'
is "$(policy customer-resolutions '[.notices[]|select(.on=="accepted")]|sort_by(.order)|map(.to)')" \
	'[["handler"],["requester","queue"]]' 'the support agent handling the case is notified first'
verdict 2026-11-17T12:00:00Z open-ended 'no time is promised at this tier'

# If further escalation is required ... to the team manager and upwards.
at 2026-11-18T09:00:00Z esc-promote
is "$status" 64 'further escalation needs a reason'
at 2026-11-18T09:00:00Z esc-promote -m 'Needs a decision'
says '[.tier,.tier_name,.assignee]' '[2,"team-manager",null]' 'the case is escalated to the team manager'
at 2026-11-18T10:00:00Z esc-promote -m 'Needs a bigger decision' --assign dana
says '[.tier,.tier_name,.assignee]' '[3,"senior-management","dana"]' '... and upwards from there'
at 2026-11-18T11:00:00Z esc-promote -m 'And up'
refused 'tier' 'there is nobody above senior management'

# Where possible, we share details of the action plan.
at 2026-11-18T12:00:00Z esc-note --plan -m 'Fix the export service by Friday'
says '.events[-1]|[.type,.text]' '["planned","Fix the export service by Friday"]' 'the action plan'

# The agent assigned to it keeps you informed of progress through case notes;
# supplementary updates, where necessary, until the case is resolved.
at 2026-11-18T13:00:00Z esc-note --note -m 'Reproduced'
says '.events[-1].type' noted 'progress through case notes'
says "$(clock update '[.cycle,.limit_at]')" '[1,"2026-11-24T17:30:00Z"]' 'an update is owed'
at 2026-11-19T09:00:00Z esc-note --update -m 'We have found the cause'
says "$(clock update '[.started_at,.target_at,.limit_at]')" \
	'["2026-11-19T09:00:00Z","2026-11-24T17:30:00Z","2026-11-26T17:30:00Z"]' 'a supplementary update, and the next one is owed'
verdict 2026-11-26T17:30:01Z breached 'Customer Resolutions monitors that'
run esc-sla-check --now 2026-11-26T17:30:01Z --format text case
is "$status" 1 '... with a gate'

at 2026-11-20T09:00:00Z esc-resolve --outcome escalated -m 'Done'
refused 'outcome' 'senior management has no outcome "escalated"'
at 2026-11-20T09:00:00Z esc-resolve --outcome resolved
is "$status" 64 'a resolution needs a summary'
at 2026-11-20T09:00:00Z esc-resolve --outcome resolved -m 'Exports work again'
says '[.state,.resolution.outcome,.resolution.summary]' '["resolved","resolved","Exports work again"]' 'until the case is resolved'
says "$(clock update .state)" ended '... and no further update is owed'
at 2026-11-20T10:00:00Z esc-note --update -m 'And more'
refused 'resolved' 'none is taken either'

# The team also identifies any improvements required to our processes.
at 2026-11-20T11:00:00Z esc-resolve --close --rate 4 --comment 'In the end'
says '[.state,.feedback.score]' '["closed",4]' 'closed and rated'
at 2026-11-23T09:00:00Z esc-note --improve -m 'Alert on failed exports'
fine 'improvements are taken at any time'
run esc-report --now 2026-12-01T00:00:00Z --month 2026-11 --format json case
is "$(printf '%s\n' "$out" | jq -cr '.improvements|map(.text)')" '["Alert on failed exports"]' '... and reported'
says '[.clocks[]|[.clock,.tier,.cycle,.state]]|map(map(tostring)|join(" "))|join(",")' \
	'acknowledge null 1 met,tier 1 1 met,update 1 1 met,tier 2 1 met,tier 3 1 met,update 3 1 ended' 'every promise is on record'
run esc-fold --now 2026-12-01T00:00:00Z case
is "$out" "$(cat case)" 'folding again changes nothing'
done_testing
