# Reports by which ways this machine keeps services, where their servers' folders are, and every service of ours.
user=no-systemd
system=no-systemd
if has_systemd; then
  has_user_manager && user=ready || user=no-user-manager
  if [ "$(id -u)" = 0 ]; then system=root
  elif ! command -v sudo >/dev/null 2>&1; then system=no-sudo
  elif sudo -n true </dev/null >/dev/null 2>&1; then system=sudo
  else system=password
  fi
fi
say user "$user"
say system "$system"
lingers_now && say lingering on || say lingering off
say base "$base"
say home "$HOME"
say name "$user_name"

for folder in "$base"/*/; do
  folder=${folder%/}
  [ -s "$folder/unit" ] || continue
  id=${folder##*/}
  scope=$(cat "$folder/unit")
  say unit "$id"
  say scope "$scope"
  say folder "$(cat "$folder/folder")"
  manager=--system
  [ "$scope" = user ] && manager=--user
  $bound systemctl "$manager" show "nuvem-notebook-$id.service" -p LoadState -p ActiveState -p Result -p NRestarts \
    -p UnitFileState </dev/null 2>/dev/null | while IFS= read -r line; do say property "$line"; done
done
say end ''
