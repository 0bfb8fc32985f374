#!/bin/sh
# --reject, --strict, --end-mark, --need-end, and every exit status of the
# record loop.
. "${0%/*}/../lib.sh"

case_line() {
	printf '{"v":1,"id":"ESC-01KAKZAX50000000000000%04d","policy":"s-club","policy_version":"0123456789ab","created":"2026-11-20T09:00:00Z","events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"}],"state":"submitted"}\n' "$1"
}
pick() {
	run esc-pick --by tester --now 2026-11-21T12:00:00Z "$@"
}
one=$(case_line 1)
two=$(case_line 2)

# --- --reject -----------------------------------------------------------
bad='{"v":1,"policy":"five-tier","subject":"A \"b\""}'
printf '%s\n  %s \nno \377JSON\n%s\n' "$one" "$bad" "$two" >in.jsonl
head='{"rejected":1,"at":"2026-11-21T12:00:00Z","by":"tester","program":"esc-pick"'
pick --reject refused in.jsonl
is "$status" 65 'refused lines: 65'
is "$out" "$one
$two" 'the rest goes on'
is "$(cat refused)" "$head,\"policy\":\"five-tier\",\"source\":\"in.jsonl:2\",\"errors\":[{\"field\":\"id\",\"error\":\"required\"},{\"field\":\"policy_version\",\"error\":\"required\"},{\"field\":\"created\",\"error\":\"required\"},{\"field\":\"events\",\"error\":\"required\"}],\"record\":$bad}
$head,\"source\":\"in.jsonl:3\",\"errors\":[{\"error\":\"byte 1: an object was expected\"}],\"line_b64\":\"bm8g/0pTT04=\"}" \
	'the reject file says why, and what it was'
is "$(printf '%s\n' "$err" | wc -l)" 5 'one line on stderr for each fault'
like "$err" '^esc-pick: in\.jsonl:2: created: required$' 'place, field, reason'
for text in a ab abc abcd; do
	printf '%s' "$text" >in
	pick --reject refused in
	is "$(sed 's/.*"line_b64":"\(.*\)"}/\1/' refused)" \
		"$(printf '%s' "$text" | base64)" "base64 of $text"
done
pick --reject refused <in
like "$(cat refused)" '"source":"-:1"' 'stdin is -'
pick --reject refused refused
answers 64 '' "esc-pick: --reject: refused is also an input
esc-pick: try 'esc-pick --help'" 'the reject file is no input'
ok '... and is still whole' test -s refused
# shellcheck disable=SC2094 # the fault that is tried
pick --reject refused <refused
is "$status" 64 '... not as stdin either'
pick --reject - in.jsonl
is "$status" 64 '--reject - is refused: stdout is for records'
echo old >refused
case_line 1 >good.jsonl
pick --reject refused good.jsonl
ok 'it is emptied where nothing is refused' test ! -s refused
pick --reject nowhere/refused good.jsonl
answers 73 '' 'esc-pick: nowhere/refused: cannot create: No such file or directory' \
	'a reject file that cannot be made: 73'
if [ -w /dev/full ]; then
	pick --reject /dev/full in.jsonl
	is "$status" 74 'a reject file that cannot be written: 74'
fi
deep=$(printf '%063d' 0 | tr 0 '[')$(printf '%063d' 0 | tr 0 ']')
printf '{"x":%s}\n' "$deep" >in
pick --reject refused in
like "$(cat refused)" '"line_b64":"' 'a record too deep to be wrapped goes as bytes'
printf '{"v":1}\n' >'odd
name'
pick --reject refused 'odd
name'
like "$err" '^esc-pick: odd\\nname:1: id: required$' 'names are shown on one line'
like "$(cat refused)" '"source":"odd\\nname:1"' '... and are escaped in the reject line'
cp "odd
name" "$(printf 'x\377')"
pick --reject refused "$(printf 'x\377')"
like "$(cat refused)" '"source":"x\\\\x\{FF\}:1"' 'a name that is no UTF-8 is made visible'
pick refused
like "$err" 'refused:1: a reject line, not a case$' 'a reject line is no case'

# --- --strict -----------------------------------------------------------
printf '%s\nbad\n%s\nbad\n' "$one" "$two" >in.jsonl
pick --strict --end-mark in.jsonl good.jsonl
answers 65 "$one" 'esc-pick: in.jsonl:2: byte 1: an object was expected' \
	'--strict stops at the first, and ends without an end mark'

# --- end marks ----------------------------------------------------------
pick --end-mark in.jsonl
is "$out" "$one
$two
{\"end\":true,\"records\":2}" 'refused lines do not prevent the end mark; it counts what was written'
pick --end-mark --state closed in.jsonl
is "$out" '{"end":true,"records":0}' 'an empty stream has an end mark too'
pick --end-mark nofile in.jsonl
unlike "$out" end 'input that is missing prevents it'
is "$status" 66 '... and is 66'

marked() {
	printf '%s\n%s\n{"end":true,"records":%s}\n' "$one" "$two" "$1"
}
marked 2 >ended.jsonl
marked 1 >wrong.jsonl
pick ended.jsonl
answers 0 "$one
$two" '' 'an end mark is dropped'
pick wrong.jsonl
is "$status" 0 '... whatever it counts, where none is asked for'
pick --need-end ended.jsonl
answers 0 "$one
$two" '' '--need-end is content with it'
pick --need-end --end-mark wrong.jsonl
is "$status" 65 'a wrong count: 65'
is "$err" 'esc-pick: wrong.jsonl:3: the end mark counts 1 records; 2 came before it' '... and which'
unlike "$out" end '... and no end mark of its own'
pick --need-end good.jsonl
answers 65 "$one" 'esc-pick: good.jsonl: the end mark is missing' 'a missing end mark: 65'
pick --need-end /dev/null
is "$status" 65 'nothing at all has no end mark'
cat ended.jsonl ended.jsonl >both.jsonl
pick --need-end both.jsonl
is "$status" 0 'streams put together: each has its own'
cat ended.jsonl good.jsonl >after.jsonl
pick --need-end after.jsonl
answers 65 "$one
$two
$one" 'esc-pick: after.jsonl:3: the end mark is not the last line; 1 came after it' \
	'records after the last end mark: it is there, but not the last'
(cat ended.jsonl; echo '{"x":1}') >follows.jsonl
pick --need-end follows.jsonl
like "$err" '^esc-pick: follows.jsonl:3: the end mark is not the last line; 1 came after it$' '... a refused line too'
pick --need-end follows.jsonl good.jsonl
like "$err" '^esc-pick: good.jsonl: the end mark is missing$' '... and each file for itself'
cat ended.jsonl >open.jsonl
echo >>open.jsonl
pick --need-end open.jsonl
is "$status" 0 'blank lines after it do no harm'
printf '%s\nbad\n{"end":true,"records":2}\n' "$one" >in
pick --need-end in
is "$err" 'esc-pick: in:2: byte 1: an object was expected' 'a refused line counts among those that came'
pick --need-end ended.jsonl good.jsonl
is "$status" 65 'each file needs its own'
esc-pick --by t --end-mark good.jsonl | esc-pick --by t --need-end >piped
same piped good.jsonl 'one program ends what the next needs ended'

# --- files that cannot be read -----------------------------------------
pick nofile good.jsonl . good.jsonl
answers 66 "$one
$one" 'esc-pick: nofile: cannot open: No such file or directory
esc-pick: .: is a directory' 'a missing file and a folder: said, the others read, 66'
pick <.
is "$err" 'esc-pick: -: is a directory' 'a folder as stdin'
printf 'bad\n' >in
pick in nofile
is "$status" 66 '66 wins over 65'
chmod 0 in
if [ ! -r in ]; then
	pick in good.jsonl
	answers 77 '' 'esc-pick: in: cannot open: Permission denied' 'not allowed: 77, at once'
fi
run esc-pick --by t <&-
answers 74 '' 'esc-pick: -: cannot read: Bad file descriptor' 'stdin closed: 74'

# --- stdout in trouble --------------------------------------------------
i=0
while [ $i -lt 2000 ]; do case_line $i; i=$((i + 1)); done >many.jsonl
if [ -w /dev/full ]; then
	esc-pick --by t many.jsonl >/dev/full 2>err
	is "$? $(cat err)" '74 esc-pick: stdout: cannot write: No space left on device' 'disk full: 74'
	esc-pick --by t good.jsonl >/dev/full 2>err
	is $? 74 '... also when it shows at the end only'
	esc-pick --help >/dev/full 2>err
	is $? 74 '... and for --help'
fi
esc-pick --by t good.jsonl >&- 2>err
is "$? $(cat err)" '74 esc-pick: stdout: cannot write: Bad file descriptor' 'stdout closed: 74'
esc-pick --by t --state closed good.jsonl >&- 2>err
is "$? $(cat err)" '0 ' '... but where there is nothing to write'
rm -f refused
esc-pick --by t --reject refused many.jsonl >&- 2>/dev/null
ok 'a file opened later does not become stdout' test ! -s refused
(ulimit -f 8 && trap '' XFSZ && exec esc-pick --by t many.jsonl >limited 2>err)
is "$? $(cat err)" '74 esc-pick: stdout: cannot write: File too large' 'over the file size limit: 74'
{ esc-pick --by t many.jsonl many.jsonl many.jsonl 2>err; echo $? >code; } | head -1 >/dev/null
is "$(cat code) $(cat err)" '141 ' 'the reader is gone: SIGPIPE, silently'
{ sh -c 'trap "" PIPE; exec esc-pick --by t many.jsonl many.jsonl many.jsonl' 2>err
	echo $? >code; } | head -1 >/dev/null
is "$(cat code) $(cat err)" '141 ' '... also where it was ignored'

# --- live ---------------------------------------------------------------
mkfifo fifo
esc-pick --by t <fifo >live &
exec 3>fifo
case_line 1 >&3
tries=0
while [ ! -s live ] && [ $tries -lt 100 ]; do
	sleep 0.05
	tries=$((tries + 1))
done
same live good.jsonl 'a record goes out before the next one is waited for'
exec 3>&-
wait

done_testing
