# Completes a path that the user begins to type. Takes: path, root (the server's folder), limit. Reports `entry` for each
# name that goes on so, a folder's with `/` at its end; folders, notebooks and scripts first. Hidden ones only when asked.
begin=${path##*/}
case $path in
  /*) folder=${path%"$begin"} ;;
  '~/'*) folder=${path%"$begin"} folder=$HOME/${folder#??} ;;
  *) folder=$root/${path%"$begin"} ;;
esac
cd "$folder" 2>/dev/null || exit 0

count=0
newline='
'
report() {
  case $1 in *"$newline"*) return ;; esac
  say entry "$1"
  count=$((count + 1))
  [ "$count" -lt "$limit" ] || exit 0
}
for entry in "$begin"*; do
  case $entry in . | ..) continue ;; esac
  if [ -d "$entry" ]; then
    report "$entry/"
  else
    case $entry in *.ipynb | *.py | *.md) [ -e "$entry" ] && report "$entry" ;; esac
  fi
done
for entry in "$begin"*; do
  case $entry in *.ipynb | *.py | *.md) ;; *) [ -f "$entry" ] && report "$entry" ;; esac
done
