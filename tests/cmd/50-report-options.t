#!/bin/sh
# esc-report: options that are refused, those that are not though they would be
# in another zone, and input of which something is told.
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"
command -v jq >/dev/null || skip_all 'needs jq'

put_of s-club 1 2026-06-05T09:00:00Z >london
put_of five-tier 1 2026-06-05T09:00:00Z >york

# --- the first hour of a day that has not begun in UTC --------------------
NOW=2026-06-30T23:30:00Z
report() {
	run esc-report --now $NOW --format json "$@"
}
# period: of the last report.
period() {
	jq -r '"\(.period.from) \(.period.to)"' "$WORK/out"
}
report --from 2026-07-01 london
is "$status $err $(period)" '0  2026-06-30T23:00:00Z 2026-06-30T23:30:00Z' 'a date that has begun in the zone of the policy'
report --from 2026-07-01 --compare previous london
is "$status $err $(jq -r .previous.period.from "$WORK/out")" '0  2026-06-30T22:30:00Z' '... beside as much before it'
report --from 2026-07-01 --to 2026-06-30T23:15:00Z london
is "$status $err $(period)" '0  2026-06-30T23:00:00Z 2026-06-30T23:15:00Z' '... up to an instant'
report --from 2026-06-30T23:30:00Z --to 2026-07-01 york
is "$status $err $(period)" '0  2026-06-30T23:30:00Z 2026-07-01T04:00:00Z' 'a date that ends later than in UTC'
report --from 2026-07-01 york
is "$status $out" '64 ' 'one that has not begun in the zone of the policy'
like "$err" 'york:1: --from is after now, and there is no --to$' '... with the reason'
report --from 2026-07-01 --tz UTC london
is "$status $out" '64 ' '... or in the one that is said'

ESC_STORE=$PWD/store
export ESC_STORE
esc-store init && esc-commit --now $NOW <london
run esc report --now $NOW --from 2026-07-01 --format json
is "$status $err $(period)" '0  2026-06-30T23:00:00Z 2026-06-30T23:30:00Z' 'esc report'
run esc report --now $NOW --from 2026-07-01 --compare previous --format json
is "$status $err $(jq -r .previous.period.from "$WORK/out")" '0  2026-06-30T22:30:00Z' '... beside as much before it'

# refused TEXT OPTION...: before anything is read.
refused() {
	why=$1
	shift
	run esc-report --now $NOW "$@" missing
	is "$status $out$(printf '%s\n' "$err" | sed -n 1p)" "64 esc-report: $why" "$*"
}
refused 'the period is empty: --from must be before --to' --from 2026-07-01 --to 2026-07-01
refused 'the period is empty: --from must be before --to' --from 2026-07-01 --to 2026-06-29T23:59:59Z
refused 'the period is empty: --from must be before --to' --from 2026-07-02T00:00:00Z --to 2026-07-01
refused '--from is after now, and there is no --to' --from 2026-07-02
refused '--from: expected a date (2026-10-01), an instant (2026-10-01T09:00:00Z) or a time from now (-30d); got "yesterday"' --from yesterday
refused '--to: no such day; got "2026-06-31"' --to 2026-06-31
refused '--ascii goes with --format text' --ascii --format markdown

report --from 9999-12-31 --to 9999-12-31T23:59:59Z london
is "$status $err" '0 ' 'the last day of all'
report --from 0000-01-01 york
is "$status $err" '0 ' 'the first'
run esc-report --now $NOW --month 0000-01 york
like "$out" '^ESCALATION REPORT  January 0000 ' 'a year has four digits'
run esc-report --ascii --format text --format json:file --now $NOW london
is "$status $err" '0 ' '--ascii beside another format'
run esc-report --now $NOW -f json london
is "$status $err$out" "0 $(esc-report --now $NOW --format json london)" '-f is --format'
run esc-report --now $NOW --tz europe/london london
is "$status" 64 'a zone in small letters'
like "$err" 'unknown time zone "europe/london"; names are spelt as in Europe/London$' '... is told how'
is "$(esc-report --list-options | grep '^--format' | grep -c 'text|json|csv|markdown|html')" 1 'all formats are listed'

# --- what looks like a mistake --------------------------------------------
# told TEXT OPTION...: a page, and a warning; an empty text: none.
told() {
	why=$1
	shift
	run esc-report --now $NOW "$@"
	is "$status:$err" "0:${why:+esc-report: warning: $why}" "${why:-nothing to tell}: $*"
}
told 'no cases were read' /dev/null
like "$out" '^No case was open at the end of the period or had an event in it\.$' '... and the page says so'
told '' --month 2026-05 london
like "$out" '^No case was open at the end' 'a month before all cases'
told '' --month 2026-06 london
unlike "$out" '^No case was open' 'a month with one'
told '' --partial /dev/null
echo '{"rejected":1,"at":"2026-06-05T09:00:00Z","by":"x","program":"esc-submit","source":"f:1","errors":[{"field":"subject","error":"required"}],"line_b64":""}' >refused
told '' refused

sed 's/"events":/"x_site":"Leeds","requester":{"email":"a@example.org"},&/' london >site
told '--group-by: no case has a field "x_siet"' --group-by x_siet site
told '--group-by: no case has a field "requester.emial"' --group-by requester.emial site
told '' --group-by x_site site
told '' --group-by requester.email site
told '' --group-by region site
told '' --group-by tier site
told '' --month 2026-05 --group-by x_site site
told '' --partial --group-by x_siet site
sed 's/}]}/},{"at":"2026-06-06T09:00:00Z","by":"eve","type":"amended","set":{"x_site":"York"}}]}/' london >amended
told '' --group-by x_site amended
told 'no cases were read' --group-by x_siet /dev/null

told '1 case came more than once: each line counts as a case' london london london
like "$(tr -s ' ' <"$WORK/out")" '^ 3 0 ' '... and so it does'
for n in 1 2 3 4 5 6 7; do
	sed "s/\"id\":\"ESC-./\"id\":\"ESC-$n/" london
done >seven
told '' seven
told '7 cases came more than once: each line counts as a case' --partial seven london seven
told '1 case came more than once: each line counts as a case' london seven london

# --- a month that is not over ---------------------------------------------
run esc-report --now 2026-06-20T12:00:00Z --month 2026-06 --compare previous london
like "$out" '^The period is not over: as of 2026-06-20 13:00\.$' 'a month that is not over'
like "$out" '^Compared with the whole of May 2026\.$' '... stands beside the whole of the one before'
run esc-report --now 2026-07-20T12:00:00Z --month 2026-06 --compare previous london
like "$out" '^Compared with May 2026\.$' 'one that is over'
done_testing
