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

bound=
command -v timeout >/dev/null 2>&1 && bound='timeout 10'

# Asks docker or podman about the container of a folder of ours.
ask_engine_of() {
  engine_script=$1/engine.sh
  shift
  $bound sh "$engine_script" "$@" </dev/null 2>/dev/null
}
container_runs() {
  [ "$(ask_engine_of "$1" inspect -f '{{.State.Running}}' "$(cat "$1/container")")" = true ]
}

# A folder of ours holds the process that it names, and that process still runs; or its container does.
is_alive() {
  [ -s "$1/container" ] && container_runs "$1" && return 0
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

# What a runtime file says in one line; for a container with the port by which this machine reaches it.
runtime_content() {
  if [ -s "$1/port" ]; then
    tr -d '\r\n' <"$2" | sed "s/\"port\": *[0-9]*/\"port\": $(cat "$1/port")/; s/\"hostname\": *\"[^\"]*\"/\"hostname\": \"127.0.0.1\"/"
  else
    tr -d '\r\n' <"$2"
  fi
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
