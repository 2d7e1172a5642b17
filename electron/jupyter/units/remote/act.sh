# Does something with one service. Takes: id, action (start|stop|restart|enable|disable|remove|linger).
# Reports `done`, or `problem` with its reason and what was said as `log` lines.
unit_name="nuvem-notebook-$id.service"
instance="$base/$id"

control() {
  if [ "$scope" = user ]; then
    as_user systemctl --user "$@"
  else
    as_root systemctl "$@"
  fi
}

act() {
  if [ "$action" = linger ]; then
    let_linger
    return
  fi
  why=gone
  said=
  [ -s "$instance/unit" ] || { [ "$action" = remove ]; return; }
  scope=$(cat "$instance/unit")
  case $action in
    remove) remove_unit "$scope" "$unit_name" && rm -rf "$instance" ;;
    # systemd would refuse one that broke down too often of late.
    start)
      if [ "$scope" = user ]; then
        as_user systemctl --user reset-failed "$unit_name"
        as_user systemctl --user start "$unit_name"
      else
        as_root sh -c 'systemctl reset-failed "$1" 2>/dev/null; systemctl start "$1"' sh "$unit_name"
      fi
      ;;
    *) control "$action" "$unit_name" ;;
  esac
}

if act; then
  say done ''
else
  tell_lines "$said"
  say problem "$why"
fi
