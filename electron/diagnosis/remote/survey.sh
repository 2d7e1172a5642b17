# Reports whether one can work here: clock, home folder, temporary folder, and a socket to try forwarding with.

say clock "$(date +%s)"
say home "$HOME"

# Writes a little into a folder and says how that went.
try_folder() {
  if [ ! -d "$2" ]; then
    say "$1" missing
    return
  fi
  probe="$2/.nuvem-check-$mark"
  if { head -c 4096 /dev/zero >"$probe"; } 2>/dev/null && [ "$(wc -c <"$probe")" -eq 4096 ]; then
    say "$1" fine
  elif [ ! -w "$2" ]; then
    say "$1" not-writable
  else
    say "$1" full
  fi
  rm -f "$probe"
}

try_folder home-folder "$HOME"
say temp "${TMPDIR:-/tmp}"
try_folder temp-folder "${TMPDIR:-/tmp}"

# Flags 00010000 and type 0001: a listening stream socket, see proc_net_unix in net/unix/af_unix.c of Linux.
if [ -r /proc/net/unix ]; then
  while read -r _ _ _ flags type _ _ path; do
    case "$flags $type $path" in
      '00010000 0001 /'*) [ -S "$path" ] && [ -w "$path" ] && say socket "$path" && break ;;
    esac
  done </proc/net/unix
fi
say end ''
