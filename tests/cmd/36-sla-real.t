#!/bin/sh
# Every format, by a reader of it, on real data: a store of incidents from a
# ServiceNow log and of what becomes of cases in the stories of the four
# procedures (60-story-*.t), at several instants.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
. "$TESTS/store.sh"

# read_FORMAT FILE: says what its reader has against it, or nothing.  There
# are $clocks clocks that are tests, of which $marked are over or at risk.
read_jsonl() {
	jq -e . "$1" >/dev/null || echo "no JSON"
}

# A row a case, and what it counts below.
read_text() {
	grep -oE '^(ESC|INC)[-0-9A-Z]+' "$1" | sort >rows
	jq -r .id all.jsonl | sort >ids
	cmp rows ids
	sed -n 's/^[0-9]* cases\{0,1\}: //p' "$1" | sed 's/, /\n/g' | sort >counted
	jq -r .sla.verdict all.jsonl | sort | uniq -c | awk '{ print $1, $2 }' | sort >verdicts
	cmp counted verdicts
}

read_tap() {
	tap_counts "$1" | awk -v n="$clocks" '/^(bail|error)/ { print }
		/^(ok|fails|todo|skip) / { n -= $2 }
		END { if (n) print n " clocks are missing" }'
}

read_junit() {
	junit_valid "$1"
	differs "$(xpath "$1" 'count(//testcase)')" "$clocks" 'test cases'
}

read_github() {
	python3 "$TESTS/github_read.py" commands "$1" >marks
	python3 "$TESTS/github_read.py" summary summary >rows
	differs "$(jq -s 'map(select(.Case))|length' rows)" "$((clocks < 500 ? clocks : 500))" rows
	differs "$(wc -l <marks)" "$((marked < 10 ? marked : 10))" annotations
}

read_csv() {
	python3 -c 'import csv, sys
print(len(list(csv.reader(open(sys.argv[1], newline=""), strict=True))))' "$1" >rows
	differs "$(cat rows)" "$(jq -s '1 + ([.[].sla.clocks|length|if . == 0 then 1 else . end]|add)' all.jsonl)" rows
}

read_ics() {
	"$(sla_python icalendar)" "$TESTS/calendar_read.py" SUMMARY <"$1" >events
	differs "$(wc -l <events)" "$(sla_count all.jsonl '.limit_at and (.verdict|IN("met","missed")|not)')" events
}

# One line; its figures are those of the clocks.
read_nagios() {
	differs "$(wc -l <"$1")" 1 lines
	for verdict in exhausted breached paused-breached risk; do
		label=$(echo $verdict | tr - _)
		differs "$(sed "s/.*[ |]$label=\([0-9]*\);.*/\1/" "$1")" \
			"$(sla_count all.jsonl ".verdict==\"$verdict\"")" "clocks $verdict"
	done
}

read_prometheus() {
	"$(sla_python prometheus_client)" "$TESTS/metrics_read.py" <"$1" >samples
	differs "$(awk '/^esc_clocks/ { n += $NF } END { print n + 0 }' samples)" "$clocks" clocks
	if command -v promtool >/dev/null; then promtool check metrics <"$1"; fi
}

differs() {
	[ "$1" -eq "$2" ] || echo "$1 $3, not $2"
}

# Each step of the stories, so that the same case is there many times.
: >stories
for story in "$TESTS"/cmd/60-story-*.t; do
	STORY_KEEP=$PWD/stories sh "$story" >story.out 2>&1 || fail "$story" "$(grep '^not' story.out)"
done
ESC_POLICY_PATH=$DATA/servicenow
export ESC_POLICY_PATH
esc-import --policy itil --map servicenow --now 2027-03-01T00:00:00Z \
	"$DATA/servicenow/incident_event_log.csv" >incidents 2>import.err
jq -rc .id incidents | sort -u >ids
is "$(wc -l <ids)" 190 'the incidents of the log'
# What its last step made of each, without attachments, which went with their story.
jq -sc 'group_by(.id)|.[]|.[-1]|del(.attachments)' stories >told
ok 'cases of the four procedures' [ "$(jq -r .policy told | sort -u | wc -l)" -eq 4 ]
new_store
cat incidents told | esc-commit --now 2027-03-01T00:00:00Z >committed 2>commit.err
is "$?" 0 'all of them in a store'
esc-cat --all >stored
is "$(wc -l <stored)" "$(($(wc -l <incidents) + $(wc -l <told)))" '... and out of it'

# check NAME FILE: at $now, each format of these records.
check() {
	esc-sla-check --now "$now" "$2" >all.jsonl
	clocks=$(sla_count all.jsonl true)
	marked=$(sla_count all.jsonl '.verdict|IN("exhausted","breached","paused-breached","risk")')
	records=$2
	set -- "$1, $now" "$2"
	for format in $formats; do
		set -- "$@" --format "$format:$format.out"
	done
	about=$1
	shift
	rm -f summary
	run env GITHUB_STEP_SUMMARY=summary esc-sla-check --show subject --now "$now" "$@"
	is "$status$err" "$((marked > 0))" \
		"$about: all formats in one pass, $clocks clocks, $marked over or at risk"
	for format in $formats; do
		complaint=$("read_$format" "$format.out" 2>&1)
		is "$complaint" '' "$about: $format"
	done
	count "$about" "$records"
}

# count NAME FILE: the same for the formats that take no subject.
count() {
	run esc-sla-check --now "$now" --format nagios:nagios.out --format prometheus:prometheus.out "$2"
	is "$status$err" "$(critical)" "$1: monitoring, in one pass"
	for format in $monitored; do
		complaint=$("read_$format" "$format.out" 2>&1)
		is "$complaint" '' "$1: $format"
	done
}

# The status for monitoring.
critical() {
	if [ "$(sla_count all.jsonl '.verdict|IN("exhausted","breached","paused-breached")')" -gt 0 ]; then
		echo 2
	else
		echo $((marked > 0))
	fi
}

# has FORMAT: whether its reader is here; scripts/install-deps has them all.
has() {
	case $1 in
	junit) command -v xmllint >/dev/null ;;
	ics) [ -n "$(sla_python icalendar)" ] ;;
	prometheus) [ -n "$(sla_python prometheus_client)" ] ;;
	esac
}
formats='' monitored=''
for format in jsonl text csv tap junit github ics nagios prometheus; do
	if ! has $format; then
		skip "$format: its reader is not on this machine"
	elif [ $format = nagios ] || [ $format = prometheus ]; then
		monitored="$monitored $format"
	else
		formats="$formats $format"
	fi
done
for now in 2016-03-04T12:00:00Z 2016-04-01T00:00:00Z 2026-11-20T18:00:00Z 2027-03-01T00:00:00Z; do
	check 'store' stored
	check 'step by step' stories
done
done_testing
