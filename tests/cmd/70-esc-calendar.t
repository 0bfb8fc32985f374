#!/bin/sh
# esc-calendar: options, tables, drawings, refusals.
. "${0%/*}/../lib.sh"

cal=$DATA/vectors/calendars
office=$cal/office-london.json
rules=$DATA/calendars/rules-utc.json
tab=$(printf '\t')

# tzdata's version differs from machine to machine.
plain() {
	printf '%s\n' "$out" | sed 's/ (zone data [^ ]*)$//'
}

# --- add ---------------------------------------------------------------
run esc-calendar --calendar "$office" --add 2bd 2026-12-23T17:00:00Z \
	2026-12-23T18:00:00+01:00 2026-12-23T17:30:00Z
answers 0 "2026-12-29T17:30:00Z
2026-12-29T17:30:00Z
2026-12-30T17:30:00Z" '' 'a deadline for each operand'

feed "2026-12-23T17:00:00Z
soon
2026-12-23T17:30:00Z" esc-calendar -c "$office" -a 2bd
answers 65 "2026-12-29T17:30:00Z

2026-12-30T17:30:00Z" \
	'esc-calendar: -:2: expected YYYY-MM-DDThh:mm:ssZ; got "soon"' \
	'lines of stdin; a refused one is empty'

run esc-calendar -c "$office" --add 0bh 2026-13-01T00:00:00Z
answers 65 '' 'esc-calendar: no such month; got "2026-13-01T00:00:00Z"' \
	'a refused operand'

run esc-calendar -c "$office" --add 2bd --day-ends same-time \
	2026-12-22T10:00:00Z
answers 0 2026-12-24T10:00:00Z '' '--day-ends same-time'

run esc-calendar -c "$office" --add 1bd --now 2026-12-22T10:00:00Z +1bd +3h \
	-- -3h
answers 0 "2026-12-29T17:30:00Z
2026-12-23T17:30:00Z
2026-12-23T17:30:00Z" '' 'times relative to --now'

run env ESC_NOW=2026-12-22T10:00:00Z esc-calendar -c "$office" --add 1h +0m
answers 0 2026-12-22T11:00:00Z '' 'times relative to ESC_NOW'

run esc-calendar -c "$office" --add 1bd -- -2bd
answers 65 '' \
	'esc-calendar: minus goes with d, h and m, not with business time' \
	'no business time backwards'

run esc-calendar -c "$office" --add 1bd 2199-12-31T18:00:00Z
answers 65 '' \
	'esc-calendar: the deadline is not within the years 1900 to 2199' \
	'2199 is passed'

# --- batch and between: all vectors through the program ------------------
for name in always-new-york early-sao-paulo half-hour-lord-howe lunch-berlin \
	night-sydney office-london; do
	for ends in close same-time; do
		awk -F '\t' -v c="$name" -v e="$ends" \
			'$1 == c && $2 == e { print $3 "\t" $4 > "in"; print $5 > "want" }' \
			"$DATA/vectors/deadlines.tsv"
		esc-calendar -c "$cal/$name.json" --day-ends "$ends" --batch in >got 2>warned
		same got want "--batch: $name, $ends"
	done
	awk -F '\t' -v c="$name" \
		'$1 == c { print $2 "\t" $3 > "in"; print $4 > "want" }' \
		"$DATA/vectors/elapsed.tsv"
	esc-calendar -c "$cal/$name.json" --between <in >got 2>warned
	same got want "--between: $name"
done
esc-calendar -c "$cal/office-london.json" --between in >file
esc-calendar -c "$cal/office-london.json" --between - <in >pipe
same file pipe 'a file is a pipe'

printf '%s\t%s\r\n' 2026-12-22T12:00:00Z 30bm >in
printf '%s\n' '' nonsense "2026-12-22T12:00:00Z${tab}2w" \
	"2026-12-22T12:00:00${tab}2d" >>in
printf '2026-12-22T12:00:00Z\t1d' >>in
run esc-calendar -c "$office" --batch in
answers 65 "2026-12-22T12:30:00Z




2026-12-23T12:00:00Z" "esc-calendar: in:2: expected two columns, a time and a duration, and a tab between
esc-calendar: in:3: expected two columns, a time and a duration, and a tab between
esc-calendar: in:4: expected a duration such as 2bd, 8bh, 30bm, 2d, 8h or 30m; got \"2w\"
esc-calendar: in:5: no zone: end it with Z or an offset; got \"2026-12-22T12:00:00\"" \
	'--batch: refused lines, CR LF, no newline at the end'

head -c 2000000 /dev/zero | tr '\0' x >in
printf '\n2026-12-22T12:00:00Z\t1d\n' >>in
run esc-calendar -c "$office" --batch in
answers 65 "
2026-12-23T12:00:00Z" 'esc-calendar: in:1: longer than 1048576 bytes' \
	'--batch: a line without end'

run esc-calendar -c "$office" --between 2026-12-24T15:00:00Z \
	2026-12-23T17:00:00Z
answers 0 -12600 '' '--between: two operands, reversed'

# --- show --------------------------------------------------------------
run esc-calendar -c "$office" --show 2026-12
is "$(plain)" 'December 2026, Europe/London

   Mon    Tue    Wed    Thu    Fri    Sat    Sun
            1      2      3      4      5      6
         8:30   8:30   8:30   8:30      -      -
     7      8      9     10     11     12     13
  8:30   8:30   8:30   8:30   8:30      -      -
    14     15     16     17     18     19     20
  8:30   8:30   8:30   8:30   8:30      -      -
    21     22     23     24*    25*    26     27
  8:30   8:30   8:30   3:00      -      -      -
    28*    29     30     31
     -   8:30   8:30   8:30

    24*  Christmas Eve, 09:00-12:00
    25*  holiday
    28*  holiday
open 173:00 on 21 days' '--show draws a month'
run esc-calendar -c "$cal/always-new-york.json" --show 2026-11
like "$out" '^ 24:00  24:00  24:00  24:00  24:00  24:00  24:00$' 'around the clock'
like "$out" ' 25:00$' 'a day of 25 hours'
like "$out" '^     1~  clocks go back by 1:00 at 02:00$' 'and why'
like "$out" '^open 721:00 on 30 days$' 'and the sum'
run esc-calendar -c "$cal/always-new-york.json" --show 2026-03
like "$out" ' 23:00$' 'a day of 23 hours'
run esc-calendar -c "$cal/half-hour-lord-howe.json" --show 2026-04
like "$out" '^     5~  clocks go back by 0:30 at 02:00$' 'half an hour'
run esc-calendar -c "$DATA/calendars/day-apia.json" --show 2011-12
like "$out" '^  8:00   8:00   8:00   8:00   none   8:00$' 'a date that was skipped'
like "$out" '^open 240:00 on 30 days$' 'a month of 30 days'
run esc-calendar -c "$DATA/calendars/night-st-johns.json" --show 2010-11
like "$out" '^ .*     6      7~$' "St. John's"
like "$out" '^ .*   1:59   0:31$' 'a minute of Sunday before the end of Saturday'

# --- explain -----------------------------------------------------------
run esc-calendar -c "$office" --add 2bd --explain 2026-12-23T17:00:00Z
is "$(plain)" '2026-12-23T17:00:00Z 2026-12-23T17:30:00Z    1800 counted Wed 17:00-17:30, day 0
2026-12-23T17:30:00Z 2026-12-24T00:00:00Z       0 closed  Wed 17:30-Thu 00:00
2026-12-24T00:00:00Z 2026-12-24T09:00:00Z       0 holiday Thu 00:00-09:00, Christmas Eve
2026-12-24T09:00:00Z 2026-12-24T12:00:00Z   10800 counted Thu 09:00-12:00, Christmas Eve, day 1
2026-12-24T12:00:00Z 2026-12-25T00:00:00Z       0 holiday Thu 12:00-Fri 00:00, Christmas Eve
2026-12-25T00:00:00Z 2026-12-26T00:00:00Z       0 holiday Fri 00:00-Sat 00:00
2026-12-26T00:00:00Z 2026-12-28T00:00:00Z       0 closed  Sat 00:00-Mon 00:00
2026-12-28T00:00:00Z 2026-12-29T00:00:00Z       0 holiday Mon 00:00-Tue 00:00
2026-12-29T00:00:00Z 2026-12-29T09:00:00Z       0 closed  Tue 00:00-09:00
2026-12-29T09:00:00Z 2026-12-29T17:30:00Z   30600 counted Tue 09:00-17:30, day 2
counted 43200 s of 520200 s, Europe/London
2026-12-29T17:30:00Z' '--explain: a ledger, a sum, the deadline'
like "$out" '\(zone data (20[0-9][0-9][a-z]+|unknown)\)$' 'and the zone data'

run esc-calendar -c "$office" --between --explain 2026-03-30T09:00:00Z \
	2026-03-27T17:00:00Z
is "$(plain)" '2026-03-27T17:00:00Z 2026-03-27T17:30:00Z    1800 counted Fri 17:00-17:30
2026-03-27T17:30:00Z 2026-03-29T01:00:00Z       0 closed  Fri 17:30-Sun 02:00
2026-03-29T01:00:00Z 2026-03-29T01:00:00Z       0 dst     clocks go forward by 3600 s
2026-03-29T01:00:00Z 2026-03-30T08:00:00Z       0 closed  Sun 02:00-Mon 09:00
2026-03-30T08:00:00Z 2026-03-30T09:00:00Z    3600 counted Mon 09:00-10:00
counted -5400 s of -230400 s, Europe/London
-5400' '--explain: a change of the clocks, and a negative sum'

run esc-calendar -c "$office" --add 2h --explain 2026-12-25T10:00:00Z
is "$(plain)" '2026-12-25T10:00:00Z 2026-12-25T12:00:00Z    7200 counted plain time
counted 7200 s of 7200 s, Europe/London
2026-12-25T12:00:00Z' '--explain: plain time counts all'

# Every ledger is without gaps, and its counted seconds add up.
awk -F '\t' '$1 == "early-sao-paulo" { print $2 "\t" $3 }' \
	"$DATA/vectors/elapsed.tsv" >in
esc-calendar -c "$cal/early-sao-paulo.json" --between --explain <in >ledgers
# shellcheck disable=SC2016 # awk's fields
ok 'ledgers have no gaps and add up' awk '
	/^20/ { if (last != "" && $1 != last) bad = 1; last = $2; sum += $3 }
	/^counted/ { if ($2 != sum && $2 != -sum) bad = 1; total = $2 }
	/^-?[0-9]+$/ { if ($1 != total) bad = 1; n++; sum = 0; last = "" }
	END { exit bad || n != 120 }' ledgers

# --- the years that the holidays cover ---------------------------------
years='esc-calendar: warning: calendar london knows the holidays of 2026 to 2028; outside of that it has none by date'
run esc-calendar -c london --add 2bd 2031-12-24T10:00:00Z 2025-12-24T10:00:00Z
answers 0 "2031-12-26T17:30:00Z
2025-12-26T17:30:00Z" "$years" 'outside of the years of the holidays: once a run'
run esc-calendar -c london --add 2bd 2028-12-29T17:00:00Z
answers 0 2029-01-02T17:30:00Z "$years" 'a deadline outside'
run esc-calendar -c london --between 2025-12-31T00:00:00Z 2026-01-05T00:00:00Z
answers 0 61200 "$years" '--between: one outside'
run esc-calendar -c london --between 2029-01-01T00:00:00Z 2026-01-01T00:00:00Z
is "$err" '' '--between: all of them'
run esc-calendar -c london --show 2029-01
is "$err" "$years" '--show: outside'
run esc-calendar -c sydney --show 2026-01
is "$err" '' '--show: the first month inside'
run esc-calendar -c london --add 2d 2031-12-24T10:00:00Z
is "$err" '' 'plain time needs no holidays'
run esc-calendar -c london --add 2bd 2028-12-22T10:00:00Z
is "$err" '' 'inside'
run esc-calendar -c "$cal/night-sydney.json" --add 2bd 2031-12-24T10:00:00Z
is "$err" 'esc-calendar: warning: calendar night-sydney knows the holidays of 2026; outside of that it has none by date' \
	'a single year'
run esc-calendar -c "$office" --add 2bd 2031-12-24T10:00:00Z
is "$err" '' 'yearly holidays and a few exceptions'

# --- calendars ---------------------------------------------------------
cat >bad.json <<'END'
{"timezone": "Europe/Lodnon", "hours": {"mon": ["09:00-17:00", "16:00-18:00"],
 "tus": []}, "holidays": ["2026-02-30"], "color": "red"}
END
run esc-calendar -c bad.json --add 2bd 2026-12-23T17:00:00Z
answers 78 '' 'esc-calendar: bad.json: /color: unknown key
esc-calendar: bad.json: /timezone: unknown time zone "Europe/Lodnon"
esc-calendar: bad.json: /hours/tus: unknown key
esc-calendar: bad.json: /hours/mon: hours overlap at 16:00
esc-calendar: bad.json: /holidays/0: no such day; got "2026-02-30"' \
	'every fault of a calendar, with its place'
run esc-calendar -c ./none.json --add 2bd 2026-12-23T17:00:00Z
answers 66 '' 'esc-calendar: ./none.json: no such file' 'no such file'
run esc-calendar -c nobody --add 2bd 2026-12-23T17:00:00Z
answers 78 '' 'esc-calendar: no policy and no calendar "nobody"' 'no such name'

for name in perfect-gym perfect-gym:ts-tl perfect-gym:other perfect-gym:warsaw \
	warsaw; do
	run esc-calendar -c "$name" --add 2bd 2026-11-20T03:00:00Z
	answers 0 2026-11-24T16:00:00Z '' "--calendar $name"
done
for name in perfect-gym:ts-tl-au perfect-gym:nz perfect-gym:sydney sydney; do
	run esc-calendar -c "$name" --add 2bd 2026-11-20T03:00:00Z
	answers 0 2026-11-24T06:00:00Z '' "--calendar $name"
done
run esc-calendar -c perfect-gym:nowhere --add 2bd 2026-11-20T03:00:00Z
answers 78 '' \
	'esc-calendar: policy perfect-gym has no queue, region or calendar "nowhere"' \
	'no such queue'
mkdir -p mine/calendars
sed 's/"day_ends": "close"/"day_ends": "same-time"/' \
	"$ROOT/lib/policies/perfect-gym.json" >mine/perfect-gym.json
run esc-calendar -c mine/perfect-gym.json --add 2bd 2026-11-20T10:00:00Z
answers 0 2026-11-24T10:00:00Z '' "a policy's file, and its day_ends"
run esc-calendar -c mine/perfect-gym.json:nz --add 2bd 2026-11-20T03:00:00Z
answers 0 2026-11-24T03:00:00Z '' "a queue of a policy's file"

printf '{"timezone":"UTC","hours":{"mon":["09:00-17:00"]},"holidays":[{"date":"2026-11-23","name":"\\u001b[31mred"}]}' >names.json
run esc-calendar -c names.json --show 2026-11
like "$out" '^    23\*  \\.*\[31mred$' 'a name cannot act on a terminal'
unlike "$out" "$(printf '\033')" 'no escape sequence passes'

# --- usage -------------------------------------------------------------
usage() {
	text=$1 name=$2
	shift 2
	run esc-calendar "$@"
	answers 64 '' "esc-calendar: $text
esc-calendar: try 'esc-calendar --help'" "$name"
}
usage 'give one of --add, --batch, --between and --show' 'no mode' -c "$office"
usage 'give one of --add, --batch, --between and --show' 'two modes' \
	-c "$office" --batch --show 2026-01
usage '--calendar is required' 'no calendar' --batch
usage '--explain goes with --add and --between' 'batch, explain' \
	-c "$office" --batch --explain
usage '--between takes two times, or a file of them' 'three times' \
	-c "$office" --between a b c
usage '--show takes no operands' 'show, operand' -c "$office" --show 2026-01 x
usage '--show: expected a month as YYYY-MM; got "2026-13"' 'month 13' \
	-c "$office" --show 2026-13
usage '--show: expected a year from 1900 to 2199' 'year 2200' \
	-c "$office" --show 2200-01
usage '--day-ends: expected close or same-time; got "never"' 'day ends never' \
	-c "$office" --add 1bd --day-ends never
usage '--add: expected a duration such as 2bd, 8bh, 30bm, 2d, 8h or 30m; got "2"' \
	'a duration without unit' -c "$office" --add 2

run esc-calendar -c "$office" --batch none.tsv
is "$status" 66 'a file that is missing'
if [ -e /dev/full ]; then
	run sh -c 'esc-calendar -c "$1" --show 2026-01 >/dev/full' sh "$rules"
	is "$status" 74 'a full disk'
fi
done_testing
