#!/bin/sh
# esc-pick: which records pass.  The comparisons are in tests/unit/pick.c.
. "${0%/*}/../lib.sh"

case_line() {
	printf '{"v":1,"id":"%s","policy":"%s","policy_version":"0123456789ab","created":"%s","case_number":"C-%s","impact":"%s","requester":{"name":"%s","email":"%s@example.com"},"x_n":%s,"events":[{"at":"%s","by":"ann","type":"submitted"}],"state":"%s"%s}\n' \
		"$1" "$2" "$3" "$1" "$4" "$5" "$5" "$6" "$3" "$7" "${8-}"
}
{
	case_line A s-club 2026-11-01T09:00:00Z minor ann 9 submitted
	case_line B s-club 2026-11-02T09:00:00Z major bob 10 escalated ',"tier":1,"assignee":"kim","queue":"emea"'
	case_line C five-tier 2026-11-03T09:00:00Z critical ann 11 escalated ',"tier":2,"assignee":"lee, jr","queue":"apac"'
	case_line D five-tier 2026-12-04T09:00:00Z major cid -1 closed ',"tier":2,"assignee":"kim"'
	case_line E s-club 2026-12-05T09:00:00Z minor dan 2.5 acknowledged
} >cases.jsonl

# picks IDS OPTION...
picks() {
	expected=$1
	shift
	run esc-pick --by kim --now 2026-12-31T00:00:00Z "$@" cases.jsonl
	got=$(printf '%s' "$out" | sed 's/.*"id":"\([A-Z]\)".*/\1/' | tr -d '\n')
	is "$status $got $err" "0 $expected " "$*"
}
picks ABCDE
picks BC --state escalated
picks ABCE --open
picks AE --state submitted,acknowledged
picks CD --tier 2
picks BCD --tier 1,2
picks BD --assignee kim
picks BD --mine
picks C --mine --by 'lee, jr'
picks C --assignee 'lee\, jr'
picks B --queue emea
picks BC --queue emea,apac
picks C --case-number C-C
picks AC --requester ann@example.com
picks AC --requester ann
picks ACD --requester ann,cid@example.com
picks ABE --policy-name s-club
picks BC --where x_n'>9' --open
picks DE --where 'x_n<9'
picks DE --where 'created>=2026-12'
picks BC --where 'created>2026-11-02' --where 'created<2026-12'
picks BCD --where impact=major,critical
picks AE --where impact!=major,critical
picks AE --where assignee!=kim,'lee\, jr'
picks ABDE --where 'assignee!=lee\, jr'
picks BDE --where requester.email!=ann@example.com
picks '' --where requester.phone=1
run esc-pick --where asignee=kim cases.jsonl
answers 0 '' 'esc-pick: warning: --where: asignee is no field of a case; those of your own begin with x_' \
	'a field that esc does not know'
run esc-pick --where 'x_any!=1' --where 'requester.name!=x' cases.jsonl
is "$status $err" '0 ' '... those of your own, and members of one'
picks '' --tier 2 --tier 3
picks D --mine --tier 2

run esc-pick --where impact cases.jsonl
answers 64 '' "esc-pick: --where: expected FIELD=VALUE (or !=, <, <=, >, >=); got \"impact\"
esc-pick: try 'esc-pick --help'" 'no condition'
run esc-pick --where 'x_n<1,2' cases.jsonl
is "$status" 64 'only equality takes several'

esc-pick --mine --by kim cases.jsonl | esc-pick --tier 1 >one
esc-pick --mine --by kim --tier 1 cases.jsonl >both
same one both 'two in a pipe are as one'
printf 'x\n' | cat cases.jsonl - >mixed.jsonl
run esc-pick --tier 9 mixed.jsonl
answers 65 '' 'esc-pick: mixed.jsonl:6: byte 1: an object was expected' \
	'a line that cannot be read is refused, not passed over'

done_testing
