#!/bin/sh
# Two users of one group write a shared store; a third, outside, gets 77.
# Needs root, to be others.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
[ "$(id -u)" -eq 0 ] || skip_all 'needs root, to be other users'
command -v setpriv >/dev/null || skip_all 'needs setpriv'

now=2026-11-16T12:00:00Z
team=60010
chmod 755 "$WORK" "$WORK/t" "$WORK/home"
# The programs, where everybody may run them.
mkdir "$WORK/bin"
cp "$BIN"/esc-* "$WORK/bin" && PATH=$WORK/bin:$PATH

# user UID CMD...: as that user of the group; outside: of another one.
user() {
	uid=$1
	shift
	setpriv --reuid "$uid" --regid $team --clear-groups "$@"
}
outside() {
	setpriv --reuid 60009 --regid 60009 --clear-groups "$@"
}
user 60001 sh -c : 2>/dev/null || skip_all 'setpriv may not change the user here'

mkdir shared && chown 60001:$team shared && chmod 2770 shared
ESC_STORE=$PWD/shared/store
export ESC_STORE
umask 077
run user 60001 esc-store init --shared
answers 0 "$out" '' 'one of the group makes a shared store'
forms 3 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy s-club --by portal --now "$submitted" >cases
run user 60001 esc-commit --now $now <cases
answers 0 '' '' 'she commits'
user 60002 esc-cat --all >seen
is "$(wc -l <seen | tr -d ' ')" 3 'the other reads'
esc-note -m 'by the other' --by bo --now $now seen >noted
run user 60002 esc-commit --now $now <noted
answers 0 '' '' 'the other commits'
user 60001 esc-cat --all | esc-note -m 'and back' --by ann --now $now >noted
run user 60001 esc-commit --now $now <noted
answers 0 '' '' 'she commits again'
is "$(user 60002 esc-cat --all | jq -r '[.events[].type]|join(" ")' | sort -u)" \
	'submitted noted noted' 'both see both'
is "$(jq -r .by "$ESC_STORE"/log/*.jsonl | sort -u | wc -l | tr -d ' ')" 2 \
	'the log says who, whatever the events claim'
is "$(find "$ESC_STORE" -type f ! -perm 0660 ! -path '*/log/*' ! -path '*/seals/*' | head -n 3)" '' \
	'files are the group'"'"'s, whatever the umask'
is "$(find "$ESC_STORE" -type d ! -perm 2770 | head -n 3)" '' 'so are folders'
is "$(find "$ESC_STORE" ! -group $team | head -n 3)" '' 'all of it belongs to the group'

chmod 755 shared
run outside esc-cat --all
is "$status $out" '77 ' 'a third, outside, may not read'
like "$err" '^esc-cat: ' 'and is told'
run outside esc-commit --now $now <cases
is "$status" 77 'nor write'
run outside esc-store verify
is "$status" 77 'nor verify'

# A store of one's own is read by the group and written by its owner.
mkdir own && chown 60001:$team own && chmod 2755 own
ESC_STORE=$PWD/own/store
run user 60001 esc-store init
is "$status" 0 'a store that is not shared'
run user 60001 esc-commit --now $now <cases
is "$status" 0 'its owner commits'
is "$(user 60002 esc-cat --all | wc -l | tr -d ' ')" 3 'the group reads'
run user 60002 esc-commit --now $now <cases
is "$status" 77 'and may not write'
# A job of root leaves nothing there that its owner cannot write.
echo more >more.txt
esc-submit --policy five-tier --subject s --requester-name Kim --channel chat --severity high \
	--complexity basic --by kim --now "$submitted" --attach more.txt --blobs new >case
run esc-commit --blobs new --now $now <case
answers 0 '' '' 'root commits to it'
is "$(esc-cat --all | wc -l | tr -d ' ')" 4 '... a case with an attachment and a new policy'
is "$(find "$ESC_STORE" ! -user 60001)" '' '... and all is still its owner'"'"'s'
run user 60001 esc-commit --now $now <cases
is "$status" 0 '... who goes on'
chmod o+w "$ESC_STORE"
run user 60001 esc-cat --all
is "$status" 77 'a store that everybody can write is refused'
done_testing
