# Reports the file's place (`file`), its facts, and its bytes; `absent` when there is none yet.
if [ ! -d "$folder" ]; then
  say file "$folder/authorized_keys"
  say absent ''
elif ! file=$(real_file "$folder/authorized_keys"); then
  say link-broken "$folder/authorized_keys"
else
  say file "$file"
  if [ ! -e "$file" ]; then
    say absent ''
  elif [ ! -f "$file" ] || [ ! -r "$file" ]; then
    say unreadable "$file"
  elif [ "$(wc -c <"$file")" -gt 1000000 ]; then
    say too-large "$file"
  else
    say facts "$(facts_of "$file")"
    say_file content "$file"
  fi
fi
