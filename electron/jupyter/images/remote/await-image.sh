# Waits until the container of server `id` serves, has failed, or `seconds` are over. Reports `runtime`, `failed`
# (not-fetched, not-started, without-jupyter, gpu-missing, ended) or the `phase` and how many layers have arrived.
instance="$base/$id"
deadline=$(($(date +%s) + seconds))

tell_facts() {
  for fact in folder interface detached profile started image; do
    [ -s "$instance/$fact" ] && say "$fact" "$(head -n 1 "$instance/$fact")"
  done
}

tell_lines() {
  while IFS= read -r line; do say log "$line"; done
  return 0
}

# The kernel's driver and what hands its devices to containers.
lacks_gpu_runtime() {
  [ "$(cat "$instance/gpus")" = yes ] || return 1
  [ -e /dev/nvidiactl ] || [ -e /dev/dxg ] || return 0
  for hook in /etc/cdi/*nvidia* /var/run/cdi/*nvidia* /usr/bin/nvidia-container-runtime-hook /usr/bin/nvidia-container-runtime; do
    [ -e "$hook" ] && return 1
  done
  return 0
}

fail() {
  say failed "$1"
  say exit "$2"
  exit 0
}

while :; do
  phase=$(cat "$instance/phase" 2>/dev/null)
  case $phase in
    not-fetched)
      tail -n 30 "$instance/log" | tell_lines
      fail not-fetched ''
      ;;
    not-started)
      tail -n 30 "$instance/log" | tell_lines
      code=$(cat "$instance/exit")
      lacks_gpu_runtime && fail gpu-missing "$code"
      # docker-run(1): 126 and 127 are about the program in the container, here its shell.
      case $code in 126 | 127) fail without-jupyter "$code" ;; *) fail not-started "$code" ;; esac
      ;;
    started)
      if runtime=$(runtime_of "$instance"); then
        content=$(runtime_content "$instance" "$runtime")
        case $content in
          *'}')
            [ -s "$instance/server" ] || printf '%s' "$runtime" >"$instance/server"
            say runtime "$content"
            tell_facts
            exit 0
            ;;
        esac
      fi
      if ! container_runs "$instance"; then
        code=$(ask_engine_of "$instance" inspect -f '{{.State.ExitCode}}' "$(cat "$instance/container")")
        $bound sh "$instance/engine.sh" logs --tail 30 "$(cat "$instance/container")" 2>&1 </dev/null | tell_lines
        case $code in 86 | 127) fail without-jupyter "$code" ;; *) fail ended "$code" ;; esac
      fi
      ;;
    *)
      if ! is_alive "$instance"; then
        [ "$(cat "$instance/phase" 2>/dev/null)" = "$phase" ] && fail ended ''
        continue
      fi
      ;;
  esac
  [ "$(date +%s)" -lt "$deadline" ] || break
  sleep 0.2 2>/dev/null || sleep 1
done
say phase "${phase:-creating}"
if [ -s "$instance/pull" ]; then
  say layers "$(grep -c -e ': Pulling fs layer' -e ': Already exists' -e '^Copying blob' "$instance/pull")"
  say arrived "$(grep -c -e ': Pull complete' -e ': Already exists' "$instance/pull")"
fi
[ "$phase" = started ] && $bound sh "$instance/engine.sh" logs --tail 30 "$(cat "$instance/container")" 2>&1 </dev/null | tell_lines
say end ''
