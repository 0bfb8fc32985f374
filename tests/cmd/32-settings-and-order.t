#!/bin/sh
# Paths in settings files, and the order of the overview of esc-sla-check.
. "${0%/*}/../lib.sh"

form='--trigger unresolved --subject s --description d --requester-name k --now 2026-11-16T09:20:00Z --by b --created 2026-11-16T09:00:00Z'

# Relative paths of a settings file begin at the folder of its .esc.
mkdir -p work/.esc work/deep/down work/first work/terms
esc-policy show --format json s-club | jq -c '.tiers[0] |= (del(.target) | .limit = "9bd")' >work/terms/s-club.json
printf 'policy = s-club\npolicy_path = first:terms\n' >work/.esc/config
run sh -c "cd work/deep/down && esc-submit $form | esc-triage --accept --by b --now 2026-11-16T10:00:00Z"
is "$status $(printf '%s\n' "$out" | jq -r '.clocks[0].limit_at')" '0 2026-11-27T17:30:00Z' 'policy_path: folders with colons, from where the settings are'
cp work/terms/s-club.json work/mine.json
sed -i 's/"name":"s-club"/"name":"ours"/' work/mine.json
printf 'policy = mine.json\n' >work/.esc/config
run sh -c "cd work/deep/down && esc-submit $form"
is "$status $(printf '%s\n' "$out" | jq -r .policy)" '0 ours' 'policy: a file, from there too'

# The worst first, then the earliest limit (none last), then as they came.
cases() { # NAME CREATED TIER: a case that was accepted then
	# shellcheck disable=SC2086
	esc-submit $form --policy s-club --subject "$1" --created "$2" |
		esc-triage --accept --tier "$3" --by b --now 2026-11-16T09:30:00Z |
		esc-note --update --expected +1bd -m told --by b --now "$4"
}
{
	cases soon 2026-11-16T09:20:00Z 3 2026-11-18T09:00:00Z
	cases open 2026-11-16T09:10:00Z 4 2026-11-18T09:00:00Z
	cases late2 2026-11-16T09:00:00Z 2 2026-11-16T12:00:00Z
	cases late1 2026-11-16T09:05:00Z 1 2026-11-17T12:00:00Z
} >four 2>/dev/null
run esc-sla-check --format text --show subject --fail-on never --now 2026-11-20T16:00:00Z four; 
is "$status $(printf '%s\n' "$out" | grep -Eo '(late1|late2|open|soon)$' | tr '\n' ' ')" '0 late1 late2 soon open ' \
	'the overview: the worst first, then the earliest limit'
run esc-sla-check --format text --show subject --fail-on never --now 2026-11-20T16:00:00Z four four
is "$(printf '%s\n' "$out" | grep -Ec '(late1|late2|open|soon)$')" 8 '... all of them'

# Nobody's screen is a reason to cut what goes into a file or a mail.
subject="Torte $(printf '%100s' '' | tr ' ' f)"
head -n 1 four | sed "s/\"soon\"/\"$subject\"/g" >long
run esc-sla-check --format text --show subject --fail-on never --now 2026-11-20T16:00:00Z long
like "$out" 'Torte f{100}$' 'no terminal: the subject in full'
COLUMNS=120 run esc-sla-check --format text --show subject --fail-on never --now 2026-11-20T16:00:00Z long
like "$out" 'Torte f+…$' 'COLUMNS: cut to it'
if script -qc true /dev/null </dev/null >/dev/null 2>&1; then
	cat >screen <<-'EOF'
	stty cols 110
	esc-sla-check --format text --show subject --fail-on never --now 2026-11-20T16:00:00Z long
	EOF
	out=$(script -qc 'sh ./screen' /dev/null </dev/null | tr -d '\r')
	like "$out" 'Torte f+…$' 'a terminal: cut to its width'
fi

done_testing
