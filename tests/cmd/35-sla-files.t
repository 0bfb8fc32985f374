#!/bin/sh
# The FILEs of esc-sla-check.
# shellcheck disable=SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
later=2026-11-19T12:00:00Z
echo '{"id":"ESC-1","clock":"tier","tier":1,"cycle":1}' >base

# A file is replaced once nothing can fail any more, and is one answer's.
echo old >page
run sh -c "esc-sla-check --now $later --format text --format tap:page cases >/dev/full"
is "$status $(cat page)" '74 old' 'standard output is full: the file stays'
run esc-sla-check --now $later --format tap:page --format junit:/dev/full cases
is "$status $(cat page)" '74 old' '... another file is full'
run esc-sla-check --now $later --format text --baseline none.yet --update-baseline --format tap:/dev/full cases
is "$status $(find . -name '*none.yet*')" '74 ' '... and no baseline'
mkdir -p folder
ln -s ../page folder/link
run esc-sla-check --now $later --format csv:folder/link cases
is "$status $(head -c 3 page) $(readlink folder/link)" '0 id, ../page' 'a link is followed'
ln -s new folder/new.1
ln -s "$PWD/folder/new.1" new.2
run esc-sla-check --now $later --format csv:new.2 cases
is "$status $(head -c 3 folder/new) $(readlink folder/new.1)" '0 id, new' '... also to what is not there yet'
run esc-sla-check --now $later --format csv:folder/absent --format tap:folder/../folder/absent cases
is "$status $(find folder -name '*absent')" '64 ' '... nor is that written twice'
ln -s loop loop
run esc-sla-check --now $later --format csv:loop cases
is "$status" 73 '... but not round and round'
echo old >page
run esc-sla-check --now $later --format tap:page --format junit:folder/../page cases
is "$status $(cat page)" '64 old' 'two formats in one file'
like "$err" 'is to be written twice' '... are told'
run esc-sla-check --now $later --format tap:base --baseline base cases
is "$status" 64 "the baseline's"
run esc-sla-check --now $later --format tap:page --reject page cases
is "$status $(cat page)" '64 old' "the refused lines': it stays as it was"
run esc-sla-check --now $later --format tap:fresh --reject fresh cases
is "$status $(find . -name '*fresh*')" '64 ' '... and none is made'
run sh -c "head -n 1 cases | esc-sla-check --now $later --need-end --next"
is "$status:$out" 65: '--next: half the input says nothing'
run esc-sla-check --now $later --format text --format prometheus:page --show subject --explain --fail-on never cases
is "$status" 0 'what one format adds another need not have'
run esc-sla-check --now $later --format text --format tap:page --horizon 1bd cases
is "$status" 64 '... but all are of the same cases'
if [ "$(id -u)" -eq 0 ]; then
	chgrp 1 page && chmod 640 page
	esc-sla-check --now $later --format tap:page --fail-on never cases
	is "$(stat -c '%g %a' page)" '1 640' 'a file keeps its group and mode'
fi
done_testing
