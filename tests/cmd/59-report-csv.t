#!/bin/sh
# esc-report --format csv: each table made again from the JSON document, and
# read by Python, sqlite3, esc-import and LibreOffice.
. "${0%/*}/../lib.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
python3 "$TESTS/report_hostile.py" "$version" >cases
names=$(wc -l <cases)
jq -c '.id |= sub("ESC-0"; "ESC-1") | .created = "2026-09-01T09:00:00Z"
	| .events |= map(.at |= sub("-10-"; "-09-")) | .events |= .[:3]' cases | head -n 9 >before
cat before >>cases

report() {
	run esc-report --now 2026-11-02T09:00:00Z "$@" cases
}

# sheets NAME OPTION...: a folder of tables, as Python makes them of the document.
sheets() {
	named=$1
	shift
	rm -rf sheets
	report --format csv --output-dir sheets --format json "$@"
	cp "$WORK/out" document
	is "$status:$err" 0: "$named"
	is "$(python3 "$TESTS/report_tables.py" document sheets 2>&1)" '' '... every table is as the document has it'
}

# column TABLE N: the cells of a column as JSON, without its name.
column() {
	python3 -c 'import csv, json, sys
for row in list(csv.reader(open(sys.argv[1], newline="")))[1:]:
    print(json.dumps(row[int(sys.argv[2]) - 1]))' "sheets/$1.csv" "$2"
}

sheets 'all cases' --month 2026-10
is "$(find sheets -type f | wc -l)" 19 'a file each'
is "$(head -n 1 sheets/months.csv)" "$(printf 'month,clock,tier,n,met,missed,breached,met_rate\r')" 'the names of columns'
is "$(head -n 1 sheets/scores.csv)" "$(printf 'score,n\r')" 'a table without rows has them, too'
is "$(column clocks 8)" "$(jq '.clocks[].met_rate|if . then tostring else "" end' document)" 'a rate as it stands in the document'
is "$(column resolutions 1 | sort -u | wc -l)" "$names" 'a row for each resolution'
for table in clocks resolutions scores; do
	report --month 2026-10 --format csv --table $table
	same "$WORK/out" sheets/$table.csv "--table $table: the same"
done
report --month 2026-10 --format csv:resolutions --table resolutions --format json
same resolutions sheets/resolutions.csv '... in a file'
same "$WORK/out" document '... beside another format'
report --month 2026-10 --format csv --table rejudged
is "$status:$(cat "$WORK/out")" "0:$(printf 'clock,tier,n,met,in_target,missed,breached,met_rate,running,risk,paused,open_ended\r')" \
	'what was not asked for has no rows'

sheets 'groups' --month 2026-10 --group-by x_site
is "$(head -n 1 sheets/cases.csv)" "$(printf 'group_by,group,figure,n\r')" '... are named in two columns'
is "$(column cases 2 | sort -u | wc -l)" "$(jq '.groups|length' document)" '... all of them'
is "$(head -n 1 sheets/review.csv)" "$(printf 'id,case_number,subject,tier,assignee,queue,limits_passed,why\r')" '... but where they have no rows'
sheets 'two periods' --month 2026-10 --compare previous
is "$(head -n 1 sheets/cases.csv)" "$(printf 'figure,n,n_previous,n_change\r')" '... stand side by side'
is "$(column cases 4 | grep -c '^"-')" "$(jq '[.change.cases[]|select(. < 0)]|length' document)" '... and a minus is no formula'
unlike "$(cat sheets/cases.csv sheets/clocks.csv sheets/times.csv)" "'" '... anywhere'
sheets 'other terms' --month 2026-10 --rejudge five-tier
is "$(find sheets -type f | wc -l)" 22 '... have tables of their own'
sheets 'all of it' --month 2026-10 --compare previous --group-by region --rejudge perfect-gym
sheets 'a month to come' --month 2027-01

# --- other readers -------------------------------------------------------
sheets 'for other readers' --month 2026-10 --compare previous
if command -v sqlite3 >/dev/null; then
	for table in cases clocks by times; do
		ok "sqlite3 takes $table" sqlite3 base ".import --csv sheets/$table.csv $table"
	done
	is "$(sqlite3 base "SELECT sum(n), sum(n_change) FROM \"by\" WHERE \"by\" = 'region'")" \
		"$(jq -r '"\([.by.region[]]|add)|\([.change.by.region[]]|add)"' document)" '... and sums up its figures'
	is "$(sqlite3 base "SELECT printf('%.4f', sum(met_rate)) FROM clocks")" \
		"$(jq '[.clocks[].met_rate|values]|add' document | xargs printf '%.4f')" '... a rate is a number'
else
	skip 'sqlite3 is not there'
fi
cat >map.json <<'JSON'
{"key": "id", "time": {"formats": ["%Y-%m-%d"], "zone": "UTC"}, "created": {"text": "2026-11-01"},
 "fields": {"case_number": "id", "subject": {"text": "S"}, "impact": {"text": "major"},
 "x_outcome": "outcome", "x_summary": "summary"}, "events": []}
JSON
run esc-import --now 2026-11-02T09:00:00Z --by import --policy "$DATA/forms/desk.json" --map ./map.json sheets/resolutions.csv
is "$status" 0 'esc-import takes the resolutions'
jq -c '[.x_outcome // "", .x_summary // ""]' "$WORK/out" | sort >got
jq -c '.resolutions[]|[.outcome, .summary]|select(.[0]|test("^\u0027=|[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\ufffe\uffff]")|not)' document | sort >plain
is "$(wc -l <got):$(comm -13 got plain)" "$names:" '... as they were before a spreadsheet was thought of'
ok '... most of them' test "$(wc -l <plain)" -gt 30

# --- LibreOffice ---------------------------------------------------------
if ! command -v soffice >/dev/null; then
	echo '# LOUD: soffice is not there (apt-get install --no-install-recommends libreoffice-calc-nogui)'
	skip 'LibreOffice is not there'
	done_testing
fi
sheets 'for LibreOffice' --month 2026-10 --compare previous --group-by x_site
soffice "-env:UserInstallation=file://$WORK/profile" --headless --convert-to fods \
	--outdir read sheets/*.csv >"$WORK/soffice" 2>&1
for path in sheets/*.csv; do
	table=${path##*/}
	table=${table%.csv}
	if ! python3 "$TESTS/sheet_read.py" "read/$table.fods" "$path" >>read.jsonl 2>why; then
		fail "LibreOffice opens $table" "$(cat why "$WORK/soffice")"
	fi
done
is "$(jq -r '.[][0]' read.jsonl | sort -u | tr '\n' ' ')" ' float string ' 'cells are numbers and texts: no formula, no date'
python3 "$TESTS/sheet_read.py" read/cases.fods sheets/cases.csv >read.cases
is "$(jq -r '.[3:][][0]' read.cases | sed 1,3d | sort | uniq -c | awk '{ print $2 }' | xargs)" float 'figures and changes are numbers'
python3 "$TESTS/sheet_read.py" read/clocks.fods sheets/clocks.csv >read.clocks
is "$(jq -c '.[19]' read.clocks | sed -n 2p)" "[\"float\",$(column clocks 20 | sed -n 1p)]" '... a rate is one'
for text in '2026-10' '<1bd' ESC-00000000000000000000000001; do
	is "$(jq -c '.[]' read.jsonl | grep -F "\"$text\"]" | sort -u)" "[\"string\",\"$text\"]" "a text: $text"
done
python3 "$TESTS/sheet_read.py" read/resolutions.fods sheets/resolutions.csv >read.resolutions
is "$(jq -r 'select(.[1][1] | test("^[=+@-]"))|.[1][1]' read.resolutions)" '' 'nobody else begins a cell with = + - or @'

done_testing
