# Writes a service's journal, its last lines first and then what comes, until this script's input ends. Takes: id, lines.
instance="$base/$id"
unit=UNIT
[ "$(cat "$instance/unit" 2>/dev/null)" = user ] && unit=USER_UNIT
journalctl "SYSLOG_IDENTIFIER=nuvem-notebook-$id" + "$unit=nuvem-notebook-$id.service" -f -n "$lines" -o short-iso --no-hostname -q </dev/null 2>&1 &
follower=$!
say following ''
cat >/dev/null
kill "$follower" 2>/dev/null
