#!/bin/sh
# The setting tz: after --tz and a mapping's zone, before a policy's.
. "${0%/*}/../lib.sh"

now=2026-11-20T12:00:00Z
mkdir .esc
printf 'tz = America/New_York\n' >.esc/config

printf 'subject,description,trigger,created\ns,d,unresolved,2026-11-16 15:00\n' >forms.csv
run esc-submit --policy s-club --now $now --by b --csv forms.csv
is "$status $err$(printf '%s\n' "$out" | jq -r .created)" '0 2026-11-16T20:00:00Z' 'esc-submit: the setting'
run esc-submit --policy s-club --now $now --by b --csv --tz Europe/London forms.csv
is "$status $(printf '%s\n' "$out" | jq -r .created)" '0 2026-11-16T15:00:00Z' 'esc-submit: --tz goes before'

n=0
for zone in '' ',"zone":"Europe/Paris"'; do
	n=$((n + 1))
	cat >"map$n.json" <<-EOF
	{"key":["n"],"time":{"formats":["%Y-%m-%d %H:%M"]$zone},"created":"at","fields":{"subject":"s","description":"s","trigger":{"value":"unresolved"}},"events":[]}
	EOF
done
printf 'n,at,s\n1,2026-11-16 15:00,s\n' >log.csv
import() {
	run esc-import --policy s-club --now $now --by b "$@" log.csv
	out=$(printf '%s\n' "$out" | jq -r .created)
}
import --map ./map1.json
is "$status $err$out" '0 2026-11-16T20:00:00Z' 'esc-import: the setting'
import --map ./map2.json
is "$status $out" '0 2026-11-16T14:00:00Z' "esc-import: a mapping's own zone goes before"
import --map ./map2.json --tz Europe/London
is "$status $out" '0 2026-11-16T15:00:00Z' 'esc-import: --tz before both'

esc-submit --policy s-club --now $now --by b --csv forms.csv >cases
report() {
	run esc-report --now $now --month 2026-11 --format json "$@"
	out=$(printf '%s\n' "$out" | jq -r .period.tz)
}
report cases
is "$status $err$out" '0 America/New_York' "esc-report: the setting goes before the policy's zone"
report --tz Asia/Tokyo cases
is "$status $out" '0 Asia/Tokyo' 'esc-report: --tz before both'

printf 'by = b\ntz = Europe/Lodnon\n' >.esc/config
run esc-report --now $now cases
is "$status $out" '78 ' 'no such zone: 78'
like "$err" '^esc-report: .*/\.esc/config:2: tz: ' '... and where it stands'
echo tz >.esc/config
run esc-report --now $now cases
is "$status $out" '78 ' 'a line that is no setting: 78'
like "$err" '/\.esc/config:1: expected name = value$' '... in the words of esc(7)'
rm .esc/config
report cases
is "$status $out" '0 Europe/London' "no setting: the policy's zone"
run esc-submit --policy s-club --now $now --by b --csv forms.csv
is "$status" 65 'no zone at all: refused'

done_testing
