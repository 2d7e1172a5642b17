# Puts the staged file in the old one's place unless that has changed since; the old one becomes the backup.
# Takes: id (names the staged files), isWanted (no: they are only removed).
file=$(real_file "$folder/authorized_keys") || { say link-broken "$folder/authorized_keys"; exit 0; }
place=$(dirname "$file")
fresh=$place/.authorized_keys.$id.new
old=$place/.authorized_keys.$id.old
backup=$place/authorized_keys.nuvem-backup

is_as_copied() {
  if [ ! -e "$file" ]; then
    [ ! -s "$old" ]
  elif command -v cmp >/dev/null 2>&1; then
    cmp -s "$file" "$old"
  else
    [ "$(cat "$file")" = "$(cat "$old")" ]
  fi
}

if [ "$isWanted" != yes ]; then
  rm -f "$fresh" "$old"
elif ! [ -f "$fresh" ] || ! is_as_copied; then
  rm -f "$fresh" "$old"
  say changed "$file"
else
  if [ -e "$file" ]; then
    mv -f "$old" "$backup" 2>/dev/null || blame "$place"
    say backup "$backup"
  else
    rm -f "$old"
  fi
  mv -f "$fresh" "$file" 2>/dev/null || blame "$place"
  if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then
    restorecon -F "$folder" "$file" >/dev/null 2>&1
  fi
  say committed "$file"
fi
