# Hears what the kernels of one server publish, until the connection or the server ends.
# Takes: pid (of the server). Reports `event` lines; `unable` with the reason when it can't. Its last command is
# given listen.py as a here-document.

runtime_folder() {
  for folder in "$base"/*/runtime "$JUPYTER_RUNTIME_DIR" \
    "${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter}/runtime" "$XDG_RUNTIME_DIR/jupyter" \
    "$HOME/Library/Jupyter/runtime"; do
    # Out here its number is another process's, and the ports of its kernels lead nowhere.
    [ -s "${folder%/runtime}/container" ] && continue
    if [ -f "$folder/jpserver-$pid.json" ] || [ -f "$folder/nbserver-$pid.json" ]; then
      printf '%s' "$folder"
      return 0
    fi
  done
  return 1
}

# The Python that runs the server: what speaks to its kernels is installed there.
python_of_server() {
  if [ -r "/proc/$pid/cmdline" ]; then
    program=$(tr '\0' '\n' <"/proc/$pid/cmdline" | head -n 1)
  else
    program=$(ps -o args= -p "$pid" 2>/dev/null)
    program=${program%% *}
  fi
  case $program in
    /*) [ -x "$program" ] && printf '%s' "$program" && return 0 ;;
  esac
  [ -x "/proc/$pid/exe" ] && printf '%s' "/proc/$pid/exe"
}

runtime=$(runtime_folder) || {
  say unable runtime
  exit 0
}
python=$(python_of_server)
[ -n "$python" ] || {
  say unable python
  exit 0
}
exec "$python" - "$mark" "$pid" "$runtime"
