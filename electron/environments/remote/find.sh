# Reports the Python environments of this user: where each one is, which Python it has and which Jupyter.
# Looks only into the places where tools put them, never through the whole home folder; reads names of files rather
# than running anything but `python -V`. Takes: folder (the working folder), seconds (how long it may take).

set +f
begun=$(date +%s)
data=${XDG_DATA_HOME:-$HOME/.local/share}
cache=${XDG_CACHE_HOME:-$HOME/.cache}
work=$(expand_home "$folder")
bound=
command -v timeout >/dev/null 2>&1 && bound='timeout 5'
seen='
'

# jupyter_core/paths.py
if [ "$(uname -s)" = Darwin ]; then kernels=$HOME/Library/Jupyter; else kernels=$data/jupyter; fi
kernels="${JUPYTER_DATA_DIR:-$kernels}/kernels"

say_folders() {
  say home "$HOME"
  say environments-folder "$data/nuvem/environments"
  say kernels-folder "$kernels"
  say end ''
}

# Prints the version of a package that is installed in one of the folders after it.
version_of() {
  package=$1
  shift
  for site; do
    for info in "$site/$package"-*.dist-info "$site/$package"-*.egg-info; do
      [ -e "$info" ] || continue
      info=${info##*/"$package"-}
      info=${info%.dist-info}
      info=${info%.egg-info}
      printf '%s' "${info%%-py*}"
      return
    done
  done
}

say_package() {
  fact=$1
  shift
  found=$(version_of "$@")
  [ -z "$found" ] || say "$fact" "$found"
}

# Says what is installed in the folders "$@".
say_packages() {
  say_package lab jupyterlab "$@"
  say_package notebook notebook "$@"
  say_package ipykernel ipykernel "$@"
  say_package jupytext jupytext "$@"
  say_package pip pip "$@"
  for site; do
    [ -d "$site" ] || continue
    [ -w "$site" ] && say writable yes
    break
  done
}

# Says what the Python of the operating system finds; "$1" is its version, "$@" after it are folders that come first.
say_system_packages() {
  xy=$1
  shift
  say_packages "$@" "$HOME/.local/lib/python$xy/site-packages" "$HOME/Library/Python/$xy/lib/python/site-packages" \
    "/usr/local/lib/python$xy/dist-packages" "/usr/local/lib/python$xy/site-packages" \
    "/opt/homebrew/lib/python$xy/site-packages" /usr/lib/python3/dist-packages "/usr/lib/python$xy/dist-packages" \
    "/usr/lib/python$xy/site-packages" "/usr/lib64/python$xy/site-packages"
}

# Reports the environment of kind "$1" in the folder "$2", once.
report() {
  [ -d "$2" ] || return 0
  prefix=$(cd -P "$2" 2>/dev/null && pwd) || return 0
  case $seen in
    *"
$prefix
"*) return 0 ;;
  esac
  if [ $(($(date +%s) - begun)) -ge "$seconds" ]; then
    say partial ''
    say_folders
    exit 0
  fi
  python=
  for candidate in "$prefix/bin/python3" "$prefix/bin/python"; do
    if [ -x "$candidate" ] || [ -L "$candidate" ]; then
      python=$candidate
      break
    fi
  done
  [ -n "$python" ] || return 0
  seen="$seen$prefix
"
  kind=$1
  [ -d "$prefix/conda-meta" ] && kind=conda
  version=
  [ -x "$python" ] && version=$($bound "$python" -V 2>&1 </dev/null | sed -n '1s/^Python \([0-9][0-9A-Za-z.+]*\).*$/\1/p')
  say environment "$kind"
  say prefix "$prefix"
  say given "$2"
  say python "$python"
  say version "$version"
  if [ -d "$prefix/conda-meta" ] && { [ -d "$prefix/envs" ] || [ -d "$prefix/condabin" ]; }; then say base yes; fi
  for managed in "$prefix"/lib/python3*/EXTERNALLY-MANAGED; do [ -e "$managed" ] && say managed yes && break; done
  for ensurepip in "$prefix"/lib*/python3*/ensurepip/__init__.py; do [ -f "$ensurepip" ] && say ensurepip yes && break; done
  xy=${version%.*}
  case $kind in
    system) say_system_packages "$xy" "$prefix/lib/python$xy/site-packages" ;;
    *)
      if [ -f "$prefix/pyvenv.cfg" ] && grep -qi '^include-system-site-packages *= *true' "$prefix/pyvenv.cfg"; then
        say_system_packages "$xy" "$prefix"/lib*/python3*/site-packages
      else
        say_packages "$prefix"/lib*/python3*/site-packages
      fi
      ;;
  esac
}

report_virtual() {
  for place; do
    if [ -f "$place/pyvenv.cfg" ] || [ -f "$place/bin/activate" ]; then report venv "$place"; fi
  done
}

report_conda() {
  for place; do
    [ -d "$place/conda-meta" ] && report conda "$place"
  done
}

# The Python that comes with the operating system, and the one that a command finds first.
for prefix in /usr /usr/local /opt/homebrew; do
  [ -x "$prefix/bin/python3" ] && report system "$prefix"
done

# conda, mamba, miniforge, micromamba: where installers put them, and the list that all of them keep.
for root in "$HOME/miniforge3" "$HOME/mambaforge" "$HOME/miniconda3" "$HOME/anaconda3" "$HOME/micromamba" \
  "$HOME/.local/share/mamba" "$HOME/.conda" "$MAMBA_ROOT_PREFIX" "$CONDA_PREFIX" /opt/conda /opt/miniforge3 \
  /opt/miniconda3 /opt/anaconda3 /opt/mambaforge /usr/local/miniconda3 /usr/local/miniforge3 /usr/local/anaconda3; do
  [ -n "$root" ] && report_conda "$root" "$root"/envs/*
done
if [ -r "$HOME/.conda/environments.txt" ]; then
  while IFS= read -r place; do
    case $place in /*) report_conda "$place" ;; esac
  done <"$HOME/.conda/environments.txt"
fi

pyenv=${PYENV_ROOT:-$HOME/.pyenv}
for place in "$pyenv"/versions/*; do
  if [ -f "$place/pyvenv.cfg" ]; then report_virtual "$place"; else report pyenv "$place"; fi
  report_virtual "$place"/envs/*
done

for place in "${UV_TOOL_DIR:-$data/uv/tools}"/*; do report uv-tool "$place"; done
for place in "${UV_PYTHON_INSTALL_DIR:-$data/uv/python}"/*; do report uv-python "$place"; done
for place in "$data"/pipx/venvs/* "$HOME"/.local/pipx/venvs/* "${PIPX_HOME:-$HOME/.local/pipx}"/venvs/*; do
  report pipx "$place"
done

report_virtual "$data"/nuvem/environments/* "$work/.venv" "$work/venv" "$work"/*/.venv "$work"/*/venv \
  "$HOME"/.venvs/* "$HOME"/.virtualenvs/* "$HOME"/venvs/* "$HOME"/.venv* "$HOME"/venv* "$HOME/env" "$HOME/.env" \
  "$data"/virtualenvs/* "$cache"/pypoetry/virtualenvs/* "$HOME"/Library/Caches/pypoetry/virtualenvs/*
[ -n "$WORKON_HOME" ] && report_virtual "$WORKON_HOME"/*

# What a notebook server of the user runs in, wherever that is.
for runtime in "$base"/*/runtime/jpserver-*.json "${JUPYTER_DATA_DIR:-$data/jupyter}"/runtime/jpserver-*.json; do
  pid=${runtime##*server-}
  program=$(tr '\0' '\n' <"/proc/${pid%.json}/cmdline" 2>/dev/null | head -n 1)
  case $program in
    /usr/bin/* | /usr/local/bin/*) ;;
    /*/bin/python*) report_virtual "${program%/bin/*}"; report_conda "${program%/bin/*}" ;;
  esac
done

# Some other Python that a command finds first, such as that of a container image.
first=$(command -v python3)
case $first in
  */shims/*) ;;
  /*/bin/python3) report system "${first%/bin/python3}" ;;
esac

# Where modules are, a login shell has them; elsewhere nobody's start-up files are run.
has_modules() {
  [ -n "$MODULESHOME$LMOD_CMD" ] && return 0
  for init in /etc/profile.d/*mod*.sh /usr/share/modules/init/sh /usr/share/lmod/lmod/init/sh; do
    [ -r "$init" ] && return 0
  done
  return 1
}
if has_modules; then
  [ -n "$bound" ] && bound='timeout 15'
  $bound "$(command -v bash || command -v sh)" -l -c 'echo nuvem-modules; module -t avail 2>&1' </dev/null 2>/dev/null |
    sed -e '1,/^nuvem-modules$/d' -e 's/ *[(<].*$//' |
    grep -iE '^[A-Za-z0-9_][A-Za-z0-9_.+/-]*$' | grep -v '/$' | grep -iE 'python|jupyter|conda|mamba|miniforge' |
    sort -u | head -n 60 | while IFS= read -r name; do say module "$name"; done
fi

for place in "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" "$(command -v uv)" /usr/local/bin/uv /opt/homebrew/bin/uv; do
  if [ -n "$place" ] && [ -x "$place" ]; then
    say uv "$place"
    break
  fi
done
# Kernels that are registered for every Jupyter, not only for that of one environment.
for place in "$kernels"/* /usr/local/share/jupyter/kernels/* /usr/share/jupyter/kernels/*; do
  [ -r "$place/kernel.json" ] || continue
  spec=$(tr -d '\r\n' <"$place/kernel.json" | head -c 20000)
  say kernel "$place"
  say spec "$spec"
  # A path with an escape sequence is not judged.
  program=$(printf '%s' "$spec" | sed -n 's/^.*"argv"[[:space:]]*:[[:space:]]*\[[[:space:]]*"\([^"\\]*\)".*$/\1/p')
  case $program in
    /*) [ -x "$program" ] || say missing "$program" ;;
  esac
done
say_folders
