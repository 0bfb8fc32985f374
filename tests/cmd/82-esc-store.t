#!/bin/sh
# esc-store: init, verify, recover, reindex, stats, checkpoint, snapshot, put
# and get: what they do, and what they say where they do not.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

names='init|verify|recover|reindex|stats|checkpoint|snapshot|put|get|erase'
log=store/log/000000000001.jsonl
usage() {
	answers 64 '' "esc-store: $1
esc-store: try 'esc-store --help'" "$2"
}

whole() {
	esc-store verify >/dev/null
}

# What is asked for.
run esc-store
usage "expected a command: $names" 'no command'
run esc-store burn
usage "no command \"burn\": expected $names" 'an unknown command'
run esc-store verify --store store here
usage 'verify takes no operand: "here"' 'an operand too many'
run esc-store verify --store store --format json
usage 'verify takes no --format' 'an option of another command'
run esc-store checkpoint
usage '--store DIR or ESC_STORE is needed: where the store is' 'no store is named'
run esc-store --store none checkpoint
is "$status" 66 'a store that is not there'
run esc-store stats --store store --format yaml
usage '--format: expected one of text, json; got "yaml"' 'an unknown format'

# init
run esc-store init store
answers 0 '' '' 'init makes a store'
is "$(stat -c '%a %F' store store/HEAD)" "2750 directory
640 regular file" 'with its modes'
run esc-store init store
answers 73 '' 'esc-store: store: not empty: there is FORMAT' 'not where there is one'
run esc-store init one --store two
usage 'init: the folder is named twice, as operand and by --store' 'one name is enough'
umask 077
run esc-store init --shared shared
is "$(stat -c %a shared shared/HEAD)" "2770
660" 'a shared one has the modes of one, whatever the umask'
umask 022
run esc-store init --shared=no-such-group other
is "$status" 78 'a group that is not there'
ok '... makes no folder' test ! -e other
run esc-store init --segment-size 1K small
is "$(jq -c .segment_bytes small/FORMAT)" 1024 'the size of segments'
run esc-store init --segment-size 0 none
usage '--segment-size: expected 1 or more; got "0"' 'not of nothing'
rm -rf shared other

# An empty store, then one with cases.
export ESC_STORE="$PWD/store"
run esc-store verify
answers 0 'whole: 0 lines, 0 batches, 0 bytes, 0 attachments; it ends at seq 0' '' 'empty'
esc-store checkpoint >checkpoints
run esc-store stats
is "$status" 0 'stats of an empty store'
like "$out" '^first commit +-$' 'without a commit'
fill 3
esc-store checkpoint >>checkpoints
run esc-store verify
answers 0 "whole: 3 lines, 1 batch, $(stat -c %s $log) bytes, 0 attachments; it ends at seq 3" '' \
	'a whole store'
run esc-store stats --format json
is "$(printf '%s\n' "$out" | jq -c '[.cases,.open,.lines,.batches,.segments,.erased,.index]')" \
	'[3,3,3,1,1,0,"fresh"]' 'stats as JSON'
is "$(printf '%s\n' "$out" | jq .bytes)" "$(stat -c %s $log)" '... bytes are those of the log'
is "$(printf '%s\n' "$out" | jq -r .last_commit)" "$(tail -n 1 $log | jq -r .at)" \
	'... and the last commit that of the last line'
id=$(nth 1)
esc-cat "$id" | esc-triage --cancel -m 'no case' --by ana --now "$accepted" |
	esc-commit --now "$accepted"
run esc-store stats
like "$out" '^cases             3$' 'stats as text'
like "$out" '^  open            2$' '... one is open no more'

# The index.
rm store/index.sqlite
run esc-store stats --no-index
like "$out" '^  open            2$' 'the same without an index'
like "$out" '^index             none$' '... which is missed'
run esc-store reindex
answers 0 '' '' 'reindex'
like "$(esc-store stats)" '^index             fresh$' '... makes it'
(ulimit -f 1 && exec esc-store reindex) >out 2>err
is "$? $(grep -c 'index.sqlite was not made: there is no room' err)" '74 1' '... or says that it could not'
run esc-store reindex
is "$status" 0 '... again'

# Without the texts of policies no case could be judged again.
policy=$(cd store && ls policies/*)
mv "store/$policy" policy.json
run esc-store verify
is "$status" 1 'a policy that cases were judged by is gone'
like "$out" "^$policy: seq 1: missing: cases were judged by this policy; put it back" '... is told'
mv policy.json "store/$policy"

# Checkpoints.
run esc-store verify --checkpoint checkpoints
is "$status" 0 'checkpoints hold'
seq=$(cut -d ' ' -f 2 checkpoints | tail -n 1)
is "$seq" 3 'the last of them'
sed '$s/.$/x/' checkpoints >bad
run esc-store verify --checkpoint bad
answers 65 '' 'esc-store: bad:2: expected a line of esc-store checkpoint: STORE_ID SEQ HASH' \
	'a line that is no checkpoint'
awk 'NR == 2 { $3 = (substr($3, 1, 1) == "0" ? "1" : "0") substr($3, 2) } { print }' checkpoints >bad
run esc-store verify --checkpoint bad
is "$status" 1 'a checkpoint of another history'
like "$out" "^log/000000000001.jsonl: offset [0-9]+, seq 3: the chain is not that of the checkpoint" '... is told'
sed '$s/ 3 / 9 /' checkpoints >bad
run esc-store verify --checkpoint bad
like "$out" '^log: seq 9: the log ends at seq 4, before the checkpoint' 'a log that is too short'
esc-store checkpoint --store small >bad
run esc-store verify --checkpoint bad
is "$status" 1 'a checkpoint of another store'
like "$out" '^FORMAT: this is not the store' '... is told'
run esc-store verify --checkpoint none
is "$status" 66 'no file of checkpoints'

# Snapshots, compared.
run esc-store snapshot copy
answers 0 "$(esc-store checkpoint)" '' 'a snapshot says its checkpoint'
run esc-store verify --store copy
is "$status" 0 'the copy is a store'
same $log copy/log/000000000001.jsonl 'of the same log'
run esc-store snapshot copy
is "$status" 73 'not into one that is there'
like "$err" '^esc-store: copy: not empty: there is ' '... and why'
run esc-store verify --against copy
answers 0 equal '' 'equal'
esc-cat "$id" | esc-note --note -m n --by ana --now "$accepted" | esc-commit --now "$accepted"
run esc-store verify --against copy
answers 0 newer '' 'newer'
run esc-store verify --store copy --against store
answers 1 older '' 'older'
esc-cat --store copy "$id" | esc-note --note -m other --by ana --now "$accepted" |
	esc-commit --store copy --now "$accepted"
run esc-store verify --against copy
answers 1 forked "esc-store: warning: $PWD/store and copy part at seq 5" 'forked'
run esc-store verify --against small
answers 1 forked "esc-store: warning: $PWD/store is no copy of small: their ids differ" \
	'another store'
rm -rf copy
(ulimit -f 1 && exec esc-store snapshot copy) >out 2>err
is $? 74 'no room for a snapshot'
is "$(tail -n 1 err)" 'esc-store: copy: the copy is unfinished: delete it' '... and what is left of it'
rm -rf copy

# Attachments.
printf 'one\n' >one.txt
mkdir in && printf 'two\n' >'in/a\b'
ln -s one.txt link
run esc-store put one.txt 'in/a\b'
answers 0 "$(b2sum -l 256 one.txt 'in/a\b')" '' 'put prints what b2sum does'
run esc-store put link
answers 65 '' 'esc-store: link: a symbolic link is not attached' 'no links'
run esc-store put none
is "$status" 66 'no such file'
run esc-store put link one.txt none
is "$status $out" "66 $(b2sum -l 256 one.txt)" 'others are put, and the worst is the status'
is "$err" "esc-store: link: a symbolic link is not attached
esc-store: none: cannot open: No such file or directory" '... each is told'
run esc-store put - <one.txt
answers 0 "$(b2sum -l 256 - <one.txt)" '' '- is standard input'
hash=$(b2sum -l 256 one.txt | cut -c 1-64)
run esc-store get "$hash"
answers 0 one '' 'get by hash'
run esc-store get "$(printf '%064d' 0)"
is "$status" 66 'no such attachment'
run esc-store get "$id"
answers 66 '' "esc-store: $id: has no attachments" 'a case without attachments'
esc-submit --policy s-club --trigger unresolved --subject s --description d --by kim \
	--created "$submitted" --now "$submitted" --attach one.txt --attach link2.txt 2>/dev/null \
	--blobs new && fail 'a missing file is not attached'
cp 'in/a\b' two.txt
esc-submit --policy s-club --trigger unresolved --subject s --description d --by kim \
	--created "$submitted" --now "$submitted" --attach one.txt --attach two.txt --blobs new >case
esc-commit --blobs new --now "$submitted" case
with=$(jq -r .id case)
run esc-store get "$with"
is "$status" 66 'more than one attachment'
like "$err" "^esc-store:   $hash  one.txt\$" '... are listed'
run esc-store get "$with" one.txt
answers 0 one '' 'one by its name'
run esc-store get "$(printf '%s' "$with" | tail -c 6)" two.txt
answers 0 two '' 'and by the end of the id'
run esc-store get --list "$with"
is "$(printf '%s\n' "$out" | cut -c 65-)" "  4  one.txt
  4  two.txt" 'the list'
run esc-store get -o out.txt "$with" one.txt
same one.txt out.txt 'into a file'
is "$(stat -c %a out.txt)" 640 '... which is not for everybody, as in the store'
run esc-store get -o out.txt "$with" two.txt
is "$status" 73 'which must not be there'
blob=store/blobs/$(printf %.2s "$hash")/$hash
printf 'eno\n' >"$blob"
run esc-store get "$hash"
is "$status" 74 'an altered one is not given'
is "$out" '' '... not even its beginning'
run esc-store verify
is "$status" 1 'verify finds it'
like "$out" "^blobs/.*/$hash: altered" '... and says which'
rm "$blob"
run esc-store verify
like "$out" "seq 6: an attachment is missing: $hash; put it back with esc-store put" 'a lost one'
run esc-store get "$with" one.txt
answers 74 '' "esc-store: $hash: the case names it, but it is missing from the store; esc-store put, with the original, puts it back" 'get of a lost one'
esc-store put one.txt >/dev/null
ok 'is put back' whole

# What a killed writer left.
run esc-store recover
answers 0 'nothing to recover' '' 'nothing to recover'
last=$(tail -n 1 "$log" | cut -c 1-300)
printf "%s\n" "$last" >>"$log"
run esc-store verify
is "$status" 0 'bytes behind HEAD are no finding'
is "$err" 'esc-store: warning: 301 bytes behind HEAD were never acknowledged: the next commit, or esc-store recover, takes them in or sets them aside' 'but are told'
run esc-store recover
answers 0 'set aside: 301 bytes that are no whole batch, into 1 file of quarantine/' '' 'recover'
run esc-store verify
answers 0 "whole: 7 lines, 5 batches, $(stat -c %s $log) bytes, 2 attachments; it ends at seq 7" '' \
	'then it is whole'
: >store/log/.tmp-1-0
: >store/blobs/.tmp-1-0
like "$(esc-store verify 2>&1)" '2 temporary files are there' 'temporary files are told'
esc-store recover >/dev/null
ok 'and removed' [ ! -e store/log/.tmp-1-0 ]
ok '... an attachment that was on its way, too' [ ! -e store/blobs/.tmp-1-0 ]

# Damage.
cp store/HEAD head
for at in 20 276; do
	printf X | dd of=store/HEAD bs=1 seek=$at conv=notrunc status=none
	esc-cat --all --ids >>seen 2>>warned; echo $? >>statuses
	cp head store/HEAD
done
is "$(grep -c 'HEAD is damaged: what was committed last is left out; run esc-store recover' warned)" \
	1 'a reader says so where the damaged slot of HEAD was in force'
is "$(sort statuses | paste -sd ' ')" '0 74' '... and it is trouble: not all was read'
printf X | dd of=store/HEAD bs=1 seek=20 conv=notrunc status=none
run esc-store verify
is "$status" 1 'one bad slot of HEAD'
run esc-store recover
ok 'is mended' whole
printf X | dd of=store/HEAD bs=1 seek=20 conv=notrunc status=none
printf X | dd of=store/HEAD bs=1 seek=276 conv=notrunc status=none
run esc-commit --now "$submitted" case
is "$status" 74 'no commit without HEAD'
run esc-store verify
is "$status" 1 'a bad HEAD is a finding'
run esc-store recover
answers 0 'HEAD was damaged: made anew, as the whole log verifies, up to seq 7' '' 'made anew'
ok 'and whole' whole
cp -a store bad.store
printf X | dd of=bad.store/log/000000000001.jsonl bs=1 seek=2000 conv=notrunc status=none
: >bad.store/HEAD
run esc-store recover --store bad.store
is "$status" 74 'not where the log is damaged, too'
is "$(stat -c %s bad.store/HEAD)" 0 '... nothing is written'
cp head bad.store/HEAD
run esc-store verify --store bad.store
is "$status" 1 'damage is found'
like "$out" '^log/000000000001.jsonl: offset [0-9]+, seq 2: ' '... at its line'
chmod o+w store/seals
run esc-store verify
like "$out" '^seals: everybody may write to it: chmod o-w$' 'modes are looked at'
chmod o-w store/seals
: >store/core
run esc-store verify
like "$out" '^core: does not belong in a store$' 'and strays'
rm store/core

# Full disks and closed pipes.
run sh -c 'esc-store stats >/dev/full'
is "$status" 74 'a full disk'
done_testing
