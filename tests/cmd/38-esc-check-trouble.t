#!/bin/sh
# esc check and --need-end where something fails: never 0, never a verdict.
# Ended by a signal is an answer here, so crashes are told by their status.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-18T10:00:00Z
new_store
fill 9

# try CMD...: like run, for what may end by a signal.
try() {
	"$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
	out=$(cat "$WORK/out")
	err=$(cat "$WORK/err")
}
# copies of the store to spoil
spoiled() {
	chmod -R u+w spoiled 2>/dev/null
	rm -rf spoiled
	cp -R store spoiled
	chmod -R u+w spoiled
}
# each_format STATUS NAME OPTION...: that status; 3 and UNKNOWN for nagios.
each_format() {
	want=$1 name=$2
	shift 2
	for format in text jsonl csv tap junit prometheus github ics; do
		run esc check --format $format --now $now "$@"
		is "$status" "$want" "$name: $format"
	done
	run esc check --format jsonl --end-mark --now $now "$@"
	is "$status" "$want" "$name: jsonl with an end mark"
	unlike "$out" '"end":true' '... which is not there'
	run esc check --format nagios --now $now "$@"
	like "$status $out" '^3 ESC UNKNOWN - ' "$name: nagios"
	run esc check --format prometheus:metrics --format text --now $now "$@"
	is "$status" "$want" "$name: two formats"
}

run esc check --format jsonl --end-mark --now $now
is "$(printf '%s\n' "$out" | tail -n 1 | jq -c .end)" true 'an end mark is there where nothing is amiss'

# --- the store ----------------------------------------------------------
each_format 66 'store gone' --store gone
ok '... no file is written' [ ! -e metrics ]
like "$err" '^esc-cat: gone: no case store there' '... and why'
is "$(printf '%s\n' "$err" | wc -l | tr -d ' ')" 1 '... but not what only follows from it'
run esc check --format nagios --now $now --store gone
is "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 1 'nagios: one line'
like "$out" '^ESC UNKNOWN - gone: no case store there[^;|]*$' "... with the reader's reason, and nothing of what was not judged"
like "$err" '^esc-cat: gone: no case store there' '... which stderr says too'
mkdir mountpoint
each_format 66 'a folder that is empty: not mounted' --store mountpoint
unset ESC_STORE
each_format 64 'no store is given'
like "$err" '^esc check: --store DIR or ESC_STORE is needed' '... is said once'
export ESC_STORE="$PWD/store"
esc-store init none
run esc check --store none --now $now
answers 0 '0 cases' '' 'a store without cases has none over their limits'

spoiled
sed -i 's/"v":1,"id"/"v":1,"Id"/; 5s/Nobody came/nobody came/' spoiled/log/000000000001.jsonl
each_format 74 'a damaged line' --store spoiled
each_format 74 '... read without the index' --store spoiled --no-index
run esc check --store spoiled --now $now
like "$err" 'log/000000000001.jsonl: offset [0-9]*, seq ' '... says where'
run esc check --store spoiled --now $now --format nagios
like "$out" '^ESC UNKNOWN - .*log/000000000001.jsonl: offset [0-9]*, seq [^|]*$' '... to monitoring too'
spoiled
printf X | dd of=spoiled/HEAD bs=1 seek=20 conv=notrunc status=none
run esc check --store spoiled --now $now
first=$status
spoiled
printf X | dd of=spoiled/HEAD bs=1 seek=276 conv=notrunc status=none
run esc check --store spoiled --now $now
is "$(printf '%s\n' "$first" "$status" | sort -n | paste -sd ' ')" '1 74' \
	'one slot of HEAD is damaged: trouble where it was in force'
spoiled
: >spoiled/HEAD
each_format 74 'HEAD is empty' --store spoiled
spoiled
truncate -s -200 spoiled/log/000000000001.jsonl
each_format 74 'the log is cut' --store spoiled
spoiled
rm spoiled/log/000000000001.jsonl spoiled/index.sqlite
each_format 74 'the log is gone' --store spoiled
spoiled
sed -i 's/"min_read":1/"min_read":2/' spoiled/FORMAT
each_format 78 'a newer store' --store spoiled
spoiled
: >spoiled/index.sqlite
run esc check --store spoiled --now $now
is "$status" 1 'an index that is damaged is made anew'

if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null &&
	setpriv --reuid 60009 --regid 60009 --clear-groups true 2>/dev/null; then
	mkdir "$WORK/bin"
	cp "$BIN"/esc "$BIN"/esc-* "$WORK/bin"
	chmod 755 "$WORK" "$WORK/t" "$WORK/home" "$WORK/bin"
	other() {
		setpriv --reuid 60009 --regid 60009 --clear-groups "$WORK/bin/esc" check --now $now "$@"
	}
	spoiled
	chown -R 60009:60009 spoiled
	run other --store spoiled
	is "$status" 1 'another user reads'
	rm -f spoiled/index.sqlite
	chown root:root spoiled/log/000000000001.jsonl && chmod 000 spoiled/log/000000000001.jsonl
	run other --store spoiled
	is "$status" 77 'a file of the log that he may not read'
	unlike "$out" '^[1-9][0-9]* case' '... and no cases'
	run other --store spoiled --format nagios
	like "$status $out" '^3 ESC UNKNOWN' '... for monitoring'
	chmod 700 spoiled && chown root:root spoiled
	run other --store spoiled
	is "$status" 77 'a folder that he may not enter'
fi

# --- policies and records -----------------------------------------------
jq '.name="ours"' "$ROOT/lib/policies/s-club.json" >ours.json
esc-store init pinned
forms 1 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy ./ours.json --now "$submitted" --by portal |
	ESC_POLICY_PATH=. esc-triage --accept --now "$accepted" --by ana |
	ESC_POLICY_PATH=. esc-commit --store pinned --now "$accepted"
run env -u ESC_STORE esc check --store pinned --now $now
like "$status $out" '^1 case: 1 breached$' 'a policy that only the store has'
rm -r pinned/policies pinned/index.sqlite
mkdir pinned/policies
each_format 78 'the policy is gone' --store pinned

# --- options: each stage's, and its own ---------------------------------
for option in --foo --format=foo --verdict=late --fail-on=x --horizon=2 --where=x --due=soon \
	--wait=x --now=noon --show=all --time-format=x --max-line=0; do
	run esc check --now $now "$option"
	is "$status" 64 "$option: 64"
	unlike "$err" "try 'esc-" '... and no other program to look at'
	run esc check --now $now --format nagios "$option"
	like "$status $out" '^3 ESC UNKNOWN' '... for monitoring'
done
for option in --verdict=late --where=x; do
	run esc check --now $now "$option"
	like "$err" "^esc-[a-z-]*: try 'esc check --help'$" "$option: where to look"
done
run esc check --now $now --all 7QZK2
like "$status $err" '^64 esc-cat: --all and ids exclude one another' 'the cause is named'
run env --ignore-signal=PIPE esc check --now $now --all --format foo
is "$status" 64 'with SIGPIPE ignored as well'
unlike "$err" 'cannot write' '... and no word of the pipe'
run env --ignore-signal=CHLD esc check --now $now
is "$status" 1 'with SIGCHLD ignored'
# A descriptor less than a pipe takes.
run sh -c "ulimit -n 4; exec esc check --now $now"
answers 75 '' 'esc check: esc-cat: cannot be started: Too many open files' 'no pipe to be had'
run sh -c "ulimit -n 4; exec esc check --format nagios --now $now"
like "$status $out" '^3 ESC UNKNOWN - esc-[a-z-]*: cannot be started: Too many open files$' \
	'... for monitoring'

# --- stdout, files ------------------------------------------------------
run esc check --now $now --format jsonl --reject .
like "$status" '^(73|74|77)$' '--reject that cannot be written'
if [ -w /dev/full ]; then
	run sh -c "esc check --now $now >/dev/full"
	like "$status $err" '^74 esc-sla-check: stdout: cannot write' 'a full disk'
	run sh -c "esc check --format nagios --now $now >/dev/full"
	is "$status" 3 '... for monitoring'
fi
run sh -c "exec esc check --now $now >&-"
is "$status" 74 'stdout is closed'
run sh -c "exec esc check --now $now <&- 2>&-"
is "$status" 1 'stdin and stderr are closed'
run esc check --now $now --format text:nowhere/x
is "$status" 73 'a file that cannot be made'
mkdir folder
run esc check --now $now --format tap:folder
is "$status" 73 'a folder for a file'
# More than a pipe holds, and a reader that goes.
new_store large
fill 400
export ESC_STORE="$PWD/store"
ok 'a store of more than a pipe holds' [ "$(esc-cat --store large --all | wc -c)" -gt 300000 ]
{ try esc check --store large --format jsonl --now $now; echo "$status $err" >answer; } 2>/dev/null
is "$(cat answer)" '0 ' 'all of it'
{
	sh -c "esc check --store large --format jsonl --now $now 2>err; echo \$? >answer"
} | head -n 1 >first
is "$(cat answer) $(cat err)" '141 ' 'head -n 1: dies of SIGPIPE, silently'
is "$(wc -l <first | tr -d ' ')" 1 '... after a line'
{
	sh -c "env --ignore-signal=PIPE esc check --store large --format jsonl --now $now 2>err
		echo \$? >answer"
} | head -n 1 >first
is "$(cat answer) $(cat err)" '141 ' '... also where it was ignored'
done_testing
