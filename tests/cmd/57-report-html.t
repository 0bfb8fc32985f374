#!/bin/sh
# esc-report --format html, as a strict parser reads it: a page that runs and
# loads nothing, and all of whose figures are those of the document.
. "${0%/*}/../lib.sh"
command -v jq >/dev/null || skip_all 'needs jq'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
python=${PYTHON:-/usr/bin/python3}
"$python" -c 'import html5lib' 2>/dev/null || skip_all 'needs python3-html5lib'

# page NAME FILE OPTION...: page.html and page.json of the records.
page() {
	name=$1 of=$2
	shift 2
	run esc-report --now 2026-11-02T09:00:00Z --format html:page.html \
		--format json:page.json "$@" "$of"
	is "$status:$out:${err#esc-report: warning: no cases were read}" 0:: "$name: a page"
}

# sound NAME [RECORDS]: nothing is wrong with it.
sound() {
	is "$("$python" "$TESTS/report_html.py" page.html page.json "${2-}" 2>&1)" '' "$1: sound"
}

# wrong SED NAME: the page so changed is not sound.
wrong() {
	sed "$1" page.html >changed.html
	found=$("$python" "$TESTS/report_html.py" changed.html page.json 2>&1)
	if cmp -s page.html changed.html; then
		fail "$2" 'the page is the same'
	elif [ -z "$found" ]; then
		fail "$2" 'nobody noticed'
	else
		pass "$2"
	fi
}

{
	esc-submit --policy s-club --trigger unresolved --subject 'Cleaning missed' \
		--description 'Nobody came' --created 2026-10-05T09:00:00Z |
		esc-triage --auto --now 2026-10-05T09:10:00Z |
		esc-promote --auto --now 2026-10-07T08:00:00Z |
		esc-resolve --outcome solution-implemented -m 'A new team on Mondays' \
			--close --rate 4 --now 2026-10-08T12:00:00Z
	esc-submit --policy s-club --trigger policy-dispute --subject 'Notice period' \
		--description 'Clause 7' --created 2026-10-28T15:00:00Z
	esc-submit --policy s-club --trigger unresolved --subject 'Cold water' \
		--description 'Again' --created 2026-09-07T09:00:00Z |
		esc-triage --auto --now 2026-09-07T09:10:00Z |
		esc-promote --auto --now 2026-09-09T08:00:00Z |
		esc-promote --to 1 -m 'It is theirs' --now 2026-09-09T10:00:00Z
} >cases
: >none

page 'a month' cases --month 2026-10
sound 'a month'
like "$(cat page.html)" '<title>Escalation report, October 2026 [(]Europe/London[)]</title>' 'its title'
like "$(cat page.html)" '<data value="1">100 %</data>' 'a share as people read it'
like "$(cat page.html)" 'id="chart-flow"' 'the flow is drawn'
like "$(cat page.html)" 'a limit passed <code>missed-limit</code>' 'a reason in words, and its code'
like "$(cat page.html)" '<td><bdi>Cleaning missed</bdi></td><td class="fact"><span class="label">tier </span><data value="2">2</data></td>' 'a case to review: what it is about, and titles for where there is no row of them'
wrong 's/<data value="1">1</<data value="1.5">1</' 'a figure of nobody is noticed'
wrong 's/ data-value="1"//' 'a figure in a drawing that says not which is noticed'
wrong 's/<rect class="met" x="106" y="42" width="150"/<rect class="met" x="106" y="42" width="15"/' \
	'a bar of another length is noticed'
wrong 's/class="e soft" \(x="360"[^>]*\)data-value="1">1/class="e soft" \1data-value="2">2/' \
	'a figure by the wrong bar is noticed'
wrong 's/None\./None of 5./' 'digits that are no figure are noticed'
wrong 's/--ground:#fff/--ground:#fef/' 'another style sheet is noticed'
wrong 's/<table>/<table onclick="x">/' 'an attribute is noticed'
wrong 's/<\/tbody>/<script><\/script>&/' 'an element is noticed'
wrong 's/<\/dl>//' 'an element that is not closed is noticed'
wrong 's/href="#cases"/href="http:\/\/a.example"/' 'a link that leads out is noticed'

cp page.html once.html
sed '1!G;h;$!d' cases >turned
page 'the same the other way round' turned --month 2026-10
same page.html once.html 'the order of the cases changes no byte'

page 'several months' cases --from 2026-09-01 --to 2026-11-01
sound 'several months'
like "$(cat page.html)" 'id="chart-months"' 'months are drawn'
like "$(cat page.html)" 'class="back"' 'a return is drawn'
page 'compared' cases --month 2026-10 --compare previous --group-by trigger --rejudge s-club
sound 'compared'
like "$(cat page.html)" '<span class="sr"> change </span><b><data value="1">.1</data></b>' \
	'a change with its sign'
like "$(cat page.html)" '<a href="#group-2"><bdi>unresolved</bdi></a>' 'groups have links'
like "$(cat page.html)" 'rect class="before"' 'what was before is drawn'
page 'the same months, compared' cases --from 2026-09-01 --to 2026-11-01 --compare previous
sound 'the same months, compared'

page 'no case' none --month 2026-10 --tz UTC
sound 'no case'
unlike "$(cat page.html)" '<figure>' 'no chart of nothing'
page 'no case and no month' none
sound 'no case and no month'
page 'a month before all' cases --month 2020-01
sound 'a month before all'
unlike "$(cat page.html)" '<figure>' 'nor of a month of nothing'
page 'a month to come' cases --month 2027-01
sound 'a month to come'
like "$(cat page.html)" 'nothing has happened in it yet' 'it says so'
head -n 1 cases >one
page 'one case' one --month 2026-10
sound 'one case'
page 'no case in groups' none --month 2026-10 --tz UTC --group-by region --compare previous
sound 'no case in groups'

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
python3 "$TESTS/report_hostile.py" "$version" >hostile
for lines in 1,20p 21,40p 25,60p; do
	sed -n "$lines" hostile >some
	page "texts $lines" some --month 2026-10 --group-by x_site
	sound "texts $lines" some
done
jq -c '.x_site = "s" + .id' hostile hostile | head -n 60 |
	awk '{ gsub(/"ESC-0*[0-9]+"/, sprintf("\"ESC-%026d\"", NR)); gsub(/"sESC-[0-9]*"/, "\"s" NR "\""); print }' >many
page 'sixty groups' many --month 2026-10 --group-by x_site
sound 'sixty groups'
like "$(cat page.html)" 'too many for a page' 'they are a table only'
unlike "$(cat page.html)" '<details class="group"' 'they are not shown one by one'

run sh -c 'esc-report --format html --now 2026-11-02T09:00:00Z cases | head -c 1'
is "$status:$out:$err" '0:<:' 'a reader that goes away'
if [ -e /dev/full ]; then
	esc-report --format html --now 2026-11-02T09:00:00Z cases >/dev/full 2>why
	is "$?" 74 'a full disk is said'
fi
done_testing
