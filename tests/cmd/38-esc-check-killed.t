#!/bin/sh
# esc check and --need-end where a stage is killed, or its input cut: never 0,
# never a verdict.  Ended by a signal is an answer here.
# shellcheck disable=SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-18T10:00:00Z
new_store
fill 9
esc-cat --all >all
# More than a pipe holds.
new_store large
fill 400
export ESC_STORE="$PWD/store"

# try CMD...: its status; it may end by a signal.
try() {
	"$@" >/dev/null 2>&1
	status=$?
}
# copies of the store to spoil
spoiled() {
	chmod -R u+w spoiled 2>/dev/null
	rm -rf spoiled
	cp -R store spoiled
	chmod -R u+w spoiled
}

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
