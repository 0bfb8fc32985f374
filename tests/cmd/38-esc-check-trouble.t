#!/bin/sh
# esc check and --need-end where something fails: never 0, never a verdict.
# Ended by a signal is an answer here, so crashes are told by their status.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-18T10:00:00Z
new_store
fill 9
esc-cat --all >all

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
		unlike "$out" '"end":true' '... without an end mark'
	done
	run esc check --format nagios --now $now "$@"
	like "$status $out" '^3 ESC UNKNOWN - ' "$name: nagios"
	run esc check --format prometheus:metrics --format text --now $now "$@"
	is "$status" "$want" "$name: two formats"
}

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

# --- killed in the middle -----------------------------------------------
# A folder with esc and stages that are slow, or die.
mkdir mid
cp "$BIN/esc" mid
stage() {
	cat >"mid/$1"
	chmod +x "mid/$1"
}
# soon CMD...: waits until it succeeds, ten seconds at most.
soon() {
	tries=0
	until "$@" || [ "$tries" -gt 500 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
}
# The real reader, blocked on a full pipe, and a check that waits.
stage esc-cat <<END
#!/bin/sh
echo \$\$ >cat.pid
exec "$BIN/esc-cat" "\$@"
END
stage esc-sla-check <<END
#!/bin/sh
echo \$\$ >check.pid
until [ -e go ]; do sleep 0.02; done
exec "$BIN/esc-sla-check" "\$@"
END
cat >start <<'END'
echo $$ >esc.pid
exec mid/esc check --store large "$@"
END
# blocked OPTION...: in the background; its pid is in esc.pid, its answer in
# answer.  The reader waits for room in the pipe when this returns.
blocked() {
	rm -f cat.pid check.pid go answer esc.pid
	{
		sh start --now $now "$@" >late 2>err
		echo $? >answer
	} 2>/dev/null &
	soon test -s cat.pid
	soon test -s check.pid
	soon grep -q '^[0-9]* (esc-cat) S' "/proc/$(cat cat.pid)/stat"
}
gone() {
	! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}
# all_gone NAME: esc and both stages.
all_gone() {
	for file in esc.pid cat.pid check.pid; do
		soon gone "$(cat $file)"
		ok "$1: $file is gone" gone "$(cat $file)"
	done
}
for format in text jsonl tap junit csv github prometheus ics nagios; do
	blocked --format $format --format jsonl:kept
	kill -KILL "$(cat cat.pid)"
	: >go
	wait
	if [ "$format" = nagios ]; then
		is "$(cat answer)" 3 'the reader is killed while it writes: nagios'
		like "$(cat late)" '^ESC UNKNOWN' '... and says so'
	else
		is "$(cat answer)" 137 "the reader is killed while it writes: $format"
	fi
	unlike "$(cat late)" '"end":true' '... no end mark'
	like "$(cat err)" '^esc check: esc-cat: killed by SIGKILL$' '... and why'
	ok '... the file is not touched' [ ! -e kept ]
done
for format in text nagios; do
	blocked --format $format --format jsonl:kept
	kill -KILL "$(cat check.pid)"
	wait
	like "$(cat err)" '^esc check: esc-sla-check: killed by SIGKILL$' "the check is killed: $format"
	if [ "$format" = nagios ]; then
		is "$(cat answer) $(cat late)" '3 ESC UNKNOWN - esc-sla-check: killed by SIGKILL' \
			'... and what monitoring reads'
	else
		is "$(cat answer) $(cat late)" '137 ' '... its status'
	fi
	all_gone 'the check is killed'
done
for signal in TERM HUP; do
	blocked --format text
	kill -$signal "$(cat esc.pid)"
	wait
	is "$(kill -l "$(cat answer)") $(cat late)" "$signal " "SIG$signal ends esc"
	unlike "$(cat err)" '^esc' '... and nothing is said'
	all_gone "SIG$signal"
done
blocked --format text
kill -KILL "$(cat esc.pid)"
wait
is "$(cat answer)" 137 'SIGKILL ends esc'
all_gone 'SIGKILL'
# From a terminal the whole group is told.
if command -v python3 >/dev/null; then
	rm -f cat.pid check.pid go
	python3 - <<-END
		import os, signal, subprocess, time
		esc = subprocess.Popen(["mid/esc", "check", "--store", "large", "--now", "$now"],
		                       start_new_session=True, stdout=subprocess.DEVNULL)
		open("esc.pid", "w").write(str(esc.pid))
		while not (os.path.exists("cat.pid") and os.path.exists("check.pid")):
		    time.sleep(0.02)
		os.killpg(esc.pid, signal.SIGINT)
		open("answer", "w").write(str(esc.wait()))
	END
	is "$(cat answer)" -2 'SIGINT ends esc, by that signal'
	all_gone 'SIGINT'
fi
# What the reader wrote stops within a line, behind one, or before any.
for bytes in 0 1 100 4000; do
	stage esc-cat <<-END
		#!/bin/sh
		"$BIN/esc-cat" "\$@" | head -c $bytes
		kill -KILL \$\$
	END
	cp "$BIN/esc-sla-check" mid/esc-sla-check
	try mid/esc check --store large --now $now --format text
	is "$status" 137 "killed behind $bytes bytes"
done
for bytes in 0 1 100 4000; do
	esc-cat --end-mark --all | head -c $bytes >part
	run esc-sla-check --need-end --format text --fail-on never --now $now part
	is "$status" 65 "--need-end: cut behind $bytes bytes"
done
esc-cat --end-mark --all >marked
sed '$d' marked >part
run esc-sla-check --need-end --fail-on never --now $now part
is "$status" 65 '... cut behind the last case'
sed 3d marked | esc-sla-check --need-end --fail-on never --now $now >/dev/null 2>err
is "$?" 65 '... a case in the middle is not there'
cat marked all >part
run esc-sla-check --need-end --fail-on never --now $now part
is "$status" 65 '... more behind the mark'
run esc-sla-check --need-end --fail-on never --now $now marked
is "$status" 0 '... whole'
# A reader that fails at the end, when all was passed on.
stage esc-cat <<END
#!/bin/sh
"$BIN/esc-cat" "\$@"
exit 74
END
run mid/esc check --now 2026-11-16T12:00:00Z
is "$status" 74 'a reader that fails behind its end mark'
run mid/esc check --now 2026-11-16T12:00:00Z --format nagios
is "$status" 3 '... for monitoring'

# --- the nightly promotion says when it did not ---------------------------
if command -v bash >/dev/null; then
	nightly() {
		bash -c 'set -eo pipefail
			esc-cat --end-mark --due --now "$1" |
				esc-sla-check --need-end --end-mark --verdict breached --now "$1" |
				esc-promote --need-end --end-mark --auto --now "$1" |
				esc-commit --need-end --now "$1"' - $now
	}
	spoiled
	sed -i '5s/Nobody came/nobody came/' spoiled/log/000000000001.jsonl
	cp spoiled/log/000000000001.jsonl before
	ESC_STORE=$PWD/spoiled run nightly
	ok 'promotion of a damaged store fails' [ "$status" -ne 0 ]
	same spoiled/log/000000000001.jsonl before '... and changes nothing'
	PATH=$PWD/mid:$PATH
	stage esc-cat <<-END
		#!/bin/sh
		"$BIN/esc-cat" "\$@" | head -c 4000
		kill -KILL \$\$
	END
	cp store/log/000000000001.jsonl before
	try nightly
	ok 'promotion behind a reader that was killed fails' [ "$status" -ne 0 ]
	same store/log/000000000001.jsonl before '... and changes nothing'
fi
done_testing
