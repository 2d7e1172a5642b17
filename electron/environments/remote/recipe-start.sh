# Starts the commands of a recipe apart from this connection, in a process group of their own, below `jobs`.
# Takes: id, recipe, place (both noted for later runs of Nuvem), makes (a folder that must not be there yet, or nothing), interpreter (whose packages are noted, or nothing),
# count, and command1 … command<count>. Reports `started`, or `problem`.

jobs="${XDG_DATA_HOME:-$HOME/.local/share}/nuvem/recipes"
job="$jobs/$id"

# The connection may have been lost just after this very start.
if [ -d "$job" ]; then
  say started "$id"
  exit 0
fi
if [ -n "$makes" ] && { [ -e "$makes" ] || [ -L "$makes" ]; }; then
  say problem "exists $makes"
  exit 0
fi
if ! mkdir -p "$jobs" 2>/dev/null || ! mkdir "$job" 2>/dev/null; then
  say problem "unwritable $jobs"
  exit 0
fi
printf '%s\n' "$makes" >"$job/makes"
printf '%s\n' "$interpreter" >"$job/interpreter"
printf '%s\n' "$place" >"$job/place"
printf '%s\n' "$recipe" >"$job/recipe"
date +%s >"$job/begun"
printf '%s\n' "$umask_of_user" >"$job/umask"
number=1
while [ "$number" -le "$count" ]; do
  eval "printf '%s\\n' \"\$command$number\""
  number=$((number + 1))
done >"$job/commands"

cat >"$job/packages.py" <<'end-of-program'
from importlib.metadata import distributions
for found in sorted({"%s==%s" % (one.metadata["Name"], one.version) for one in distributions()}):
    print(found)
end-of-program
if [ -n "$interpreter" ] && "$interpreter" "$job/packages.py" >"$job/before.new" 2>/dev/null </dev/null; then
  mv "$job/before.new" "$job/before"
  # Tells this environment from another one that the user may put in its place.
  printf '%s\n' "$id" >>"${interpreter%/bin/*}/.nuvem-recipes" 2>/dev/null
fi

cat >"$job/run.sh" <<'end-of-run'
# Runs the commands of one recipe for Nuvem until one fails, and notes how that ended.
cd "$NUVEM_RECIPE" || exit 1
exec </dev/null >>log 2>&1
echo "$$" >pid.new && mv pid.new pid
umask "$(cat umask)"
export PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1 UV_NO_PROGRESS=1 NO_COLOR=1
job=$NUVEM_RECIPE
IFS= read -r makes <"$job/makes"
unset NUVEM_RECIPE
code=0
while IFS= read -r command; do
  printf '$ %s\n' "$command"
  (cd && eval "$command") </dev/null || {
    code=$?
    break
  }
  # Tells what this made from what the user may put in its place.
  [ -z "$makes" ] || [ ! -d "$makes" ] || [ -e "$makes/.nuvem-recipe" ] || echo "${job##*/}" >"$makes/.nuvem-recipe"
done <"$job/commands"
# What came with it, apart from what the user adds later.
IFS= read -r interpreter <"$job/interpreter"
if [ "$code" = 0 ] && [ -n "$interpreter" ]; then
  "$interpreter" "$job/packages.py" >"$job/after.new" 2>/dev/null && mv "$job/after.new" "$job/after"
fi
echo "$code" >"$job/exit.new" && mv "$job/exit.new" "$job/exit"
end-of-run
if ! : >"$job/log" || [ ! -s "$job/run.sh" ]; then
  say problem "full $job"
  exit 0
fi

# As a login shell would: its start-up files tell where packages come from, and through which proxy.
export NUVEM_RECIPE="$job"
# The words are for the user's shell, whatever that is.
# shellcheck disable=SC2016
if command -v setsid >/dev/null 2>&1; then
  setsid "${SHELL:-sh}" -l -c 'exec sh "$NUVEM_RECIPE/run.sh"' </dev/null >/dev/null 2>&1 &
else
  set -m
  nohup "${SHELL:-sh}" -l -c 'exec sh "$NUVEM_RECIPE/run.sh"' </dev/null >/dev/null 2>&1 &
fi
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  if [ -s "$job/pid" ]; then
    birth_of "$(cat "$job/pid")" >"$job/birth"
    say started "$id"
    exit 0
  fi
  sleep 1
done
say problem "unstarted $job"
