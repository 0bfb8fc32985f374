#!/bin/sh
# esc-sla-check --format csv: read by Python's parser and by sqlite3; the rows
# made again by jq.
# shellcheck disable=SC2016,SC2094 # jq's; what is read is not written
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'

columns=id,policy,case_number,state,tier,priority,assignee,queue,verdict,clock,clock_tier,cycle,clock_verdict,started_at,target_at,limit_at,stopped_at,left,left_wall

sla_cases cases
submit 2026-11-16T10:00:00Z --policy perfect-gym --subject 'S, "s"' --region other \
	--urgency high --rationale R --case-number '0,"7"' --requester-role champion --reason wrong-severity
at 2026-11-16T10:00:00Z esc-triage --auto
at 2026-11-16T10:00:00Z esc-triage --assign 'Lee, "Jr"'
says '[.case_number,.assignee]|join(" ")' '0,"7" Lee, "Jr"' 'a case with quotes'
sla_keep cases
submit 2026-11-19T10:00:00Z --policy s-club --subject S --description D --trigger unresolved
sla_keep cases

# Rows as JSON lists, a row a line.
cat >rows.py <<'END'
import csv, io, json, sys
data = sys.stdin.buffer.read().decode()
rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
if not data.endswith("\r\n") or data.count("\r\n") < len(rows):
    sys.exit("rows do not end with CRLF")
for row in rows:
    print(json.dumps(row, ensure_ascii=False))
END

# sheet OPTION...: into the file `sheet`, its rows into `rows`.
sheet() {
	run esc-sla-check --format csv --now "$SLA_NOW" "$@"
	cp "$WORK/out" sheet
	python3 rows.py <sheet >rows || fail "a sheet: $*" "$(cat sheet)"
}

# recount CLOCKS OPTION... FILE: the rows are those that jq makes of jsonl.
recount() {
	which=$1
	shift
	{
		printf '%s\n' "$columns" | jq -Rc 'split(",")'
		esc-sla-check --now "$SLA_NOW" "$@" | jq -c '. as $c|def cell: if . == null then "" else tostring end;
			[(.clocks//[])[]|{key:"\(.clock)/\(.tier)/\(.cycle)",value:.}]|from_entries as $at|$c
			|(if ((.sla.clocks//[])|length) == 0 then [{}] else '"$which"' end)[]
			|($at["\(.clock)/\(.tier)/\(.cycle)"]//{}) as $k
			|[$c.id,$c.policy,$c.case_number,$c.state,$c.tier,$c.priority,$c.assignee,$c.queue,$c.sla.verdict,
			.clock,.tier,.cycle,.verdict,$k.started_at,.target_at,.limit_at,$k.stopped_at,.left,.left_wall]|map(cell)'
	} | jq -c . >wanted
	jq -c . rows >got
	same got wanted "the rows as jq makes them: $*"
}

sheet cases
is "$status:$err" 0: 'never a gate unless asked'
recount .sla.clocks cases
is "$(sed -n 1p sheet | tr -d '\r')" "$columns" 'the columns'
is "$(jq -r '.[0]' rows | sort -u | wc -l | tr -d ' ')" "$(($(jq -r "select(.created <= \"$SLA_NOW\") | .id" cases | wc -l) + 1))" 'every case is there, but for one of later'
sheet --verdict breached cases
recount .sla.clocks --verdict breached cases
sheet --horizon 2bd cases
recount .sla.horizon.breaches --horizon 2bd cases
is "$(jq -r '.[12]' rows | sort -u | tr '\n' ' ')" 'clock_verdict ok risk ' '... only clocks that breach by then'
sheet --fail-on breached cases
is "$status" 1 'a gate where it is asked'
sheet /dev/null
is "$status:$(wc -l <rows | tr -d ' ')" 0:1 'no cases: the header'

# --- hostile -------------------------------------------------------------
sla_hostile hostile
sheet hostile
unlike "$(cat sheet)" 'TODO' 'a subject is not in it'
sheet --show subject hostile
is "$(sed -n 1p sheet | tr -d '\r')" "$columns,subject" '--show subject: a column'
like "$(sed -n 2p rows)" '"# TODO .*u\{1B\}\[2J.*u\{202E\}rtl' '... controls are shown'
for text in '=1+1' '+1' '-1+2' '@SUM(A1)' "$(printf '\t=1')" '＝1+1' '＋1' '－1' '＠A' '=cmd|'"' /C calc'!A0"; do
	submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D --subject "$text" \
		--case-number "$text"
	at 2026-11-16T10:00:00Z esc-triage --auto
	at 2026-11-16T10:00:00Z esc-triage --assign "$text"
	sheet --show subject case
	is "$(sed -n 2p rows | jq -c '[.[2],.[19],.[6]]|map(startswith("\u0027"))')" '[true,true,true]' "no formula: $text"
done
long=$(awk 'BEGIN { for (i = 0; i < 2500; i++) printf "\303\251\"\n," }')
submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D --subject "$long"
at 2026-11-16T10:00:00Z esc-triage --auto
sheet --show subject case
is "$(sed -n 2p rows | jq -r '.[19]')" "$long" '10,000 characters, whole'
is "$(wc -l <rows | tr -d ' ')" "$(($(jq '.clocks|length' case) + 1))" '... in as many rows as clocks'

# --- other readers -------------------------------------------------------
sheet cases
if command -v sqlite3 >/dev/null; then
	is "$(sqlite3 :memory: '.import --csv sheet t' 'SELECT clock_verdict, count(*) FROM t WHERE clock <> "" GROUP BY 1 ORDER BY 1' | tr '\n' ' ')" \
		"$(esc-sla-check --now "$SLA_NOW" cases | jq -r '.sla.clocks[].verdict' | LC_ALL=C sort | uniq -c | awk '{ printf "%s|%d ", $2, $1 }')" \
		'sqlite3 takes it'
else
	pass 'sqlite3 # SKIP not installed'
fi

# --- refused records, files ----------------------------------------------
printf 'no JSON\n' | cat cases - >refused
sheet refused
is "$status" 65 'a refused record'
recount .sla.clocks refused
esc-sla-check --now "$SLA_NOW" --format csv:limits.csv cases
run esc-sla-check --now "$SLA_NOW" --format csv --format text:table cases
same limits.csv "$WORK/out" 'a file is as stdout'
run esc-sla-check --now "$SLA_NOW" --format csv:limits.csv --horizon 1bd cases nowhere
run esc-sla-check --now "$SLA_NOW" --format csv cases
same limits.csv "$WORK/out" '... and stays where some input is missing'
if [ -w /dev/full ]; then
	esc-sla-check --now "$SLA_NOW" --format csv cases >/dev/full 2>err
	is "$?" 74 '/dev/full'
fi

done_testing
