# bash completion for the esc programs: options come from --list-options.
_esc()
{
	local cur=${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$("${COMP_WORDS[0]}" --list-options 2>/dev/null | grep -o '^--[a-z0-9-]*')" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}

complete -F _esc -o filenames "$(basename "${BASH_SOURCE[0]}")"
