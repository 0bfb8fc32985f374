# shellcheck shell=bash
# bash completion for the esc programs; all that it knows is what
# --list-options says: option, argument, and the names that may stand there.
#
#   . scripts/completion.bash     in a checkout; after make install it is
#                                 found by the package bash-completion

# _esc_candidates ROW CUR: the names of that row, files where it takes some.
# Of a list only the name at its end is completed.
_esc_candidates()
{
	local row=$1 cur=$2 list before='' names
	names=$(awk -F '\t' -v row="$row" '$1 == row { print $3; exit }' <<<"$list_options")
	list=$(awk -F '\t' -v row="$row" '$1 == row { print $2; exit }' <<<"$list_options")
	if [[ $list == *'[,'* && $cur == *,* ]]; then
		before=${cur%,*},
		cur=${cur##*,}
	fi
	[[ -n $names ]] && mapfile -t COMPREPLY < <(compgen -P "$before" -W "$names" -- "$cur")
	if [[ -z $list || $list == *FILE* || $list == *DIR* || $list == *CALENDAR* ]]; then
		mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur")
	fi
}

# Which operand this is: 1, 2 ...; arguments of options do not count.
_esc_place()
{
	local i word place=1
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ $word != -* ]]; then
			((place++))
		elif [[ ${COMP_WORDS[i + 1]} == '=' ]]; then
			((i += 2))
		elif _esc_takes "$word"; then
			((i++))
		fi
	done
	echo "$place"
}

_esc_takes()
{
	awk -F '\t' -v row="$1" '$1 == row && $2 != "" { found = 1 } END { exit !found }' \
		<<<"$list_options"
}

# The word at the cursor, by list_options.
_esc_word()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	if [[ $cur == '=' ]]; then # --option=: bash parts words there
		cur=''
	elif [[ $prev == '=' ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if [[ $prev == -* ]] && _esc_takes "$prev"; then
		_esc_candidates "$prev" "$cur"
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W \
			"$(grep -o '^--[a-z0-9-]*' <<<"$list_options")" -- "$cur")
	elif [[ $list_options == *$'\ncommand\t'* && $(_esc_place) == 1 ]]; then
		_esc_candidates command "$cur"
	elif [[ $list_options == *$'\nverb\t'* ]]; then
		_esc_candidates verb "$cur"
	else
		_esc_candidates operand "$cur"
	fi
}

# Behind a verb its own options: as if it were the program.
_esc_behind_verb()
{
	local words=("${COMP_WORDS[@]:1}") place=$COMP_CWORD list_options
	list_options=$("${COMP_WORDS[0]}" "${words[0]}" --list-options 2>/dev/null)
	local COMP_WORDS=("${words[@]}") COMP_CWORD=$((place - 1))
	_esc_word
}

_esc()
{
	local list_options
	COMPREPLY=()
	list_options=$("${COMP_WORDS[0]}" --list-options 2>/dev/null)
	if [[ $list_options == *$'\nverb\t'* && $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} != help ]]; then
		_esc_behind_verb
	else
		_esc_word
	fi
}

# Installed, this file has a program's name; in a checkout the programs are
# those of cmd/.
_esc_programs()
{
	local self=${BASH_SOURCE[0]} file
	case ${self##*/} in
	esc | esc-*) echo "${self##*/}" ;;
	*)
		[[ $self == */* ]] || self=./$self
		for file in "${self%/*}"/{esc,esc-*} "${self%/*}"/../cmd/{esc,esc-*}.c; do
			[[ -e $file ]] && basename "$file" .c
		done
		;;
	esac
}

mapfile -t _esc_names < <(_esc_programs)
complete -F _esc -o filenames "${_esc_names[@]}"
unset _esc_names
unset -f _esc_programs
