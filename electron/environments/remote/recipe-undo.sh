# Ends a recipe that runs, with all that it started, and removes what it made: the folder, or the packages that were
# not there before. What has come in its place since, and packages that others need by now, are the user's and stay.
# Takes: id, uv. Reports `undone`, `changed` with what is not what it made, or `problem` with what could not be removed.

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
is_done=
[ "$(cat "$job/exit" 2>/dev/null)" = 0 ] && is_done=yes
leave() {
  rm -rf "$job"
  say changed "$1"
  exit 0
}

if [ -n "$makes" ] && [ -e "$makes" ]; then
  # One that ended in the midst of it may have marked nothing yet.
  if [ -n "$is_done" ] && [ "$(cat "$makes/.nuvem-recipe" 2>/dev/null)" != "$id" ]; then leave "$makes"; fi
  if ! rm -rf "$makes" 2>/dev/null; then
    say problem "$makes"
    exit 0
  fi
fi

# Prints which of the packages that came may go, one a line, then those that were changed, as they were before: those
# that nobody has changed since, and that nothing needs which came later. Names are compared as pip does (PEP 503).
cat >"$job/to-undo.py" <<'end-of-program'
import re, sys
from importlib.metadata import distributions

def name_of(text):
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", text).group()).lower()

def read(path):
    lines = [line.strip() for line in open(path) if "==" in line]
    return {name_of(line): line for line in lines}

before, after = read(sys.argv[1]), read(sys.argv[2])
now, needs = {}, {}
for one in distributions():
    name = name_of(one.metadata["Name"])
    now[name] = "%s==%s" % (one.metadata["Name"], one.version)
    needs[name] = [name_of(text) for text in one.requires or () if "extra ==" not in text]
came = set(after) - set(before)
later = [name for name in now if name not in after]
kept = set()
while later:
    for name in needs.get(later.pop(), ()):
        if name in came and name not in kept:
            kept.add(name)
            later.append(name)
for name in sorted(came - kept):
    if name in now:
        print("remove", name)
for name in sorted(set(before) & set(after)):
    if before[name] != after[name] and now.get(name) == after[name]:
        print("restore", before[name])
end-of-program
say_packages_now() { "$interpreter" "$job/packages.py" 2>/dev/null </dev/null; }
mine="${interpreter%/bin/*}/.nuvem-recipes"
if [ -n "$interpreter" ] && [ -e "$job/before" ] && [ -x "$interpreter" ]; then
  # Without this it did not end well, and nobody has used it since.
  [ -e "$job/after" ] || say_packages_now >"$job/after"
  if ! cmp -s "$job/before" "$job/after"; then
    grep -qxF "$id" "$mine" 2>/dev/null || leave "${interpreter%/bin/*}"
    plan=$("$interpreter" "$job/to-undo.py" "$job/before" "$job/after" 2>/dev/null </dev/null) || {
      say problem "$interpreter"
      exit 0
    }
    added=$(printf '%s\n' "$plan" | sed -n 's/^remove //p')
    changed=$(printf '%s\n' "$plan" | sed -n 's/^restore //p')
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
    say_packages_now | sed 's/==.*//' | tr 'A-Z_.' 'a-z--' | sort -u >"$job/names-now"
    for name in $added; do
      if grep -qxF "$name" "$job/names-now"; then
        say problem "$interpreter"
        exit 0
      fi
    done
  fi
fi
if [ -n "$interpreter" ] && [ -e "$mine" ]; then
  left=$(grep -vxF "$id" "$mine")
  if [ -n "$left" ]; then printf '%s\n' "$left" >"$mine"; else rm -f "$mine"; fi
fi
rm -rf "$job"
say undone ''
