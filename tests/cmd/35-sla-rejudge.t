#!/bin/sh
# --rejudge of esc-sla-check: what another text would say, beside the verdicts.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
split -l 1 -a 1 -d cases one.
mkdir own
ESC_POLICY_PATH=$PWD/own
export ESC_POLICY_PATH

policy s-club '.name="hasty"|.source="x"|.tiers[].limit="1bh"|del(.tiers[2:],.tiers[].target,.queues,.rules.queue)' >own/hasty.json
check --rejudge hasty --format jsonl --format csv:r.csv --format text:r.text cases
is "$status" "$(esc-sla-check --now $SLA_NOW --format text cases >/dev/null; echo $?)" 'beside the verdicts'
is "$(printf '%s\n' "$out" | jq -c 'del(.sla.rejudged)')" "$(esc-sla-check --now $SLA_NOW cases)" 'which stay, and all of the record'
is "$(printf '%s\n' "$out" | jq -c 'select(.sla.verdict=="ok")|.sla.rejudged|[.policy,.verdict,.worst.clock,(.policy_version|length)]')" \
	'["hasty","risk","tier",12]' 'what an hour would make of one that is in time'
is "$(printf '%s\n' "$out" | jq -c 'select(.sla.verdict=="met")|.sla.rejudged.verdict')" '"missed"' 'what was judged is judged anew'
is "$(printf '%s\n' "$out" | jq -c '.sla.rejudged|[keys_unsorted[]]' | sort -u)" \
	'["policy","policy_version","verdict","worst","clocks"]' 'its members'
is "$(head -1 r.csv | tr -d '\r' | tr ',' '\n' | tail -1)" rejudged 'a column of csv'
is "$(printf '%s\n' "$out" | jq -r '.sla as $s|.sla.clocks[]|. as $c|
	[$s.rejudged.clocks[]|select(.clock==$c.clock and .tier==$c.tier and .cycle==$c.cycle)|.verdict][0]//""')" \
	"$(sed 1d r.csv | tr -d '\r' | sed 's/.*,//')" '... by clock'
like "$(head -1 r.text)" ' REJUDGED( |$)' 'a column of text'
check --rejudge ./own/hasty.json --fail-on breached one.1
is "$status" 0 'a file; the gate goes by the pinned terms'
check --rejudge s-club cases
is "$(printf '%s\n' "$out" | jq -c '.sla|[.verdict,.rejudged.verdict]|select(.[0]!=.[1])')" '' 'its own text says the same'
for format in tap junit nagios prometheus github ics; do
	check --rejudge s-club --format $format cases
	is "$status" "$(if [ $format = nagios ]; then echo 3; else echo 64; fi)" "not with $format"
done
check --rejudge s-club --next cases
is "$status" 64 'nor with --next'
check --rejudge nowhere cases
is "$status $out" '78 ' 'a name that is none'
check --rejudge ./nowhere.json cases
is "$status $out" '66 ' 'a file that is none'
for name in five-tier perfect-gym customer-resolutions; do
	check --rejudge $name cases
	is "$status $(printf '%s\n' "$out" | jq -r .sla.rejudged.policy | sort -u)" "0 $name" "under $name, which lacks their tiers and codes"
done
done_testing
