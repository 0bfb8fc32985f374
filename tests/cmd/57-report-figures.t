#!/bin/sh
# esc-report's pages in HTML, Markdown and text: each table has the figures of
# the document in their places, and figures that stand one place too far in any
# section would be noticed.
# shellcheck disable=SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
command -v jq >/dev/null || skip_all 'needs jq'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
python=${PYTHON:-/usr/bin/python3}
command -v "$python" >/dev/null || skip_all 'needs python3'

mkdir own
ESC_POLICY_PATH=$PWD/own
export ESC_POLICY_PATH
policy s-club '.name="hasty"|.source="x"|.tiers[].limit="1bh"|del(.tiers[2:],.tiers[].target,.queues,.rules.queue,.clocks.update)|
	.clocks.contact={"limit":"2bd"}' >own/hasty.json

# submit DAY SUBJECT [TRIGGER]: a case of that day's morning.
submit() {
	esc-submit --policy s-club --trigger "${3:-unresolved}" --subject "$2" \
		--description 'Nobody came' --created "2026-$1T09:00:00Z"
}

accept() {
	esc-triage --auto --now "2026-$1"
}

{
	submit 10-05 'Cleaning missed' | accept 10-05T09:10:00Z |
		esc-promote --auto --now 2026-10-07T08:00:00Z |
		esc-resolve --outcome solution-implemented -m 'A new team on Mondays' \
			--close --rate 4 --now 2026-10-08T12:00:00Z
	for day in 10-06 10-07; do
		submit $day 'Towels' | accept ${day}T09:20:00Z |
			esc-resolve --outcome resolved -m 'Bought' --close --rate 9 \
				--now 2026-${day}T11:00:00Z
	done
	submit 10-28 'Notice period' policy-dispute
	for subject in 'A locker' 'A door'; do
		submit 10-30 "$subject" policy-dispute | accept 10-30T15:00:00Z
	done
	submit 09-07 'Cold water' | accept 09-07T09:10:00Z |
		esc-promote --auto --now 2026-09-09T08:00:00Z |
		esc-promote --to 1 -m 'It is theirs' --now 2026-09-09T10:00:00Z
} >cases

# wrong_html PAGE, ...: what is wrong with a page, beside page.json.
wrong_html() {
	"$python" "$TESTS/report_html.py" "$1" page.json 2>&1
}

wrong_markdown() {
	cmark-gfm -e table -e autolink -e strikethrough -e tasklist -e footnotes "$1" >rendered
	"$python" "$TESTS/markdown_read.py" rendered >blocks &&
		"$python" "$TESTS/report_shown.py" page.json --markdown blocks 2>&1
}

wrong_text() {
	"$python" "$TESTS/report_shown.py" page.json --text "$1" 2>&1
}

formats=text
command -v cmark-gfm >/dev/null && formats="$formats markdown"
"$python" -c 'import html5lib' 2>/dev/null && formats="$formats html"

# page NAME OPTION...: page.FORMAT of each, all of which are right.
page() {
	name=$1
	shift
	run esc-report --now 2026-10-31T09:00:00Z --format html:page.html --format text:page.text \
		--format markdown:page.markdown --format json:page.json "$@" cases
	is "$status:$out:$err" 0:: "$name: pages"
	for format in $formats; do
		is "$("wrong_$format" "page.$format")" '' "$name: $format has the document's figures"
	done
}

# noticed FORMAT KIND SECTION: the section's figures, one place too far.
noticed() {
	"$python" "$TESTS/report_rotate.py" "$2" "page.$1" "$3" >changed
	if cmp -s "page.$1" changed; then
		fail "$1, $3: $2" 'the page is the same'
	elif [ -z "$("wrong_$1" changed)" ]; then
		fail "$1, $3: $2 in another's place" 'nobody noticed'
	else
		pass "$1, $3: $2 in another's place: noticed"
	fi
}

page 'a month' --month 2026-10
page 'a month, compared' --month 2026-10 --compare previous
page 'groups' --month 2026-10 --group-by trigger
page 'cases without a group' --month 2026-10 --group-by region --compare previous
page 'all' --from 2026-09-01 --to 2026-11-01 --compare previous --group-by trigger --rejudge hasty

cat >sections <<'EOF'
Cases
Limits kept and passed in the period
Clocks within their limit at the end
Limits by month
Times, net
Times, gross
Escalation
Submitted cases
Feedback
Backlog at the end
Hygiene
Limits as the other terms judge them
Verdicts that differ
Times under the other terms, net
Times under the other terms, gross
Cases to review
Groups by trigger
EOF
for format in $formats; do
	case $format in
	html) sed 's/ by trigger//; y/ABCDEFGHLRSTV/abcdefghlrstv/; s/,* /-/g; $a\
group-1\
group-2' sections ;;
	markdown) sed '$a\
trigger: policy-dispute\
trigger: unresolved' sections ;;
	text) awk '{ n = match($0, /[ ,]|$/); print toupper(substr($0, 1, n - 1)) substr($0, n) }' sections ;;
	esac >names
	while read -r section; do
		noticed "$format" "$format" "$section"
	done <names
done

# What is drawn: the figures, and how long it is or where it stands.
case $formats in
*html)
	while read -r drawing kind; do
		noticed html drawn "$drawing"
		noticed html "$kind" "$drawing"
	done <<-EOF
		chart-limits width
		chart-rejudged width
		chart-months cy
		chart-times cx
		chart-rejudged_times cx
		chart-by-trigger width
		chart-by-month width
		chart-scores width
		chart-backlog_ages width
	EOF
	;;
esac
done_testing
