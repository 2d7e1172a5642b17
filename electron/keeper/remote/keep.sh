# Starts the keeper of one Jupyter server, detached from this connection, unless it runs already.
# Takes: key (of the keeper's folder), instance (the server's folder among ours, or empty), server_pid, settings.
# `write_modules` writes the keeper's program into a folder. Reports `kept` with its folder and port (0: it listens
# on the folder's socket), or `cannot` with `python`, `space`, `path` or `start`.

cannot() {
  say cannot "$1"
  exit 0
}

# Also to whoever looks for servers later.
tell_kept() {
  kept="$(cat "$folder/ready") $folder"
  [ -n "$instance" ] && [ -d "$base/$instance" ] && printf '%s\n' "$kept" >"$base/$instance/keeper"
  say kept "$kept"
}

keepers="${base%/notebooks}/keepers"
mkdir -p "$keepers" 2>/dev/null || cannot space
keepers=$(cd "$keepers" && pwd -P) || cannot space
if command -v flock >/dev/null 2>&1 && : >>"$keepers/.lock" 2>/dev/null; then
  exec 9>>"$keepers/.lock"
  flock -w 20 9
fi
folder="$keepers/$key"

if is_alive "$folder" && [ -s "$folder/ready" ]; then
  tell_kept
  exit 0
fi
for other in "$keepers"/*/; do
  other=${other%/}
  [ -d "$other" ] && ! is_alive "$other" && rm -rf "$other"
done

# Of the 108 bytes of sun_path one ends the string; macOS has 104.
[ ${#folder} -le 101 ] || cannot path

new_enough() {
  command -v "$1" >/dev/null 2>&1 && "$1" -E -s -c 'import sys, asyncio; sys.exit(sys.version_info < (3, 7))' \
    </dev/null >/dev/null 2>&1 9>&-
}
# The number of a process in a container is another one's outside it.
[ -n "$instance" ] && [ -s "$base/$instance/container" ] && server_pid=0
python=
program=$(cat "$base/$instance/program" 2>/dev/null)
of_server=$(tr '\0' '\n' <"/proc/$server_pid/cmdline" 2>/dev/null | head -n 1)
case ${of_server##*/} in python*) ;; *) of_server= ;; esac
for candidate in "${program%/*}/python3" "$of_server" python3 /usr/bin/python3 /usr/local/bin/python3 \
  "$HOME"/miniconda3/bin/python3 "$HOME"/miniforge3/bin/python3 /opt/conda/bin/python3 /opt/homebrew/bin/python3; do
  if [ -n "$candidate" ] && new_enough "$candidate"; then
    python=$(command -v "$candidate")
    break
  fi
done
[ -n "$python" ] || cannot python

mkdir "$folder" 2>/dev/null || cannot space
write_modules "$folder" && printf '%s' "$settings" >"$folder/settings.json" && [ -s "$folder/settings.json" ] ||
  { rm -rf "$folder"; cannot space; }
cat >"$folder/run.sh" <<'end-of-run'
folder=$1
shift
exec </dev/null >"$folder/log" 2>&1
echo "$$" >"$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
exec "$@"
end-of-run
set -- sh "$folder/run.sh" "$folder" "$python" -E -s -B "$folder/keeper.py" "$folder" "$server_pid"

lingers() {
  command -v systemd-run >/dev/null 2>&1 && command -v loginctl >/dev/null 2>&1 || return 1
  : "${XDG_RUNTIME_DIR:=/run/user/$(id -u)}"
  export XDG_RUNTIME_DIR
  [ "$(loginctl show-user "$(id -un)" -p Linger 2>/dev/null)" = Linger=yes ]
}
is_ready() {
  for wait in $(seq 100 2>/dev/null || echo 1 2 3 4 5 6 7 8 9 10); do
    [ -s "$folder/ready" ] && return 0
    sleep 0.1 2>/dev/null || sleep 1
  done
  return 1
}

cd / || cannot start
if ! { lingers && systemd-run --user --quiet --collect "$@" </dev/null >/dev/null 2>&1 9>&- && is_ready; }; then
  if command -v setsid >/dev/null 2>&1; then
    setsid "$@" </dev/null >/dev/null 2>&1 9>&- &
  else
    nohup "$@" </dev/null >/dev/null 2>&1 9>&- &
  fi
  is_ready || { tail -n 20 "$folder/log" | while IFS= read -r line; do say log "$line"; done; cannot start; }
fi
birth_of "$(cat "$folder/pid")" >"$folder/birth"
tell_kept
