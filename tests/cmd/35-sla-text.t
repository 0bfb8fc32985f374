#!/bin/sh
# --format text: the table, what stands below it, and statements of account.
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"

sla_cases ten
sla_check() {
	run esc-sla-check --format text --now "$SLA_NOW" "$@"
}
# column NAME: of the last table.
column() {
	printf '%s\n' "$out" | awk -v name="$1" 'NR == 1 { from = index($0, name) }
		NR > 1 && /^ESC-/ && from { print substr($0, from) }' | awk '{ print $1 }'
}
# widest: columns of the widest line, as a terminal counts them.
widest() {
	printf '%s\n' "$out" | python3 -c 'import sys, unicodedata
sys.stdin.reconfigure(encoding="utf-8")
def columns(c):
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1
print(max(sum(map(columns, line.rstrip("\n"))) for line in sys.stdin))'
}

# The table
sla_check ten
is "$status$err" 1 'a table, and the gate'
is "$(column VERDICT | paste -sd ' ')" \
	'exhausted breached paused-breached risk open-ended paused ok missed met ended' 'the worst first'
is "$(printf '%s\n' "$out" | tail -n 1)" \
	'10 cases: 1 exhausted, 1 breached, 1 paused-breached, 1 risk, 1 open-ended, 1 paused, 1 ok, 1 missed, 1 met, 1 ended' \
	'a line that counts'
is "$(printf '%s\n' "$out" | sed -n 's/.* ok  *tier  *\(.*[a-z]\)  20.*/\1/p')" '1bd 2h' 'business time left'
is "$(printf '%s\n' "$out" | sed -n 's/.* paused-breached  *tier  *\(.*\)  20.*/\1/p')" '-15h 30m wall' \
	'what is over out of hours, by the wall clock'
sla_open 2026-11-16T09:30:00Z
cat case ten >eleven
sla_open 2026-11-13T09:30:00Z
cat case >>eleven
sla_check --verdict breached eleven
is "$(column LIMIT | paste -sd ' ')" \
	'2026-11-18T12:00:00Z 2026-11-16T17:30:00Z 2026-11-17T17:30:00Z 2026-11-17T17:30:00Z 2026-11-17T17:30:00Z' \
	'between equals the earliest limit first'
sla_check --horizon 3bd eleven
is "$(column LIMIT)" "$(column LIMIT | sort)" '--horizon: the limit that passes first is first'
is "$(column LEFT | sort -u | grep -c -)" 0 '... and what is left until it'
sla_open 2026-11-16T10:00:00Z
run esc-sla-check --format text --horizon 2bd --now 2026-11-18T10:00:00Z case
is "$(column VERDICT) $(column CLOCK) $(printf '%s\n' "$out" | tail -n 1)" 'ok update 1 case: 1 ok' \
	'... of the clock that will be over, not of one that is'
run esc-sla-check --format text </dev/null
answers 0 '0 cases' '' 'no input, no cases'

# As wide as the screen
for width in 60 80 92 100 120; do
	run env COLUMNS=$width esc-sla-check --format text --now "$SLA_NOW" ten
	ok "$width columns are enough" [ "$(widest)" -le $width ]
	is "$(column CASE | sort)" "$(jq -r .id ten | sort)" '... for whole ids'
done
run env COLUMNS=80 esc-sla-check --format text:table --now "$SLA_NOW" ten
sla_check ten
is "$(cat table)" "$out" 'a file is not cut to the screen'
sla_hostile hostile
submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D \
	--subject "$(printf '\345\256\242\346\210\267\347\255\211\345\276\205\345\233\236\345\244\215 e\314\201\314\201 \327\251\327\234\327\225\327\235 %010000d' 1)"
at 2026-11-16T10:00:00Z esc-triage --auto
cat case >>hostile
run env COLUMNS=80 esc-sla-check --format text --show subject --now "$SLA_NOW" hostile
ok 'wide, combining and long subjects fit' [ "$(widest)" -le 80 ]
sla_check --show subject hostile
is "$(printf '%s' "$out" | LC_ALL=C tr -d '\n' | LC_ALL=C grep -c '[[:cntrl:]]')" 0 'no control character'
is "$(printf '%s\n' "$out" | wc -l)" 4 '... nor a line of its own'
like "$out" '\\u\{202E\}rtl' '... nor one that turns the line around'
sla_check hostile
unlike "$out" 'TODO|SUBJECT' 'no subject unless it is asked for'

# Whose it is
sla_check ten
unlike "$out" 'ASSIGNEE|NUMBER' 'no column of what no case has'
esc-submit --policy customer-resolutions --subject S --description D --case-number CS-1 --impact major --reason R \
	--created 2026-11-16T10:00:00Z --now 2026-11-16T10:00:00Z >case
at 2026-11-16T10:00:00Z esc-triage --assign "$(printf 'sam\342\200\256%0100d' 1)"
cat ten case >whose
sla_check whose
is "$(column NUMBER | grep CS) $(column ASSIGNEE | grep sam)" 'CS-1 sam\u{202E}0000000000000...' \
	'the number and the assignee, shown and cut'
for width in 80 120; do
	run env COLUMNS=$width esc-sla-check --format text --now "$SLA_NOW" whose
	ok "... within $width columns" [ "$(widest)" -le $width ]
	like "$out" '^CASE .* LEFT' '... where there is room'
done
run env COLUMNS=160 esc-sla-check --format text --now "$SLA_NOW" whose
like "$out" '^CASE  *STATE .* LIMIT .*ASSIGNEE' '... beside what else is there'

# What else must be known
{ cat ten && echo '{"v":1'; } >eleven
run esc-sla-check --format text --fail-on never --now "$SLA_NOW" eleven
is "$status" 65 'a record that is none'
is "$(printf '%s\n' "$out" | tail -n 1)" '1 record could not be judged' '... is counted below'
run esc-sla-check --format text --fail-on never --now "$SLA_NOW" ten gone
is "$status $(printf '%s\n' "$out" | tail -n 1)" '66 not all input was looked at' 'so is a file that is not there'
sla_check --verdict ok ten
is "$status $(printf '%s\n' "$out" | tail -n 1)" '1 3 clocks not listed here on which the gate fails' \
	'a filter hides nothing'
sla_check --baseline known --update-baseline --exit-zero ten
sla_check --baseline known ten
is "$status $(column BASELINE | grep -c known)" '0 4' 'what is in the baseline is marked'
like "$out" '^4 clocks were over in the baseline already$' '... and counted'
{ cat ten && sed 's/"ESC-./"ESC-1/' ten | head -n 1; } >twelve
sla_check --baseline known twelve
is "$status $(column BASELINE | grep -c new)" '1 1' '... what is not is new'
sla_check --fail-on never --budget 'breached <= 2' --budget 'missed_rate <= 50%' ten
like "$out" '^breached <= 2: 3, does not hold$' 'a budget that does not hold'
like "$out" '^missed_rate <= 50%: .*, holds$' '... and one that does'

# A clock that is not its case's worst
sla_open 2026-11-16T10:00:00Z
at 2026-11-18T11:00:00Z esc-promote -m late
more="1 more clock on which the gate fails:
  $(jq -r .id case) tier 1 cycle 1: missed"
sla_check case
answers 0 "$(printf '%s\n' "$out" | head -n 2)
1 case: 1 ok" '' 'what was missed is no matter'
sla_check --fail-on missed case
is "$status $(printf '%s\n' "$out" | tail -n 2)" "1 $more" '... unless it is: it is named'
sla_check --baseline /dev/null case
is "$status $(printf '%s\n' "$out" | tail -n 2)" "1 $more" '... beside a baseline too'
is "$(column BASELINE)" new '... which has a column, empty or not'
sla_check --fail-on missed ten
unlike "$out" 'more clock' 'a row that tells of it is enough'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	sed "s/ESC-./ESC-$((i + 10))/" case
done >late
sla_check --fail-on missed late
is "$(printf '%s\n' "$out" | sed -n '/^12 more clocks on/,$p' | wc -l | tr -d ' ') $(printf '%s\n' "$out" | tail -n 1)" \
	'12   and 2 more' 'of many the first ones'

# --quiet
sla_check --quiet --verdict ok ten
is "$status" 1 '--quiet: still a gate'
like "$out" '^1 case: 1 ok$' '... and it speaks where that is not 0'
sla_check --quiet --fail-on never ten
answers 0 '' '' '... and is silent where it is'
sla_check --quiet --fail-on never eleven
like "$status$newline$out" '^1 record could not be judged$' '... but not about records that were refused'
sla_check --quiet --fail-on never ten gone
like "$out" '^not all input was looked at$' '... nor about input that was not looked at'
run sh -c "esc-sla-check --format text --need-end --now $SLA_NOW </dev/null"
is "$out" 'not all input was looked at' 'no count of what was not looked at'
sla_check --quiet --explain --fail-on never ten
answers 0 '' '' '... with statements too'
run esc-sla-check --quiet ten
is "$status" 64 '... of text on standard output alone'

# Statements add up
# statements NAME OPTION...
statements() {
	statements_of=$1
	shift
	esc-sla-check --format text --explain "$@" >statements 2>/dev/null
	esc-sla-check --explain "$@" >data 2>/dev/null
	run python3 "$TESTS/statements.py" statements data
	is "$status$err" 0 "$statements_of: $(printf '%s\n' "$out" | tail -n 1)"
	[ "$status" -eq 0 ] || printf '%s\n' "$out" | sed 's/^/# /; 9q'
}
statements 'every verdict' --now "$SLA_NOW" ten
statements 'a year later' --now 2027-11-18T10:00:09Z ten
esc-import --policy "$DATA/servicenow/itil.json" --map servicenow --now 2017-03-01T00:00:00Z \
	"$DATA/servicenow/incident_event_log.csv" 2>import.err | jq -sc 'group_by(.id)|.[]|.[-1]' >incidents
ESC_POLICY_PATH=$DATA/servicenow
export ESC_POLICY_PATH
statements 'real incidents' --now 2016-04-01T00:00:00Z incidents
statements 'real incidents, at the end' --now 2016-12-27T09:30:00Z incidents
run env COLUMNS=80 esc-sla-check --format text --explain --now 2016-12-27T09:30:00Z incidents
ok 'all of them within 80 columns' [ "$(widest)" -le 80 ]
unset ESC_POLICY_PATH

# What they say
# statement NOW: of the case's last tier clock.
statement() {
	esc-sla-check --format text --explain --now "$1" case | sed -n '/^ESC-[^ ]* tier.*: /,/^counted/p'
}
sla_open 2026-10-23T10:00:00Z
at 2026-10-23T15:00:00Z esc-triage --ask -m 'Which one?'
at 2026-10-23T15:15:00Z esc-note --pause -m 'nobody there'
at 2026-10-26T09:30:00Z esc-triage --answer -m That
at 2026-10-26T10:00:07Z esc-note --resume
at 2026-10-26T16:00:00Z esc-resolve --outcome resolved -m Done
is "$(statement 2026-11-18T10:00:00Z | tail -n +3)" "\
2026                 WHAT                        COUNTED      TOTAL       LEFT
Fri 23 Oct 11:00     start: accepted by ana                0h00m00s  15h00m00s
Fri 23 Oct 11:00     counted                    5h00m00s   5h00m00s  10h00m00s
Fri 23 Oct 16:00     asked by ana, 2h30m07s of
                     open time: Which one?
Mon 26 Oct 10:00:07  counted                    5h59m53s  10h59m53s   4h00m07s
Mon 26 Oct 16:00     met: resolved by ana                 10h59m53s   4h00m07s
Mon 26 Oct 16:15:07  target
Tue 27 Oct 11:30:07  limit
counted 10h59m53s, allowed 15h00m00s: 4h00m07s left" 'two holds are one; what stopped the clock'
like "$(esc-sla-check --format text --explain --now 2026-11-18T10:00:00Z case)" \
	'^Times are those of the calendars, by zone data [^ ]+\.$' 'the version of the zone data'
sla_open 2026-10-24T10:00:00Z
is "$(statement 2026-10-26T10:00:00Z | sed -n '4,8p')" "\
Sat 24 Oct 11:00  start: accepted by ana                 0h00m  17h00m
Sat 24 Oct 11:00  closed
Sun 25 Oct 01:00  clocks go back 1h from 02:00
Sun 25 Oct 01:00  closed
Mon 26 Oct 09:00  counted                         1h00m  1h00m  16h00m" 'clocks go back'
sla_open 2027-03-26T10:00:00Z
is "$(statement 2027-03-30T08:00:00Z | sed -n '5,9p')" "\
Fri 26 Mar 10:00  holiday, Good Friday
Sat 27 Mar 00:00  closed
Sun 28 Mar 02:00  clocks go forward 1h from 01:00
Sun 28 Mar 02:00  closed
Mon 29 Mar 00:00  holiday, Easter Monday" 'clocks go forward, and holidays have names'
sla_open 2026-12-31T10:00:00Z
is "$(statement 2027-01-04T10:00:00Z | sed -n '6,8p')" "\
Thu 31 Dec 17:30  closed
2027
Fri  1 Jan 00:00  holiday, New Year's Day" 'a new year'
sla_open 2026-11-16T10:00:00Z
at 2026-11-16T11:00:00Z esc-note --pause -m "$(printf 'a\033[2J \342\200\256b %010000d' 1)"
for width in 80 120; do
	run env COLUMNS=$width esc-sla-check --format text --explain --now 2026-11-16T12:00:00Z case
	ok "a long reason, $width columns" [ "$(widest)" -le $width ]
	is "$(printf '%s' "$out" | tr -d '\n' | grep -c '[[:cntrl:]]')" 0 '... without control characters'
	ok '... and its first lines only' [ "$(printf '%s\n' "$out" | wc -l)" -lt 40 ]
done
run esc-sla-check --format text --explain --now 2026-11-16T12:00:00Z case
is "$(printf '%s\n' "$out" | tr -d ' \n' | grep -c '0\{9999\}1')" 1 '... but where there is no screen, all of it'
ok '... no wider than prose' [ "$(widest)" -le 100 ]
done_testing
