# complete.bash SCRIPT WORD...: what bash completes the last word to, one per line.
# Words are split as the default COMP_WORDBREAKS does: '=' is a word of its own.
source "$1"
shift
complete -p roofline > /dev/null || exit 1
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_roofline roofline "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
[[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
