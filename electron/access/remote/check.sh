# Looks at what sshd looks at before it believes the file (StrictModes): the file and each folder above it up to
# the home folder must belong to the user or root, and nobody else may write there. Takes: isMending (yes: takes
# the right to write from others where this user may do that).
own=$(id -u)
if file=$(real_file "$folder/authorized_keys") && [ -e "$file" ]; then
  top=$(cd "$HOME" && pwd -P)
  path=$file
  while :; do
    facts=$(facts_of "$path")
    owner=${facts##* }
    if [ "$owner" != 0 ] && [ "$owner" != "$own" ]; then say foreign "$facts $path"; fi
    case $facts in
      ?????w* | ????????w*)
        if [ "$isMending" = yes ] && chmod go-w "$path" 2>/dev/null; then
          say mended "$facts $path"
        else
          say open "$facts $path"
        fi
        ;;
    esac
    if [ "$path" = "$top" ] || [ "$path" = / ]; then break; fi
    path=$(dirname "$path")
  done
fi
