#!/bin/sh
# make install puts all in its place, and make uninstall takes it away.
. "${0%/*}/../lib.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL
command -v make >/dev/null || skip_all 'needs make'

# What is installed is what was built: nothing is made again.
put() {
	run make -s -C "$ROOT" -o all BIN="$BIN" DESTDIR="$PWD/there" PREFIX=/usr "$@"
}

put install
is "$status $err" '0 ' 'make install'
for program in "$ROOT"/cmd/*.c; do
	name=$(basename "$program" .c)
	run "there/usr/bin/$name" --version
	like "$status $out" "^0 $name [0-9.]+$" "$name is there"
	ok "$name has its page" test -s "there/usr/share/man/man1/$name.1"
done
for page in man5/esc-case.5 man5/esc-policy.5 man7/esc.7; do
	ok "$page" test -s "there/usr/share/man/$page"
done
same there/usr/share/esc/esc-case.schema.json "$ROOT/man/esc-case.schema.json" 'the schema'
same there/usr/share/esc/policies/s-club.json "$ROOT/lib/policies/s-club.json" 'a policy'
same there/usr/share/esc/policies/calendars/london.json "$ROOT/lib/policies/calendars/london.json" 'a calendar'
for piece in "$ROOT"/scripts/jobs/*; do
	sed 's,/usr/local/bin,/usr/bin,g' "$piece" >want
	same "there/usr/share/esc/jobs/${piece##*/}" want "${piece##*/}, with the folder of the programs"
done
for script in esc-check-next esc-report-month; do
	ok "$script can be run" test -x there/usr/share/esc/jobs/$script
done

if command -v bash >/dev/null; then
	run bash -c '. there/usr/share/bash-completion/completions/esc-submit
		COMP_WORDS=(esc-submit --pol) COMP_CWORD=1
		_esc && echo "${COMPREPLY[@]}"; complete -p esc-submit'
	is "$(printf '%s\n' "$out" | head -n 1)" --policy 'bash completes options'
	like "$out" '^complete .*_esc esc-submit$' 'for the program'
fi

put uninstall
is "$status $err" '0 ' 'make uninstall'
is "$(find there ! -type d)" '' '... leaves nothing'
ok '... nor its own folders' test ! -e there/usr/share/esc

# DATADIR is the user's: what stands there beside esc's files stays.
put install DATADIR=/usr/share
mkdir -p there/usr/share/policies there/usr/share/doc
echo ours | tee there/usr/share/doc/ours >there/usr/share/policies/ours.json
put uninstall DATADIR=/usr/share
is "$status $err" '0 ' 'make uninstall DATADIR=/usr/share'
is "$(find there ! -type d | sort)" "there/usr/share/doc/ours
there/usr/share/policies/ours.json" "... leaves all that is not esc's"
done_testing
