#!/bin/sh
# Every figure of esc-report on the ServiceNow log, counted again from its CSV.
# ESC_SERVICENOW_LOG=FILE counts the whole log, too.
log=${ESC_SERVICENOW_LOG-}
. "${0%/*}/../lib.sh"

for tool in python3 jq; do
	command -v $tool >/dev/null || skip_all "no $tool"
done
now=2017-03-01T00:00:00Z
ESC_POLICY_PATH=$DATA/servicenow
export ESC_POLICY_PATH

# import CSV: its cases, in the file cases.
import() {
	esc-import --now $now --by import --policy itil --map servicenow "$1" >cases ||
		fail "import of $1"
}

# count CSV NOW OPTION...: is the report what is counted?
count() {
	csv=$1 at=$2
	shift 2
	run esc-report --now "$at" "$@" --format json cases
	printf '%s\n' "$out" >report
	[ "$status" -eq 0 ] || fail "esc-report $*" "$err"
	run python3 "$TESTS/servicenow_report.py" "$csv" report --now "$at" "$@"
	is "$status $out" '0 ' "now $at, period and groups: ${*:-all}"
	[ -z "$err" ] || fail 'no message' "$err"
}

# changed FILTER: jq changes the report at one place; that is noticed.
changed() {
	jq -c "$1" report >other
	run python3 "$TESTS/servicenow_report.py" "$slice" other --now $now \
		--month 2016-03 --group-by priority --compare previous
	is "$status $(printf '%s\n' "$out" | grep -c .)" '1 1' "noticed: $1"
}

slice=$DATA/servicenow/incident_event_log.csv
import "$slice"
count "$slice" $now
count "$slice" $now --from 2016-03-01 --to 2016-04-12
count "$slice" $now --from 2016-03-07T10:30:00Z
count "$slice" $now --month 2016-03 --tz America/Sao_Paulo
count "$slice" $now --month 2016-04 --group-by case_number
count "$slice" $now --month 2016-03 --group-by assignee
count "$slice" $now --month 2016-05 --group-by queue --compare previous
count "$slice" $now --from 2016-03-14 --to 2016-03-28 --group-by tier --compare previous
count "$slice" $now --month 2016-01 --compare previous
count "$slice" $now --month 2017-06 --group-by state
count "$slice" 2016-03-20T12:00:00Z --from 2016-03-01 --to 2016-06-01
count "$slice" 2016-03-03T09:00:00Z --group-by impact
count "$slice" 2016-02-28T00:00:00Z

count "$slice" $now --month 2016-03 --group-by priority --compare previous
while read -r filter; do
	changed "$filter"
done <<'FILTERS'
.now = "2017-03-01T00:00:01Z"
.period.from = "2016-03-01T00:00:01Z"
.policies.itil += ["000000000000"]
.cases.submitted += 1
.cases.refused += 1
.clocks[0].met -= 1
.clocks[1].met_rate += 0.0001
del(.clocks[2])
.clocks += [.clocks[0]]
.months[0].missed += 1
.times[0].open += 1
.times[0].net.p50 += 1
.times[1].gross.p95 -= 1
.times[2].net.mean += 1
.times[2].gross.max += 1
.frequency.returns += 1
.frequency.per_100_cases += 0.01
.frequency.by_tier."2" += 1
.frequency.top_reached."4" = 1
.frequency.flow[0].n += 1
del(.frequency.flow[-1])
.by.impact."1" += 1
.by.month."2016-03" -= 1
.feedback.response_rate += 0.1
.backlog.by_age."<2bd" += 1
.backlog.oldest[0] = .backlog.oldest[1]
.hygiene.held_after_target += 1
.hygiene.retracted += 1
.resolutions[0].summary += "."
.improvements += [{"id": "ESC-1"}]
.review[0].why[0] = "reopened"
.review[0].case_number += "0"
.review[0].subject = "Symptom 0"
.review[1].tier -= 1
del(.review[0].queue)
.review[-1].assignee = "0"
.review[0].limits_passed += 1
.review[-1].id = .review[0].id
.review_of += 1
.groups."3".cases.closed += 1
.groups."5" = .groups."3"
.previous.clocks[0].n += 1
.previous.groups."3".by.impact."2" += 1
.change.times[0].net.p90 += 1
.change.groups."3".backlog.open += 1
.surprise = 1
FILTERS

# Logs of what the real one never has.
for seed in 1 2 6 65; do
	python3 "$TESTS/servicenow/generate.py" $seed 250 >odd.csv || fail "log $seed"
	import odd.csv
	count odd.csv $now
	count odd.csv $now --month 2016-03 --group-by case_number --compare previous
	count odd.csv 2016-04-05T18:00:00Z --from 2016-03-15 --to 2016-06-01 --group-by queue
	count odd.csv 2016-03-21T08:00:01Z --tz Asia/Kathmandu --group-by assignee
done

if [ -z "$log" ]; then
	skip 'the whole log: no ESC_SERVICENOW_LOG=FILE'
	done_testing
fi
import "$log"
count "$log" $now
count "$log" $now --month 2016-03
count "$log" 2016-03-20T12:00:00Z --from 2016-03-01 --to 2016-06-01
count "$log" $now --month 2016-03 --group-by priority --compare previous
count "$log" $now --month 2016-04 --group-by assignee --compare previous
done_testing
