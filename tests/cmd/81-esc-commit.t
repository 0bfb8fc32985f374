#!/bin/sh
# esc-commit: a batch whole or not at all; what is new, what grew, what is the
# same, stale or refused; and what is said of it.
# shellcheck disable=SC2094 # a text may be called like a file
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-16T12:00:00Z
commit() {
	run esc-commit --now $now "$@"
}
# the records in the log, line by line
data() {
	sed -E 's/^.*,"salt":"[0-9a-f]{32}","data"://; s/,"h":"[0-9a-f]{64}"\}$//' "$ESC_STORE"/log/*.jsonl
}
lines() {
	cat "$ESC_STORE"/log/*.jsonl 2>/dev/null | wc -l | tr -d ' '
}
note() {
	esc-note --note -m "$1" --by ana --now $now
}

forms 3 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy s-club --by portal --now "$submitted" >cases
sed -n 1p cases >one
sed -n 2p cases >two
sed -n 3p cases >three
id=$(jq -r .id one)

commit cases
answers 64 '' "esc-commit: --store DIR or ESC_STORE is needed: where the store is
esc-commit: try 'esc-commit --help'" 'no store is named'
new_store
run esc-commit --store none cases
is "$status" 66 'a store that is not there'
commit --at $now cases
is "$status" 64 '--at is refused'
commit --events --rebase cases
is "$status" 64 '--events and --rebase exclude one another'

commit one
answers 0 '' '' 'a new case: silence'
is "$(lines)" 1 'a line in the log'
is "$(data | jq -c '[.rev,.id]')" "[1,\"$id\"]" 'revision 1'
is "$(data | jq -c 'del(.rev)')" "$(jq -c 'del(.rev)' one)" 'and nothing else changed'
is "$(data | sed 's/"rev":1/"rev":0/')" "$(cat one)" 'byte for byte'
version=$(jq -r .policy_version one)
esc-policy show --format json s-club >policy
same "store/policies/s-club@$version.json" policy "the policy's text is kept"
like "$(cat store/log/*)" "\"at\":\"$(date -u +%Y-%m-%d)T|\"at\":\"$(date -u -d '1 minute ago' +%Y-%m-%d)T" \
	"the line's at is the system's"

cp -r store before
commit one
answers 0 '' '' 'the same again'
same store/log/000000000001.jsonl before/log/000000000001.jsonl 'writes nothing'
data >stored
commit stored
answers 0 '' '' 'what is stored again'
same store/HEAD before/HEAD 'writes nothing either'

note 'first' <stored >noted
commit noted
answers 0 '' '' 'an event more'
is "$(data | jq -c '[.rev,.events[-1].text]' | tail -n 1)" '[2,"first"]' 'is revision 2'
is "$(data | tail -n 1 | jq -c '.events[0]')" "$(data | head -n 1 | jq -c '.events[0]')" \
	'behind the stored ones'
commit noted
answers 0 '' '' 'the same again'
is "$(lines)" 2 'writes nothing'
commit stored
is "$status" 75 'fewer events than are stored: stale'
like "$err" '^esc-commit: stored:1: ' 'with its place'
like "$err" '^esc-commit: nothing was committed: 1 of 1 refused$' 'and what became of it'
jq -c '.state="closed"|.due="1970-01-01T00:00:00Z"|.tier=99|.clocks=[]' noted | note second >derived
commit derived
is "$(data | tail -n 1 | jq -c '[.rev,.state,.tier,.due]')" \
	"$(data | sed -n 2p | jq -c '[3,.state,.tier,.due]')" 'derived fields are computed afresh'
jq -c '.subject="other"' derived >changed
commit changed
answers 65 '' "$err" 'a changed field is refused'
like "$err" '^esc-commit: changed:1: subject: .*only events change' 'by its name'
is "$(lines)" 3 'and nothing is written'

# --print, --dry-run, --verbose
data | tail -n 1 >last
note third <last | cat - two >batched
cp -r store before2
commit --dry-run batched
answers 0 "$id: revision 4
$(jq -r .id two): new" '' '--dry-run says what would become of each'
commit -n last
answers 0 "$id: unchanged" '' 'unchanged'
commit -n --print batched
is "$status $(printf '%s\n' "$out" | jq -c .rev | tr '\n' ' ')" '0 4 1 ' 'with --print the records'
same store/log/000000000001.jsonl before2/log/000000000001.jsonl '--dry-run writes nothing'
same store/HEAD before2/HEAD 'and moves nothing'
commit -v --dry-run batched
like "$err" '^esc-commit: would commit 1 new, 1 grown, 0 unchanged' '-v with --dry-run'
is "$(find store -type f | grep -cv index)" "$(find before2 -type f | grep -cv index)" \
	'nor is a file made'
commit -v --print last batched one
is "$status $err" '0 esc-commit: committed 1 new, 1 grown, 2 unchanged (line 5 of the log)' '-v'
printf '%s\n' "$out" >printed
is "$(jq -r .rev printed | tr '\n' ' ')" '3 4 1 4 ' '--print: each as it now stands'
is "$(sed -n '2,3p' printed)" "$(data | tail -n 2)" 'byte for byte as in the log'
is "$(sed -n 4p printed)" "$(data | sed -n 4p)" 'also what was nothing new'
data | tail -n 1 >again
note more <again >another
commit --print --end-mark another
is "$(printf '%s\n' "$out" | tail -n 1)" '{"end":true,"records":1}' '--end-mark closes what is printed'
data | tail -n 1 | note lost >full
esc-commit --now $now --print full >/dev/full 2>"$WORK/err"
is "$?" 74 'a full stdout'
is "$(cat "$WORK/err")" \
	'esc-commit: stdout: cannot write: No space left on device; the batch is committed' 'is said'
is "$(lines)" 7 'but the batch is committed'

run esc-commit -v </dev/null
answers 0 '' 'esc-commit: committed 0 new, 0 grown, 0 unchanged' 'no input: no line of the log is told'

# a clock that goes back
warns='^esc-commit: warning: a clock went back: .* in 1 of the cases$'
data | tail -n 1 | jq -c '{id,event:{type:"noted",text:"early"}}' >early
run esc-commit --events --now 2026-11-16T11:00:00Z early
is "$status" 0 'an event when now is before the last recording is taken'
like "$err" "$warns" 'with a warning'
is "$(data | tail -n 1 | jq -r '.events[-1].at')" $now 'recorded when the last one was'
data | tail -n 1 | jq -c --arg at 2026-11-16T11:30:00Z \
	'.events+=[{at:$at,by:"ana",type:"noted",text:"earlier"}]' >early
commit early
like "$err" "$warns" 'so is a record whose new event is raised'
is "$(data | tail -n 1 | jq -c '.events[-1]|[.at,.was_at]')" "[\"$now\",\"2026-11-16T11:30:00Z\"]" \
	'its own recording is kept beside'
data | tail -n 1 | note 'in time' >later
commit later
answers 0 '' '' 'none where no clock went back'

# what jq prints without -c
jq . one >spread
commit spread
is "$status" 65 'a record spread over lines'
like "$err" '^esc-commit: spread:1: one record must be one line .jq -c' 'is told how to be'

# one bad line
n=$(lines)
data | tail -n 1 | note good >good
(cat good; jq -c '.subject="no"' three | sed 's/"id":"[^"]*"/"id":"x"/'; cat three) >batched
commit batched
is "$status $(lines)" "65 $n" 'one refused line refuses the batch'
like "$err" '^esc-commit: batched:2: id: ' 'with its place'
like "$err" '^esc-commit: nothing was committed: 1 of 3 refused$' 'and that is said'
commit --print batched
is "$out" '' 'nothing is printed then'
(cat good; echo '{"v":1}'; cat stored three) >batched
commit batched
is "$status $(lines)" "75 $n" 'refused while it was read, and stale: 75'
like "$err" '^esc-commit: batched:2: id: required$' 'the refused one is named'
like "$err" '^esc-commit: batched:3: ' 'and the stale one too'
commit --reject bad batched
is "$status $(lines)" "75 $((n + 2))" 'with --reject the others are committed'
unlike "$err" 'nothing was committed' 'so nothing of the kind is said'
is "$(jq -r '[.rejected,.program,.source,(.errors|length>0)]|map(tostring)|join(" ")' bad)" \
	'1 esc-commit batched:2 true
1 esc-commit batched:3 true' 'the bad ones are in the reject file'
is "$(sed -n 2p bad | jq -c .record)" "$(jq -c . stored)" 'whole'
is "$(tail -n 2 store/log/*.jsonl | grep -o '"b":"[0-9/]*"' | tr '\n' ' ')" '"b":"1/2" "b":"2/2" ' \
	'the good ones are one batch'
commit --reject bad batched
is "$status $(lines)" "75 $((n + 2))" 'again: the same answer, and nothing twice'
commit bad
is "$status" 65 'reject lines are no records'
n=$(lines)

data | tail -n 1 | note later >later
commit --strict stored later
is "$status $(lines)" "75 $n" '--strict: nothing is written'
commit --strict --reject bad stored later
is "$status $(lines)" "75 $n" 'nor with --reject'
is "$(wc -l <bad | tr -d ' ')" 1 'which got the first alone'
commit --reject bad later none
is "$status $(lines)" "66 $n" 'an input that is missing: nothing is written'
commit --need-end later
is "$status $(lines)" "65 $n" 'no end mark: nothing is written'
like "$err" 'the end mark is missing' 'and why is said'
(cat later; echo '{"end":true,"records":2}') >short
commit --need-end short
is "$status $(lines)" "65 $n" 'an end mark that counts more: nothing'
(cat later; echo '{"end":true,"records":1}') >whole
commit --need-end whole
is "$status $(lines)" "0 $((n + 1))" 'the right one: written'
n=$(lines)

# nothing at all
commit /dev/null
answers 0 '' '' 'no input'
feed '' esc-commit --now $now
answers 0 '' '' 'a blank line'
feed '{"end":true,"records":0}' esc-commit --now $now --need-end -v
is "$status $(lines)" "0 $n" 'an end mark alone'

# a case twice in a batched
new_store other
commit one
data >stored
note a <stored >a
jq -c '.rev=2' a | note b >b
note c <stored >c
commit --print a b a
is "$status" 75 'the third is behind the second'
like "$err" '^esc-commit: a:1: .*missing' 'and that is said'
commit --print a b
is "$status $err" '0 ' 'a record, and one that grew from it'
is "$(printf '%s\n' "$out" | jq -c '[.rev,.events[-1].text]' | tr '\n' ' ')" \
	'[2,"a"] [3,"b"] ' 'are two revisions'
is "$(data | jq -c .rev | tr '\n' ' ')" '1 2 3 ' 'in the log too'
new_store third
commit two
data | note a >a
data | note c >c
commit a c
is "$status $(lines)" '75 1' 'two that grew from the same: nothing is written'
commit --reject bad a c
is "$status $(data | tail -n 1 | jq -r '.events[-1].text')" '75 a' 'with --reject the first wins'
commit --rebase c
is "$status $(data | tail -n 1 | jq -c '[.rev,.events[-2:][].text]')" '0 [3,"a","c"]' \
	'--rebase replays the other'
commit --rebase c
is "$status $(lines)" '0 3' 'once'

# --if-new, the clock, --max-line
new_store fourth
(cat one; jq -c '.x_fee=1' one; cat two) >batched
commit --if-new -v batched
is "$status $err" '0 esc-commit: committed 2 new, 0 grown, 1 unchanged (line 2 of the log)' \
	'--if-new passes over a known id, in the batch too'
commit --if-new --print batched
is "$(printf '%s\n' "$out" | jq -c '[.rev,.x_fee]' | tr '\n' ' ')" '[1,78.34] [1,78.34] [1,78.34] ' \
	'and prints what is stored'
data | head -n 1 | esc-note --note -m soon --by ana --now 2026-11-16T12:05:00Z >soon
data | head -n 1 | esc-note --note -m ahead --by ana --now 2026-11-16T12:05:01Z >ahead
commit ahead
is "$status $(lines)" '65 2' 'more than five minutes ahead: refused'
like "$err" '^esc-commit: ahead:1: events\[1\]: ' 'with the event'
commit soon
is "$status $(lines)" '0 3' 'five minutes: taken'
data | tail -n 1 | esc-note --note -m ahead --by ana --now 2030-01-01T00:00:00Z >ahead
commit --allow-future ahead
is "$status $(lines)" '0 4' '--allow-future'
ESC_NOW=$now run esc-commit one
is "$status $err" "0 esc-commit: warning: ESC_NOW is in force: $now" 'ESC_NOW is said'
data | tail -n 1 | jq -c '.events += [{"at":"2026-11-16T12:00:00Z","by":"x","type":"x-long","t":("y"*3000)}]' \
	>long
commit --max-line 3K long
is "$status" 65 'a line over --max-line'
jq -c 'del(.state)' three >bare
commit --max-line "$(wc -c <bare | tr -d ' ')" bare
is "$status" 65 'and one that becomes longer than that'
like "$err" '^esc-commit: bare:1: the record would be longer than [0-9]* bytes' 'are refused'

# --events
new_store fifth
commit two
two=$(jq -r .id two)
event() {
	printf '{"id":"%s",%s"event":%s}\n' "$two" "$1" "$2" >event
	commit --events --by cli event
}
event '"rev":1,' '{"type":"noted","text":"t"}'
answers 0 '' '' 'an event'
is "$(data | tail -n 1 | jq -c '[.rev,.events[-1]]')" \
	"[2,{\"at\":\"$now\",\"by\":\"cli\",\"type\":\"noted\",\"text\":\"t\"}]" 'at and by are filled in'
event '"rev":1,' '{"type":"noted","text":"u"}'
is "$status" 75 'with an old rev: stale'
event '' '{"type":"x-mine","at":"2026-11-16T11:00:00Z","n":1E5}'
is "$status $(data | tail -n 1 | jq -r '.events[-1].type')" '0 x-mine' 'a type of one'\''s own'
like "$(data | tail -n 1)" '"n":1E5' 'byte for byte'
event '' '{"type":"x-mine","at":"2026-11-16T11:00:00Z","n":1E5}'
is "$status $(lines)" '0 3' 'the same again: not added'
event '' '{"type":"resolved","outcome":"done","summary":"s"}'
is "$status" 65 'what the state does not allow'
like "$err" '^esc-commit: event:1: .*cannot resolve' 'with the reason'
event '' '{"type":"noted"}'
is "$status" 65 'what lacks a member'
printf '{"id":"%s","rev":3,"event":{"type":"%s","text":"t"}}\n' "$two" noted "$two" improved \
	>pair
commit --events --print pair
is "$status $(printf '%s\n' "$out" | jq -c '[.rev,.events[-1].type]' | tr '\n' ' ')" \
	'0 [4,"noted"] [5,"improved"] ' 'two of one case, both with the rev that was read'
commit --events pair
is "$status $(lines)" '75 5' 'which is no longer the last then'
two=ESC-01KAKZAX500000000000000001
event '' '{"type":"noted","text":"t"}'
is "$status" 65 'a case that is not there'
like "$err" "^esc-commit: event:1: id: no such case" 'is named'
echo '{"id":"x"}' >event
commit --events event
is "$status" 65 'no event'
is "$(lines)" 5 'none of these was written'

# damage, other people, later releases
jq -c '.policy="s-clubs"' one >unknown
commit unknown
is "$status" 78 'a policy that is nowhere'
sed 's/"v":1/"v":2/' one >newer
commit newer
is "$status" 78 'a record of a later release'
printf ' ' >>"fifth/policies/s-club@$version.json"
commit three
is "$status $(lines)" '74 5' 'a policy text that was changed is damage: nothing is written'
like "$err" "policies/s-club@$version.json" 'and named'
cp policy "fifth/policies/s-club@$version.json"
commit three
is "$status $(lines)" '0 6' 'mended: written'
rm -f fifth/index.sqlite
sed -i '1s/Cleaning 2/cleaning 2/' fifth/log/000000000001.jsonl
data | sed -n 3p >grown
note n <grown >grown2
commit grown2
is "$(lines)" "$([ "$status" -eq 0 ] && echo 7 || echo 6)" 'damage elsewhere: 0 and written, or 74 and not'
n=$(lines)
sed -i "${n}s/Cleaning/cleaning/" fifth/log/000000000001.jsonl
data | tail -n 1 | note n >grown
cp fifth/log/000000000001.jsonl was
commit grown
is "$status" 74 'damage of the very case: 74'
same fifth/log/000000000001.jsonl was 'and nothing is written'
commit --no-index grown
is "$status" 74 'also with --no-index'

# one writer at a time
new_store sixth
python3 - sixth/lock <<'END' &
import fcntl, os, struct, sys, time
fd = os.open(sys.argv[1], os.O_RDWR)
for byte in range(8):
    fcntl.fcntl(fd, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, byte, 1, 0))
open("held", "w").close()
while not os.path.exists("let-go"):
    time.sleep(0.02)
END
for _ in $(seq 200); do [ -e held ] || sleep 0.02; done
commit --wait 0 one
is "$status $(lines)" '75 0' 'another writer: 75 after the wait'
commit --wait 0 --dry-run one
is "$status" 0 'a dry run waits for nobody'
: >let-go
wait
commit --wait 0 one
is "$status $(lines)" '0 1' 'and then it is taken'

mkdir tmp
for file in one two three; do
	commit --no-index "$file" || :
done
is "$(lines)" 3 '--no-index'
commit --no-index one two three
is "$status $(lines)" '0 3' 'knows what is there'
TMPDIR=$PWD/none commit --no-index one
is "$status" 0 'small batches need no temporary file'

# more than fits into memory
new_store seventh
seq 9000 | awk '{ printf "{\"created\":\"2026-11-16T10:00:00Z\",\"case_number\":\"C-%d\"," \
	"\"subject\":\"%0300d\",\"description\":\"d\",\"trigger\":\"unresolved\"}\n", $1, $1 }' |
	esc-submit --policy s-club --by portal --now "$submitted" >many
TMPDIR=$PWD/none run esc-commit --now $now many
is "$status $(lines)" '74 0' 'nowhere to put a large batch: 74, and nothing is written'
like "$err" "^esc-commit: many:[0-9]*: $PWD/none: cannot make a temporary file" 'and where is said'
TMPDIR=$PWD/tmp run esc-commit --now $now --print many
is "$status $(lines) $(find tmp -type f | wc -l | tr -d ' ')" '0 9000 0' \
	'in TMPDIR, and nothing stays there'
is "$(data | cmp - "$WORK/out" && echo same)" same 'printed as committed'
esc-note --note -m n --by ana --now $now <"$WORK/out" >again
TMPDIR=$PWD/tmp run esc-commit --now $now many again many
is "$status $(lines)" '0 18000' 'each grew, between two lines that change nothing'
new_store eighth
(ulimit -f 4096 && TMPDIR=$PWD/tmp esc-commit --now $now many 2>"$WORK/err")
is "$? $(lines)" '74 0' 'a limit of file size: 74, and nothing is written'
commit many
is "$status $(lines)" '0 9000' 'without it: written'

script -qec true /dev/null >/dev/null 2>&1 </dev/null || {
	printf '# no script(1): the terminal is not tried\n'
	done_testing
}
script -qec "esc-commit --now $now one" term </dev/null >/dev/null
like "$(tr -d '\r' <term)" '^esc-commit: committed 1 new, 0 grown, 0 unchanged' \
	'on a terminal it says what was committed'
mkfifo fifo
{ cat two; sleep 1.2; cat many; } >fifo &
script -qec "esc-commit --now $now fifo" term </dev/null >/dev/null
wait
like "$(tr '\r' '\n' <term)" '^[0-9]+ records, [0-9]+/s' 'and how far it is, though stdout is one too'
done_testing
