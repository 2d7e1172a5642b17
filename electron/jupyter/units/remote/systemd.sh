# Sent before the scripts about services: words that they share.
# Takes: password (for sudo; empty: it asks for none).
user_name=$(id -un)
: "${XDG_RUNTIME_DIR:=/run/user/$(id -u)}"
export XDG_RUNTIME_DIR

has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; }
has_user_manager() { [ -S "$XDG_RUNTIME_DIR/systemd/private" ] || [ -S "$XDG_RUNTIME_DIR/bus" ]; }
lingers_now() { [ "$(loginctl show-user "$user_name" -p Linger 2>/dev/null)" = Linger=yes ]; }

tell_lines() {
  printf '%s\n' "$1" | while IFS= read -r line; do [ -n "$line" ] && say log "$line"; done
  return 0
}

# Sets `said` to what the command wrote; fails with `why` = sudo when it was not let run at all. `printf` is a part
# of the shell: the password is no argument of any program.
as_root() {
  why=service
  if [ "$(id -u)" = 0 ]; then
    said=$("$@" </dev/null 2>&1 9>&-)
    return
  fi
  if [ -n "$password" ]; then
    said=$(printf '%s\n' "$password" | sudo -S -k -p '' sh -c 'echo "$0 let"; exec "$@" </dev/null' "$mark" "$@" 2>&1 9>&-)
  else
    said=$(sudo -n sh -c 'echo "$0 let"; exec "$@" </dev/null' "$mark" "$@" 2>&1 </dev/null 9>&-)
  fi
  code=$?
  case $said in
    *"$mark let"*) ;;
    *) why=sudo ;;
  esac
  said=$(printf '%s\n' "$said" | grep -v -F "$mark let")
  return "$code"
}

as_user() {
  why=service
  said=$("$@" </dev/null 2>&1 9>&-)
}

# The user's manager comes with lingering, where nobody is signed in by other ways.
let_linger() {
  as_user loginctl enable-linger "$user_name" || as_root loginctl enable-linger "$user_name" || {
    why=lingering
    return 1
  }
  for wait in 1 2 3 4 5 6 7 8 9 10; do
    has_user_manager && return 0
    sleep 1
  done
  why=no-user-manager
  return 1
}

remove_unit() {
  if [ "$1" = user ]; then
    as_user systemctl --user stop "$2"
    as_user systemctl --user disable "$2"
    rm -f "$HOME/.config/systemd/user/$2"
    as_user systemctl --user daemon-reload
    as_user systemctl --user reset-failed "$2"
    [ ! -e "$HOME/.config/systemd/user/$2" ]
  else
    as_root sh -c 'systemctl stop "$1"; systemctl disable "$1"; rm -f "/etc/systemd/system/$1" || exit
      systemctl daemon-reload; systemctl reset-failed "$1" 2>/dev/null; :' sh "$2"
  fi
}
