#!/bin/sh
# esc-commit and signals: before the batch is written they end it, and nothing
# is committed; from then on they wait until all is said.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-16T12:00:00Z
new_store
fill 300
esc-cat --all >cases

# Its messages fill a pipe that nobody reads, so it stands there, with the lock.
esc-note --note -m one --now $now <cases | sed -n 1p | esc-commit --now $now
sed -n 1p cases | esc-note --note -m two --now $now >stale
sed -n 2p cases | esc-note --note -m two --now $now >good
yes "$(cat stale)" | head -n 2000 | cat good - >batch.jsonl
begun=$(seq_of)
mkfifo told
esc-commit --now $now --reject rejected batch.jsonl 2>told &
pid=$!
exec 3<told
until esc-commit --wait 0 --now $now stale 2>&1 | grep -q busy; do
	sleep 0.1
done
kill -TERM $pid
cat <&3 >/dev/null
exec 3<&-
wait $pid
is "$?" 143 'SIGTERM while the batch is compared ends it'
is "$(seq_of)" "$begun" 'and nothing is committed'
run esc-commit -v --now $now good
is "$status $err" "0 esc-commit: committed 0 new, 1 grown, 0 unchanged (line $((begun + 1)) of the log)" \
	'the next goes on'

# Its records fill the pipe, so it stands where the batch is committed.
esc-cat --all | esc-note --note -m three --now $now >batch.jsonl
begun=$(seq_of)
mkfifo printed
esc-commit -v --now $now --print batch.jsonl >printed 2>said &
pid=$!
exec 3<printed
until [ "$(seq_of)" -gt "$begun" ]; do
	sleep 0.1
done
kill -TERM $pid
cat <&3 >records
exec 3<&-
wait $pid
is "$?" 143 'SIGTERM once the batch is written ends it, too'
is "$(seq_of)" $((begun + 300)) 'it is committed'
is "$(cat said)" "esc-commit: committed 0 new, 300 grown, 0 unchanged (line $((begun + 300)) of the log)" \
	'that is said'
is "$(jq -r '.events[-1].text' records | sort | uniq -c | tr -s ' ')" ' 300 three' 'and all is printed'
run esc-store verify
is "$status" 0 'the store is whole'
done_testing
