# Tells whether the environment that a server runs in has jupytext. Takes: pid (of the server). Reports `environment` (its
# folder), `loaded` where jupytext is installed there, and `changeable` where packages can be added to it.
if [ -r "/proc/$pid/cmdline" ]; then
  program=$(tr '\0' '\n' <"/proc/$pid/cmdline" | head -n 1)
else
  program=$(ps -o args= -p "$pid" 2>/dev/null)
  program=${program%% *}
fi
case $program in
  /*/bin/python*) ;;
  *) exit 0 ;;
esac
prefix=$(cd -P "${program%/bin/*}" 2>/dev/null && pwd) || exit 0
say environment "$prefix"
for managed in "$prefix"/lib/python3*/EXTERNALLY-MANAGED; do [ -e "$managed" ] && say managed yes && break; done
set +f
for site in "$prefix"/lib*/python3*/site-packages; do
  [ -w "$site" ] && say changeable yes
  for info in "$site"/jupytext-*.dist-info; do [ -e "$info" ] && say loaded yes; done
done
