#!/bin/sh
# esc-report --rejudge: what other terms would have said, beside the verdicts.
# shellcheck disable=SC2016,SC2086,SC2154
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'

sla_cases cases
mkdir own
ESC_POLICY_PATH=$PWD/own
export ESC_POLICY_PATH
policy s-club '.name="hasty"|.source="x"|.tiers[].limit="1bh"|del(.tiers[2:],.tiers[].target,.queues,.rules.queue,.clocks.update)|
	.clocks.contact={"limit":"2bd"}' >own/hasty.json
hasty=$(b2sum -l 256 own/hasty.json | cut -c1-12)

report() {
	run esc-report --now $SLA_NOW --month 2026-11 --format json "$@"
}

# figure JQ [FILE]: of the last document.
figure() {
	jq -c "$1" "${2:-$WORK/out}"
}

report cases
cp "$WORK/out" plain.json
report --rejudge hasty cases
cp "$WORK/out" hasty.json
is "$status $err" '0 ' 'beside what was judged'
is "$(figure .rejudge)" "{\"policy\":\"hasty\",\"policy_version\":\"$hasty\"}" 'by which terms'
is "$(figure 'keys_unsorted|.[0:4],.[-5:-3]')" '["now","period","rejudge","policies"]
["hygiene","rejudged"]' 'where it stands'
is "$(figure '.rejudged|keys_unsorted')" '["clocks","times","moved"]' 'what there is of it'
is "$(figure 'del(.rejudge,.rejudged)')" "$(figure . plain.json)" 'nothing else changes by it'
is "$(figure '[has("rejudge"),has("rejudged")]' plain.json)" '[false,false]' 'without it there is none'
report --rejudge ./own/hasty.json cases
same "$WORK/out" hasty.json 'a file'

# The same cases, submitted under those terms, and nothing judged yet.
jq -c --arg v "$hasty" '.policy="hasty"|.policy_version=$v|del(.events[].judged)|del(.clocks)' cases >under
report under
is "$(figure '[.rejudged.clocks,.rejudged.times]' hasty.json)" "$(figure '[.clocks,.times]')" 'as if all had happened under them'
is "$(figure '.rejudged.clocks==.clocks' hasty.json)" false '... which is something else'

# What esc-sla-check says of each clock; all that happened is of the month.
esc-sla-check --now $SLA_NOW --rejudge hasty cases | jq -cs '
	[.[].sla|[.clocks[]|{clock,tier,cycle,pinned:.verdict}] as $a|[.rejudged.clocks[]|{clock,tier,cycle,rejudged:.verdict}] as $b|
		($a+$b)|group_by([.clock,.tier,.cycle])[]|add|{clock,tier,pinned:(.pinned//"none"),rejudged:(.rejudged//"none")}]' >verdicts
is "$(figure '[.rejudged.moved[]|[.clock,.tier,.pinned,.rejudged,.n]]|sort' hasty.json)" \
	"$(jq -c '[group_by(.)[]|[.[0].clock,.[0].tier,.[0].pinned,.[0].rejudged,length]|select(.[2]!=.[3])|
		select((.[2]|IN("ended","none")|not) or (.[3]|IN("ended","none")|not))]|sort' verdicts)" 'moved: by esc-sla-check'
is "$(figure '[.rejudged.moved[]|if .pinned=="none" then "from" elif .rejudged=="none" then "to" else "between" end]|unique' hasty.json)" '["between","from","to"]' '... from none, to none and between verdicts'
is "$(figure '["acknowledge","contact","tier","update","resolve"] as $c|
	["exhausted","breached","paused-breached","risk","open-ended","paused","ok","missed","met","ended","none"] as $v|
	[.rejudged.moved[]|[(.clock as $x|$c|index($x)),.tier//0,(.pinned as $x|$v|index($x)),(.rejudged as $x|$v|index($x))]]|.==sort' hasty.json)" \
	true '... in the order of clocks, tiers and verdicts'
is "$(figure '[.rejudged.clocks[]|[.clock,.tier,.met,.missed,.breached,.risk,.paused,.running,.open_ended]]' hasty.json)" \
	"$(jq -c '[group_by([(.clock|{acknowledge:0,contact:1,tier:2,update:3,resolve:4}[.]),.tier])[]|
		(map(.rejudged)) as $v|(def n(f): [$v[]|select(f)]|length;
		[.[0].clock,.[0].tier,n(.=="met"),n(.=="missed"),n(.=="breached" or .=="exhausted" or .=="paused-breached"),
			n(.=="risk"),n(.=="paused"),n(.=="ok"),n(.=="open-ended")])|select(.[2:]|add>0)]' verdicts)" 'clocks: by esc-sla-check'

report --rejudge s-club cases
is "$(figure '[.rejudged.moved,.rejudged.clocks==.clocks,.rejudged.times==.times]')" '[[],true,true]' 'their own terms say the same'

report --rejudge hasty --group-by tier cases
is "$(figure '[.groups[].rejudged.moved[].n]|add')" "$(figure '[.rejudged.moved[].n]|add' hasty.json)" 'in groups'
is "$(figure 'del(.groups,.group_by)')" "$(figure . hasty.json)" '... beside the whole'
run esc-report --now $SLA_NOW --from 2026-11-18 --rejudge hasty --compare previous --group-by tier --format json cases
is "$(figure '[.,.previous,.change,.groups["1"],.previous.groups["1"],.change.groups["1"]|.rejudged|keys_unsorted]|unique')" \
	'[["clocks","times","moved"]]' 'in the period before, in the change, and in their groups'
is "$(figure '[has("rejudge"),(.previous|has("rejudge")),(.change|has("rejudge"))]')" '[true,false,false]' 'the terms are named once'
is "$(figure '.change.rejudged.clocks[]|select(.clock=="tier" and .tier==1)|[.n,.missed]')" \
	"$(figure '[.,.previous|.rejudged.clocks[]|select(.clock=="tier" and .tier==1)|[.n,.missed]]|[.[0][0]-.[1][0],.[0][1]-.[1][1]]')" 'how much more'
is "$(figure '[.change.rejudged.moved[]|select(.n!=0)]|length>0')" true '... also of what moved'

policy five-tier '.name="other"|.source="x"' >own/other.json
submit 2026-11-16T15:00:00Z --policy ./own/other.json --subject S --channel ticket --severity medium --complexity moderate
at 2026-11-16T15:00:00Z esc-triage --auto
cat case >>cases
report --tz UTC --rejudge hasty cases
is "$(figure '[(.policies|keys),.rejudge.policy]')" '[["other","s-club"],"hasty"]' 'cases of any policy are judged by it'
jq -c --arg v "$hasty" '.policy="hasty"|.policy_version=$v|del(.events[].judged)|del(.clocks)' cases >under
cp "$WORK/out" two.json
report --tz UTC under
is "$(figure '[.rejudged.clocks,.rejudged.times]' two.json)" "$(figure '[.clocks,.times]')" '... as if submitted under it'

# Parts of the cases, merged: the bytes of the whole.
options="--now $SLA_NOW --from 2026-11-18 --tz UTC --rejudge hasty --compare previous --group-by tier"
split -l 3 cases part.
for part in part.*; do esc-report $options --partial "$part" >"p.$part"; done
esc-report $options --format json cases >whole.json
run esc-report --merge --format json p.part.ad p.part.ab p.part.aa p.part.ac
same "$WORK/out" whole.json 'partials, merged in any order'
is "$(figure '[.,.previous,.change|.rejudged.moved|length>0]')" '[true,true,true]' '... in which there is something'

# A case that is over, and counts no more, where under other terms a clock runs.
policy s-club '.name="endless"|.source="x"|.clocks.update={"limit":"90d","ends":["duplicate"]}' >own/endless.json
submit 2026-10-01T10:00:00Z --policy s-club --trigger unresolved --subject S --description D --requester-email k@example.org
at 2026-10-01T10:00:00Z esc-triage --auto
at 2026-10-01T11:00:00Z esc-resolve --outcome resolved -m done --close
report --group-by state --rejudge endless case
is "$(figure '[.policies,.cases.open,.clocks,.review]')" '[{},0,[],[]]' 'a case of the past'
is "$(figure '.rejudged|[.clocks[]|[.clock,.tier,.running]],[.moved[]|[.clock,.tier,.pinned,.rejudged,.n]]')" '[["update",1,1]]
[["update",1,"ended","ok",1]]' '... of which a clock would still run'
is "$(figure '.groups|map_values(.rejudged.clocks|length)')" '{"closed":1}' '... in its group'

report --rejudge hasty /dev/null
is "$status $(figure .rejudged)" '0 {"clocks":[],"times":[],"moved":[]}' 'no case at all'
report --rejudge nowhere cases
is "$status $out" '78 ' 'a name that is none'
report --rejudge ./nowhere.json cases
is "$status $out" '66 ' 'a file that is none'
echo '{"name":"bad"}' >own/bad.json
report --rejudge bad cases
is "$status $out" '78 ' 'a policy that cannot be judged by'
for format in text json; do
	run esc-report --now $SLA_NOW --month 2026-11 --tz UTC --rejudge hasty --compare previous --format $format cases
	is "$status $err" '0 ' "with --format $format"
done
done_testing
