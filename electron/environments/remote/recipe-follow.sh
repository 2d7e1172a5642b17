# Tells what a recipe has written since line `from`, as soon as there is something, for 10 seconds at most.
# Takes: id, from (lines that are known). Reports `line` for each, and `exit` with its code, `full` or `gone`.

job="${XDG_DATA_HOME:-$HOME/.local/share}/nuvem/recipes/$id"
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  ended=
  if [ ! -d "$job" ]; then ended=gone
  elif [ -s "$job/exit" ]; then ended=exit
  # An answer that was just written counts more than that its writer has gone.
  elif ! is_alive "$job"; then [ -s "$job/exit" ] && ended=exit || ended=gone
  fi
  written=$(wc -l <"$job/log" 2>/dev/null || echo 0)
  [ -n "$ended" ] || [ "$written" -gt "$from" ] && break
  sleep 0.5 2>/dev/null || sleep 1
done
tail -n "+$((from + 1))" "$job/log" 2>/dev/null | tr '\r' '\n' | tail -n 400 | while IFS= read -r line; do say line "$line"; done
case $ended in
  exit)
    code=$(cat "$job/exit")
    [ "$code" = 0 ] || head -c 65536 /dev/zero >"$job/probe" 2>/dev/null || say full "$job"
    rm -f "$job/probe"
    say exit "$code"
    ;;
  gone) say gone "$job" ;;
esac
say written "$written"
