#!/bin/sh
# esc-report where nobody says the zone: the first case's policy does, and a
# case whose policy has another one is told of, once.
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"
command -v jq >/dev/null || skip_all 'needs jq'
now=2026-11-02T09:00:00Z

{ put_of s-club 1 2026-10-05T09:00:00Z && put_of customer-resolutions 2 2026-10-05T09:00:00Z; } >london
{ cat london && put_of five-tier 3 2026-10-05T09:00:00Z && put_of perfect-gym 4 2026-10-05T09:00:00Z; } >mixed
put_of five-tier 3 2026-10-05T09:00:00Z >york
# zone: of the last report.
zone() {
	jq -r .period.tz "$WORK/out"
}
report() {
	run esc-report --month 2026-10 --now $now --format json "$@"
}

report london
is "$status $(zone) $err" '0 Europe/London ' 'policies of one zone'
report mixed
is "$status $(zone)" '0 Europe/London' 'policies of several: that of the first case'
is "$err" "esc-report: warning: the cases' policies have several zones for their review: Europe/London (s-club), which the first case has, and America/New_York (five-tier); say one with --tz" \
	'... and a warning, once'
report york london
is "$status $(zone)" '0 America/New_York' 'in another order another one'
like "$err" 'America/New_York \(five-tier\), which the first case has, and Europe/London \(s-club\)' '... and the warning'
report --tz Europe/London mixed
is "$status $(zone) $err" '0 Europe/London ' 'one is said: nothing to warn of'
mkdir .esc
echo 'tz = Asia/Tokyo' >.esc/config
report mixed
is "$status $(zone) $err" '0 Asia/Tokyo ' '... also by the setting'
rm -r .esc
report </dev/null
is "$status $(zone) $err" '0 UTC esc-report: warning: no cases were read' 'no case'
run esc-report --month 2026-10 --now $now --partial mixed
like "$status $err" '^0 esc-report: warning: ' 'a partial'
report mixed
cp "$WORK/out" one
esc-report --month 2026-10 --now $now --partial mixed >partial 2>warned
run esc-report --merge --format json partial
is "$status $err" '0 ' '... was warned of when it was made'
same "$WORK/out" one '... and says the same'

# A store.
ESC_STORE=$PWD/store
export ESC_STORE
esc-store init && esc-commit --now $now <mixed
run esc report --month 2026-10 --now $now --format json
is "$status $(zone)" '0 Europe/London' 'esc report'
like "$err" '^esc-report: warning: .* several zones' '... warns as well'
run esc report --month 2026-10 --now $now --format json --policy-name five-tier
is "$status $(zone) $err" '0 America/New_York ' '... of the cases of one policy, in its zone'
done_testing
