# Reports who may write to the files by which keys sign in, as sshd with StrictModes looks at them (sshd_config(5)).

say user "$(id -un)"
say uid "$(id -u)"
say home "$HOME"
for path in "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys"; do
  # `ls -ldn`: mode, links, owner's number; the same everywhere (POSIX XCU, ls).
  [ -e "$path" ] && say entry "$(ls -ldn "$path" | cut -d ' ' -f 1) $(ls -ldn "$path" | tr -s ' ' | cut -d ' ' -f 3) $path"
done
if [ -r "$HOME/.ssh/authorized_keys" ]; then
  head -c 262144 "$HOME/.ssh/authorized_keys" | while IFS= read -r line || [ -n "$line" ]; do
    say key "$line"
  done
fi
say end ''
