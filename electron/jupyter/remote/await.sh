# Waits until the server `id` listens or has ended, at most `seconds`. Reports `runtime`, `ended` or `pending`.
instance="$base/$id"
deadline=$(($(date +%s) + seconds))

last_lines() {
  if [ -s "$instance/unit" ]; then
    $bound journalctl "SYSLOG_IDENTIFIER=nuvem-notebook-$id" -n 30 -o cat -q </dev/null 2>/dev/null
  else
    tail -n 30 "$instance/log" 2>/dev/null
  fi
}

tell_log() {
  last_lines | while IFS= read -r line; do say log "$line"; done
  available=$(df -Pk "$instance" 2>/dev/null | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4)
  [ "${available:-1}" = 0 ] && say full "$instance"
}

while :; do
  if runtime=$(runtime_of "$instance"); then
    content=$(tr -d '\r\n' <"$runtime")
    case $content in
      *'}')
        [ -s "$instance/server" ] || printf '%s' "$runtime" >"$instance/server"
        say runtime "$content"
        for fact in folder interface detached why profile started; do
          [ -s "$instance/$fact" ] && say "$fact" "$(head -n 1 "$instance/$fact")"
        done
        exit 0
        ;;
    esac
  fi
  if [ -s "$instance/exit" ] || ! is_alive "$instance"; then
    say ended "$(cat "$instance/exit" 2>/dev/null)"
    tell_log
    exit 0
  fi
  [ "$(date +%s)" -lt "$deadline" ] || break
  sleep 0.1 2>/dev/null || sleep 1
done
say pending "$id"
tell_log
