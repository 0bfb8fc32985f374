#!/bin/sh
# "Technical Support Escalation Procedure", from top to bottom, under
# perfect-gym.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

TUE=2026-11-17T10:00:00Z # 11:00 in Warsaw, 21:00 in Sydney
# escalate [OPTION...]: a form but for role and reason.
escalate() {
	submit $TUE --policy perfect-gym --subject 'Gate does not open' --region other \
		--urgency high --rationale 'Members wait outside' --requester-name Ola "$@"
}

# This article will be useful to PG Champion and club employees authorised to
# contact the Technical Support Team.
escalate --reason sla-violation --requester-role champion
says '[.requester.role,.state]' '["champion","submitted"]' 'a PG Champion can escalate'
escalate --reason sla-violation --requester-role 'Authorised employee'
says .requester.role authorised-employee 'so can an authorised employee'
escalate --reason sla-violation --requester-role member
refused 'requester\.role: .*champion.*member' 'nobody else can'
escalate --reason sla-violation
refused 'requester\.role: required' 'nor somebody who does not say'

# When at least one of the points is not delivered correctly, it is enough.
for reason in sla-violation wrong-resolution wrong-severity agent-behaviour; do
	escalate --requester-role champion --reason $reason
	at $TUE esc-triage --auto
	says '[([.reason]|flatten|first),.state]' "[\"$reason\",\"escalated\"]" "a valid reason: $reason"
done
echo '{"subject":"Gate","region":"Other","urgency":"high","rationale":"Members wait","requester":{"role":"champion"},"reason":["SLA violation","agent-behaviour"]}' >forms
submit $TUE --policy perfect-gym forms
says .reason '["sla-violation","agent-behaviour"]' 'more than one reason can be given'

# You need to ask for higher urgency and provide a justifiable business
# rationale (our employee might ask additional questions).
submit $TUE --policy perfect-gym --subject S --region other --rationale R \
	--requester-role champion --reason sla-violation
refused 'urgency: required' 'you need to ask for higher urgency'
submit $TUE --policy perfect-gym --subject S --region other --urgency high \
	--requester-role champion --reason sla-violation
refused 'rationale: required' 'and provide a business rationale'
escalate --requester-role champion --reason sla-violation
at 2026-11-17T11:00:00Z esc-triage --ask -m 'How many members?'
says '[.state,.held]' '["submitted",["asked"]]' 'our employee might ask additional questions'
at 2026-11-17T12:00:00Z esc-triage --answered -m 'Two hundred'
says .held null '... and gets answers'

# AUS/NZ: ts_tl_au@perfectgym.com and all other countries: ts_tl@perfectgym.com
escalate --requester-role champion --reason sla-violation --region AUS
at $TUE esc-triage --auto
says '[.region,.queue,.priority]' '["au","ts-tl-au","high"]' 'Australia: the queue for AUS/NZ'
says "$(clock contact .limit_at)" 2026-11-20T06:00:00Z '... within two business days of Sydney'
escalate --requester-role champion --reason sla-violation --region nz
at $TUE esc-triage --auto
says .queue ts-tl-au 'New Zealand: the same'
escalate --requester-role champion --reason sla-violation
at $TUE esc-triage --auto
says .queue ts-tl 'all other countries: the other'
says "$(clock contact .limit_at)" 2026-11-19T16:00:00Z '... within two business days of Warsaw'
is "$(policy perfect-gym '[.queues[]|.address]')" '["ts_tl_au@perfectgym.com","ts_tl@perfectgym.com"]' 'the addresses'
submit 2026-12-31T10:00:00Z --policy perfect-gym --subject S --region other --urgency high \
	--rationale R --requester-role champion --reason sla-violation
at 2026-12-31T10:00:00Z esc-triage --auto
says "$(clock contact .limit_at)" 2027-01-05T16:00:00Z 'a holiday is no business day'

# If your case is accepted as a valid escalation, it will be marked as
# Escalated.
escalate --requester-role champion --reason sla-violation
at $TUE esc-triage --auto
at $TUE esc-triage --assign ewa
says '[.state,.assignee]' '["escalated","ewa"]' 'a valid escalation is marked as Escalated'
is "$(policy perfect-gym '[.notices[]|select(.on=="accepted" and .to==["requester"])]|length')" 1 \
	'... and the customer is informed about the next steps'
cp case escalated

# Non-valid reasons: Cancelled, with feedback.
escalate --requester-role champion --reason other
at 2026-11-17T11:00:00Z esc-triage --auto
says '[.state,(.events[-1].feedback|test("none of those")),.events[-1].rule]' '["cancelled",true,"no-valid-reason"]' \
	'a reason that is not valid: Cancelled, with feedback'
cp case cancelled
at 2026-11-17T12:00:00Z esc-promote -m 'Up'
refused 'cancelled' '... and goes nowhere'
escalate --requester-role champion --reason sla-violation
at 2026-11-17T11:00:00Z esc-triage --cancel
is "$status" 64 'the Team Leader cancels by hand, but not without feedback'
at 2026-11-17T11:00:00Z esc-triage --cancel -m 'We answered within the time agreed'
says '[.state,.events[-1].feedback]' '["cancelled","We answered within the time agreed"]' '... with it'

# You will be contacted by the assigned agent within 2 business days.
cp escalated case
verdict 2026-11-19T16:00:00Z risk 'contact is owed until the end of the second business day'
verdict 2026-11-19T16:00:01Z breached '... not longer'
at 2026-11-19T15:59:59Z esc-note --contacted -m 'Called Ola'
says "$(clock contact .state)" met 'contacted by the assigned agent in time'
cp escalated case
at 2026-11-20T09:00:00Z esc-note --contacted -m 'Called Ola'
says "$(clock contact .state)" missed 'contacted late'
at 2026-11-20T10:00:00Z esc-promote -m 'Firmware bug'
says .tier_name team-leader 'processed internally: the Team Leader takes over'
at 2026-11-20T12:00:00Z esc-resolve --outcome resolved -m 'Gate controller replaced' --close
says '[.state,.resolution.summary]' '["closed","Gate controller replaced"]' '... to its end'

# What if my case doesn't qualify for escalation but is still very important?
cp cancelled case
at 2026-11-17T13:00:00Z esc-triage --prioritise
is "$status" 64 'the side door wants a business rationale'
at 2026-11-17T13:00:00Z esc-triage --prioritise -m 'Competition on Saturday'
says '[.state,(.events[-1]|[.type,.rationale])]' '["prioritised",["prioritised","Competition on Saturday"]]' \
	'what does not qualify can still be prioritised, after it was cancelled'
escalate --requester-role champion --reason other
at 2026-11-17T13:00:00Z esc-triage --prioritise -m 'Competition on Saturday'
says .state prioritised '... or at once'
cp escalated case
at 2026-11-17T13:00:00Z esc-triage --prioritise -m 'Me too'
refused 'escalated' '... but not what is escalated'
done_testing
