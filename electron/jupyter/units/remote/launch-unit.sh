# Sent before the launch script: a service of systemd runs the server.
# Takes besides: scope (user|system), unit_lines (separated by U+001F), lingers (yes: it is to be turned on).
unit_name="nuvem-notebook-$id.service"

# What the launch script starts in place of the other ways.
prepare_unit() {
  has_systemd || problem systemd-missing ''
  if [ "$scope" = user ]; then
    kept_by=service
    if [ "$lingers" = yes ] && ! lingers_now; then let_linger || fail_unit; fi
    has_user_manager || problem user-manager-missing ''
  else
    kept_by=systemService
  fi
  ways=unit
  rm -f "$instance/environment"
  note unit "$scope"
  (
    IFS=$(printf '\037')
    set -f
    for line in $unit_lines; do printf '%s\n' "$line"; done
  ) >"$instance/unit-file" || blame "$instance/unit-file"
  cat >"$instance/unit.sh" <<'end-of-unit'
# Started by systemd: runs one Jupyter server for Nuvem in the environment of a login shell, as it is by now.
umask 077
instance=$(cd "$(dirname "$0")" && pwd) || exit 1
rm -f "$instance/exit" "$instance/server" "$instance/pid" "$instance/s" "$instance"/runtime/*.json
date +%s >"$instance/started"
: >"$instance/environment"
NUVEM_RUN="$instance/run.sh" "${SHELL:-sh}" -l -c 'exec sh "$NUVEM_RUN"'
code=$?
[ -s "$instance/pid" ] && exit "$code"
# This login shell takes other options.
exec sh "$instance/run.sh"
end-of-unit
  [ -s "$instance/unit.sh" ] || blame "$instance/unit.sh"
}

fail_unit() {
  tell_lines "$said"
  problem "unit-$why" "$unit_name"
}

enable_unit() {
  if [ "$scope" = user ]; then
    units="$HOME/.config/systemd/user"
    mkdir -p "$units" 2>/dev/null && cp "$instance/unit-file" "$units/$unit_name" 2>/dev/null || blame "$units"
    chmod 644 "$units/$unit_name"
    as_user systemctl --user daemon-reload && as_user systemctl --user enable "$unit_name" &&
      as_user systemctl --user start "$unit_name"
  else
    as_root sh -c 'install -m 0644 "$1" "/etc/systemd/system/$2" && systemctl daemon-reload &&
      systemctl enable "$2" && systemctl start "$2"' sh "$instance/unit-file" "$unit_name"
  fi
}

by_unit() {
  if enable_unit; then
    # The login shell goes first.
    for wait in 1 2 3 4 5 6 7 8 9 10; do has_started && return 0; done
    why=service
  fi
  reason=$why
  answer=$said
  [ "$reason" = sudo ] || remove_unit "$scope" "$unit_name"
  why=$reason
  said=$answer
  fail_unit
}
