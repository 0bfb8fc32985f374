#!/bin/sh
# "Escalation Protocols", from top to bottom, under five-tier.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

MON=2026-11-16T15:00:00Z # 10:00 in New York
# request SEVERITY COMPLEXITY [OPTION...]
request() {
	severity=$1 complexity=$2
	shift 2
	submit $MON --policy five-tier --subject 'Order 17 is lost' --channel ticket \
		--severity "$severity" --complexity "$complexity" "$@"
}

# Protocols are tailored to the product or service being provided, and can be
# used to quickly escalate customer issues and prioritize customer requests.
request medium moderate --service online-orders --product shop
at $MON esc-triage --auto
says '[.queue,.priority]' '["orders","normal"]' 'tailored to the service: the orders desk'
says "$(clock tier '[.target_at,.limit_at]')" '["2026-11-16T19:00:00Z","2026-11-17T15:00:00Z"]' '... and its times'
request medium moderate --service billing
at $MON esc-triage --auto
says '[.queue,.priority]' '["service-desk","normal"]' 'another service, another desk'
says "$(clock tier .limit_at)" 2026-11-17T22:00:00Z '... and other times'

# Multiple tiers for dealing with customer support tickets, chats and
# conversations.
for channel in Ticket chat Conversation; do
	request low basic --channel $channel
	at $MON esc-triage --auto
	says '[.channel,.tier]' "[\"$(echo $channel | tr '[:upper:]' '[:lower:]')\",1]" "a $channel"
done
request low basic --channel pigeon
refused 'channel: .*ticket.*pigeon' 'nothing else'
request low basic --channel chat
at $MON esc-triage --auto
says "$(clock contact .limit_at)" 2026-11-16T16:00:00Z 'a chat is answered within the hour'

# This system ensures that customer issues can be quickly escalated to the
# appropriate tier, depending on the severity and complexity of the issue.
# shellcheck disable=SC2162
while read severity complexity tier priority; do
	request "$severity" "$complexity"
	at $MON esc-triage --auto
	says '[.state,.tier,.priority]' "[\"escalated\",$tier,\"$priority\"]" \
		"$severity severity, $complexity: tier $tier, $priority"
done <<EOT
low basic 1 low
low moderate 1 low
low complex 2 normal
medium basic 1 normal
medium moderate 1 normal
medium complex 2 high
high basic 2 high
high moderate 2 high
high complex 3 urgent
critical basic 3 urgent
critical moderate 3 urgent
critical complex 4 urgent
EOT
for field in severity complexity; do
	set -- --severity low --complexity basic
	[ $field = severity ] && set -- --complexity basic
	[ $field = complexity ] && set -- --severity low
	submit $MON --policy five-tier --subject S --channel ticket "$@"
	refused "$field: required" "the tier depends on $field"
done

# The five tiers could be service representatives, customer support managers,
# customer support lead, chief customer service officer and executive customer
# service manager.  Use case: an online purchase order.
request low basic --service online-orders
at $MON esc-triage --auto
says '[.tier,.tier_name]' '[1,"service-representative"]' 'representatives are the first point of contact'
at 2026-11-16T16:00:00Z esc-note --contacted -m 'Tried the tracking number: unknown'
fine 'the representative tries to troubleshoot the issue'
at 2026-11-16T17:00:00Z esc-resolve --outcome escalated -m 'Cannot find it'
refused 'outcome' '... an outcome that forwards does not resolve'
at 2026-11-16T17:00:00Z esc-promote -m 'Cannot find it'
says '[.tier,.tier_name]' '[2,"customer-support-manager"]' 'then escalates the issue to the manager'
at 2026-11-16T18:00:00Z esc-promote -m 'Carrier does not answer'
says '[.tier,.tier_name]' '[3,"customer-support-lead"]' 'who may escalate it further up to the lead'
says "$(clock tier .limit_at)" 2026-11-18T22:00:00Z 'the lead has two business days'

# Without it requests can quickly become backlogged.
verdict 2026-11-18T22:00:00Z risk 'at the limit'
at 2026-11-18T22:00:00Z esc-promote --auto
unchanged 'a tier in time is not passed over'
verdict 2026-11-18T22:00:01Z breached 'over it'
at 2026-11-18T22:00:01Z esc-promote --auto
says '[.tier,.tier_name]' '[4,"chief-customer-service-officer"]' 'a limit that is over escalates to the chief officer'
says '.events[-1]|[.auto,.clock,.limit_at,.late_s]' '[true,"tier","2026-11-18T22:00:00Z",0]' '... and says why'
at 2026-11-18T22:00:01Z esc-promote --auto
unchanged 'twice is once'
run esc-report --now 2026-11-19T12:00:00Z --month 2026-11 --format json case
is "$(printf '%s\n' "$out" | jq -cr '[.backlog.open,.backlog.by_tier["4"],.frequency.promotions]')" '[1,1,3]' \
	'the backlog is visible, by tier'
at 2026-11-25T12:00:00Z esc-promote --auto
says '[.tier,.tier_name]' '[5,"executive-customer-service-manager"]' 'the fifth tier'
at 2026-12-07T12:00:00Z esc-promote --auto
like "$err" 'exhausted' 'above it there is nobody'
is "$status" 0 '... which is said, and is no trouble'
verdict 2026-12-07T12:00:00Z exhausted '... and is the worst verdict'

at 2026-12-07T13:00:00Z esc-promote --to 4 -m 'For the officer after all'
says '[.tier,(.events[-1]|[.from,.to])]' '[4,[5,4]]' 'a return is audited the same way'
at 2026-12-07T14:00:00Z esc-promote --to 6 -m 'Higher'
refused 'tier' 'there is no sixth tier'
at 2026-12-08T15:00:00Z esc-resolve --outcome resolved -m 'Found, sent again' --close
says '[.state,.resolution.outcome]' '["closed","resolved"]' 'to resolve the problem'
says '[.clocks[]|select(.clock=="tier")|[.tier,.cycle,.state]]' \
	'[[1,1,"met"],[2,1,"met"],[3,1,"missed"],[4,1,"missed"],[5,1,"missed"],[4,2,"met"]]' 'every tier is on record'
done_testing
