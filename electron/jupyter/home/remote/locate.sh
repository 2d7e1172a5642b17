# Finds a file that the user named. Takes: path, root (the server's folder). Reports where both are, as written and
# with all links followed, and `folder` if it is one.
case $path in
  /* | '~' | '~/'*) target=$(expand_home "$path") ;;
  *) target=$root/$path ;;
esac
if [ -e "$target" ]; then
  say target "$target"
  if [ -d "$target" ]; then
    say folder yes
    say real-target "$(cd "$target" && pwd -P)"
  else
    say real-target "$(cd "$(dirname "$target")" && pwd -P)/$(basename "$target")"
  fi
  say real-root "$(cd "$root" && pwd -P)"
fi
