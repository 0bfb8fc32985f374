#!/bin/sh
# esc-report --partial and --merge: what is summed up, and what is refused.
. "${0%/*}/../lib.sh"
. "$TESTS/records.sh"

tiers=$(version_of five-tier)
NOW=2026-11-02T09:00:00Z

partial() {
	esc-report --now "$NOW" --partial "$@"
}

# refused ERE NAME: the last run printed nothing and said why.
refused() {
	is "$status $out" '65 ' "$2"
	like "$err" "$1" '... and it is said'
}

put 1 2026-10-05T09:00:00Z '"trigger":"unresolved","region":"emea","x_site":"Leeds",' \
	"$(event 10-05T09:10:00 accepted '"tier":1')" \
	"$(event 10-07T08:00:00 promoted '"from":1,"to":2,"auto":true')" \
	"$(event 10-08T12:00:00 resolved '"outcome":"o","summary":"a \"b\"\n\u202e\u001b"')" \
	"$(event 10-08T13:00:00 closed)" \
	"$(event 10-09T12:00:00 rated '"score":4')" \
	"$(event 10-09T13:00:00 improved '"text":"Look at the rota"')" >one
put 2 2026-10-31T23:30:00Z '"trigger":"policy-dispute","x_site":{"a \"b\"":[1]},' >two
put 3 2026-09-21T00:00:00Z '"trigger":"policy-dispute",' \
	"$(event 09-25T09:10:00 accepted '"tier":1')" >three
reject() {
	printf '{"rejected":1,"at":"%s","by":"x","program":"esc-submit","source":"f:1","errors":[{"field":"subject","error":"required"}],"line_b64":""}\n' "$1"
}
reject 2026-10-31T23:59:59Z >rejects
reject 2026-09-30T23:30:00Z >>rejects
cat one two rejects three >cases

for options in '' '--month 2026-10' '--month 2026-10 --compare previous' '--group-by x_site' \
	'--from 2026-09-30 --compare previous --rejudge five-tier --group-by trigger' \
	'--from 2026-10-05T09:00:00Z --to 2026-10-06 --tz Asia/Tokyo' '--month 2027-01'; do
	# shellcheck disable=SC2086
	for part in cases one two three rejects; do partial $options $part >$part.part; done
	for format in json text; do
		# shellcheck disable=SC2086
		esc-report --now "$NOW" $options --format $format cases >want
		esc-report --merge --format $format cases.part >got
		same got want "one partial, $format: $options"
		esc-report --merge --format $format rejects.part three.part one.part two.part >got
		same got want "four partials, $format: $options"
	done
	cat two.part rejects.part >both.part
	esc-report --merge --partial three.part both.part | esc-report --merge --partial one.part - >got
	same got cases.part "a partial of partials: $options"
	esc-report --merge --partial cases.part >got
	same got cases.part "a partial of one: $options"
	# shellcheck disable=SC2086
	partial $options /dev/null >none.part
	esc-report --merge --partial none.part cases.part none.part >got
	same got cases.part "the partial of no cases changes nothing: $options"
done

# No case has said the zone, and none does: UTC.
partial --month 2026-10 rejects >rejects.part
is "$(jq -r 'select(.partial).tz' rejects.part)" null 'without cases and --tz there is no zone'
run esc-report --merge --format json rejects.part
is "$(jq -c '.period.tz,.cases.refused' "$WORK/out" | tr '\n' ' ')" '"UTC" 1 ' 'a report of none is in UTC'
partial --month 2026-10 one >one.part
run esc-report --merge --format json rejects.part one.part
is "$(jq -c '.period.tz,.cases.refused' "$WORK/out" | tr '\n' ' ')" '"Europe/London" 2 ' 'the zone of others decides about its reject lines'

# The same period said in another way.
partial --from 2026-10-01 --to 2026-11-01 one >other.part
same other.part one.part 'a month is its dates'
partial --from 2026-09-30T23:00:00Z --to 2026-11-01 one >other.part
same other.part one.part '... and its instants'
partial --from 2026-10-01 --to 2026-11-01 /dev/null >none.part
run esc-report --merge --partial none.part one.part
same "$WORK/out" one.part '... and those of no case'

# Of another report.
for difference in 'now --now 2026-11-02T09:00:01Z --month 2026-10' 'from --month 2026-09' \
	'to --from 2026-10-01' 'tz --month 2026-10 --tz UTC' 'group_by --month 2026-10 --group-by tier' \
	'compare --month 2026-10 --compare previous' 'rejudge --month 2026-10 --rejudge five-tier'; do
	key=${difference%% *}
	# shellcheck disable=SC2086
	esc-report --now $NOW ${difference#* } --partial one >other.part
	run esc-report --merge one.part other.part
	refused "^esc-report: other.part:1: $key: .* before: make all with one " "another $key"
	run esc-report --merge --partial other.part one.part
	refused "^esc-report: one.part:1: $key: " "... in the other order"
done
partial --month 2026-10 --rejudge five-tier one >terms.part
sed "1s/$tiers/000000000000/" terms.part >other.part
run esc-report --merge terms.part other.part
refused '^esc-report: other.part:1: rejudge_version: 000000000000, and ' 'another version of the terms'

# Damage of every kind.
partial --month 2026-10 --group-by x_site cases >whole
lines=$(wc -l <whole)
i=1
bad=
while [ "$i" -le "$lines" ]; do
	head -n $((i - 1)) whole >short
	sed "${i}d" whole >without
	sed "${i}p" whole >twice
	for file in short without twice; do
		run esc-report --merge --format json $file
		[ "$status:$out" = 65: ] || bad="$bad $file at line $i: $status;"
	done
	i=$((i + 1))
done
is "$bad" '' "cut, left out, doubled: each of $lines lines"
: >nothing
run esc-report --merge whole nothing
refused '^esc-report: nothing: no partial in it$' 'an empty file'
head -n -1 whole >short
run esc-report --merge whole short
refused "^esc-report: short:$((lines - 1)): the partial that begins in line 1 has no end: it was cut" 'cut at the end of a line'
like "$err" '^esc-report: .*make it again with esc-report --partial$' 'with what to do'
head -c -1 whole >short
run esc-report --merge short
refused "^esc-report: short:$lines: the newline at the end is missing" 'cut by the last newline'
cat short whole >glued
run esc-report --merge glued
refused "^esc-report: glued:$lines: " '... and another put behind it'
{ head -n 9 whole; cat whole; } >glued
run esc-report --merge glued
refused '^esc-report: glued:10: a partial begins before the end of the one before it, which was cut' 'a cut one before a whole one'
sed '3s/"n":/"n":1/' whole >changed
run esc-report --merge changed
refused "^esc-report: changed:$lines: hash: " 'a changed figure'
sed 's/$/\r/' whole >changed
run esc-report --merge changed
refused "^esc-report: changed:$lines: hash: " 'other ends of lines'
sed '$s/}$/,"zz":1}/' whole >changed
run esc-report --merge changed
refused "^esc-report: changed:$lines: a member that esc-report does not know" 'more in the last line'
sed '1s/"partial":1/"partial":2/' whole >newer
run esc-report --merge newer
is "$status $out" '78 ' 'a later format'
like "$err" '^esc-report: newer:1: partial: 2, of a later release' '... is said to be one'
{ cat whole; echo '{"end":true,"records":9}'; } >marked
run esc-report --merge --partial marked
same "$WORK/out" whole 'an end mark behind it does no harm'

# The same part twice is a mistake, if it can be told.
partial --month 2026-10 --group-by x_site /dev/null >none.part
run esc-report --merge --partial whole none.part none.part marked
refused "^esc-report: marked:$lines: the end of the same partial as one before: its cases would count twice" 'the same partial twice'
run esc-report --merge --partial whole none.part none.part
same "$WORK/out" whole '... but one that names no case'

# What is no partial, and a partial where none is expected.
run esc-report --merge cases
refused '^esc-report: cases:1: a case, not a partial: report cases without --merge' 'cases'
run esc-report --merge rejects
is "$status $out" '65 ' 'reject lines'
run esc-report --now $NOW cases whole
refused '^esc-report: whole:1: a partial, not a case: --merge reads partials$' 'a partial among cases'
run esc-report --merge whole missing
is "$status $out" '66 ' 'a file that is missing'
for option in '--month 2026-10' '--from 2026-10-01' '--to 2026-10-01' '--tz UTC' \
	'--group-by tier' '--compare previous' '--rejudge s-club' '--partial --format json'; do
	# shellcheck disable=SC2086
	run esc-report --merge $option whole
	is "$status $out" '64 ' "--merge $option"
done
for option in '--format json:f' '--table cases' '--output-dir d'; do
	# shellcheck disable=SC2086
	run esc-report --now $NOW --partial $option cases
	is "$status $out" '64 ' "--partial $option"
done
run env ESC_NOW=2030-01-01T00:00:00Z esc-report --merge --format json whole
is "$(jq -r .now "$WORK/out")" "$NOW" 'now is that of the partials'
run esc-report --merge --now $NOW whole
is "$status $out" '64 ' '... and nobody says another'

# A line of a partial may be longer than one of a record: quotes are escaped.
put 4 2026-10-05T09:00:00Z '"x_site":[[LIST]],' | awk '{
	list = "\"a\""; for (i = 0; i < 240000; i++) list = list ",\"a\""
	sub("LIST", list); print }' >long
esc-report --now $NOW --group-by x_site --format json long >want
run sh -c "esc-report --now $NOW --group-by x_site --partial long | esc-report --merge --format json"
is "$status $err" '0 ' 'a value of nearly a line'
same "$WORK/out" want '... is the same'
is "$(awk 'length > 1048576' long | wc -l) $(partial --group-by x_site long | awk 'length > 1048576' | wc -l)" '0 1' '... in a longer line'

# --- an end mark behind a partial, of which no line is a record -------------
run sh -c "esc-report --now $NOW --partial --end-mark cases | esc-report --merge --need-end --format json"
is "$status $err" '0 ' 'a partial with an end mark'
is "$out" "$(esc-report --now $NOW --format json cases)" '... is the same'
for file in one two; do partial --end-mark $file; done >marked
run sh -c "esc-report --merge --need-end --partial --end-mark marked | tail -n 1"
is "$status $out" "0 {\"end\":true,\"records\":$(esc-report --merge --partial marked | wc -l)}" 'of several, and of their sum'
sed 1d marked >part-cut
run esc-report --merge --need-end part-cut
is "$status $out" '65 ' 'a line less'
sed '$d' marked >part-cut
run esc-report --merge --need-end part-cut
refused 'part-cut:[0-9]+: the end mark is not the last line' 'the mark missing'
run esc-report --now $NOW --end-mark one
unlike "$out" '"end"' 'a report has none'

run sh -c "esc-report --merge whole >/dev/full"
is "$status" 74 'a full disk'
run sh -c "{ esc-report --merge --partial whole; echo \$? >status; } | true"
like "$(cat status)" '^(0|141)$' 'a closed pipe'

done_testing
