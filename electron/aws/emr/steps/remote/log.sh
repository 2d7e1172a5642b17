# The end of a log, as it is behind a line `content`; nothing where there is none.
if $as test -f "$path"; then
  say content ''
  $as tail -c "$most" "$path"
elif $as test -f "$path.gz"; then
  say content ''
  $as gzip -dc "$path.gz" | tail -c "$most"
fi
