# Reports the servers that keepers have ended because nobody used them, each once: `idle-end`, as the keeper noted it.
for note in "${base%/notebooks}"/keepers/ended-*.json; do
  [ -s "$note" ] && say idle-end "$(cat "$note")" && rm -f "$note"
done
