#!/bin/sh
# esc-sla-check says the same by whatever way its input comes: a pipe or a
# file, in one run or two, through another esc-sla-check, with the events
# after now or without; and each format the same alone or beside the others.
# On generated cases, and on a real log.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
n=${ESC_LONG:+5000}
n=${n:-300}
formats='jsonl text csv tap junit nagios prometheus github ics'

sla() {
	esc-sla-check --now "$now" "$@"
}

# ways NAME: of `cases`, at $now, by several ways; `whole` is what is said.
ways() {
	sla cases >whole
	is "$? $(wc -l <whole)" "0 $(wc -l <cases)" "$1: judged"
	sla <cases >got
	same got whole "$1: redirected"
	# shellcheck disable=SC2002 # a pipe is what is tried
	cat cases | sla - >got
	same got whole "$1: a pipe"
	half=$(($(wc -l <cases) / 2))
	head -n "$half" cases >first
	tail -n +"$((half + 1))" cases >second
	for options in '' --explain '--horizon 5bd' '--verdict breached,risk' --open; do
		# shellcheck disable=SC2086 # several
		{
			sla $options cases >expected
			sla $options first >halves
			sla $options second >>halves
			sla $options first second >both
			sla $options whole >again
		}
		same halves expected "$1: two halves ${options:-plain}, $(wc -l <halves) cases"
		same both expected "$1: two files ${options:-plain}"
		same again expected "$1: what was judged already ${options:-plain}"
	done
	sla --explain cases | sla >got
	same got whole "$1: a ledger goes when nobody asks for it"
	esc-sla-check --now "$2" cases 2>said | sla --end-mark | sla --need-end >got
	same got whole "$1: verdicts of another instant go"
}

# own_terms NAME FILE POLICY: cases whose terms were never others, judged anew
# under them; what was judged when clocks stopped is left out.
own_terms() {
	version=$(esc-policy show --format json "$3" | b2sum -l 256 | cut -c 1-12)
	jq -c --arg v "$version" 'select(.policy_version == $v and
		all(.events[]; .type != "repinned")) | del(.events[].judged)' "$2" |
		sla --rejudge "$3" >judged
	jq -c '[.id, .sla.verdict, .sla.worst, .sla.clocks]' judged >expected
	jq -c '[.id, (.sla.rejudged | .verdict, .worst, .clocks)]' judged >got
	same got expected "$1: --rejudge $3, its own terms, $(wc -l <got) cases"
	[ -s got ] || fail 'no cases'
}

# filters NAME
filters() {
	for verdict in exhausted breached paused-breached risk open-ended paused ok \
		missed met ended none; do
		sla --verdict $verdict cases >got
		jq -c --arg v $verdict '.sla.verdict as $is | select($is == $v or
			($v == "breached" and ($is == "exhausted" or $is == "paused-breached")))' \
			whole >expected
		same got expected "$1: --verdict $verdict, $(wc -l <got) cases"
	done
}

# alone NAME GATE: each format alone, and all in one pass.
alone() {
	set -- "$1" "$2" --
	for format in $formats; do
		GITHUB_STEP_SUMMARY=$PWD/alone.md sla --fail-on "$2" --format "$format" \
			cases >"alone.$format"
		echo "$format $?" >>"status.$2"
		set -- "$@" --format "$format:together.$format"
	done
	name=$1 gate=$2
	shift 3
	GITHUB_STEP_SUMMARY=$PWD/together.md sla --fail-on "$gate" "$@" cases >out
	echo "together $?" >>"status.$gate"
	is "$(cat out)" '' "$name: $gate: all go to files"
	for format in $formats; do
		same "together.$format" "alone.$format" "$name: $gate: $format"
	done
	same together.md alone.md "$name: $gate: a summary"
	rm alone.* together.*
	is "$(grep -v -e nagios -e together "status.$gate" | cut -d ' ' -f 2 | sort -u)" \
		"$([ "$gate" = never ]; echo $?)" "$name: $gate: the answers"
	is "$(grep -e nagios -e together "status.$gate" | cut -d ' ' -f 2 | sort -u)" \
		"$([ "$gate" = never ] && echo 0 || echo 2)" "$name: $gate: with nagios"
	rm "status.$gate"
}

formats_alone() {
	for gate in never breached risk; do
		alone "$1" $gate
	done
}

# promoted NAME INSTANT: those of `seen` that esc-promote --auto moves, and of
# which it says exhausted, are those that esc-sla-check says are so, but for
# those that are held or not escalated.  Under odd terms the clock of a tier
# runs on at another one: these are tried for a refusal alone.
promoted() {
	esc-promote --auto --by cron --now "$2" seen 2>said >moved
	is "$? $(wc -l <moved)" "0 $(wc -l <seen)" "$1: none is refused"
	jq -c '.tier as $tier | select(all(.clocks[]?; .clock != "tier" or .tier == $tier or
		(.state | . != "running" and . != "held")))' seen >own
	esc-promote --auto --by cron --now "$2" own 2>said >moved
	jq -r 'select(.events[-1].auto) | .id' moved >got
	esc-sla-check --now "$2" own >judged
	for verdict in breached exhausted; do
		jq -r --arg v $verdict 'select(.held == null and
			.state == "escalated" and any(.sla.clocks[]; .clock == "tier" and .verdict == $v)) | .id' judged >"are.$verdict"
	done
	same got are.breached "$1: promoted are those breached, $(wc -l <got) cases"
	sed -n 's/.*: \(ESC-[^:]*\): exhausted: .*/\1/p' said >got
	same got are.exhausted "$1: exhausted, $(wc -l <got) cases"
}

# later_events NAME INSTANT...: no event after now is looked at, be it there
# or left out by the store.
later_events() {
	name=$1
	shift
	esc-store init --store store >said
	# A store wants to have what is attached.
	jq -c '.events |= map(if .type == "attached" then .type = "noted" else . end)' all |
		esc-commit --store store --now 2029-01-01T00:00:00Z 2>said
	is "$? $(cat said)" '0 ' "$name: committed"
	esc-cat --store store --all >stored
	for when; do
		esc-cat --store store --all --until "$when" >seen
		jq -c --arg now "$when" 'select(.created <= $now)' stored |
			esc-sla-check --now "$when" | jq -c '[.id, .sla]' >expected
		esc-sla-check --now "$when" seen | jq -c '[.id, .sla]' >got
		same got expected "$name: esc-cat --until $when, $(wc -l <got) cases"
		[ -s got ] || fail 'no cases'
		is "$(jq -r --arg now "$when" 'select(any(.events[]; .at > $now)) | .id' seen)" '' \
			"$name: they end there"
		promoted "$name" "$when"
	done
	rm -r store
}

"${PYTHON:-python3}" "$TESTS/oracle/emit.py" terms 52 "$n" >all || fail 'no cases'
now=2026-11-10T12:00:00Z
jq -c --arg now $now 'select(.created <= $now)' all >cases
ESC_POLICY_PATH=$PWD/terms
export ESC_POLICY_PATH
ways 'seed 52' 2028-02-01T00:00:00Z
filters 'seed 52'
formats_alone 'seed 52'
for family in 0 1 2 3; do
	own_terms 'seed 52' cases policy-$family
done
later_events 'seed 52' 2026-07-01T00:00:00Z 2026-10-01T00:00:00Z $now

ESC_POLICY_PATH=$DATA/servicenow
esc-import --policy itil --map servicenow --now 2017-03-01T00:00:00Z --by import \
	"$DATA/servicenow/incident_event_log.csv" >all 2>said
now=2016-03-08T12:00:00Z
jq -c --arg now $now 'select(.created <= $now)' all >cases
ways log 2016-05-01T00:00:00Z
filters log
formats_alone log
own_terms log cases itil
later_events log 2016-03-02T00:00:00Z 2016-03-08T00:00:00Z 2016-04-01T00:00:00Z

done_testing
