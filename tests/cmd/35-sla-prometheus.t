#!/bin/sh
# esc-sla-check --format prometheus: read by the parser of Prometheus' Python
# client, and linted by promtool where it is there; counted again by jq.
# shellcheck disable=SC2016,SC2094 # of jq; what is read is not written
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'
python=$(sla_python prometheus_client)
[ -n "$python" ] || skip_all 'needs python3-prometheus-client'

sla_cases cases
submit 2026-11-16T10:00:00Z --policy customer-resolutions --subject S --description D --impact major \
	--case-number R-1 --rationale R --reason time-sensitive
sla_keep cases

# metrics OPTION...: into the file `metrics`, and as they are read into `samples`.
metrics() {
	run esc-sla-check --format prometheus --now "$SLA_NOW" "$@"
	cp "$WORK/out" metrics
	if ! "$python" "$TESTS/metrics_read.py" <metrics >samples; then
		fail "the parser takes: $*" "$(cat metrics)"
	fi
}

# recount JQ NAME: the samples that jq makes of jsonl, but for zeros, are those read.
recount() {
	esc-sla-check --now "$SLA_NOW" cases | jq -rs "$1" | LC_ALL=C sort >wanted
	grep "^$2 " samples | grep -v ' 0$' >got
	ok "$2: some" test -s wanted
	same got wanted "$2 as jq counts it"
}

metrics cases
is "$status:$err" 0: 'never a gate unless asked'
recount 'group_by(.policy,.sla.verdict)[]|"esc_cases policy=\(.[0].policy) verdict=\(.[0].sla.verdict) \(length)"' esc_cases
clocks='[.[]|.policy as $p|.sla.clocks[]|.policy=$p|select(.verdict as $v|$of|index($v))]
	|group_by(.policy,.clock,.tier,.verdict)[]|"\($name) clock=\(.[0].clock) policy=\(.[0].policy) tier=\(.[0].tier//"") verdict=\(.[0].verdict) \(length)"'
recount '["exhausted","breached","paused-breached","risk","open-ended","paused","ok"] as $of|"esc_clocks" as $name|'"$clocks" esc_clocks
recount '["met","missed"] as $of|"esc_clocks_stopped" as $name|'"$clocks" esc_clocks_stopped
recount '[.[]|.policy as $p|.sla.clocks[]|.policy=$p|select(.verdict=="breached" or .verdict=="exhausted")]
	|group_by(.policy,.clock)[]|"esc_overdue_seconds clock=\(.[0].clock) policy=\(.[0].policy) \(map(-.left_wall)|max)"' esc_overdue_seconds
recount '[.[]|.policy as $p|.sla.clocks[]|.policy=$p|select((.verdict=="ok" or .verdict=="risk") and .limit_at)]
	|group_by(.policy)[]|"esc_next_limit_timestamp_seconds policy=\(.[0].policy) \(map(.limit_at|fromdate)|min)"' esc_next_limit_timestamp_seconds
is "$(grep -c '^esc_cases policy=s-club ' samples)" 11 'every verdict of a policy is there'
unlike "$(cat samples)" 'esc_next.*customer' 'no next limit where none is ahead'
is "$(grep '^esc_check' samples)" "esc_check_incomplete 0
esc_check_refused_records 0
esc_check_timestamp_seconds $(jq -n "\"$SLA_NOW\"|fromdate")" 'the run itself'
unlike "$(cat metrics)" 'ESC-|case_number' 'no ids'
is "$(grep -c '^# HELP ' metrics):$(grep -c '^# TYPE ' metrics):$(grep '^#' metrics | cut -d ' ' -f 3 | uniq -c | awk '$1 != 2' | wc -l | tr -d ' ')" \
	10:10:0 'HELP and TYPE for each'
metrics --fail-on breached cases
is "$status:$(grep esc_check_failed samples)" '1:esc_check_failed 1' 'the gate, where it is asked'
metrics --fail-on never cases
unlike "$(cat samples)" esc_check_failed '... which says nothing where it is not'
metrics --fail-on never --budget 'breached <= 100' cases
is "$(grep esc_check_failed samples)" 'esc_check_failed 0' '... but where a budget holds'
metrics --fail-on breached cases
cp metrics before
jq -sc 'reverse[]' cases >reversed
metrics --fail-on breached reversed
same metrics before 'the order of the input is nothing'
metrics --verdict ok --fail-on breached cases
same metrics before 'nor is a filter of cases'
metrics /dev/null
is "$(cut -d ' ' -f 1 samples | tr '\n' ' ')" 'esc_check_incomplete esc_check_refused_records esc_check_timestamp_seconds ' 'no cases'

metrics --budget 'breached <= 0' --budget 'risk(impact!="a\b") <= 100' cases
is "$status:$(grep esc_budget samples)" '1:esc_budget_within budget=breached <= 0 0
esc_budget_within budget=risk(impact!="a\b") <= 100 1' 'budgets, escaped'

# A policy's name is a label; one that would need escapes is none.
jq -c '.policy="odd \"name\\"' cases >named
run esc-sla-check --format prometheus --now "$SLA_NOW" named
is "$status:$out" 78: 'a name with quotes is no policy'

# --- refused records, files ----------------------------------------------
printf 'no JSON\n' | cat cases - >refused
metrics refused
is "$status:$(grep refused samples)" '65:esc_check_refused_records 1' 'a refused record'
run esc-sla-check --now "$SLA_NOW" --format prometheus:esc.prom refused
is "$status:$(grep -c '^esc_check_refused_records 1$' esc.prom)" 65:1 'a file says so too'
cp esc.prom before
run esc-sla-check --now "$SLA_NOW" --format prometheus:esc.prom --need-end cases
is "$status" 65 'input that is not whole'
same esc.prom before '... leaves the file as it was'
run esc-sla-check --now "$SLA_NOW" --format prometheus:esc.prom cases nowhere
is "$status" 66 'a file that is missing'
same esc.prom before '... too'
for half in '--need-end cases' 'cases nowhere' '--need-end /dev/null'; do
	# shellcheck disable=SC2086 # words
	metrics --fail-on breached $half
	is "$(cat samples)" 'esc_check_incomplete 1
esc_check_refused_records 0' "$half: no figures of half of the input"
done
metrics --show subject cases
is "$status" 64 '--show subject is refused'
run esc-sla-check --format prometheus --horizon 2bd cases
is "$status" 64 '--horizon too'

if command -v promtool >/dev/null; then
	metrics --budget 'breached <= 0' cases
	run promtool check metrics <metrics
	answers 0 '' '' 'promtool has nothing to say'
else
	echo '# promtool is not here (Debian package prometheus): its lint was not run'
	pass 'promtool # SKIP not installed'
fi

done_testing
