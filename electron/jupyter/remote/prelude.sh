# Sent before every script: words and paths that all of them share.
# `mark` is a random word that no other output carries; `say` reports a fact under it, one line each.
umask_of_user=$(umask)
umask 077
LC_ALL=C
base="${XDG_DATA_HOME:-$HOME/.local/share}/nuvem/notebooks"

say() { printf '%s %s %s\n' "$mark" "$1" "$2"; }

# Tells a process from a later one with the same number; fails for one that has ended.
birth_of() {
  if [ -r "/proc/$1/stat" ]; then
    birth=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # Field 22 is the start time; the name in field 2 may hold blanks and brackets.
    set -f
    set -- ${birth##*) }
    set +f
    [ "$1" != Z ] || return 1
    shift 19
    printf '%s.%s' "$1" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'
  fi
}

# A folder of ours holds the process that it names, and that process still runs.
is_alive() {
  [ -s "$1/pid" ] && [ -s "$1/birth" ] || return 1
  pid=$(cat "$1/pid")
  kill -0 "$pid" 2>/dev/null && [ "$(birth_of "$pid")" = "$(cat "$1/birth")" ]
}

# The runtime file of the server in a folder of ours; servers that the user starts inside it write there too.
runtime_of() {
  for runtime in "$1"/runtime/jpserver-*.json "$1"/runtime/nbserver-*.json; do
    [ -f "$runtime" ] || continue
    if [ -s "$1/server" ] && [ "$(cat "$1/server")" != "$runtime" ]; then continue; fi
    printf '%s' "$runtime"
    return 0
  done
  return 1
}

expand_home() {
  case $1 in
    '~') printf '%s' "$HOME" ;;
    '~/'*) printf '%s/%s' "$HOME" "${1#??}" ;;
    /*) printf '%s' "$1" ;;
    '') printf '%s' "$HOME" ;;
    *) printf '%s/%s' "$HOME" "$1" ;;
  esac
}
