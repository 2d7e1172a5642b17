# Answers each line of standard input with one measurement, and ends with its input: whoever measures gives the pace,
# and nothing of this is left on the machine once the channel or the connection is gone. Runs after `prelude.sh`.
# A line that says `disks` asks for the disks and kernels as well. All other programs get an empty input: this one's is ours.
exec 2>/dev/null
export LC_ALL
system=$(uname -s)
disk_folder=$(expand_home "$folder")

# A file system or a driver that hangs must not stop the measuring.
briefly() {
  if [ -n "$timeout" ]; then "$timeout" 5 "$@" </dev/null; else "$@" </dev/null; fi
}
timeout=$(command -v timeout)

smi=
for program in nvidia-smi /usr/bin/nvidia-smi /usr/lib/wsl/lib/nvidia-smi; do
  smi=$(command -v "$program") && break
done

is_number() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
}

# Finds the tightest limit of memory, and of processor time, of the groups that this shell is in: cgroups(7).
# $1: where the hierarchy is mounted; $2: this shell's group; $3: the file of the memory limit; $4: of the time limit.
find_limits() {
  group=$1${2%/}
  while :; do
    if [ -n "$3" ] && [ -r "$group/$3" ] && read -r limit <"$group/$3" && is_number "$limit"; then
      if [ -z "$memory_limit" ] || [ "$limit" -lt "$memory_limit" ]; then
        memory_limit=$limit
        memory_group=$group
      fi
    fi
    if [ -n "$4" ] && [ -r "$group/$4" ]; then
      quota=
      read -r quota period <"$group/$4"
      [ "$4" = cpu.cfs_quota_us ] && read -r period <"$group/cpu.cfs_period_us"
      if is_number "$quota" && is_number "$period" && [ "$period" -gt 0 ]; then
        share=$((quota * 1000 / period))
        if [ -z "$cpu_share" ] || [ "$share" -lt "$cpu_share" ]; then
          cpu_share=$share
          cpu_group=$group
        fi
      fi
    fi
    case $group in "$1" | '' | /) break ;; esac
    group=${group%/*}
  done
}

memory_limit= memory_group= cpu_share= cpu_group= core_count=0
if [ "$system" = Linux ]; then
  core_count=$(grep -c '^cpu[0-9]' /proc/stat </dev/null)
  while IFS=: read -r number controllers path; do
    case $number:,$controllers, in
      0:,,) find_limits /sys/fs/cgroup "$path" memory.max cpu.max ;;
      *,memory,*) find_limits /sys/fs/cgroup/memory "$path" memory.limit_in_bytes '' ;;
    esac
    case ,$controllers, in *,cpu,*) find_limits /sys/fs/cgroup/cpu "$path" '' cpu.cfs_quota_us ;; esac
  done </proc/self/cgroup
fi

# The number behind a word at the start of a line of a file.
amount_in() {
  while read -r word amount rest; do
    if [ "$word" = "$2" ]; then
      printf '%s' "$amount"
      break
    fi
  done <"$1"
}

measure_memory_limit() {
  if [ -r "$memory_group/memory.current" ]; then
    read -r used <"$memory_group/memory.current"
    unused=$(amount_in "$memory_group/memory.stat" inactive_file)
  else
    read -r used <"$memory_group/memory.usage_in_bytes" || return
    unused=$(amount_in "$memory_group/memory.stat" total_inactive_file)
  fi
  say memory-limit "$memory_limit $used ${unused:-0}"
}

measure_cpu_limit() {
  if [ -r "$cpu_group/cpu.stat" ] && used=$(amount_in "$cpu_group/cpu.stat" usage_usec) && [ -n "$used" ]; then
    say cpu-limit "$cpu_share $used"
  elif read -r used <"/sys/fs/cgroup/cpuacct${cpu_group#/sys/fs/cgroup/cpu}/cpuacct.usage"; then
    say cpu-limit "$cpu_share $((used / 1000))"
  fi
}

measure_linux() {
  read -r ticks </proc/stat && say ticks "${ticks#cpu}"
  say cores "$core_count"
  read -r up rest </proc/uptime && say uptime "$up"
  read -r load </proc/loadavg && say load "$load"
  while read -r name amount rest; do
    case $name in
      MemTotal: | MemFree: | MemAvailable: | Buffers: | Cached: | SwapTotal: | SwapFree:)
        say memory "${name%:} $amount"
        ;;
    esac
    [ "$name" = SwapFree: ] && break
  done </proc/meminfo
  [ -n "$memory_group" ] && measure_memory_limit
  [ -n "$cpu_group" ] && measure_cpu_limit
}

measure_bsd() {
  for name in hw.ncpu kern.cp_time vm.loadavg hw.memsize hw.physmem vm.swapusage vm.stats.vm.v_page_size \
    vm.stats.vm.v_free_count vm.stats.vm.v_inactive_count vm.stats.vm.v_laundry_count; do
    value=$(sysctl -n "$name" </dev/null) && say sysctl "$name $value"
  done
  if [ "$system" = Darwin ]; then
    vm_stat </dev/null | while IFS= read -r line; do say vm_stat "$line"; done
    say cpu-sum "$(ps -A -o %cpu= </dev/null | awk '{ sum += $1 } END { print sum }')"
  else
    swapinfo -k </dev/null | while IFS= read -r line; do say swapinfo "$line"; done
  fi
}

measure_disk() {
  line=$(briefly df -P -k "$1" | tail -n 1) && [ -n "$line" ] && say disk "$line"
}

# Kernels are known by the file that they are given, kernel-<id>.json (Jupyter Client).
measure_kernels() {
  ps -A -o rss= -o args= </dev/null | while read -r kibibytes line; do
    case $line in
      *kernel-*.json*)
        kernel=${line##*kernel-}
        say kernel "${kernel%%.json*} $kibibytes"
        ;;
    esac
  done
}

measure_gpus() {
  briefly "$smi" --query-gpu=index,name,utilization.gpu,memory.used,memory.total,temperature.gpu \
    --format=csv,noheader,nounits | head -n 64 | while IFS= read -r line; do say gpu "$line"; done
}

meter() {
  say ready "$system"
  while IFS= read -r wanted; do
    case $system in
      Linux) measure_linux ;;
      Darwin | FreeBSD) measure_bsd ;;
    esac
    if [ "$wanted" = disks ]; then
      measure_kernels
      measure_disk "$HOME"
      [ "$disk_folder" != "$HOME" ] && measure_disk "$disk_folder"
    fi
    [ -n "$smi" ] && measure_gpus
    say end ''
  done
}
meter; exit 0
