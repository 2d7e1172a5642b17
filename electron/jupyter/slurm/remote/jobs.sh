# Reports what Slurm has and how the jobs of Nuvem are. Takes: all (yes: also what Slurm has; no: jobs alone).
set +f
jobs=
for folder in "$base"/*/; do [ -s "${folder}job" ] && jobs="$jobs ${folder%/}"; done
[ "$all" = yes ] || [ -n "$jobs" ] || exit 0
has_slurm || {
  say absent ''
  exit 0
}
say now "$(date +%s)"
if [ "$all" = yes ]; then
  sinfo -h -o '%P|%a|%l|%F|%G' </dev/null 2>/dev/null | say_lines partition
fi
export SLURM_TIME_FORMAT=%s
queue=$(squeue -h -t all -u "$(id -un)" -o '%i|%T|%r|%S|%e|%N|%P' </dev/null 2>&1) || {
  printf '%s\n' "$queue" | say_lines silent
  exit 0
}

# Slurm forgets jobs some minutes after their end; accounting, where there is one, does not.
state_of() {
  line=$(printf '%s\n' "$queue" | grep "^$1|" | head -n 1)
  [ -n "$line" ] && printf '%s' "$line" && return 0
  [ -s "$2/ended" ] && cat "$2/ended" && return 0
  how=$(sacct -n -X -P -j "$1" -o State </dev/null 2>/dev/null | head -n 1)
  printf '%s|%s||||%s|' "$1" "${how:-GONE}" "$(head -n 1 "$2/node" 2>/dev/null)"
}

for folder in "$base"/*/; do
  folder=${folder%/}
  [ -s "$folder/job" ] || continue
  if [ -s "$folder/ended" ] && [ -n "$(find "$folder/ended" -mtime +14 2>/dev/null)" ]; then
    rm -rf "$folder"
    continue
  fi
  say job "${folder##*/}"
  number=$(head -n 1 "$folder/job")
  state=$(state_of "$number" "$folder")
  say state "$state"
  for fact in job folder interface profile started node address; do
    [ -s "$folder/$fact" ] && say "$fact-of" "$(head -n 1 "$folder/$fact")"
  done
  case $state in
    *'|RUNNING|'*) runtime=$(runtime_of "$folder") && say runtime "$(tr -d '\r\n' <"$runtime")" ;;
    *'|PENDING|'* | *'|CONFIGURING|'* | *'|COMPLETING|'* | *'|SUSPENDED|'* | *'|STOPPED|'* | *'|SIGNALING|'* | *'|STAGE_OUT|'* | *'|REQUEUE'* | *'|RESIZING|'*) ;;
    *)
      [ -s "$folder/ended" ] || printf '%s\n' "$state" >"$folder/ended"
      rm -f "$folder/token" "$folder/environment"
      ;;
  esac
done
say end ''
