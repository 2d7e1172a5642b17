# Jupyter listens on the address by which the login node reaches this node, and lets in only who has its token: a
# file that nobody but you can read, beside this script.
instance=$1
node=${SLURMD_NODENAME:-$(hostname)}
address=$(scontrol show node "$node" 2>/dev/null | sed -n 's/.*NodeAddr=\([^ ]*\).*/\1/p')
ip=$(getent ahostsv4 "${address:-$node}" 2>/dev/null | sed -n '1s/ .*//p')
[ "$SLURM_SUBMIT_HOST" = "$(hostname)" ] && ip=127.0.0.1
case $ip in
  127.0.0.1) reach=127.0.0.1 ;;
  *)
    case " $(hostname -I 2>/dev/null) " in
      *" ${ip:-none} "*) reach=$ip ;;
      *) reach=${address:-$node} ip=0.0.0.0 ;;
    esac
    ;;
esac
port=$(($(od -An -N2 -tu2 /dev/urandom) % 20000 + 10000))
printf '%s\n' "--ip=$ip" "--port=$port" --port-retries=100 >>"$instance/options"
printf '%s\n' "$node" >"$instance/node"
printf '%s\n' "$reach" >"$instance/address"
exec sh "$instance/run.sh"
