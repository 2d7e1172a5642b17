# Reports the recipes of Nuvem that were started on this machine and not taken back: `made` with the id, `recipe`, `place`,
# `ended` (done, running or broken) and `begun` (seconds). One whose place is gone leaves nothing to be taken back.
set +f
for job in "${XDG_DATA_HOME:-$HOME/.local/share}"/nuvem/recipes/*; do
  [ -s "$job/recipe" ] && [ -s "$job/place" ] || continue
  IFS= read -r place <"$job/place"
  ended=broken
  if is_alive "$job"; then
    ended=running
  elif [ "$(cat "$job/exit" 2>/dev/null)" = 0 ]; then
    ended=done
    if [ ! -e "$place" ]; then
      rm -rf "$job"
      continue
    fi
  fi
  say made "${job##*/}"
  say recipe "$(head -n 1 "$job/recipe")"
  say place "$place"
  say ended "$ended"
  say begun "$(cat "$job/begun")"
done
