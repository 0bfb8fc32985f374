#!/bin/sh
# esc-report: where formats go; files are there whole or not at all, and what
# cannot be written is known before anything is read.
. "${0%/*}/../lib.sh"
command -v jq >/dev/null || skip_all 'needs jq'

for day in 01 05 09; do
	esc-submit --policy s-club --trigger unresolved --subject S --description "$day" \
		--created 2026-10-${day}T09:00:00Z
done >cases
NOW=2026-11-02T09:00:00Z
tables='policies, cases, clocks, months, times, frequency, promoted_to, top_reached, flow, by, feedback, scores, backlog_tiers, backlog_ages, oldest, hygiene, rejudged, rejudged_times, moved, resolutions, improvements, review'

report() {
	run esc-report --now "$NOW" "$@"
}

# wrong MESSAGE OPTION...: 64, before any input is looked at.
wrong() {
	message=$1
	shift
	report "$@" nowhere
	answers 64 '' "esc-report: $message
esc-report: try 'esc-report --help'" "$*"
}

# --- several -------------------------------------------------------------
report --format text cases
cp "$WORK/out" text
report --format json --format text:a.txt --format csv:a.csv --format markdown:a.md --table by cases
is "$status:$err" 0: 'four formats of one reading'
same a.txt text 'a file is as stdout'
is "$(jq -c '.cases.submitted' "$WORK/out")" 3 '... which has another'
is "$(head -n 1 a.csv | tr -d '\r'):$(head -c 2 a.md)" 'by,value,n:# ' 'each in its own'
report --format json:a.json --format csv --output-dir dir --format text:- cases
same "$WORK/out" text 'a folder leaves standard output free'
is "$(jq .cases.submitted a.json)" 3 '... and files of others'
report --format csv:- --table by cases
same "$WORK/out" a.csv 'csv:- is standard output'

# --- 64 ------------------------------------------------------------------
wrong 'two formats for standard output: give all but one a file, as in --format json:FILE' --format text --format json
wrong 'two formats for standard output: give all but one a file, as in --format text:FILE' \
	--format csv --table by --format text
wrong "--format: a file's name is missing after \"json:\"" --format json:
wrong "--format csv: give --table NAME, or --output-dir DIR for a file each; the tables are $tables" --format csv
wrong "--format csv: give --table NAME, or --output-dir DIR for a file each; the tables are $tables" --format csv:x
wrong "--table: expected one of $tables; got \"clock\"" --format csv --table clock
wrong "--table: expected one of $tables; got \"\"" --format csv --table ''
wrong '--table goes with --format csv' --table by
wrong '--table goes with --format csv' --table by --format markdown
wrong '--output-dir goes with --format csv' --output-dir dir --format json:x
wrong '--output-dir: the name is empty' --output-dir '' --format csv
wrong '--table is for one table and --output-dir for each: give one of them' --format csv --table by --output-dir dir
wrong '--format csv:x: --output-dir says where csv goes' --format csv:x --output-dir dir
run esc-report --format xml
like "$err" 'expected one of text, json, csv, markdown.*; got "xml"' 'a format that is none'
ok '... and nothing was made' test ! -e x
report --format json:twice --format text:./twice cases
is "$status" 64 'two formats in one file'
report --format csv --output-dir dir --format text:dir/by.csv cases
is "$status" 64 "... a table's"
report --format csv --format csv --output-dir dir cases
is "$status" 64 '... a folder twice'
report --format text:dir/a --reject dir/a cases
is "$status:$(find dir -name 'a')" 64: "... the refused lines'"

# --- what cannot be written is known first --------------------------------
printf 'no JSON\n' >nothing
: >file
report --format text:absent/page nowhere
answers 73 '' 'esc-report: absent/page: cannot create: No such file or directory' 'no such folder'
report --format text:. nowhere
answers 73 '' 'esc-report: .: cannot create: Is a directory' 'a folder instead of a file'
report --format csv --output-dir file nowhere
answers 73 '' 'esc-report: file: cannot create: Not a directory' 'a file instead of a folder'
report --format csv --output-dir file/below nowhere
answers 73 '' 'esc-report: file/below: cannot create: Not a directory' '... above it'
if [ "$(id -u)" -ne 0 ]; then
	mkdir mine && chmod 555 mine
	report --format csv --output-dir mine nowhere
	is "$status" 77 'a folder of others'
	report --format csv --output-dir mine/below nowhere
	is "$status" 77 '... and below it'
else
	skip 'root may write anywhere'
fi
is "$(find . -name '.*.??????')" '' 'nothing is left'

# --- what is open already ---------------------------------------------------
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
	esc-report --now "$NOW" --format "text:$name" cases | cat >got
	same got text "$name, a pipe"
	echo before >got
	esc-report --now "$NOW" --format "text:$name" cases >>got
	is "$(head -n 1 got):$(tail -n +2 got | cmp - text && echo same)" before:same "$name, a file to append to"
done
esc-report --now "$NOW" --format text:/dev/fd/7 cases 7>got
same got text 'another descriptor'
ln -s /dev/stdout stdout
esc-report --now "$NOW" --format text:stdout cases | cat >got
same got text 'a link to one'
if command -v bash >/dev/null; then
	bash -c 'esc-report --now "$1" --format text:>(cat >got; echo >done) cases; until [ -e done ]; do sleep 0.02; done' - "$NOW"
	same got text 'a process as a file'
else
	skip 'bash not installed'
fi
report --format text:/dev/fd/7 nowhere
answers 73 '' 'esc-report: /dev/fd/7: cannot open: Bad file descriptor' 'one that is not open'
run sh -c "esc-report --now $NOW --format text:/dev/fd/7 nowhere 7<cases"
answers 73 '' 'esc-report: /dev/fd/7: cannot open: Bad file descriptor' '... or open for reading'
run sh -c "esc-report --now $NOW --format text:/dev/stdout cases >/dev/full"
is "$status" 74 '... or full'

# --- the folder ----------------------------------------------------------
mkdir -p kept
echo mine >kept/notes
echo old >kept/by.csv
ln -s ../linked kept/cases.csv
report --format csv --output-dir kept cases
is "$status:$out:$err" 0:: 'into a folder that is there'
is "$(cat kept/notes)" mine '... other files stay'
same kept/by.csv a.csv '... its own are replaced'
is "$(readlink kept/cases.csv):$(head -n 1 linked | tr -d '\r')" '../linked:figure,n' '... a link is followed'
report --format csv --output-dir new/of/them/ cases
is "$status:$(find new/of/them -name '*.csv' | wc -l)" 0:19 'a folder that is not, and those above it'
is "$(find new kept -name '.*')" '' '... and nothing else in it'
umask 077
report --format csv --output-dir private cases
is "$(stat -c %a private private/by.csv | xargs)" '700 600' 'modes as the mask says'
umask 022

# --- whole or not at all -------------------------------------------------
old() {
	rm -rf dir && mkdir dir
	echo old >dir/page
	echo old >dir/by.csv
}
# stays NAME: what was there before is there.
stays() {
	is "$(cat dir/page):$(cat dir/by.csv):$(find dir -type f | wc -l)" old:old:2 "$1"
}
set -- --format text:dir/page --format csv --output-dir dir --format json
old
report "$@" cases nowhere
is "$status:$out" 66: 'a file of the input is missing'
stays '... nothing is replaced'
report "$@" --need-end cases
is "$status:$out" 65: 'the end mark is missing'
stays '... nothing is replaced'
cat cases nothing >refused
report "$@" --strict refused
is "$status:$out" 65: '--strict stops at a line'
stays '... nothing is replaced'
report "$@" refused
is "$status:$(jq .cases.submitted "$WORK/out"):$(head -n 1 dir/by.csv | tr -d '\r')" 65:3:by,value,n 'a line is left out: all are replaced'
old
mkfifo gone in
: <gone &
exec 4>gone
wait $!
run sh -c 'esc-report --now "$0" --format text:dir/page --format csv --output-dir dir --format json cases >&4; echo $?' "$NOW"
exec 4>&-
is "$out" 141 'the reader of standard output went away'
stays '... nothing is replaced'
if [ -w /dev/full ]; then
	old
	run sh -c "esc-report --now $NOW --format text:dir/page --format csv --output-dir dir --format json cases >/dev/full"
	is "$status" 74 'standard output is full'
	stays '... nothing is replaced'
	report --format csv --output-dir dir --format text:dir/page --format json:/dev/full cases
	is "$status" 74 'another file is full'
	stays '... nothing is replaced'
fi
old
esc-report --now "$NOW" --format text:dir/page --format csv --output-dir dir in >said 2>err &
pid=$!
exec 3>in
cat cases >&3
tries=0
until [ "$(find dir -name '.*.??????' | wc -l)" -eq 23 ] || [ "$tries" -gt 500 ]; do
	sleep 0.02
	tries=$((tries + 1))
done
is "$(find dir -name '.*.??????' | wc -l)" 23 'files are open while it reads'
kill -TERM "$pid"
wait "$pid" 2>/dev/null
is "$?" 143 '... and a signal ends it'
exec 3>&-
stays '... nothing is left, nothing is replaced'

done_testing
