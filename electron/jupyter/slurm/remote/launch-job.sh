# Sent before the launch script: what it starts is a job of Slurm.
# Takes besides: job (the lines of the batch script, separated by U+001F), partition.
kept_by=slurm

refuse() {
  say_lines log <"$instance/refusal"
  problem "$1" "$2"
}

by_slurm() {
  has_slurm || problem slurm-missing ''
  if [ -n "$partition" ]; then
    known=$(sinfo -h -p "$partition" -o %R 2>"$instance/refusal" </dev/null 9>&-) || refuse slurm-silent ''
    [ -n "$known" ] || problem slurm-partition-unknown "$partition"
  fi
  printf '%s\n' "$job" | tr '\037' '\n' >"$instance/job.sh" || blame "$instance/job.sh"
  number=$(sbatch --parsable --output="$instance/log" --open-mode=append "$instance/job.sh" "$instance" \
    2>"$instance/refusal" </dev/null 9>&-) || refuse slurm-refused ''
  rm -f "$instance/refusal"
  note job "${number%%;*}"
}
