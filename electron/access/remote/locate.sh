# Sent before every script about ~/.ssh/authorized_keys: where it lies, and how to report on it.
export LC_ALL
folder=$HOME/.ssh

# A file byte for byte, between two lines of ours.
say_file() {
  printf '%s file-begin %s\n' "$mark" "$1"
  cat "$2"
  printf '\n%s file-end %s\n' "$mark" "$1"
}

# The file behind symbolic links; fails when they lead nowhere.
real_file() {
  file=$1
  for hop in 1 2 3 4 5 6 7 8 9 10; do
    if [ ! -L "$file" ]; then
      place=$(cd "$(dirname "$file")" 2>/dev/null && pwd -P) || return 1
      printf '%s/%s' "${place%/}" "$(basename "$file")"
      return 0
    fi
    link=$(readlink "$file") || return 1
    case $link in
      /*) file=$link ;;
      *) file=$(dirname "$file")/$link ;;
    esac
  done
  return 1
}

# Permissions and owner as `ls` writes them, e.g. `-rw------- 1000`.
facts_of() {
  set -f
  set -- $(ls -ldn "$1" 2>/dev/null)
  set +f
  printf '%s %s' "$1" "$3"
}

# Ends the script: the disk is full where this user may write, else they may not.
blame() {
  rm -f "$fresh" "$old" 2>/dev/null
  if [ -d "$1" ] && [ -w "$1" ] && [ -x "$1" ]; then say disk-full "$1"; else say permission-denied "$1"; fi
  exit 0
}
