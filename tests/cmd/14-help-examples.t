#!/bin/sh
# The examples of every program's --help are commands that the program takes.
. "${0%/*}/../lib.sh"

command -v jq >/dev/null || skip_all 'needs jq'
export ESC_NOW=2026-11-20T12:00:00Z ESC_USER=ana

# What the examples read: a case, forms of nothing, exports, a filter.
esc-submit --policy s-club --created 2026-11-20T10:00:00Z --subject s -m d \
	--trigger unresolved >case.jsonl 2>/dev/null
cp case.jsonl case
cp case.jsonl cases.jsonl
: >forms.jsonl
echo 'subject,description,reason,created,requester.role,urgency,rationale,region,trigger' >forms.csv
cp "$DATA/servicenow/itil.json" "$ROOT/lib/policies/calendars/london.json" .
cp "$DATA/servicenow/incident_event_log.csv" incident_log.csv
cp -R "$DATA/servicenow/calendars" .
cp "$DATA/tickets/tickets.csv" .
cp "$ROOT/lib/policies/maps/support-tickets.json" ours.json
cp tickets.csv export.csv
esc-store init store
export ESC_STORE="$PWD/store"
esc-commit case.jsonl 2>/dev/null
: >facts.jsonl
printf '2026-11-20T10:00:00Z\t2026-11-20T11:00:00Z\n' >from-to.tsv
mkdir tools
printf '#!/bin/sh\nexec cat\n' >tools/my-own-filter
chmod +x tools/my-own-filter
PATH=$PATH:$PWD/tools

# examples PROGRAM: one a line, what was wrapped put together.
examples() {
	"$1" --help | sed '/^$/,$d; s/^    //' | sed -e ':more' -e '/\\$/{N; s/ *\\\n */ /; b more' -e '}'
}

for program in "$ROOT"/cmd/*.c; do
	program=$(basename "$program" .c)
	examples "$program" >lines
	ok "$program: has examples" test -s lines
	while IFS= read -r line; do
		run sh -c "$line" </dev/null
		unlike "$status $err" "^64|: try '|not found|No such file" "$line"
		case $line in
		'esc-submit '* | 'esc-import '* | 'esc-cat --'* | *esc-commit*) is "$status" 0 '... succeeds' ;;
		esac
	done <lines
done
done_testing
