# Reports the lines of the server's own configuration that decide about keys, as far as this user may read it:
# of the file that the running sshd was started with, else of the usual one.
config=/etc/ssh/sshd_config
process=$$
for step in 1 2 3 4 5 6 7 8; do
  [ -r "/proc/$process/stat" ] || break
  parent=$(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$process/stat" 2>/dev/null)
  case $parent in '' | 0 | 1) break ;; esac
  process=$parent
  # A listening sshd shows its command line as one text, followed by what it does.
  started=$(tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null | sed -n 's/.*sshd .*-f *\(\/[^ ]*\).*/\1/p')
  case $started in /*) config=$started; break ;; esac
done
if [ -r "$config" ]; then
  say config "$config"
  set -- "$config"
  [ "$config" != /etc/ssh/sshd_config ] || set -- /etc/ssh/sshd_config.d/*.conf "$config"
  for part in "$@"; do
    [ -r "$part" ] || continue
    say part "$part"
    grep -iE '^[[:space:]]*(Match|AuthorizedKeysFile|AuthorizedKeysCommand|PubkeyAuthentication|StrictModes)[[:space:]=]' \
      "$part" | while IFS= read -r line; do say line "$line"; done
  done
fi
