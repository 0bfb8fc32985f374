#!/bin/sh
# esc-commit: a batch of any size in bounded memory, and right in all of it.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
[ "${ESC_LONG:-}" ] || skip_all 'long: ESC_LONG=1 runs it'

n=300000 # many more than the ids that are held in memory
most=64  # MiB

now=2026-11-16T12:00:00Z
TMPDIR=$PWD
export TMPDIR

# measured COMMAND...: runs it, and $mib is the most memory that it took
measured() {
	run "${PYTHON:-python3}" -c '
import resource, subprocess, sys
with open("mib", "w") as file:
    status = subprocess.run(sys.argv[1:], check=False).returncode
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10))
sys.exit(status)' "$@"
	mib=$(cat mib)
}

new_store
seq "$n" | awk '{ printf "{\"created\":\"2026-11-16T10:00:00Z\",\"case_number\":\"C-%d\"," \
	"\"subject\":\"s\",\"description\":\"d\",\"trigger\":\"unresolved\"}\n", $1 }' |
	esc-submit --policy s-club --by portal --now "$submitted" >cases
measured esc-commit -v --now $now cases
is "$status $err" "0 esc-commit: committed $n new, 0 grown, 0 unchanged (line $n of the log)" \
	"$n new cases"
ok "in $mib MiB, $most at most" test "$mib" -le "$most"

esc-note --note -m one --by ana --now $now cases | sed 's/"rev":0/"rev":1/' >first
esc-note --note -m two --by ana --now $now first | sed 's/"rev":1/"rev":2/' >second
measured esc-commit -v --now $now first second
is "$status $err" "0 esc-commit: committed 0 new, $((2 * n)) grown, 0 unchanged (line $((3 * n)) of the log)" \
	'each grew twice in one batch'
ok "in $mib MiB, $most at most" test "$mib" -le "$most"
measured esc-commit -v --now $now second
is "$status $err" "0 esc-commit: committed 0 new, 0 grown, $n unchanged (line $((3 * n)) of the log)" \
	'again: nothing'
ok "in $mib MiB, $most at most" test "$mib" -le "$most"
run esc-store verify
is "$status" 0 'the log verifies'
is "$(find . -maxdepth 1 -type f -name 'esc-*' | wc -l | tr -d ' ')" 0 'no temporary file is left'
done_testing
