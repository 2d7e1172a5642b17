# Reports every Jupyter server of this user: those in our own folders, and those in Jupyter's runtime folder.

tidy() {
  # A service that does not run now may start again.
  [ -s "$1/unit" ] && return 0
  # Another Nuvem may be starting it just now.
  [ -n "$(find "$1" -prune -mmin +5 2>/dev/null)" ] || return 0
  if [ -s "$1/container" ]; then
    # As long as its engine is silent, the container may still be there.
    ask_engine_of "$1" version --format '{{.Server.Version}}' >/dev/null || return 0
    ask_engine_of "$1" rm -f "$(cat "$1/container")" >/dev/null
  fi
  rm -rf "$1"
}

if [ -s "$base/.folders" ]; then
  while IFS= read -r folder; do [ -d "$folder" ] && say recent "$folder"; done <"$base/.folders"
fi

set +f
for folder in "$base"/*/; do
  folder=${folder%/}
  [ -d "$folder" ] || continue
  if ! is_alive "$folder"; then
    tidy "$folder"
    continue
  fi
  say own "${folder##*/}"
  for fact in pid folder interface detached why profile started image; do
    [ -s "$folder/$fact" ] && say "$fact" "$(head -n 1 "$folder/$fact")"
  done
  keeper=$(cat "$folder/keeper" 2>/dev/null) && is_alive "${keeper#* }" && say keeper "$keeper"
  runtime=$(runtime_of "$folder") && say runtime "$(runtime_content "$folder" "$runtime")"
done

for folder in "$JUPYTER_RUNTIME_DIR" "${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter}/runtime" \
  "$XDG_RUNTIME_DIR/jupyter" "$HOME/Library/Jupyter/runtime"; do
  case $folder in /jupyter | /runtime | '') continue ;; esac
  for runtime in "$folder"/jpserver-*.json "$folder"/nbserver-*.json; do
    [ -f "$runtime" ] && [ -r "$runtime" ] || continue
    pid=${runtime##*server-}
    pid=${pid%.json}
    kill -0 "$pid" 2>/dev/null || continue
    case $(ps -p "$pid" -o args= 2>/dev/null || tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null) in
      *jupyter* | *notebook*) ;;
      *) continue ;;
    esac
    say found "$pid"
    say runtime "$(tr -d '\r\n' <"$runtime")"
  done
done
say end ''
