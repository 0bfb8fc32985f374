#!/bin/sh
# esc-sla-check --format nagios: one line and one of four statuses, whatever
# happens.  Performance data are read by the parser of the Perl module that
# plug-ins are written with.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
sla_open 2026-11-18T14:00:00Z
cp case fresh
sla_open 2026-11-17T11:00:00Z
cp case risky

# nagios OPTION...
nagios() {
	run esc-sla-check --format nagios --now "$SLA_NOW" "$@"
	lines=$(wc -l <"$WORK/out" | tr -d ' ')
}

# word STATUS WORD NAME: the last run's answer, on exactly one line.
word() {
	case $out in
	"ESC $2 - "*) is "$status:$lines" "$1:1" "$3" ;;
	*) fail "$3" "status $status, $lines lines" "$out" "$err" ;;
	esac
}

# unknown NAME [ERE]: trouble, on exactly one line, with a reason.
unknown() {
	word 3 UNKNOWN "$1"
	like "$out" "^ESC UNKNOWN - ${2-.}" "$1: the reason"
}

# counted FILE VERDICT...: clocks, by jq.
counted() {
	counted_file=$1
	shift
	esc-sla-check --now "$SLA_NOW" "$counted_file" |
		jq -s --arg v " $* " '[.[].sla.clocks[]|select(.verdict as $x|$v|contains(" "+$x+" "))]|length'
}

# --- what it says --------------------------------------------------------
nagios cases
word 2 CRITICAL 'breaches are critical'
b=$(counted cases exhausted breached paused-breached)
r=$(counted cases risk)
like "$out" "^ESC CRITICAL - $b breached \\(1 exhausted\\), $r at risk; worst ESC-[0-9A-Z]+ tier 4 cycle 1, 3h over \\|" \
	'counted as jsonl has them, with the worst'
overdue=$(esc-sla-check --now "$SLA_NOW" cases |
	jq -s '[.[].sla.clocks[]|select(.verdict=="breached" or .verdict=="exhausted")|-.left_wall]|max')
is "${out#*| }" "exhausted=1;;0;0 breached=$(counted cases breached);;0;0 paused_breached=$(counted cases paused-breached);;0;0 risk=$r;0;;0 overdue=${overdue}s;;;0" \
	'performance data'
nagios risky
word 1 WARNING 'a clock at risk alone is a warning'
like "$out" '^ESC WARNING - 0 breached, 1 at risk; worst ESC-[0-9A-Z]+ tier 1 cycle 1, 2h 30m left \|' 'with what is left'
nagios fresh
word 0 OK 'nothing is wrong'
unlike "$out" worst 'no worst'
nagios /dev/null
word 0 OK 'no cases'
is "$out" 'ESC OK - 0 breached, 0 at risk | exhausted=0;;0;0 breached=0;;0;0 paused_breached=0;;0;0 risk=0;0;;0 overdue=0s;;;0' 'the line of nothing'

if perl -MMonitoring::Plugin::Performance -e 1 2>/dev/null; then
	nagios cases
	got=$(perl -MMonitoring::Plugin::Performance -e 'for (Monitoring::Plugin::Performance->parse_perfstring($ARGV[0])) {
		printf "%s %s%s %s %s %s\n", $_->label, $_->value, $_->uom // "", $_->threshold->warning->is_set ? "w" : "-",
			$_->threshold->critical->is_set && $_->threshold->critical->check_range($_->value) ? "c" : "-", $_->min }' "${out#*| }")
	is "$got" "exhausted 1 - c 0
breached $(counted cases breached) - c 0
paused_breached $(counted cases paused-breached) - c 0
risk $r w - 0
overdue ${overdue}s - - 0" "Monitoring::Plugin reads the performance data, and alerts by their thresholds"
else
	pass "Monitoring::Plugin # SKIP needs libmonitoring-plugin-perl"
fi

# --- the gate ------------------------------------------------------------
nagios --fail-on never cases
word 0 OK '--fail-on never'
like "$out" 'exhausted=1;;;0 .* risk=[0-9]+;;;0' '... has no thresholds'
nagios --exit-zero cases
word 0 OK '--exit-zero'
nagios --fail-on risk risky
word 2 CRITICAL '--fail-on risk'
like "$out" ' risk=1;0;0;0 ' '... is critical for what is at risk'
jq -c 'select(.state=="resolved")' cases >stopped
nagios stopped
word 0 OK 'what stopped late is over'
nagios --fail-on missed stopped
word 2 CRITICAL '--fail-on missed'
like "$out" "0 breached, 0 at risk, $(counted stopped missed) missed" '... says how many'
like "${out#*| }" " missed=$(counted stopped missed);;0;0 overdue=" '... in its data too'
sla_open 2026-11-16T10:00:00Z
at 2026-11-18T11:00:00Z esc-promote -m late
nagios case
unlike "$out" missed 'what stopped late is not counted'
late="0 breached, 0 at risk, 1 missed; worst $(jq -r .id case) tier 1 cycle 1, missed | "
for option in '--fail-on missed' '--baseline /dev/null'; do
	# shellcheck disable=SC2086 # words
	nagios $option case
	word 2 CRITICAL "$option: a clock that is not its case's worst"
	like "$out" "^ESC CRITICAL - $(printf %s "$late" | sed 's/|/\\|/').* missed=1;;0;0 " '... is counted and named'
	# shellcheck disable=SC2086 # words
	nagios $option risky case
	like "$out" '; worst ESC-[0-9A-Z]* tier 1 cycle 1, missed \|' '... before one at risk'
done
esc-sla-check --now "$SLA_NOW" --baseline late --update-baseline --exit-zero case >/dev/null
nagios --baseline late case
like "$out" '^ESC OK - 0 breached, 0 at risk, 1 missed; 1 in the baseline \| .* missed=1;;1;0 ' 'in the baseline it is let pass'
nagios --verdict ok cases
word 2 CRITICAL 'a filter of cases does not make it green'
nagios --open stopped
word 0 OK '--open'
esc-sla-check --now "$SLA_NOW" --baseline known --update-baseline cases >/dev/null
nagios --baseline known cases
word 1 WARNING 'what the baseline has is not critical'
like "$out" "; $(wc -l <known | tr -d ' ') in the baseline; worst ESC-[0-9A-Z]+ tier 1 cycle 1, 2h 30m left" '... and not the worst'
like "$out" ' breached=([0-9]+);;\1;0 ' '... the threshold is what is known'
nagios --budget 'breached <= 0' --fail-on never cases
word 2 CRITICAL 'a budget that does not hold'
like "$out" '; not within breached <= 0: [0-9]+' '... says which'
nagios --budget 'breached <= 100' --fail-on never cases
word 0 OK 'one that holds'

# --- with other formats --------------------------------------------------
run esc-sla-check --now "$SLA_NOW" --format nagios:line --format text cases
is "$status:$(cut -c 1-14 line)" '2:ESC CRITICAL -' 'into a file: the status is the same'
like "$out" '^CASE ' '... beside another on stdout'
run esc-sla-check --now "$SLA_NOW" --format csv:rows --format nagios fresh
is "$status:$(printf '%s\n' "$out" | wc -l | tr -d ' '):$(wc -l <rows | tr -d ' ')" 0:1:3 'with csv in a file'
nagios --show subject cases
unknown '--show subject is refused' '--show subject does not go with'
sla_hostile hostile
nagios hostile
word 2 CRITICAL 'a hostile subject'
unlike "$out" 'TODO|rtl' '... is not in it'
jq -c '.id="ESC|\n\u001b[31m\u202e=x;0|\u0027"' risky >named
nagios named
word 1 WARNING 'a hostile id'
is "$(printf '%s' "$out" | tr -cd '|' | wc -c | tr -d ' '):$(printf '%s' "$out" | LC_ALL=C tr -d '\040-\176' | wc -c | tr -d ' ')" 1:0 \
	'... does not begin performance data, nor acts on a terminal'

# --- trouble -------------------------------------------------------------
for spelling in '--format nagios' '--format=nagios' '--form nagios' '--form=nagios' '-f nagios' -fnagios \
	'-f text:t --format nagios' '--format nagios:-' '--verdict ok -f nagios'; do
	# shellcheck disable=SC2086 # words
	run esc-sla-check --now "$SLA_NOW" $spelling nowhere
	lines=$(wc -l <"$WORK/out" | tr -d ' ')
	unknown "a missing file, with $spelling" 'nowhere: .*No such file'
done
like "$err" '^esc-sla-check: nowhere: ' 'stderr says it too'
nagios --bogus
unknown 'an unknown option' 'usage error'
nagios --fail-on bogus cases
unknown 'a wrong argument' '--fail-on: expected'
long=$(awk 'BEGIN { for (i = 0; i < 2000; i++) printf "\303\251|" }')
for text in "$long" "x$long" "xx$long"; do
	nagios --fail-on "$text" cases
	unknown 'a long reason' "--fail-on: expected .*$(printf '\303\251/\303')"
	ok '... is cut' [ "$(printf '%s' "$out" | wc -c)" -le 1014 ]
	is "$(jq -Rr . "$WORK/out")" "$out" '... between characters'
done
nagios --format text cases
unknown 'two formats for stdout' 'two formats'
nagios --horizon 2bd cases
unknown '--horizon' '--horizon does not go with'
nagios --now yesterday cases
unknown 'a bad --now' '--now: '
nagios --budget 'bogus' cases
unknown 'a bad budget' '--budget: '
nagios --baseline nowhere cases
unknown 'no baseline' 'nowhere: '
nagios --reject nowhere/file cases
unknown 'no place for refused lines' 'nowhere/file: '
nagios cases nowhere
unknown 'one file of two is missing' 'nowhere: .*; otherwise [0-9]+ breached'
nagios .
unknown 'a folder' '\.: '
nagios --need-end fresh
unknown 'a producer that died' 'fresh: the end mark is missing'
run sh -c "esc-sla-check --format nagios --need-end --now $SLA_NOW </dev/null"
is "$out" 'ESC UNKNOWN - standard input: the end mark is missing' 'standard input has a name, what was not judged none'
run sh -c "esc-sla-check --format nagios --now $SLA_NOW <."
is "$out" 'ESC UNKNOWN - standard input: is a directory' '... where nothing can be read either'
run sh -c "ESC_VERB='esc check' esc-sla-check --format nagios --need-end --now $SLA_NOW </dev/null"
is "$out" 'ESC UNKNOWN - not all input was looked at' 'a reason in any case'
printf 'no JSON\n' >bad
nagios bad
is "$out" 'ESC UNKNOWN - 1 record refused' 'nothing but a refused record'
printf 'no JSON: secret|=\n' | cat fresh - >refused
nagios refused
unknown 'a refused record' '1 record refused; otherwise 0 breached, 0 at risk$'
unlike "$out" secret '... is not quoted'
nagios --strict refused
unknown '--strict' '1 record refused; otherwise'
nagios --exit-zero refused
unknown '--exit-zero hides no trouble'
nagios --fail-on never refused
unknown '--fail-on never neither'
nagios --format csv:nowhere/file cases
unknown 'no place for another format' 'nowhere/file: cannot create'
jq -c '.policy_version="ffffffffffff"' fresh >unpinned
nagios unpinned
unknown 'terms that are not to be found' '.*ffffffffffff'
mkdir policies && echo '{}' >policies/s-club.json
jq -c '.policy="broken"' fresh >other
echo '{}' >policies/broken.json
ESC_POLICY_PATH=$PWD/policies
export ESC_POLICY_PATH
nagios other
unknown 'a bad policy'
unset ESC_POLICY_PATH
run esc-sla-check --now "$SLA_NOW" --format nagios:line --bogus
is "$status:$out" 3: 'the line belongs into a file: stdout stays empty, the status is 3'
is "$(cut -c 1-14 line)" 'ESC CRITICAL -' '... and the file as it was'
run esc-sla-check --now "$SLA_NOW" --format nagios:line refused
is "$status:$(cut -d ';' -f 1 line)" '3:ESC UNKNOWN - 1 record refused' 'refused records are said in the file'
run esc-sla-check --now "$SLA_NOW" --bogus nagios
is "$status" 64 'the word alone is no format'
run esc-sla-check --now "$SLA_NOW" --bogus -- --format nagios
is "$status" 64 'nor is an operand'
run esc-sla-check --format nagios --help
is "$status" 0 '--help is no trouble'
if [ -w /dev/full ]; then
	esc-sla-check --now "$SLA_NOW" --format nagios fresh >/dev/full 2>err
	is "$?:$(grep -c 'cannot write' err)" 3:1 '/dev/full'
fi
esc-sla-check --now "$SLA_NOW" --format nagios fresh >&- 2>/dev/null
is "$?" 3 'a closed stdout'
# A sanitizer reserves more than that for itself.
limit='ulimit -v 40000'
if sh -c "$limit && esc-sla-check --version" >/dev/null 2>&1; then
	awk 'BEGIN { printf "{\"v\":1,\"x\":["; for (i = 0; i < 3000000; i++) printf "1,"; print "1]}" }' >large
	run sh -c "$limit; exec esc-sla-check --now $SLA_NOW --max-line 16M --format nagios large"
	lines=$(wc -l <"$WORK/out" | tr -d ' ')
	unknown 'no memory' 'out of memory'
fi

done_testing
