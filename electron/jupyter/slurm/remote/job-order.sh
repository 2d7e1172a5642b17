# One order about a job of ours. Takes: id (of its folder), order (cancel|forget|log).
folder="$base/$id"
[ -s "$folder/job" ] || {
  say gone "$id"
  exit 0
}
number=$(head -n 1 "$folder/job")
case $order in
  cancel)
    has_slurm
    if answer=$(scancel "$number" </dev/null 2>&1); then say done ''; else printf '%s\n' "$answer" | say_lines refused; fi
    ;;
  forget)
    [ -s "$folder/ended" ] && rm -rf "$folder"
    say done ''
    ;;
  log)
    tail -n 300 "$folder/log" 2>/dev/null | say_lines log
    say done ''
    ;;
esac
