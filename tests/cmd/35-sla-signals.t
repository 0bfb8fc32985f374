#!/bin/sh
# esc-sla-check and signals: what ends it leaves no half file beside a FILE,
# and ends it as it always would; what was ignored stays ignored.
# shellcheck disable=SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"

sla_cases cases
echo '{"id":"ESC-1","clock":"tier","tier":1,"cycle":1}' >base
mkfifo in

# soon CMD...: waits until it succeeds, ten seconds at most.
soon() {
	tries=0
	until "$@" || [ "$tries" -gt 500 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
}
beside() {
	find out -name '.*' -type f | wc -l
}
three() {
	[ "$(beside)" -eq 3 ]
}
# fresh: what is there before a run.
fresh() {
	rm -rf out
	mkdir out
	echo old >out/page
	cp base out/base
}
# begin [CMD...]: the check in the background, as far as it comes without all
# of its input; descriptor 3 is the rest of that.
begin() {
	fresh
	"$@" esc-sla-check --now "$SLA_NOW" --format tap:out/page --format csv:out/sheet \
		--format text --baseline out/base --update-baseline in >said 2>err &
	pid=$!
	exec 3>in
	cat cases >&3
	soon three
	is "$(beside)" 3 'three files are begun'
}
# untouched NAME: nothing is left beside them, and what was there is.
untouched() {
	is "$(beside) $(cat out/page) $(find out -type f | wc -l)" '0 old 2' "$1: nothing is left behind"
	same out/base base '... and what was there is as it was'
}

for signal in HUP INT PIPE ALRM TERM USR1 USR2 VTALRM PROF QUIT XCPU; do
	# What a shell starts in the background ignores two of these.
	begin env --default-signal
	kill -$signal $pid
	wait $pid 2>/dev/null
	is "$(kill -l $?) $(cat said err)" "$signal " "SIG$signal ends it"
	exec 3>&-
	untouched "SIG$signal"
done

for signal in HUP INT TERM PIPE; do
	begin env --ignore-signal=$signal
	kill -$signal $pid
	exec 3>&-
	wait $pid
	is "$?" 1 "SIG$signal that is ignored: it goes on"
	is "$(beside) $(head -n 1 out/page)" '0 TAP version 13' '... and writes its files'
done

fresh
sh -c "esc-sla-check --now $SLA_NOW --format tap:out/page --format jsonl cases; echo \$? >answer" |
	true
for ignored in '' 'env --ignore-signal=PIPE'; do
	fresh
	# More than a pipe holds, so that it is the write that fails.
	for _ in 1 2 3 4 5 6 7 8 9 10; do cat cases cases; done >many
	{
		sh -c "$ignored esc-sla-check --now $SLA_NOW --format tap:out/page --format jsonl many
			echo \$? >answer"
	} 2>/dev/null | head -n 1 >/dev/null
	is "$(cat answer)" 141 "a reader that goes${ignored:+, SIGPIPE ignored}"
	untouched '... '
done

fresh
{ sh -c "ulimit -f 1; exec esc-sla-check --now $SLA_NOW --format jsonl:out/page cases"; } 2>/dev/null
is "$(kill -l $?)" XFSZ 'a limit of file size'
untouched '... '
done_testing
