# Starts one server, detached from this connection, in a folder of its own below `base`.
# Takes: id, profile, choice (auto|environment|module|command|image), place (the environment, the modules or the command
# line), folder, address (socket|port|own), port, reuse (yes|no), ways, scope (of a service: user|system; else empty).
# Reports `launched` with the id of the server to wait for, or `problem`.

problem() {
  say problem "$1 $2"
  [ -n "$instance" ] && rm -rf "$instance"
  exit 0
}

# If the last folder that exists on the way to "$1" takes new entries, what failed was a lack of space.
blame() {
  place_of_fault=$1
  while [ ! -d "$place_of_fault" ]; do
    place_of_fault=$(dirname "$place_of_fault")
  done
  [ -w "$place_of_fault" ] && [ -x "$place_of_fault" ] && problem disk-full "$place_of_fault"
  problem permission-denied "$place_of_fault"
}

instance=
root=$(expand_home "$folder")
[ -d "$root" ] || problem folder-not-found "$root"
[ -r "$root" ] && [ -x "$root" ] || problem permission-denied "$root"
root=$(cd "$root" && pwd -P) || problem permission-denied "$root"

mkdir -p "$base" 2>/dev/null || blame "$base"
if command -v flock >/dev/null 2>&1 && : >>"$base/.lock" 2>/dev/null; then
  exec 9>>"$base/.lock"
  flock -w 20 9 || problem busy "$base"
fi

# The connection may have been lost just after this very launch.
if is_alive "$base/$id"; then
  say launched "$id"
  exit 0
fi

# One more launch of the same settings may have come first, from another window or computer.
if [ "$reuse" = yes ]; then
  for other in "$base"/*/; do
    other=${other%/}
    if [ -s "$other/profile" ] && [ "$(cat "$other/profile")" = "$profile" ] && is_alive "$other"; then
      say launched "${other##*/}"
      exit 0
    fi
  done
fi

instance="$base/$id"
rm -rf "$instance"
mkdir "$instance" "$instance/runtime" 2>/dev/null || blame "$base"
note() { printf '%s\n' "$2" >"$instance/$1" 2>/dev/null && [ -s "$instance/$1" ] || blame "$instance/$1"; }
note folder "$root"
note profile "$profile"
note started "$(date +%s)"
note umask "$umask_of_user"
note choice "$choice"
note place "$place"

# The environment of a login shell, as if the user had typed the command in a terminal.
(umask "$umask_of_user"
$bound "${SHELL:-sh}" -l -c 'exec sh -c "echo nuvem-environment; export -p; echo nuvem-end"' </dev/null 2>/dev/null 9>&-) |
  sed -n '/^nuvem-environment$/,$p' >"$instance/environment"
if [ "$(tail -n 1 "$instance/environment" 2>/dev/null)" = nuvem-end ]; then
  sed -i.bak -e '1d' -e '$d' "$instance/environment" && rm -f "$instance/environment.bak"
else
  export -p >"$instance/environment" || blame "$instance/environment"
fi
login_path=$(. "$instance/environment" >/dev/null 2>&1; printf '%s' "$PATH")

# A program whose interpreter was moved or removed is there but does not run.
runs() {
  [ -f "$1" ] && [ -x "$1" ] || return 1
  IFS= read -r first <"$1" 2>/dev/null
  case $first in
    '#!'*)
      interpreter=${first#??}
      interpreter=${interpreter# }
      [ -x "${interpreter%% *}" ]
      ;;
    *) return 0 ;;
  esac
}

# Looks for a program in the folders given after it; sets `program`.
look_for() {
  name=$1
  shift
  for directory; do
    if runs "$directory/$name"; then
      program=$directory/$name
      return 0
    fi
  done
  return 1
}

look_in() {
  if look_for jupyter-lab "$@"; then interface=lab
  elif look_for jupyter-notebook "$@"; then interface=classic
  else return 1
  fi
}

in_path() {
  set -f
  old_separator=$IFS
  IFS=:
  set -- $login_path $PATH
  IFS=$old_separator
  set +f
  look_in "$@"
}

# What `pip install --user` made for the interpreter of the folder "$1" lies elsewhere.
look_in_user_install() {
  look_in "$HOME/.local/bin" || return 1
  IFS= read -r first <"$program"
  case $first in
    "#!$1/bin/python"*) return 0 ;;
    *) return 1 ;;
  esac
}

program=
interface=lab
case $choice in
  auto)
    in_path ||
      look_in "$HOME/.local/bin" "$HOME"/miniconda3/bin "$HOME"/miniforge3/bin "$HOME"/mambaforge/bin \
        "$HOME"/anaconda3/bin "$HOME"/micromamba/bin "$HOME"/.venv/bin "$HOME"/venv/bin \
        "$HOME"/.local/share/pipx/venvs/*/bin "$HOME"/.local/pipx/venvs/*/bin "$HOME"/Library/Python/*/bin \
        /opt/conda/bin /opt/*/bin /opt/*/user/bin /usr/local/bin /usr/local/*/bin /mnt/notebook-env/bin \
        /opt/homebrew/bin "$HOME"/miniconda3/envs/*/bin "$HOME"/miniforge3/envs/*/bin \
        "$HOME"/mambaforge/envs/*/bin "$HOME"/anaconda3/envs/*/bin /opt/conda/envs/*/bin "$HOME"/.pyenv/shims ||
      problem not-installed "$HOME"
    ;;
  environment)
    environment=$(expand_home "$place")
    look_in "$environment/bin" || look_in_user_install "$environment" || problem not-installed "$environment"
    ;;
  command)
    case $place in
      *notebook* | *nbclassic*) interface=classic ;;
    esac
    ;;
esac
note program "${program:-none}"
# What modules bring shows once the server answers.
[ "$choice" = module ] || note interface "$interface"

socket="$instance/s"
# A start a few days ago found that sshd does not lead to sockets.
[ "$address" = socket ] && [ -n "$(find "$base/.no-sockets" -mtime -7 2>/dev/null)" ] && address=port
{
  printf '%s\n' --no-browser
  case $address in
    # Of the 108 bytes of sun_path one ends the string; macOS has 104.
    socket) [ ${#socket} -le 103 ] && printf '%s\n' "--sock=$socket" || printf '%s\n' --ip=127.0.0.1 "--port=$port" --port-retries=100 ;;
    port) printf '%s\n' --ip=127.0.0.1 "--port=$port" --port-retries=100 ;;
  esac
  # Lets Nuvem put output into the cells of a page that opens later; the classic notebook does so anyhow.
  printf '%s\n' --LabApp.expose_app_in_browser=True --JupyterNotebookApp.expose_app_in_browser=True
  [ "$(id -u)" = 0 ] && printf '%s\n' --allow-root
  :
} >"$instance/options" || blame "$instance/options"

# Made here, so that it is never an argument of any program. Jupyter takes the file as it is: no newline.
od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$instance/token" || blame "$instance/token"

cat >"$instance/run.sh" <<'end-of-run'
# Runs one Jupyter server for Nuvem, notes who it is and how it ended.
umask 077
instance=$(cd "$(dirname "$0")" && pwd) || exit 1
# tmux ends a session whose terminal nobody holds any more.
exec 8<&0 </dev/null
# What a service writes goes to its journal.
[ -s "$instance/unit" ] || exec >>"$instance/log" 2>&1
. "$instance/environment"
rm -f "$instance/environment"
unset TMUX TMUX_PANE
if [ -r "/proc/$$/stat" ]; then
  birth=$(cat "/proc/$$/stat")
  set -f
  set -- ${birth##*) }
  set +f
  shift 19
  printf '%s.%s\n' "$1" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" >"$instance/birth"
else
  ps -o lstart= -p "$$" | tr -s ' ' '_' >"$instance/birth"
fi
echo "$$" >"$instance/pid.new" && mv "$instance/pid.new" "$instance/pid"
set --
while IFS= read -r option; do set -- "$@" "$option"; done <"$instance/options"
IFS= read -r folder <"$instance/folder"
IFS= read -r choice <"$instance/choice"
IFS= read -r place <"$instance/place"
IFS= read -r program <"$instance/program"
export JUPYTER_RUNTIME_DIR="$instance/runtime" JUPYTER_TOKEN_FILE="$instance/token"
unset JUPYTER_TOKEN
cd "$folder" || exit 1
umask "$(cat "$instance/umask")"
shell=$(command -v bash || command -v sh)
case $choice in
  command) "$shell" -l -c "$place \"\$@\"" nuvem "$@" 8<&- ;;
  module)
    "$shell" -l -c 'module load $0 || exit
      if command -v jupyter-lab >/dev/null 2>&1; then exec jupyter-lab "$@"; else exec jupyter-notebook "$@"; fi' \
      "$place" "$@" 8<&-
    ;;
  *)
    bin=$(dirname "$program")
    export PATH="$bin:$PATH"
    if [ -d "$bin/../conda-meta" ]; then
      unset VIRTUAL_ENV
      # What `conda activate` sets: conda's docs, "Managing environments", and conda/activate.py.
      export CONDA_PREFIX="$(dirname "$bin")" CONDA_SHLVL=1
      export CONDA_DEFAULT_ENV="$CONDA_PREFIX"
      case $CONDA_PREFIX in */envs/*) CONDA_DEFAULT_ENV=${CONDA_PREFIX##*/} ;; esac
      # Variables that `conda env config vars set` keeps.
      if [ -r "$CONDA_PREFIX/conda-meta/state" ]; then
        eval "$("$bin/python" -c 'import json, shlex, sys
for name, value in json.load(open(sys.argv[1])).get("env_vars", {}).items():
    print("export %s=%s" % (name, shlex.quote(value)))' "$CONDA_PREFIX/conda-meta/state" </dev/null)"
      fi
      # In a shell of its own: some other shells end at the first error in a file that they source.
      "$shell" -c 'for hook in "$CONDA_PREFIX"/etc/conda/activate.d/*.sh; do
          if [ -r "$hook" ] && ( . "$hook" ) >/dev/null 2>&1; then . "$hook"; fi
        done
        exec "$0" "$@"' "$program" "$@" 8<&-
    else
      [ -f "$bin/../pyvenv.cfg" ] && export VIRTUAL_ENV="$(dirname "$bin")"
      "$program" "$@" 8<&-
    fi
    ;;
esac
code=$?
umask 077
echo "$code" >"$instance/exit.new" && mv "$instance/exit.new" "$instance/exit"
rm -f "$instance/s"
# A service may start again, with the same token.
[ -s "$instance/unit" ] && exit "$code"
rm -f "$instance/token"
end-of-run
[ -s "$instance/run.sh" ] || blame "$instance/run.sh"
: >"$instance/log" || blame "$instance/log"

kept_by=
[ "$choice" = image ] && prepare_image
[ -n "$scope" ] && prepare_unit

has_started() {
  for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s "$instance/pid" ] && return 0
    sleep 0.1 2>/dev/null || sleep 1
  done
  return 1
}

# Sets `why`: the reason for which systemd does not keep the server.
lingers() {
  why=no-systemd
  command -v systemd-run >/dev/null 2>&1 && command -v loginctl >/dev/null 2>&1 || return 1
  why=no-user-manager
  : "${XDG_RUNTIME_DIR:=/run/user/$(id -u)}"
  export XDG_RUNTIME_DIR
  [ -S "$XDG_RUNTIME_DIR/systemd/private" ] || [ -S "$XDG_RUNTIME_DIR/bus" ] || return 1
  why=lingering-off
  [ "$(loginctl show-user "$(id -un)" -p Linger 2>/dev/null)" = Linger=yes ]
}

# The folders of the last starts, the last one first.
remember_folder() {
  {
    printf '%s\n' "$root"
    grep -v -x -F -e "$root" "$base/.folders" 2>/dev/null | head -n 9
  } >"$base/.folders.new" && mv "$base/.folders.new" "$base/.folders"
}

cd "$instance" || blame "$instance"
by_systemd() {
  lingers && why=systemd-refused && systemd-run --user --quiet --collect --unit="nuvem-notebook-$id" /bin/sh "$instance/run.sh" \
    </dev/null >/dev/null 2>&1 9>&- && has_started
}
by_tmux() {
  command -v tmux >/dev/null 2>&1 && tmux -L nuvem -f /dev/null new-session -d -s "$id" 'exec sh ./run.sh' \
    </dev/null >/dev/null 2>&1 9>&- && has_started
}
by_setsid() {
  if command -v setsid >/dev/null 2>&1; then
    setsid sh "$instance/run.sh" </dev/null >/dev/null 2>&1 9>&- &
  else
    nohup sh "$instance/run.sh" </dev/null >/dev/null 2>&1 9>&- &
  fi
  has_started
}

for way in $ways; do
  if "by_$way"; then
    note detached "${kept_by:-$way}"
    [ -n "$kept_by" ] || [ "$way" = systemd ] || note why "${why:-no-systemd}"
    remember_folder
    say launched "$id"
    exit 0
  fi
done
problem not-detached "$instance"
