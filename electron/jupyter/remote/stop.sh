# Ends one server: asks (SIGTERM), then forces (SIGKILL); reports `stopped` once it is gone, else `running`.
# Takes: id (of a folder of ours, or empty), pid (of a server that the user started, or empty), asked (yes: it
# was already told to shut down).
instance=
[ -n "$id" ] && instance="$base/$id"

# A container is ended by its engine; its processes have other numbers inside it.
if [ -n "$instance" ] && [ -s "$instance/container" ]; then
  container=$(cat "$instance/container")
  # It may still be on its way: what fetches the image leads a group of its own.
  if [ -s "$instance/pid" ] && [ "$(birth_of "$(cat "$instance/pid")")" = "$(cat "$instance/birth")" ]; then
    kill -TERM "-$(cat "$instance/pid")" 2>/dev/null || kill -TERM "$(cat "$instance/pid")" 2>/dev/null
  fi
  if [ "$asked" = yes ]; then
    for wait in 1 2 3 4 5 6; do container_runs "$instance" && sleep 0.5 2>/dev/null; done
  fi
  bound='timeout 40'
  command -v timeout >/dev/null 2>&1 || bound=
  ask_engine_of "$instance" stop -t 10 "$container" >/dev/null
  ask_engine_of "$instance" rm -f "$container" >/dev/null
  if container_runs "$instance"; then
    say running "$container"
  else
    rm -rf "$instance"
    say stopped "$container"
  fi
  exit 0
fi

server_pid() {
  if [ -n "$instance" ]; then
    runtime=$(runtime_of "$instance") || return 1
    found=${runtime##*server-}
    printf '%s' "${found%.json}"
  else
    printf '%s' "$pid"
  fi
}

target=$(server_pid)
still_runs() {
  if [ -n "$instance" ] && is_alive "$instance"; then return 0; fi
  [ -n "$target" ] && kill -0 "$target" 2>/dev/null && birth_of "$target" >/dev/null
}
is_jupyter() {
  case $(ps -p "$1" -o args= 2>/dev/null || tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null) in
    *jupyter* | *notebook*) return 0 ;;
    *) return 1 ;;
  esac
}
gone_within() {
  for wait in $(seq "$1" 2>/dev/null || echo 1 2 3 4 5 6 7 8 9 10); do
    still_runs || return 0
    sleep 0.1 2>/dev/null || sleep 1
  done
  ! still_runs
}

[ -n "$target" ] && ! is_jupyter "$target" && target=
# Its manager would start it again after a signal that it can't answer.
if [ -n "$instance" ] && [ "$(cat "$instance/unit" 2>/dev/null)" = user ]; then
  XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}" \
    systemctl --user stop "nuvem-notebook-$id.service" </dev/null >/dev/null 2>&1
fi
[ "$asked" = yes ] && gone_within 30
[ -n "$target" ] && kill -TERM "$target" 2>/dev/null
if [ -z "$target" ] && [ -n "$instance" ] && is_alive "$instance"; then
  kill -TERM "-$(cat "$instance/pid")" 2>/dev/null || kill -TERM "$(cat "$instance/pid")" 2>/dev/null
fi
if ! gone_within 100; then
  [ -n "$target" ] && kill -KILL "$target" 2>/dev/null
  if [ -n "$instance" ] && is_alive "$instance"; then kill -KILL "$(cat "$instance/pid")" 2>/dev/null; fi
  gone_within 30
fi

if still_runs; then
  say running "$target"
else
  # A service stays, to be started again or removed.
  [ -n "$instance" ] && [ ! -s "$instance/unit" ] && rm -rf "$instance"
  say stopped "$target"
fi
