#!/bin/sh
# esc check: which cases are read, which options go where, what is answered.
# What goes wrong is in 38-esc-check-trouble.t.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

breached=2026-11-18T10:00:00Z
quiet=2026-11-16T12:00:00Z
new_store
fill 3
unset ESC_NOW

# --- the program itself -------------------------------------------------
run esc
answers 64 '' "esc: expected a verb, one of check, report, help
esc: try 'esc --help'" 'without a verb'
run esc chekc
answers 64 '' "esc: expected a verb, one of check, report, help; got \"chekc\"
esc: try 'esc --help'" 'a verb that is none'
run esc help
is "$status" 0 'help'
like "$out" '^  check     [a-z]' '... lists the verbs'
cp "$WORK/out" page
run esc --help
same "$WORK/out" page '... and is --help'
run esc check --help
cp "$WORK/out" page
like "$status $out" '^usage: esc check ' 'the page of a verb'
run esc help check
same "$WORK/out" page '... by help, too'
is "$(esc check --list-options | cut -f 1 | sort | uniq -d)" '' 'no option is listed twice'
run esc --version
like "$status $out" '^0 esc [0-9.]+$' '--version'
run esc --all
like "$status $err" "^64 esc: unrecognized option '--all'" 'options stand behind the verb'

# --- the answer is the pipeline's ---------------------------------------
run esc check --now $quiet
answers 0 '0 cases' '' 'nothing is due'
esc-cat --due --now $breached | esc-sla-check --format text --now $breached >want
run esc check --now $breached
answers 1 "$(cat want)" '' 'limits are over'
run env ESC_NOW=$breached esc check
answers 1 "$(cat want)" '' '... by ESC_NOW'
for format in jsonl text csv tap junit prometheus github ics; do
	for now in $quiet $breached; do
		esc-cat --open --now "$now" | esc-sla-check --format $format --now "$now" >want
		status_want=$?
		run esc check --open --format $format --now "$now"
		is "$status" $status_want "--format $format at $now: status"
		same "$WORK/out" want '... and bytes'
	done
done
run esc check --format nagios --now $breached
like "$status $out" '^2 ESC CRITICAL' '--format nagios: over'
run esc check --format nagios --now 2026-11-17T15:00:00Z
like "$status $out" '^1 ESC WARNING' '... at risk'
run esc check --format nagios --now $quiet
like "$status $out" '^0 ESC OK' '... fine'
run esc check --format nagios --fail-on never --now $breached
is "$status" 0 '... never'

run esc check --format text:report --format json --now $breached
is "$status" 64 'a format that is none'
ok '... and nothing is written' [ ! -e report ]
run esc check --format text:report --format jsonl --now $breached
is "$status $(printf '%s\n' "$out" | jq -r .sla.verdict | uniq)" '1 breached' 'two formats'
esc-cat --due --now $breached | esc-sla-check --format text --now $breached >want
same report want '... one of them into a file'
run esc check --end-mark --format jsonl --now $breached
is "$(printf '%s\n' "$out" | tail -n 1)" '{"end":true,"records":3}' '--end-mark is of what is printed'

# --- ids ----------------------------------------------------------------
run esc check --format jsonl --now $quiet "$(nth 2)"
is "$status $(printf '%s\n' "$out" | jq -r .id)" "0 $(nth 2)" 'one case by its id'
end=$(nth 1)
run esc check --now $breached "${end#"${end%??????}"}"
like "$status $out" "^1 case: 1 breached$" 'by the end of it'
nth 3 >ids
run esc check --format jsonl --now $quiet - <ids
is "$(printf '%s\n' "$out" | jq -r .id)" "$(nth 3)" 'from standard input'
run esc check --now $breached 00000000
like "$status" '^66$' 'one that is not there'
like "$err" '^esc-cat: 00000000: no such case$' '... is named'

# --- which cases are read, and what goes where --------------------------
# The stages say what they were given instead of doing it.
mkdir fake
cp "$BIN/esc" fake/esc
for name in esc-cat esc-sla-check; do
	cat >fake/$name <<-'END'
		#!/bin/sh
		printf '%s\n' "$@" >"${0##*/}.args"
		echo "$ESC_STORE" >"${0##*/}.store"
	END
	chmod +x fake/$name
done
fake=$PWD/fake/esc

# reads WANT OPTION...: what esc-cat is asked for.
reads() {
	want=$1
	shift
	run "$fake" check --now $quiet "$@"
	is "$status $(grep -xE -e '--(all|due|open)' esc-cat.args | paste -sd ' ')" "0 $want" \
		"reads $want: $*"
}
reads --due
reads --due --format text
reads --due --format jsonl
reads --due --format csv
reads --due --format github --format nagios:tap
reads --due --format text:a,tap,ics
reads --due --fail-on risk
reads --due --fail-on never
reads --due --verdict breached,risk,exhausted,paused-breached
reads --due --explain
for format in tap junit prometheus ics; do
	reads --open --format $format
	reads --open --format text --format $format:FILE
done
reads --open --next
reads --open --horizon 2bd
for verdict in ok open-ended paused; do
	reads --open --verdict $verdict
	reads --open --verdict breached,$verdict,risk
done
for verdict in missed met ended none; do
	reads --all --verdict $verdict
	reads --all --verdict ok,$verdict
done
reads --all --fail-on missed
reads --all --baseline known
reads --all --budget 'missed_rate <= 5%'
reads --all --rejudge s-club
reads --all --format tap --fail-on missed
reads --open --open
reads --all --all
reads --due --due --format tap
reads '' --format tap --state escalated
reads '' --fail-on missed --where tier=1
reads '' --baseline known -w tier=1 -w queue=q
reads '' --mine
reads '' --format tap -- ID
run "$fake" check --due=+2h --now $quiet
is "$(grep -c -x -e '--due=+2h' esc-cat.args)" 1 '--due=TIME is passed on'
run "$fake" check --now $quiet
is "$(sort esc-sla-check.args | paste -sd ' ')" \
	"--format=text --max-line=1048576 --need-end --now=$quiet" 'what esc-sla-check is given at least'
is "$(paste -sd ' ' esc-cat.args)" "--due --until=$quiet --wait=30 --now=$quiet --end-mark --" \
	'... and esc-cat: of an instant that is past, as it was then'
run "$fake" check --now 2199-01-01T00:00:00Z
is "$(grep -c until esc-cat.args)" 0 '... of one that is not, by the index'
run "$fake" check
is "$(grep -c until esc-cat.args)" 0 '... nor of now'
run "$fake" check --next --now $quiet
is "$(grep -c -e --format esc-sla-check.args)" 0 '--next is no table'
run "$fake" check
is "$(grep -h -e '^--now=' esc-cat.args esc-sla-check.args | uniq | wc -l | tr -d ' ')" 1 \
	'both look at one instant'
like "$(cat esc-cat.args)" '^--now=20[0-9-]+T[0-9:]+Z$' '... of this machine'
run "$fake" check --now 2026-11-16T14:00:00+02:00
is "$(grep -h -e '^--now=' esc-cat.args esc-sla-check.args)" "--now=$quiet
--now=$quiet" '... in UTC'
run "$fake" check --store other --now $quiet
is "$(cat esc-sla-check.store)" other 'the other store has the policies'
run "$fake" check --now $quiet 'a b' '*' -- --all
is "$(sed -n '/^--$/,$p' esc-cat.args | paste -sd '|')" '--|a b|*|--all' 'ids as they are'

# Every option that is listed goes to a stage, with its value as it was.
value() {
	case $1 in
	--now) echo $quiet ;;
	--format) echo text ;;
	--wait | --max-line) echo 77 ;;
	*) echo "it's \"a b\" *" ;;
	esac
}
esc check --list-options | grep '^--' | grep -vE -e '^--(help|version|list-options)' >options
while IFS="$(printf '\t')" read -r option arg _; do
	want=$option${arg:+=$(value "$option")}
	run "$fake" check --now $quiet "$want"
	got=$(grep -lxF -e "$want" esc-cat.args esc-sla-check.args | paste -sd ' ')
	[ "$option" = --by ] && got=$(grep -lF -e "$(value --by)" esc-cat.args esc-sla-check.args | paste -sd ' ')
	case $option in
	--now | --open | --by) is "$got" 'esc-cat.args esc-sla-check.args' "$option goes to both" ;;
	--end-mark) is "$got" 'esc-cat.args esc-sla-check.args' "$option is asked of both" ;;
	*)
		if esc-cat --list-options | grep -q "^$option	\|^$option$" &&
			[ "$option" != --format ]; then
			is "$got" esc-cat.args "$option goes to esc-cat"
		else
			is "$got" esc-sla-check.args "$option goes to esc-sla-check"
		fi ;;
	esac
done <options
ok 'all of them were looked at' [ "$(wc -l <options)" -gt 30 ]

# --- where the programs are ---------------------------------------------
mkdir alone
cp "$BIN/esc" alone
run alone/esc check --now $quiet
answers 0 '0 cases' '' 'not beside it: by PATH'
run env PATH=/nowhere "$PWD/alone/esc" check --now $quiet
answers 78 '' 'esc check: esc-cat: not found, neither beside this program nor in PATH' 'nowhere'
ln -s "$BIN/esc" link
run env PATH=/nowhere "$PWD/link" check --now $quiet
answers 0 '0 cases' '' 'a link to it stands for its place'
printf 'not a program' >alone/esc-cat
chmod +x alone/esc-cat
run alone/esc check --now $quiet
is "$status" 78 'what cannot be run is 78'
like "$err" '^esc check: .*/alone/esc-cat: cannot be run: Exec format error$' '... and named'

# Nothing is open in a stage that was not before.
mkdir fds
cp "$BIN/esc" fds
for name in esc-cat esc-sla-check; do
	printf '#!/bin/sh\nexec ls -l /proc/self/fd >%s.fds\n' $name >fds/$name
	chmod +x fds/$name
done
numbers() {
	awk '/ -> / { print $(NF - 2) }' "$1.fds" | sort -n | paste -sd ' '
}
run fds/esc-cat
numbers esc-cat >before
run fds/esc check --now $quiet
for name in esc-cat esc-sla-check; do
	is "$(numbers $name)" "$(cat before)" "descriptors of $name"
done

# --- the nightly promotion ----------------------------------------------
if command -v bash >/dev/null; then
	nightly() {
		bash -c 'set -eo pipefail
			esc-cat --due --now "$1" | esc-sla-check --verdict breached --now "$1" |
				esc-promote --auto --now "$1" | esc-commit --now "$1"
			esc-cat --end-mark --due --now "$1" |
				esc-sla-check --need-end --end-mark --verdict breached --now "$1" |
				esc-promote --need-end --end-mark --auto --now "$1" |
				esc-commit --need-end --now "$1"' - "$1"
	}
	run nightly $quiet
	is "$status" 0 'nightly promotion with nothing to do'
	is "$(seq_of)" 3 '... does nothing'
	run nightly $breached
	is "$status" 0 'with something to do'
	is "$(esc-cat --all | jq -r .tier | uniq)" 2 '... does it'
	run nightly $breached
	is "$status $(seq_of)" '0 6' '... once'
	run esc check --now $breached
	is "$status" 0 '... and the gate is green'
fi
done_testing
