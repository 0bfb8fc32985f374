#!/bin/sh
# esc-report as a page on a terminal: widths, bars, --ascii, what stands
# beside what, and other people's texts.
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"

NOW=2026-11-02T09:00:00Z

# Four cases of October, three in time at tier 1; one of September, too late.
long=$(printf '%010000d' 0 | tr 0 x)
{
	for i in 1 2 3; do
		put $i 2026-10-05T09:00:00Z "\"trigger\":\"unresolved\",\"region\":\"north\",\"x_site\":\"$long\",\"subject\":\"$long\"," \
			"$(event 10-05T09:10:00 accepted "\"tier\":1,\"assignee\":\"$long\"")" \
			"$(event 10-05T12:00:00 resolved "\"outcome\":\"$long\",\"summary\":\"\\u202e$long\"")" \
			"$(event 10-06T13:00:00 improved "\"text\":\"caf\\u00e9 \\u001b[31m $long\"")"
	done
	put 4 2026-10-05T09:00:00Z '"case_number":"C-4","subject":"caf\u00e9 \u001b[31m","trigger":"policy-dispute","region":"south\u0007","x_site":"\u6771\u4eac",' \
		"$(event 10-05T09:10:00 accepted '"tier":1')" \
		"$(event 10-09T08:00:00 promoted '"from":1,"to":2,"auto":true')"
	put 5 2026-09-01T09:00:00Z '"trigger":"unresolved",' \
		"$(event 09-01T09:10:00 accepted '"tier":1')" \
		"$(event 09-10T12:00:00 resolved '"outcome":"o","summary":"s"')"
} >cases

report() {
	run esc-report --now "$NOW" --month 2026-10 "$@" cases
}

# widest: columns of the widest line of the last page.
widest() {
	LC_ALL=C.UTF-8 wc -L <"$WORK/out" | tr -d ' '
}

for width in 40 60 80 100 200; do
	for options in '' --ascii '--group-by x_site' '--compare previous' \
		'--rejudge s-club' '--compare previous --rejudge s-club --group-by region'; do
		# shellcheck disable=SC2086
		COLUMNS=$width report $options
		ok "$width columns are enough: $options" test "$status $err" = '0 ' -a "$(widest)" -le "$width"
	done
done

# part HEADING: of the last page, up to the next empty line.
part() {
	sed -n "/^$1/,/^\$/p" "$WORK/out" | sed '/^$/d'
}

COLUMNS=80 report
is "$(part LIMITS)" 'LIMITS kept and passed in the period
Missed: stopped too late. Breached: not stopped at the end.
clock   tier  n  met  in target  missed  breached  met rate
tier       1  4    3          3       1         0      75 %  ██████████████▎
tier       2  1    0          0       0         1       0 %
update     1  1    0          0       0         1       0 %' 'three of four are 114 eighths of 19 columns, nothing is no bar'
is "$(part SUBMITTED)" 'SUBMITTED cases
by       value           n
trigger  policy-dispute  1  ████████
         unresolved      3  ████████████████████████
region   north           3  ████████████████████████
         south\u{07}     1  ████████
month    2026-10         4  ████████████████████████████████' 'counts are drawn against the greatest, and a name is said once'
is "$(part RESOLUTIONS | sed -n '$p')" 'ESC-00000000000000000000000003  xxxxxxxxxxxxxxxxxxxxxx…  \u{202E}xxxxxxxxxxxxxx…' 'long texts are cut to the same'
is "$(part CLOCKS)" 'CLOCKS within their limit at the end: none' 'a section that has nothing is a line'
COLUMNS=80 report --ascii
is "$(part LIMITS | sed -n 4p)" 'tier       1  4    3          3       1         0      75 %  ##############' '--ascii: bars of #'
is "$(part IMPROVEMENTS | sed -n '$p')" 'ESC-00000000000000000000000003  2026-10-06T13:00:00Z  ana  caf\u{E9} \u{1B}[3...' '--ascii: letters as escapes, dots of three'

COLUMNS=60 report --ascii
is "$(part RESOLUTIONS | tail -n 2 | cut -c 1-9)" '  xxxxxxx
  \u{202E' 'a summary that would have less than 20 columns goes below'
COLUMNS=40 report
is "$(part LIMITS)" 'LIMITS kept and passed in the period
Missed: stopped too late. Breached: not
stopped at the end.
clock   tier  n  met  in target  missed
tier       1  4    3          3       1
tier       2  1    0          0       0
update     1  1    0          0       0
clock   tier  breached  met rate
tier       1         0      75 %
tier       2         1       0 %
update     1         1       0 %' 'a narrow page goes on below, with the keys'
is "$(part IMPROVEMENTS | tail -n 4)" 'ESC-00000000000000000000000003
  2026-10-06T13:00:00Z
  ana
  café \u{1B}[31m xxxxxxxxxxxxxxxxxxxxx…' 'a row of texts has a line each'
is "$(part 'CASES to' | head -n 11)" 'CASES to review
The most pressing first.
ESC-00000000000000000000000004
  C-4
  café \u{1B}[31m
  tier 2, limits passed 3
  missed-limit, most-promotions,
  longest-in-tier
ESC-00000000000000000000000001
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  tier 1, assignee xxxxxxxxxxxxxxxxxxxx…' 'cases to review: reasons are wrapped, names cut'

COLUMNS=80 report --ascii
is "$(part 'CASES to' | sed -n '3,6p')" 'ESC-00000000000000000000000004  C-4  caf\u{E9} \u{1B}[31m
  tier 2, limits passed 3
  missed-limit, most-promotions, longest-in-tier
ESC-00000000000000000000000001  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' '... and names side by side where there is room'

COLUMNS=80 report --ascii --compare previous
is "$(part 'CASES$')" 'CASES
        submitted  refused  acknowledged  accepted  cancelled  prioritised
                4        0             0         4          0            0
before          1        0             0         1          0            0
change         +3        0             0        +3          0            0
        duplicates  promoted  resolved  closed  reopened  open
                 0         1         3       0         0     1
before           0         0         1       0         0     0
change           0        +1        +2       0         0    +1' 'cases: what was before and the change below'
is "$(part LIMITS | tail -n +3)" 'clock     tier   n  met  in target  missed  breached  met rate
tier         1   4    3          3       1         0      75 %  ############
  before         1    0          0       1         0       0 %
  change        +3   +3         +3       0         0    +75 pp
tier         2   1    0          0       0         1       0 %
  before         0    0          0       0         0
  change        +1    0          0       0        +1
update       1   1    0          0       0         1       0 %
  before         1    0          0       1         0       0 %
  change         0    0          0      -1        +1         0' 'rows of several figures: two rows more'
is "$(part SUBMITTED | sed -n '1,3p;$p')" 'SUBMITTED cases
by       value           n  previous  change
trigger  policy-dispute  1         0      +1  ########
month    2026-10         4                    ################################' 'rows of one: two columns; a count that one lacks is 0'
unlike "$(part SUBMITTED)" 2026-09 'a month has no other beside it'
unlike "$out" '^LIMITS by month' 'two months that are compared are no several months'

COLUMNS=80 report --ascii --rejudge s-club
is "$(part 'LIMITS as' | sed -n '3,4p')" 'clock   tier  n  missed  breached  met rate  pinned n  pinned rate  met rate
tier       1  4       1         0      75 %         4         75 %  #########' 'the rate beside the pinned one, and what is drawn'

COLUMNS=80 report --ascii --group-by x_site
is "$(part GROUPS)" 'GROUPS by x_site
group            submitted  accepted  promoted  resolved  closed  reopened  open
xxxxxxxxxxxx...          3         3         0         3       0         0     0
\u{6771}\u{4...          1         1         1         0       0         0     1' 'groups begin with a table of them'
is "$(part '==== .*6771')" '==== x_site: \u{6771}\u{4EAC} ====' 'and have headings'
unlike "$(sed -n '/==== .*6771/,$p' "$WORK/out")" '^(FEEDBACK|HYGIENE|RESOLUTIONS|.*none$)' 'a group says nothing of what it has not'

COLUMNS=80 report --ascii
is "$(part HYGIENE | sed -n '/^amended/,$p' | tr '\n' ' ')" 'amended                    0 resolved_without_contact: resolved without contact or update. ' \
	'names of what there is are explained'

for i in 1 2 3 4 5 6 7 8; do
	put "2$i" 2026-10-05T09:00:00Z '"trigger":"unresolved",' \
		"$(event 10-05T09:10:00 accepted '"tier":1')" \
		"$(event 10-05T10:00:00 improved '"text":"a"'),$(event 10-05T11:00:00 improved '"text":"b"'),$(event 10-05T12:00:00 improved '"text":"c"')"
done >long
COLUMNS=80 run esc-report --now "$NOW" --month 2026-10 --ascii long
is "$(part IMPROVEMENTS | sed -n '$p')" 'and 4 more (--format json lists them)' 'what is left out is said'

run esc-report --now "$NOW" --from 2026-09-01 --to 2026-11-01 cases
like "$out" '^LIMITS by month$' 'several months have a table'
is "$(part 'LIMITS by' | sed -n '3p')" '2026-09  tier       1  1    0       1         0       0 %' '... with the limits of each'
ok 'a file: the longest text is whole' test "$(widest)" -gt 10000
COLUMNS=40 report --format text:page --format json
ok 'a page in a file is not cut to the terminal' test "$(LC_ALL=C.UTF-8 wc -L <page)" -gt 10000
run sh -c "esc-report --now $NOW --ascii cases | LC_ALL=C grep -c '[^ -~]'"
is "$out" 0 '--ascii: no byte beyond'
report --ascii --group-by x_site
is "$(grep -c '^==== x_site: x*\.\.\.$' "$WORK/out")" 1 'a heading is never as long as a name'
done_testing
