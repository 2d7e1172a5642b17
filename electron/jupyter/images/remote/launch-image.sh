# Sent before the launch script: starts a server in a container of docker or podman.
# Takes besides: engine (auto|docker|podman), image, volumes and extras (each a list separated by U+001F), gpus (yes|no).
separator=$(printf '\037')

find_engine() {
  set -f
  old_separator=$IFS
  IFS=:
  set -- "$1" $login_path /usr/local/bin /opt/homebrew/bin
  IFS=$old_separator
  set +f
  look_for "$@"
}

# A program that calls the engine as the user's login shell would: found and stopped by it later, without that shell.
note_engine() {
  find_engine "$1" || return 1
  {
    (. "$instance/environment" >/dev/null 2>&1; export -p) | sed 's/^declare -x/export/' |
      grep -E "^export (DOCKER_[A-Z_]+|CONTAINER[A-Z_]+|XDG_[A-Z_]+|PATH|HOME)=('[^']*'|\"[^\"]*\"|[^'\" ]*)\$"
    printf 'exec %s "$@"\n' "'$(printf '%s' "$program" | sed "s/'/'\\\\''/g")'"
  } >"$instance/engine.sh" || blame "$instance/engine.sh"
}

ask_engine() { $bound sh "$instance/engine.sh" "$@" </dev/null 2>/dev/null 9>&-; }

# podman answers for itself; docker needs its daemon.
engine_answers() { ask_engine version --format '{{.Server.Version}}' >/dev/null; }
has_image() { ask_engine image inspect "$image" >/dev/null; }

why_no_answer() {
  endpoint=$(ask_engine context inspect -f '{{.Endpoints.docker.Host}}')
  socket=${endpoint#unix://}
  if [ "$socket" != "$endpoint" ] && [ -S "$socket" ] && [ ! -w "$socket" ]; then
    problem engine-forbidden "$socket"
  fi
  problem engine-not-running "$1"
}

# Whichever has the image, then whichever answers.
choose_engine() {
  if [ "$engine" != auto ]; then
    note_engine "$engine" || problem engine-missing "$engine"
    engine_answers || why_no_answer "$engine"
    return
  fi
  answering=
  silent=
  for engine in docker podman; do
    note_engine "$engine" || continue
    if engine_answers; then
      has_image && return
      : "${answering:=$engine}"
    else
      silent=$engine
    fi
  done
  if [ -z "$answering" ]; then
    [ -z "$silent" ] && problem engine-missing ''
    note_engine "$silent"
    why_no_answer "$silent"
  fi
  engine=$answering
  note_engine "$engine"
}

# A value of a mount: a field of comma-separated values (RFC 4180).
field() { printf '"%s"' "$1=$(printf '%s' "$2" | sed 's/"/""/g')"; }
tell_mount() { printf '%s\n' --mount "type=$1,$(field source "$2"),$(field target "$3")$4"; }

# Files that the server makes shall be the user's: by the same number, or by the mapping of a rootless engine.
tell_user() {
  user=$(id -u):$(id -g)
  case $(ask_engine --version) in
    podman*) [ "$(id -u)" = 0 ] || printf '%s\n' --userns=keep-id ;;
    *) case $(ask_engine info --format '{{json .SecurityOptions}}') in *name=rootless*) user=0:0 ;; esac ;;
  esac
  printf '%s\n' "--user=$user"
  # Entry points of images for notebooks change from root to a user of theirs, who may not read the folder.
  case $user in 0:*) printf '%s\n' --entrypoint=/bin/sh ;; esac
}

tell_volumes() {
  tell_mount bind "$instance" "$instance" ''
  tell_mount bind "$root" "$root" ''
  set -f
  IFS=$separator
  for volume in $volumes; do
    source=${volume%%:*}
    target=${volume#*:}
    access=
    case $target in *:ro) target=${target%:ro} access=,readonly ;; esac
    case $source in
      '~' | */*) tell_mount bind "$(expand_home "$source")" "$target" "$access" ;;
      *) tell_mount volume "$source" "$target" "$access" ;;
    esac
  done
}

tell_extras() {
  set -f
  IFS=$separator
  for extra in $extras; do printf '%s\n' "$extra"; done
}

tell_arguments() {
  printf '%s\n' --detach "--name=nuvem-notebook-$id" "--label=nuvem.notebook=$id" "--workdir=$root" \
    "--env=JUPYTER_RUNTIME_DIR=$instance/runtime" "--env=JUPYTER_TOKEN_FILE=$instance/token" \
    "--env=NUVEM_HOME=$instance/home"
  (tell_user)
  (tell_volumes)
  [ -e /sys/fs/selinux/enforce ] && printf '%s\n' --security-opt=label=disable
  [ "$address" = port ] && printf '%s\n' --publish=127.0.0.1::8888
  if [ "$gpus" = yes ]; then
    [ "$engine" = podman ] && printf '%s\n' --device=nvidia.com/gpu=all || printf '%s\n' --gpus=all
  fi
  (tell_extras)
  printf '%s\n' "$image"
}

# What the launch script starts in place of a server: it brings the container up and ends.
prepare_image() {
  choose_engine
  # Of the 108 bytes of sun_path one ends the string; macOS has 104.
  [ ${#socket} -le 103 ] || address=port
  if [ "$address" = socket ]; then
    printf '%s\n' --no-browser "--sock=$socket" >"$instance/options" || blame "$instance/options"
  else
    printf '%s\n' --no-browser --ip=0.0.0.0 --port=8888 --port-retries=0 >"$instance/options" || blame "$instance/options"
    note port pending
  fi
  note container "nuvem-notebook-$id"
  note gpus "$gpus"
  note image "$image"
  kept_by=$engine
  ways=setsid
  mkdir "$instance/home" || blame "$instance/home"
  tell_arguments >"$instance/arguments" || blame "$instance/arguments"
  cat >"$instance/run.sh" <<'end-of-run'
# Fetches an image if it is not there and starts its container for Nuvem, then ends; notes how far it is.
umask 077
instance=$(cd "$(dirname "$0")" && pwd) || exit 1
exec </dev/null >>"$instance/log" 2>&1
. "$instance/environment"
rm -f "$instance/environment"
birth=$(cat "/proc/$$/stat" 2>/dev/null)
if [ -n "$birth" ]; then
  set -f
  set -- ${birth##*) }
  set +f
  shift 19
  printf '%s.%s\n' "$1" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" >"$instance/birth"
else
  ps -o lstart= -p "$$" | tr -s ' ' '_' >"$instance/birth"
fi
echo "$$" >"$instance/pid.new" && mv "$instance/pid.new" "$instance/pid"
IFS= read -r image <"$instance/image"
IFS= read -r name <"$instance/container"
phase() { echo "$1" >"$instance/phase.new" && mv "$instance/phase.new" "$instance/phase"; }
engine() { sh "$instance/engine.sh" "$@"; }
if ! engine image inspect "$image" >/dev/null 2>&1; then
  phase fetching
  if ! engine pull "$image" >"$instance/pull" 2>&1; then
    tail -n 5 "$instance/pull"
    phase not-fetched
    exit 1
  fi
fi
phase creating
set --
while IFS= read -r argument; do set -- "$@" "$argument"; done <"$instance/arguments"
grep -q -x -e --entrypoint=/bin/sh "$instance/arguments" || set -- "$@" sh
set -- "$@" -c '
[ -w "${HOME:-/}" ] || export HOME="$NUVEM_HOME"
[ "$(id -u)" != 0 ] || set -- "$@" --allow-root
unset JUPYTER_TOKEN
for name in jupyter-lab jupyter-notebook; do
  command -v "$name" >/dev/null 2>&1 || continue
  case $name in *lab) echo lab ;; *) echo classic ;; esac >"$JUPYTER_RUNTIME_DIR/../interface"
  exec "$name" "$@"
done
exit 86' nuvem
while IFS= read -r option; do set -- "$@" "$option"; done <"$instance/options"
engine run "$@" >/dev/null
code=$?
if [ "$code" != 0 ]; then
  echo "$code" >"$instance/exit"
  phase not-started
  exit 1
fi
if [ -s "$instance/port" ]; then
  engine port "$name" 8888/tcp | sed -n '1s/.*://p' >"$instance/port.new" && mv "$instance/port.new" "$instance/port"
fi
phase started
end-of-run
}
