# Sent before every script that speaks to Slurm. Jobs have folders of their own in the home that all nodes share.
base="${XDG_DATA_HOME:-$HOME/.local/share}/nuvem/slurm"

# Where the commands are is often told to login shells alone.
has_slurm() {
  command -v sbatch >/dev/null 2>&1 && return 0
  told=$($bound "${SHELL:-sh}" -l -c 'printf "\nnuvem-path %s\nnuvem-conf %s\n" "$PATH" "$SLURM_CONF"' </dev/null 2>/dev/null)
  PATH="$PATH:$(printf '%s\n' "$told" | sed -n 's/^nuvem-path //p')"
  conf=$(printf '%s\n' "$told" | sed -n 's/^nuvem-conf //p')
  [ -n "$conf" ] && export SLURM_CONF="$conf"
  export PATH
  command -v sbatch >/dev/null 2>&1
}

say_lines() { while IFS= read -r line; do say "$1" "$line"; done; }
