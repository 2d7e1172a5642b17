# Boots systemd as process 1 of namespaces of its own, with journald, logind and D-Bus, all of them real. What it could
# change or clean up is hidden by empty file systems; of the units of this computer, only those listed here exist.
# Takes: the test's folder, the home folder that holds the tests' Pythons: accounts of tests may read a copy of it.
set -e
folder=$1 home=$2
empty() { mount -t tmpfs -o "mode=$2" tmpfs "$1"; }
empty /run 755
mkdir -p /run/lock /run/sshd /run/hold/folder /run/hold/upper /run/hold/work
mount --bind "$folder" /run/hold/folder
empty /tmp 1777
mkdir -p "$folder"
mount --move /run/hold/folder "$folder"
mount -t overlay -o "lowerdir=$home,upperdir=/run/hold/upper,workdir=/run/hold/work" overlay "$home"
chmod 755 "$home"
for place in /dev/shm /var/tmp; do empty "$place" 1777; done
for place in /var/log /var/lib/systemd /etc/systemd /etc/sudoers.d; do empty "$place" 755; done
mkdir -p /var/log/journal /etc/systemd/system
mount -t proc proc /proc
mount --bind /proc/sys /proc/sys
mount -o remount,ro,bind /proc/sys
if [ -d /sys/fs/cgroup/systemd ]; then
  empty /sys/fs/cgroup 755
  mkdir /sys/fs/cgroup/systemd
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
else
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi

units=/run/lab-units
mkdir "$units"
cd /lib/systemd/system
cp -r basic.target sockets.target sysinit.target slices.target paths.target timers.target shutdown.target \
  umount.target final.target user.slice dbus.socket systemd-journald.socket user-runtime-dir@.service "$units"
cd "$units"
cat >systemd-journald.service <<'end'
[Unit]
DefaultDependencies=no
[Service]
Type=notify
ExecStart=/lib/systemd/systemd-journald
ExecStartPost=/bin/journalctl --flush
FileDescriptorStoreMax=4224
Sockets=systemd-journald.socket
end
cat >dbus.service <<'end'
[Unit]
Requires=dbus.socket
[Service]
Type=notify
ExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only
end
cat >systemd-logind.service <<'end'
[Unit]
Wants=user.slice dbus.socket
After=dbus.socket
[Service]
BusName=org.freedesktop.login1
ExecStart=/lib/systemd/systemd-logind
end
cat >user@.service <<'end'
[Unit]
Requires=user-runtime-dir@%i.service
After=user-runtime-dir@%i.service
[Service]
User=%i
Type=notify
ExecStart=/lib/systemd/systemd --user
Environment=XDG_RUNTIME_DIR=/run/user/%i
Slice=user-%i.slice
KillMode=mixed
Delegate=yes
end
cat >multi-user.target <<'end'
[Unit]
Requires=basic.target systemd-journald.service dbus.service systemd-logind.service
After=basic.target systemd-logind.service
end
exec env -i container=lab PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  "SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/systemd/system:$units" \
  /lib/systemd/systemd --system --unit=multi-user.target --show-status=no
