# Ends a recipe that runs, with all that it started, and removes what it made: the folder, or the packages that were
# not there before. Takes: id, uv. Reports `undone`, or `problem` with what could not be removed.

job="${XDG_DATA_HOME:-$HOME/.local/share}/nuvem/recipes/$id"
if [ ! -d "$job" ]; then
  say undone ''
  exit 0
fi
if is_alive "$job"; then
  group=$(cat "$job/pid")
  kill -TERM "-$group" 2>/dev/null
  for wait in 1 2 3 4 5 6 7 8 9 10 11 12; do
    kill -0 "-$group" 2>/dev/null || break
    [ "$wait" = 8 ] && kill -KILL "-$group" 2>/dev/null
    sleep 0.5 2>/dev/null || sleep 1
  done
fi
IFS= read -r makes <"$job/makes"
IFS= read -r interpreter <"$job/interpreter"
if [ -n "$makes" ] && ! rm -rf "$makes" 2>/dev/null; then
  say problem "$makes"
  exit 0
fi

# Names are compared as pip does: PEP 503.
names_in() { sed 's/==.*//' "$1" | tr 'A-Z_.' 'a-z--' | sort -u; }
say_packages_now() { "$interpreter" "$job/packages.py" 2>/dev/null </dev/null; }
if [ -n "$interpreter" ] && [ -e "$job/before" ]; then
  # Without this it did not end well, and nobody has used it since.
  [ -e "$job/after" ] || say_packages_now >"$job/after"
  names_in "$job/before" >"$job/names-before"
  added=$(names_in "$job/after" | grep -vxF -f "$job/names-before")
  # Other versions than before of what was there.
  changed=$(grep -vxF -f "$job/after" "$job/before")
  set -f
  # shellcheck disable=SC2086
  if [ -n "$uv" ]; then
    [ -z "$changed" ] || "$uv" pip install -q --no-deps --python "$interpreter" $changed >/dev/null 2>&1 </dev/null
    [ -z "$added" ] || "$uv" pip uninstall -q --python "$interpreter" $added >/dev/null 2>&1 </dev/null
  else
    # pip itself goes last, if it came with the recipe.
    rest=$(printf '%s\n' $added | grep -vx pip)
    [ -z "$changed" ] || "$interpreter" -m pip install -q --no-deps $changed >/dev/null 2>&1 </dev/null
    [ -z "$rest" ] || "$interpreter" -m pip uninstall -qy $rest >/dev/null 2>&1 </dev/null
    [ "$rest" = "$added" ] || "$interpreter" -m pip uninstall -qy pip >/dev/null 2>&1 </dev/null
  fi
  say_packages_now >"$job/now"
  names_in "$job/now" >"$job/names-now"
  for name in $added; do
    if grep -qxF "$name" "$job/names-now"; then
      say problem "$interpreter"
      exit 0
    fi
  done
fi
rm -rf "$job"
say undone ''
