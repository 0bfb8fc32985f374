#!/bin/sh
# esc-report --format markdown, as a renderer of GitHub Flavored Markdown reads
# it: tables are tables, and other people's text is text.
. "${0%/*}/../lib.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'
command -v cmark-gfm >/dev/null || skip_all 'needs cmark-gfm'

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
python3 "$TESTS/report_hostile.py" "$version" >hostile
{
	esc-submit --policy s-club --trigger unresolved --subject 'Cleaning missed' \
		--description 'Nobody came' --created 2026-10-05T09:00:00Z |
		esc-triage --auto --now 2026-10-05T09:10:00Z |
		esc-promote --auto --now 2026-10-07T08:00:00Z |
		esc-resolve --outcome solution-implemented -m 'A new team on Mondays' \
			--close --rate 4 --now 2026-10-08T12:00:00Z
	esc-submit --policy s-club --trigger policy-dispute --subject 'Notice period' \
		--description 'Clause 7' --created 2026-09-28T15:00:00Z
} >cases

# page FILE OPTION...: rendered, and read into `blocks`, a line each.
page() {
	of=$1
	shift
	run esc-report --now 2026-11-02T09:00:00Z --format markdown "$@" "$of"
	cp "$WORK/out" page.md
	cmark-gfm -e table -e autolink -e strikethrough -e tasklist -e footnotes page.md >page.html
	python3 "$TESTS/markdown_read.py" page.html >blocks 2>why
	is "$status:${err#esc-report: warning: no cases were read}:$(cat why)" 0:: "a page of tables and texts: $of $*"
}

# table HEADING: the rows of the first table below a heading, a line each.
table() {
	jq -cs --arg h "$1" '(map(.[0:2]|.[0] != "table" and .[1] == $h)|index(true)) as $i
		|first(.[$i:][]|select(.[0] == "table"))|.[1:][]' blocks
}

page cases --month 2026-10
is "$(jq -r 'select(.[0] == "h1")|.[1]' blocks)" 'Escalation report, October 2026 (Europe/London)' 'its title'
is "$(jq -c 'select(.[0] == "p" and (.[1]|startswith("|")))' blocks)" '' 'no table that is none'
is "$(table Cases | sed -n '1,3p')" '["","right"]
["cases","n"]
["submitted","1"]' 'cases, numbers to the right'
table 'Limits kept and passed in the period' >limits
is "$(sed -n 1,2p limits | tr -d ' ')" '["","right","right","right","right","right","right","right"]
["clock","tier","n","met","intarget","missed","breached","metrate"]' 'a column for each figure'
like "$(cat limits)" '^\["tier","1","1","0","0","1","0","0 %"\]$' '... and the figures in them'
like "$(table 'Times, net')" '^\["tier","1","1","0","15h 50m"' 'lengths of time as people say them'
like "$(table Resolutions)" '"solution-implemented","A new team on Mondays"' 'resolutions'
like "$(table 'Cases to review')" 'missed-limit' 'cases to review'
cp blocks alone
run esc-report --now 2026-11-02T09:00:00Z --format markdown:file.md --month 2026-10 cases
same file.md page.md 'a file is as stdout'

page cases --month 2026-10 --compare previous
is "$(table Cases | sed -n '2,3p')" '["cases","n","previous","change"]
["submitted","1","1","0"]' 'two periods: a figure, the one before, and the change'
table 'Limits kept and passed in the period' >limits
is "$(jq -r '.[0]' limits | sed -n '3,$p' | xargs -n 3 | cut -d ' ' -f 2- | sort -u)" 'before change' \
	'... three rows where there are several figures'

page cases --month 2026-10 --group-by trigger
is "$(jq -r 'select(.[0] == "h2")|.[1]' blocks | grep '^trigger' | xargs)" 'trigger: policy-dispute trigger: unresolved' 'groups have headings'
is "$(jq -r 'select(.[0] == "h3")|.[1]' blocks | grep -c '^Cases$')" 2 '... and figures of their own'
page /dev/null
page /dev/null --month 2026-10 --compare previous --group-by region
page cases --month 2027-01
like "$(jq -r 'select(.[0] == "p")|.[1]' blocks)" '^The period begins after now' 'a month to come'

# --- other people's text --------------------------------------------------
# Twenty of a list are shown: all texts come by in several pages.
: >seen
: >wanted
split -l 20 hostile some.
for some in some.*; do
	page "$some" --month 2026-10 --group-by x_site
	table Improvements | jq -c '.[3]' | sed 1,2d >>seen
	jq -c '.events[4].text' "$some" >>wanted
done
is "$(wc -l <seen)" "$(wc -l <hostile)" 'every text is shown'
# What acts is shown as an escape, and blanks at the ends are lost in a cell.
jq -c 'select(test("^ |[\u0001-\u001f\u007f-\u009f\u2028-\u202e\ufffe\uffff]")|not)' wanted >plain
is "$(grep -cvxFf seen plain)" 0 '... as it is, unless it acts on a terminal'
like "$(cat seen)" '^"\\\\u\{1B\}\[2J\\\\u\{07\}b' '... which is shown'
is "$(awk '{ print length }' page.md | sort -n | tail -n 1 | sed 's/....$//')" 4 '10,000 characters stay in one row'
is "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <page.md | wc -c)" 0 'no control character'
sed 's/A new team on Mondays/gh-12, GH-x, high-5/' cases >issue
page issue --month 2026-10
is "$(grep -o 'gh-.*high-5' page.md)" 'gh-&#8203;12, GH-x, high-5' 'an issue is none'
if [ -w /dev/full ]; then
	esc-report --now 2026-11-02T09:00:00Z --format markdown cases >/dev/full 2>err
	is "$?" 74 '/dev/full'
fi

done_testing
