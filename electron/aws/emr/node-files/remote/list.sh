# Reports as `file SIZE SECONDS PATH` what people keep in the places, no more than `most` of each kind, notebooks
# first, and as `unread PATH` what may not be read, or has a line break in its name. GNU find, as on every Amazon Linux.
newline='
'
list() {
  place=$1
  shift
  $as test -d "$place" || return 0
  $as test -r "$place" -a -x "$place" || { say unread "$place"; return 0; }
  $as find -H "$place" -mindepth 1 \
    -name '.*' -prune \
    -o -name "*$newline*" -printf "$mark unread %p\n" -prune \
    -o -type d \( -name __pycache__ -o -name node_modules -o -name site-packages -o -name conda-meta \
      -o -name miniconda3 -o -name anaconda3 -o -name miniforge3 -o -name venv \) -prune \
    -o -type d ! \( -readable -executable \) -printf "$mark unread %p\n" -prune \
    -o -type f ! -readable -printf "$mark unread %p\n" \
    -o -type f "$@" -printf "$mark file %s %T@ %p\n" 2>/dev/null
}
list_all() {
  for one in "$HOME" "$jupyterhub" "$zeppelin"; do list "$one" "$@"; done | head -n "$most"
}
list_all \( -name '*.ipynb' -o -name '*.zpln' -o -name note.json \)
list_all ! \( -name '*.ipynb' -o -name '*.zpln' -o -name note.json \)
say end ''
