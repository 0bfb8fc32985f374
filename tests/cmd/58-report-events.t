#!/bin/sh
# esc-report: cases of very many events take no time by their square.
. "${0%/*}/../lib.sh"

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
NOW=2026-11-02T09:00:00Z

# many N TYPE...: a case accepted at one second; N times these events after it.
many() {
	printf '{"v":1,"id":"ESC-%026d","rev":0,"policy":"s-club","policy_version":"%s","created":"2026-10-05T09:00:00Z","events":[{"at":"2026-10-05T09:00:00Z","by":"e","type":"submitted"},{"at":"2026-10-05T09:00:00Z","by":"e","type":"accepted","tier":1}' \
		1 "$version"
	printf '%s ' "$@" | awk '{ for (i = 0; i < $1; i++)
		for (field = 2; field <= NF; field++)
			printf ",{\"at\":\"2026-10-05T10:%02d:%02dZ\",\"by\":\"e\",\"type\":\"%s\"}",
				int(i * 3600 / $1 / 60), int(i * 3600 / $1) % 60, $field }'
	printf ']}\n'
}

# figure JQ: of the last document.
figure() {
	jq -c "$1" "$WORK/out"
}

report() {
	run timeout 30 esc-report --max-line 16M --now "$NOW" --format json "$@"
}

many 150000 updated >updates
report updates
is "$status $err" '0 ' '150,000 updates of the customer in a case'
is "$(figure '.times[]|select(.measure=="update")|[.tier,.n,.open]')" '[1,150000,1]' 'each stops a clock'
is "$(figure .hygiene.backdated_past_limit)" 0 'none was told late'

many 100000 resolved reopened >reopenings
report reopenings
is "$status $err" '0 ' '100,000 resolutions and reopenings'
is "$(figure '[.hygiene.resolved_without_contact,.hygiene.reopened_within_2bd]')" '[100000,100000]' 'each in silence, each soon'
is "$(figure '[.frequency.flow[]|[.from,.to,.n]]')" '[["accepted","1",1],["reopened","1",100000],["1","resolved",100000]]' 'each a step'
is "$(figure '.review[0].why')" '["missed-limit","reopened","longest-in-tier","reopened-within-2bd","resolved-without-contact"]' 'and one case to review'

done_testing
