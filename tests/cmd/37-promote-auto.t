#!/bin/sh
# Promotion where a limit is over: one tier a run, missed steps replayed in
# their order, a held case never, the end of the ladder loud, twice is once.
# shellcheck disable=SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"

open=2026-11-16T10:00:00Z
limit=2026-11-17T17:30:00Z

# club TIME: a case accepted at tier 1 of s-club then: within a business day.
club() {
	submit "$1" --policy s-club --trigger unresolved --subject S --description D
	at "$1" esc-triage --auto
}

# auto TIME [OPTION]: by the timer.
auto() {
	at "$1" esc-promote --auto ${2:+"$2"}
}

last='.events[-1]|[.at,.logged,.from,.to,.auto,.clock,.limit_at,.late_s]'
none() {
	fine "$1: nothing is said"
	unchanged "$1: byte for byte"
}

### the second after the limit, and not before
club $open
cp case new
auto $limit
none 'at the limit'
auto 2026-11-17T17:30:01Z
fine 'one second after it: nothing but the record'
says "$last" '["2026-11-17T17:30:01Z",null,1,2,true,"tier","2026-11-17T17:30:00Z",0]' '... one tier up'
says '.events[-1]|[has("reason"),has("rule"),.judged[0].verdict]' '[false,false,"missed"]' '... and the clock was missed'
says "$(clock tier '[.tier,.cycle,.state,.started_at]')" '[2,1,"running","2026-11-17T17:30:01Z"]' '... the next one starts then'
auto 2026-11-17T17:30:01Z
none 'twice is once'

### one tier a run, however late
cp new case
auto 2026-12-07T12:00:00Z
says "$last" '["2026-12-07T12:00:00Z",null,1,2,true,"tier","2026-11-17T17:30:00Z",1708199]' 'three weeks late: one tier, now'
says "$(clock tier .started_at)" 2026-12-07T12:00:00Z '... from now on'
auto 2026-12-07T12:00:00Z
none 'again'
says '[.tier,.assignee]' '[2,null]' 'nobody has it yet'

### --catch-up
cp new case
auto 2026-12-07T12:00:00Z --catch-up
fine '--catch-up: up to a tier with a deadline of its own'
says '[.events[]|select(.type=="promoted")|[.at,.logged,.to,.late_s]]' \
	'[["2026-11-17T17:30:01Z","2026-12-07T12:00:00Z",2,1708199],["2026-11-23T17:30:01Z","2026-12-07T12:00:00Z",3,1189799],["2026-12-01T17:30:01Z","2026-12-07T12:00:00Z",4,498599]]' \
	'... each a second after its limit, recorded now, with how late'
says '[.tier,(.clocks|map(select(.clock=="tier").state))]' '[4,["missed","missed","missed","running"]]' '... nobody is over that one'
auto 2026-12-07T12:00:00Z --catch-up
none 'twice is once'
auto 2027-03-01T12:00:00Z
none 'a tier without a limit is never over'
at 2026-12-07T12:00:00Z esc-fold
unchanged 'the record is as the fold has it'

### a missed weekend, in order: what the timer would have done
cp new case
for now in 2026-11-17T17:40:00Z 2026-11-20T23:50:00Z 2026-11-23T17:40:00Z; do
	auto $now --catch-up
done
jq -c '[.events[]|select(.auto)|[.at,.to,.limit_at]]' case >often
cp new case
auto 2026-11-23T17:40:00Z --catch-up
jq -c '[.events[]|select(.auto)|[.at,.to,.limit_at]]' case >once
same often once 'whenever the timer ran, the steps are the same'

### never before the latest event
cp new case
at 2026-11-19T09:00:00Z esc-note -m 'called, nobody there'
auto 2026-11-20T09:00:00Z --catch-up
says "$last" '["2026-11-19T09:00:00Z","2026-11-20T09:00:00Z",1,2,true,"tier","2026-11-17T17:30:00Z",228599]' 'after what was recorded since'

### held
cp new case
at 2026-11-18T09:00:00Z esc-note --pause -m 'waits for the provider'
auto 2027-01-04T12:00:00Z --catch-up
none 'paused after the limit'
auto 2027-01-04T12:00:00Z
none '... without --catch-up too'
cp new case
at 2026-11-17T09:00:00Z esc-triage --ask -m 'when?'
auto 2027-01-04T12:00:00Z --catch-up
none 'asked before it'
at 2027-01-04T12:00:00Z esc-triage --answered -m 'on Friday'
auto 2027-01-04T12:00:01Z
none 'what was left is left again'
cp new case
at 2026-11-18T09:00:00Z esc-note --pause -m 'waits'
at 2026-11-25T09:00:00Z esc-note --resume
auto 2026-11-25T09:00:00Z --catch-up
says "$last" '["2026-11-25T09:00:00Z",null,1,2,true,"tier","2026-11-17T17:30:00Z",660599]' 'over before it was held: goes up once it runs'

### nothing that is not escalated
for end in '--cancel -m no' "--prioritise -m x" '--duplicate-of ESC-01M7HWS78065H93WMQSKYK6NK8'; do
	submit $open --policy s-club --trigger unresolved --subject S --description D
	# shellcheck disable=SC2086
	at 2026-11-16T11:00:00Z esc-triage $end
	auto 2027-01-04T12:00:00Z --catch-up
	none "esc-triage $end"
done
cp new case
at 2026-11-20T11:00:00Z esc-resolve --outcome resolved -m 'done, late'
auto 2027-01-04T12:00:00Z --catch-up
none 'resolved, though late'
at 2026-11-23T10:00:00Z esc-resolve --reopen -m 'again'
auto 2026-11-25T10:00:00Z
says "$last" '["2026-11-25T10:00:00Z",null,1,2,true,"tier","2026-11-24T17:30:00Z",59399]' 'reopened: by its new clock'

### by hand in between
cp new case
auto 2026-11-18T09:00:00Z
at 2026-11-18T10:00:00Z esc-promote --to 1 -m 'frontline can do it'
auto 2026-11-18T10:00:00Z
none 'a return is not undone at once'
auto 2026-11-19T17:30:01Z
says '.events[-1]|[.from,.to,.limit_at]' '[1,2,"2026-11-19T17:30:00Z"]' '... but when its own day is over'
says "$(clock tier '[.tier,.cycle]')" '[2,2]' '... with a second cycle above'

### the top of the ladder
cp new case
at 2026-11-16T11:00:00Z esc-promote --to 4 -m 'lawyers write' --due 2026-11-18T12:00:00Z
id=$(jq -r .id case)
auto 2026-11-18T12:00:00Z
none 'in time at the last tier'
auto 2026-11-18T12:00:01Z
is "$status $err" "0 esc-promote: warning: case:1: $id: exhausted: over its limit of 2026-11-18T12:00:00Z at the last tier, 4 (executive-legal)" 'over it: loud, with tier and limit, status 0'
unchanged '... and where it was'
auto 2026-12-18T12:00:01Z --catch-up
is "$(printf '%s\n' "$err" | grep -c exhausted)" 1 '--catch-up says it once too'
cat case case new >three
run esc-promote --auto --now 2026-11-18T12:00:01Z three
is "$status $(printf '%s\n' "$err" | grep -c exhausted) $(printf '%s\n' "$out" | wc -l)" '0 2 3' 'a stream: once a case, and the others go on'
at 2026-11-18T13:00:00Z esc-note --pause -m 'court is closed'
auto 2026-12-18T12:00:01Z
none 'held at the top: not even said'

### up to the top within one run
submit $open --policy five-tier --channel chat --severity low --complexity basic \
	--subject S --description D --case-number 7 --product app
at $open esc-triage --auto
auto 2027-06-01T12:00:00Z --catch-up
is "$status" 0 'a year later: status 0'
like "$err" "exhausted: over its limit of .* at the last tier, 5 " '... exhausted at the end of the catching up'
says '[.tier,([.events[]|select(.auto)]|length)]' '[5,4]' '... and every step is there'
auto 2027-06-01T12:00:00Z --catch-up
unchanged '... twice is once'

### a tier that the ladder does not have, events to come
cp new case
jq -c '.events[-1].tier=7|del(.clocks,.due,.risk,.tier)' new >case
auto 2027-06-01T12:00:00Z --catch-up
none 'beyond the ladder: no clock, no promotion, no crash'
cp new case
at 2026-11-25T10:00:00Z esc-note -m 'from next week'
auto 2026-11-17T17:00:00Z
none 'a timer whose clock is behind, before the limit'
auto 2026-11-18T09:00:00Z
says "$last" '["2026-11-25T10:00:00Z",null,1,2,true,"tier","2026-11-17T17:30:00Z",55799]' 'after it: never before what is recorded'
like "$err" 'now is earlier than the last event' '... and says so'
auto 2026-11-18T09:00:00Z
unchanged '... twice is once'

### what a policy requires of people
mkdir own
policy s-club '.name="strict"|.require={"promoted":["assignee"]}|.source="x"' >own/strict.json
ESC_POLICY_PATH=$PWD/own
export ESC_POLICY_PATH
submit $open --policy strict --trigger unresolved --subject S --description D
at $open esc-triage --auto
run esc-promote -m up --now $open case
refused 'assignee: required by policy strict' 'a person must give it'
auto 2026-11-18T09:00:00Z
fine 'a limit cannot'
says .tier 2 '... and is not stopped by it'
unset ESC_POLICY_PATH

### the hour does not delay it: 17:30:00 is closing time, 17:30:01 is closed
club 2026-11-20T10:00:00Z
auto 2026-11-23T17:30:01Z
says '[.tier,.events[-1].at]' '[2,"2026-11-23T17:30:01Z"]' 'promoted after hours'

### a pipeline as cron has it
cat new case >cases
run sh -c 'set -e; esc-sla-check --now 2026-11-18T09:00:00Z --verdict breached cases |
	esc-promote --auto --now 2026-11-18T09:00:00Z --by cron'
is "$status $(printf '%s\n' "$out" | jq -c '[.tier,.events[-1].by,has("sla")]')" '0 [2,"cron",false]' 'only what is over, without its verdicts'
run esc-promote --auto --now 2026-11-18T09:00:00Z </dev/null
answers 0 '' '' 'nothing to do'

### usage
for bad in '--catch-up -m x' '--auto -m x' '--auto --to 2' '--auto --assign bo' \
	'--auto --due 2026-12-01T00:00:00Z' '--auto --at 2026-11-18T00:00:00Z'; do
	# shellcheck disable=SC2086
	run esc-promote $bad --now 2026-11-18T09:00:00Z new
	is "$status $out" '64 ' "usage: $bad"
done
done_testing
