#!/bin/sh
# Bad input, and what must happen, in every program that reads records:
# refused with its place and reason, the rest processed; nothing hostile is
# ever printed raw; trouble with stdout is told.
# shellcheck disable=SC2317 # functions are called by with_each
. "${0%/*}/../lib.sh"

NOW=2026-11-21T12:00:00Z
version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
ESC_USER=tester
export ESC_USER

# How each program is run on records.  writer: appends or folds; reader:
# passes records on; report: prints something of its own.
cat >programs <<END
reader esc-pick
reader esc-sla-check --now $NOW
writer esc-fold --now $NOW
writer esc-note --now $NOW -m x
writer esc-note --now $NOW --at -1h --improve -m x
writer esc-triage --now $NOW --assign bob
writer esc-triage --now $NOW --auto
writer esc-promote --now $NOW -m x
writer esc-promote --now $NOW --auto
writer esc-resolve --now $NOW --outcome resolved -m x
report esc-sla-check --now $NOW --format text --show subject --fail-on never
report esc-report --now $NOW --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z
report esc-report --now $NOW --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --format json
END

# case_line N [MEMBERS]: an escalated case.
case_line() {
	printf '{"v":1,"id":"ESC-01KAKZAX50000000000000%04d","policy":"s-club","policy_version":"%s","created":"2026-11-20T09:00:00Z",%s"events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"},{"at":"2026-11-20T09:05:00Z","by":"ann","type":"accepted","tier":1}]}\n' \
		"$1" "$version" "${2-}"
}

# with_each FUNCTION: called as FUNCTION KIND COMMAND... for every program.
with_each() {
	while read -r kind command; do
		# shellcheck disable=SC2086 # a command and its options
		"$1" "$kind" $command
	done <programs
}

ids() {
	sed -n 's/.*"id":"\(ESC-[0-9A-Z]*\)".*/\1/p' "$1"
}

# --- bad lines ----------------------------------------------------------
# Every tests/bad/line-*, in which good records hold "x_good":true.
for dir in "$TESTS"/bad/line-*; do
	mkdir -p bad
	sed -e "s/\"policy_version\":\"0123456789ab\"/\"policy_version\":\"$version\"/" \
		-e '/"x_good":true/s/"submitted"}\]/"submitted"},{"at":"2026-11-20T09:05:00Z","by":"ann","type":"accepted","tier":1}]/' \
		"$dir/in" >"bad/${dir##*/}"
done
bad_lines() {
	kind=$1 wrong=
	shift
	for file in bad/line-*; do
		name=${file##*/}
		[ "$1 $name" != 'esc-report line-reject-line' ] || continue
		cp "$file" in
		run "$@" in
		sed "s/^esc-pick: /$1: /" "$TESTS/bad/$name/err" >want
		if [ "$status" != 65 ] || ! cmp -s want "$WORK/err"; then
			wrong="$wrong $name: status $status, $(diff want "$WORK/err")$newline"
		fi
		[ "$kind" != report ] || continue
		grep -a '"x_good":true' in >good
		ids good >want
		ids "$WORK/out" >got
		cmp -s want got || wrong="$wrong $name: the rest did not go on$newline"
	done
	is "$wrong" '' "$*: every bad line"
}
with_each bad_lines

# Forms as JSON lines: what no JSON reader should take.
form='{"trigger":"unresolved","subject":"s","description":"d","created":"2026-11-20T09:00:00Z"}'
for name in malformed bad-utf8 duplicate-key lone-surrogate nesting no-object nul; do
	n=$(grep -ac '"x_good":true' "$TESTS/bad/line-$name/in")
	sed "s/.*\"x_good\":true.*/$form/" "$TESTS/bad/line-$name/in" >in
	run esc-submit --policy s-club --now $NOW in
	sed 's/^esc-pick: /esc-submit: /' "$TESTS/bad/line-$name/err" >want
	same "$WORK/err" want "esc-submit: line-$name"
	is "$status $(printf '%s\n' "$out" | wc -l)" "65 $n" '... and the rest goes on'
done

# CSV as esc-import takes it: what concerns the file, not the form (41-bad-csv.t).
cat >map.json <<'END'
{"key":"case_number","created":"created",
 "time":{"formats":"%Y-%m-%dT%H:%M:%SZ","zone":"UTC"},
 "fields":{"case_number":"case_number","subject":"subject","impact":"impact"}}
END
for dir in "$TESTS"/bad/csv-*; do
	name=${dir##*/}
	case $name in csv-bad-values | csv-nameless-column | csv-reserved-name) continue ;; esac
	options=
	[ ! -f "$dir/options" ] || options=$(cat "$dir/options")
	cp "$dir/in" in
	# shellcheck disable=SC2086 # a list of options
	run esc-import --now $NOW --policy "$DATA/forms/desk.json" --map ./map.json $options in
	sed 's/^esc-submit: /esc-import: /' "$dir/err" >want
	same "$WORK/err" want "esc-import: $name"
	is "$(grep -c . <"$WORK/out")" "$(grep -c . <"$dir/out")" '... and the rest goes on'
	is "$status" "$(if grep -qv warning want; then echo 65; else echo 0; fi)" '... status'
done

# --- lines that are too long --------------------------------------------
head -c 100000000 /dev/zero | tr '\0' x >huge
{
	case_line 1
	cat huge
	echo
	case_line 2
} >huge.jsonl
limit='ulimit -v 65536'
sh -c "$limit && esc-pick --version" >/dev/null 2>&1 || limit=:
long_lines() {
	kind=$1
	shift
	run sh -c "$limit; exec \"\$@\"" sh "$@" huge.jsonl
	is "$status $err" "65 $1: huge.jsonl:2: longer than 1048576 bytes (--max-line)" \
		"$*: 100 MB in one line"
	[ "$kind" = report ] || is "$(ids "$WORK/out" | wc -l)" 2 '... and the rest goes on'
	case_line 3 >in
	case_line 4 '"x_more":1,' >>in
	run "$@" --max-line "$(($(case_line 3 | wc -c) - 1))" in
	is "$status" 65 '... --max-line'
	if [ "$kind" = writer ]; then
		like "$err" 'in:[12]: (longer than|the record would be longer than) [0-9]+ bytes' \
			'... also of what it would write'
	else
		like "$err" 'in:2: longer than [0-9]+ bytes \(--max-line\)$' '... of what it reads'
	fi
}
with_each long_lines
{ echo "$form" && cat huge && echo && echo "$form"; } >huge.jsonl
run sh -c "$limit; exec esc-submit --policy s-club --now $NOW huge.jsonl"
is "$status $err" '65 esc-submit: huge.jsonl:2: longer than 1048576 bytes (--max-line)' \
	'esc-submit: 100 MB in one line'
{ echo 'subject,trigger,description' && printf 'a,unresolved,"' && cat huge && printf '"\nb,unresolved,d\n'; } >huge.csv
run sh -c "$limit; exec esc-submit --policy s-club --csv --now $NOW huge.csv"
is "$status $(printf '%s\n' "$out" | grep -c '"subject":"b"')" '65 1' 'esc-submit --csv: 100 MB in one row'
like "$err" 'huge\.csv:2: .*longer than 1048576 bytes' '... is said'
rm -f huge huge.jsonl huge.csv

# --- records of a later version -----------------------------------------
{ case_line 1 && echo '{"v":2,"id":7,"new":1E2}' && case_line 2; } >newer.jsonl
newer() {
	kind=$1
	shift
	run "$@" newer.jsonl
	text="newer.jsonl:2: v: version 2 is newer than this program, which knows 1"
	case $kind in
	reader) is "$status $err" "0 $1: warning: $text; passed on unchanged" "$*: v 2"
		is "$(sed -n 2p "$WORK/out")" '{"v":2,"id":7,"new":1E2}' '... as it was' ;;
	report)
		case $1 in
		esc-sla-check) is "$status $err" "65 $1: $text" "$*: v 2: nobody judged it" ;;
		*) is "$status $err" "0 $1: warning: $text; left out" "$*: v 2" ;;
		esac ;;
	writer) is "$status $err" "78 $1: $text" "$*: v 2"
		is "$(ids "$WORK/out" | wc -l)" 1 '... ends it' ;;
	esac
}
with_each newer

# --- instants -----------------------------------------------------------
case_line 1 >in
tab=$(printf '\t')
while IFS=$tab read -r time why; do
	while read -r command; do
		# shellcheck disable=SC2086 # a command and its options
		run $command "$time" in </dev/null
		is "$status" "$(case $command in *--at | *--expected | *--set-due | *--due) echo 65 ;; *) echo 64 ;; esac)" \
			"$command $time is refused"
		like "$err" "$why" '... with the reason'
	done <<-END
		esc-note --now $NOW -m x --at
		esc-note --now $NOW -m x --update --expected
		esc-note -m x --now
		esc-sla-check --now
		esc-report --month 2026-11 --now
		esc-report --now $NOW --to $NOW --from
		esc-submit --policy s-club --now
		esc-triage --auto --now
		esc-promote --auto --now
		esc-resolve --close --now
		esc-fold --now
	END
done <<END
2026-02-30T12:00:00Z${tab}no such day
2026-11-20T23:59:60Z${tab}leap seconds are not taken
2026-11-20T12:00:00${tab}zone
10000-01-01T00:00:00Z${tab}more than four digits
2026-11-20T12:00:00ZZ${tab}something follows
END
for field in created case_opened; do
	while IFS=$tab read -r time why; do
		printf '{"%s":"%s","trigger":"unresolved","subject":"s","description":"d"}\n' \
			$field "$time" >in
		run esc-submit --policy "$DATA/forms/desk.json" --now $NOW in
		is "$status" 65 "a form with $field $time is refused"
		like "$err" "$field: .*$why" '... with the reason'
	done <<-END
		2026-02-30T12:00:00Z${tab}no such day
		2026-11-20T23:59:60Z${tab}leap seconds are not taken
		2026-11-20T12:00:00${tab}zone
		10000-01-01T00:00:00Z${tab}more than four digits
	END
done

# --- the clock goes backwards -------------------------------------------
case_line 1 >in
for command in 'esc-note -m x' 'esc-triage --assign bob' 'esc-promote -m x' \
	'esc-resolve --outcome resolved -m x'; do
	# shellcheck disable=SC2086 # a command and its options
	run $command --now 2026-11-20T09:01:00Z in
	is "$status $err" "0 ${command%% *}: warning: in:1: now is earlier than the last event's recording, which is used" \
		"$command: now before the last event"
	like "$out" ',\{"at":"2026-11-20T09:05:00Z","by":"tester","type":"[a-z]*"' '... which is used'
done

# --- hostile texts ------------------------------------------------------
# Records are data, raw UTF-8, and no text output; messages and reports are.
raw='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c'
evil='\u001b[31m\u001b]0;x\u0007\u009b2J\u202e\u2066\u200f\u2028\r\n\u007f\u0008<b>'
raw_evil=$(printf '\033[31m\302\233\342\200\256\r\007x')
is_clean() { # NAME: no text output holds what a terminal obeys
	cp "$WORK/err" shown
	head -c 1 "$WORK/out" | grep -q '{' || cat "$WORK/out" >>shown
	is "$(LC_ALL=C grep -anP "$raw" shown | cat -v)" '' "$1"
}
printf '{"v":1,"id":"ESC-01KAKZAX500000000000000001","policy":"s-club","policy_version":"%s","created":"2026-11-20T09:00:00Z","subject":"%s","description":"%s","trigger":"%s","handler":"%s","requester":{"name":"%s","email":"%s"},"x_site":"%s","events":[{"at":"2026-11-20T09:00:00Z","by":"%s","type":"submitted"},{"at":"2026-11-20T09:05:00Z","by":"%s","type":"accepted","tier":1,"assignee":"%s","queue":"%s","priority":"%s"},{"at":"2026-11-20T09:06:00Z","by":"%s","type":"improved","text":"%s"},{"at":"2026-11-20T09:07:00Z","by":"%s","type":"%s"},{"at":"2026-11-20T10:06:00Z","by":"%s","type":"resolved","outcome":"%s","summary":"%s"}]}\n' \
	"$version" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" \
	"$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" >evil.jsonl
printf '{"v":1,"id":"%s","policy":"%s","policy_version":"%s","created":"%s","%s":1,"events":[{"at":"%s","by":1,"type":"noted","text":1}]}\n' \
	"$evil" "$evil" "$evil" "$evil" "$evil" "$evil" >>evil.jsonl
printf '{"v":1,"%s":1,"%s":2}\n\033[31m\n{"a":"\033]0;x\007"}\n' "$evil" "$evil" >>evil.jsonl
sed -n 1p evil.jsonl | sed "s/\"policy\":\"s-club\"/\"policy\":\"$(printf '%s' "$evil" | sed 's/\\/\\\\/g')\"/" >unknown.jsonl
sed -n 1p evil.jsonl | sed 's/ESC-01KAKZAX500000000000000001/'"$(printf '%s' "$evil" | sed 's/\\/\\\\/g')"'/' >id.jsonl
hostile() {
	kind=$1
	shift
	for file in evil.jsonl unknown.jsonl id.jsonl; do
		run "$@" $file
		is_clean "$*: $file: nothing raw"
	done
}
with_each hostile
while read -r command; do
	# shellcheck disable=SC2086 # a command and its options
	run $command "$raw_evil" evil.jsonl
	is_clean "$command: hostile options are shown"
done <<END
esc-pick --where
esc-pick --tier
esc-note --now
esc-note --at
esc-note -m x --amend
esc-note -m x --set-due
esc-triage --queue
esc-triage -m x --priority
esc-triage -m x --impact
esc-triage -m x --repin
esc-promote -m x --to
esc-promote -m x --due
esc-resolve -m x --outcome
esc-resolve --rate
esc-sla-check --verdict
esc-sla-check --format
esc-report --month
esc-report --month 2026-11 --tz
esc-report --month 2026-11 --group-by
esc-submit --policy
esc-submit --policy s-club --map
esc-submit --policy s-club --csv --encoding
esc-import --policy s-club --map
esc-calendar --calendar
esc-calendar --calendar s-club --add
esc-policy show
esc-fold --reject nowhere/x
END
run esc-report --now $NOW --month 2026-11 --group-by x_site evil.jsonl
is_clean 'esc-report --group-by a hostile field'
like "$out" '\\u\{202E\}' '... which is shown, escaped'
run esc-sla-check --now $NOW --format text --show subject --fail-on never evil.jsonl
like "$out" '\\u\{1B\}|\\e|\\x1B' 'a hostile subject is shown, escaped'
cp evil.jsonl "$raw_evil"
run esc-pick "$raw_evil"
is_clean 'a hostile file name'

# --- stdout -------------------------------------------------------------
case_line 1 >in
i=0
while [ $i -lt 300 ]; do case_line $i '"description":"'"$(printf '%01000d' 0)"'",'; i=$((i + 1)); done >many
stdout_fails() {
	kind=$1
	shift
	if [ -w /dev/full ]; then
		for file in in many; do
			"$@" $file >/dev/full 2>err
			is "$? $(cat err)" "74 $1: stdout: cannot write: No space left on device" \
				"$*: disk full, $file"
		done
	fi
	"$@" in >&- 2>err
	is "$?" 74 "$*: stdout closed"
	{ sleep 0.05; "$@" many 2>err; echo $? >code; } | :
	is "$(cat code) $(cat err)" '141 ' "$*: the reader is gone"
}
with_each stdout_fails
while read -r command; do
	# shellcheck disable=SC2086 # a command and its options
	if [ -w /dev/full ]; then
		$command >/dev/full 2>err </dev/null
		is "$? $(cat err)" "74 ${command%% *}: stdout: cannot write: No space left on device" \
			"$command: disk full"
	fi
	# shellcheck disable=SC2086
	{ sleep 0.05; $command 2>err </dev/null; echo $? >code; } | :
	is "$(cat code) $(cat err)" '141 ' "$command: the reader is gone"
done <<END
esc-submit --policy s-club --now $NOW --created $NOW --subject s --trigger unresolved --description d
esc-import --policy five-tier --now $NOW --map support-tickets $DATA/tickets/tickets.csv
esc-calendar --calendar s-club --now $NOW --show 2026-12
esc-calendar --calendar s-club --now $NOW --add 2bd $NOW
esc-policy list
esc-policy show s-club
esc-policy show --format json s-club
esc-triage --help
esc-report --version
END

done_testing
