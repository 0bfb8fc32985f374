#!/bin/sh
# esc report: the pipeline that it stands for, what it reads, one status.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
now=2026-12-01T09:00:00Z

new_store
fill 4 # escalated on 2026-11-16
act_on 1 2026-11-17T10:00:00Z esc-resolve --outcome resolved -m mended --close
act_on 2 2026-11-29T10:00:00Z esc-resolve --outcome resolved -m mended --close
act_on 3 2026-11-18T10:00:00Z esc-triage --cancel -m 'not ours'
unset ESC_NOW

run esc report --help
like "$status $out" '^usage: esc report ' 'the page of the verb'
is "$(esc report --list-options | cut -f 1 | sort | uniq -d)" '' 'no option is listed twice'

# --- the bytes are those of all cases -----------------------------------
# same_as_all OPTION...: and how many cases are read.
same_as_all() {
	esc-cat --all | esc-report --now $now "$@" >want
	run esc report --now $now "$@"
	is "$status $err" '0 ' "esc report $*"
	same "$WORK/out" want '... the bytes of all cases'
}
for format in text json; do
	same_as_all --month 2026-11 --format $format
	same_as_all --month 2026-12 --format $format
	same_as_all --from 2026-11-20 --tz Pacific/Auckland --format $format
done
same_as_all
same_as_all --to 2026-11-18
same_as_all --month 2026-11 --tz UTC --group-by state
same_as_all --from 2026-11-25 --to 2026-11-27 --compare previous --format json
same_as_all --month 2026-11 --rejudge s-club
run env ESC_NOW=2026-11-16T12:00:00Z esc report --month 2026-11 --format json
is "$(printf '%s\n' "$out" | jq -c '[.cases.open, .cases.closed]')" '[4,0]' 'a now of the past'
run esc report --month 2026-11 --now $now --format json --case-number C-1,C-2
is "$(printf '%s\n' "$out" | jq -c .cases.submitted)" 2 'of chosen cases'
run esc report --month 2026-11 --now $now --format json "$(nth 2)"
is "$(printf '%s\n' "$out" | jq -c .cases.submitted)" 1 'of one case'
run esc report --month 2026-11 --now $now --format json --until 2026-11-17T00:00:00Z
is "$(printf '%s\n' "$out" | jq -c '[.cases.open, .cases.closed]')" '[4,0]' 'as it was then'
run esc report --month 2026-11 --now $now --format json --open
is "$(printf '%s\n' "$out" | jq -c .cases.submitted)" 1 'cases that are open now'
run esc report --month 2026-11 --now $now --format json --open --until 2026-11-17T00:00:00Z
is "$(printf '%s\n' "$out" | jq -c .cases.submitted)" 4 '... and that were then'

# --- what is read, and what goes where ----------------------------------
mkdir fake
cp "$BIN/esc" fake/esc
for name in esc-cat esc-report; do
	cat >fake/$name <<-'END'
		#!/bin/sh
		printf '%s\n' "$@" >"${0##*/}.args"
	END
	chmod +x fake/$name
done
fake=$PWD/fake/esc
# reads WANT OPTION...: what esc-cat is asked for.
reads() {
	want=$1
	shift
	run "$fake" report --now $now "$@"
	is "$status $(grep -E -e '^--(all|due|open|since)' esc-cat.args | paste -sd ' ')" "0 $want" \
		"reads $want: $*"
}
reads --since=2026-11-01T00:00:00Z --month 2026-11 --tz UTC
reads --since=2026-10-31T11:00:00Z --month 2026-11 --tz Pacific/Auckland
reads --since=2026-10-25T00:00:00Z --month 2026-11
reads --since=2026-10-01T00:00:00Z --month 2026-11 --tz UTC --compare previous
reads --since=2026-11-13T00:00:00Z --from 2026-11-15 --to 2026-11-17 --tz UTC --compare previous
reads --since=2026-11-15T12:00:00Z --from 2026-11-15T12:00:00Z --tz UTC
reads --since=2026-11-30T09:00:00Z --from=-1d --tz UTC
reads --all
reads --all --to 2026-11-20
reads --all --month 2026-11 --rejudge s-club
reads --all --month 2026-11 --all
reads --since=2026-11-20T00:00:00Z --month 2026-11 --since 2026-11-20T00:00:00Z
reads '--since=2026-11-01T00:00:00Z --open' --month 2026-11 --tz UTC --open
reads --open --open
reads '' --queue q
reads '' -- ID
reads --all --month 0000-01
mkdir .esc
echo 'tz = UTC' >.esc/config
reads --since=2026-11-01T00:00:00Z --month 2026-11
rm -r .esc
run "$fake" report --month 2026-11 --now $now --group-by tier --format text:a --format json 'a b'
is "$(paste -sd ' ' esc-report.args)" "--month=2026-11 --group-by=tier --format=text:a --format=json \
--now=$now --need-end --max-line=1048576" 'what esc-report is given'
is "$(paste -sd ' ' esc-cat.args)" \
	"--since=2026-10-25T00:00:00Z --wait=30 --now=$now --end-mark -- a b" '... and esc-cat'
# Every option that is listed goes to a stage, with its value as it was.
value() {
	case $1 in
	--now | --from | --to) echo $now ;;
	--wait | --max-line) echo 77 ;;
	--tz) echo Europe/London ;;
	--group-by) echo tier ;;
	*) echo "it's \"a b\" *" ;;
	esac
}
esc report --list-options | grep '^--' |
	grep -vE -e '^--(help|version|list-options|month|from|compare|merge)	?' >options
while IFS="$(printf '\t')" read -r option arg _; do
	want=$option${arg:+=$(value "$option")}
	run "$fake" report --now $now "$want"
	got=$(grep -lF -e "${want#--by=}" esc-cat.args esc-report.args | paste -sd ' ')
	case $option in
	--now | --by | --end-mark) is "$got" 'esc-cat.args esc-report.args' "$option goes to both" ;;
	*)
		if esc-report --list-options | grep -q "^$option	\|^$option$"; then
			is "$got" esc-report.args "$option goes to esc-report"
		else
			is "$got" esc-cat.args "$option goes to esc-cat"
		fi ;;
	esac
done <options
ok 'all of them were looked at' [ "$(wc -l <options)" -gt 25 ]

# --- trouble ------------------------------------------------------------
run esc report --month 2026-11 --merge
is "$status $(esc report --list-options | grep -c '^--merge')" '64 0' '--merge reads no cases'
for wrong in '--month 2026-13' '--compare previous' '--group-by events' \
	'--month 2026-11 --from 2026-11-01' '--tz Nowhere/Else'; do
	# shellcheck disable=SC2086 # options
	run esc report --now $now $wrong
	like "$status $out$err" '^64 esc report: ' "$wrong"
done
run esc report --month 2026-11 --now $now --store nowhere
like "$status $out$err" '^66 esc-cat: nowhere: ' 'no store, one message'
run esc report --month 2026-11 --now $now --format text:page --case-number 'C-1' ESC-NOSUCH
is "$status $out" '66 ' 'a case that is not there: no report'
ok '... and no file' [ ! -e page ]
sed -i '/"C-4"/s/Nobody came/nobody came/' store/log/000000000001.jsonl
run esc report --month 2026-11 --now $now
is "$status $out" '74 ' 'a damaged store: no report of half of it'
rm fake/esc-report
run env PATH=/usr/bin:/bin "$fake" report --month 2026-11 --now $now
like "$status $err" '^78 esc report: esc-report: not found' 'a program that is not there'
done_testing
