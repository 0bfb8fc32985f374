#!/bin/sh
# What goes through the record loop, byte for byte, and what is refused.
. "${0%/*}/../lib.sh"

# case_line N [MEMBERS]: a record that any reader takes.
case_line() {
	printf '{"v":1,"id":"ESC-01KAKZAX50000000000000%04d","policy":"s-club","policy_version":"0123456789ab","created":"2026-11-20T09:00:00Z",%s"events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"}],"state":"submitted"}' "$1" "${2-}"
}
pick() {
	run esc-pick --by tester --now 2026-11-21T12:00:00Z "$@"
}

# --- untouched ----------------------------------------------------------
{
	case_line 1 '"x_n":[78.34,1E2,-0,12345678901234567890,0.1,1e400],'
	echo
	case_line 2 '"x_t":"\u00e9\/\ud83d\ude00 \"\\ \b",  "x_sp" : { "a" : [ ] } , '
	echo
	case_line 3 '"x_u":"‮é😀",'
	echo
} >in.jsonl
pick in.jsonl
is "$status" 0 'records pass'
same "$WORK/out" in.jsonl 'untouched, byte for byte'
is "$err" '' 'without a word'

pick <in.jsonl
same "$WORK/out" in.jsonl 'stdin where no file is named'
pick - <in.jsonl
same "$WORK/out" in.jsonl '- is stdin'
cat in.jsonl in.jsonl in.jsonl >three.jsonl
cp in.jsonl copy.jsonl
pick in.jsonl - in.jsonl <copy.jsonl
same "$WORK/out" three.jsonl 'files and stdin, in the order given'
# shellcheck disable=SC2002 # a pipe, not a file
cat in.jsonl | esc-pick --by t >piped.jsonl
same piped.jsonl in.jsonl 'a pipe gives what a file gives'

{ case_line 1; printf '\n\n  \t\n\r\n'; case_line 2; } >gaps.jsonl
{ case_line 1; echo; case_line 2; echo; } >expected
pick gaps.jsonl
same "$WORK/out" expected 'blank lines are skipped; the last line needs no newline'
is "$status" 0 '... and are no fault'
{ case_line 1; printf '\r\n'; } >crlf.jsonl
pick crlf.jsonl
same "$WORK/out" crlf.jsonl 'CR before LF is white space, and stays'
pick /dev/null
answers 0 '' '' 'no input, no output'
printf '{"bad' >cut.jsonl
pick cut.jsonl
like "$err" '^esc-pick: cut\.jsonl:1: ' 'a line cut off at the end is refused'

# Many records, over many blocks, through pipes of any pace.
i=0
while [ $i -lt 60 ]; do
	case_line $i "\"description\":\"$(printf "%0$((i * 300))d" 0)\","
	echo
	i=$((i + 1))
done >many.jsonl
pick many.jsonl
same "$WORK/out" many.jsonl 'over the borders of blocks'
dd if=many.jsonl bs=997 status=none | esc-pick --by t >slow.jsonl
same slow.jsonl many.jsonl 'in pieces of 997 bytes'

# --- bad lines ----------------------------------------------------------
# in: good records hold "x_good":true; err: what is said; 65.
for dir in "$TESTS"/bad/line-*; do
	name=${dir##*/}
	cp "$dir/in" in
	grep -a '"x_good":true' in >expected
	pick in
	if [ "$status" = 65 ] && cmp -s expected "$WORK/out" &&
		cmp -s "$dir/err" "$WORK/err"; then
		pass "$name"
	else
		fail "$name" "status $status" "$(diff "$dir/err" "$WORK/err")" \
			"$(diff expected "$WORK/out")"
	fi
done

# --- --max-line ---------------------------------------------------------
good=$(case_line 7)
n=${#good}
printf '%s\n%s \n%s\n' "$good" "$good" "$good" >limit.jsonl
pick --max-line "$n" limit.jsonl
answers 65 "$good
$good" "esc-pick: limit.jsonl:2: longer than $n bytes (--max-line)" \
	'a line of just the limit passes, one byte more does not'
pick --max-line 4M many.jsonl
is "$status" 0 '4M is a size'
for size in 0 17M 16385K x 1.5M -1 ''; do
	pick --max-line "$size" many.jsonl
	is "$status" 64 "--max-line '$size' is refused"
done
{
	echo "$good"
	head -c 100000000 /dev/zero | tr '\0' x
	printf '\n%s\n' "$good"
	head -c 2000000 /dev/zero | tr '\0' y
} >huge.jsonl
# A sanitizer needs more room than the limit: without it there.
limit='ulimit -v 65536'
sh -c "$limit && esc-pick --version" >/dev/null 2>&1 || limit=:
run sh -c "$limit; exec esc-pick huge.jsonl"
answers 65 "$good
$good" 'esc-pick: huge.jsonl:2: longer than 1048576 bytes (--max-line)
esc-pick: huge.jsonl:4: longer than 1048576 bytes (--max-line)' \
	'100 MB in one line are skipped in bounded memory'
case_line 8 "\"description\":\"$(printf '%01100000d' 0)\"," >long.jsonl
echo >>long.jsonl
pick long.jsonl
is "$status" 65 'a record over 1 MiB is refused'
pick --max-line 2M long.jsonl
same "$WORK/out" long.jsonl '... and passes with --max-line 2M'

# --- newer records ------------------------------------------------------
printf '%s\n' '{"v":2,"new":1}' '{"v":3,"new":2}' >newer.jsonl
pick --tier 5 newer.jsonl
answers 0 '{"v":2,"new":1}
{"v":3,"new":2}' "esc-pick: warning: newer.jsonl:1: v: version 2 is newer than this program, which knows 1; passed on unchanged" \
	'a newer v passes through a reader, with one warning'

done_testing
