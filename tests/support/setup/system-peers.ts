import { hasCommand, installMissing, type Need } from '../../../build/system/packages';
import { runQuietly } from '../../../build/system/run';
import { exists } from '../../../build/user-cache';

/** Programs of the operating system that tests run against or with. */
const commands: readonly Need[] = [
  { name: 'sshd', packages: { debian: ['openssh-server'], fedora: 'openssh-server', arch: 'openssh' } },
  { name: 'ssh', packages: { debian: ['openssh-client'], fedora: 'openssh-clients', arch: 'openssh' } },
  { name: 'ssh-agent', packages: { debian: ['openssh-client'], fedora: 'openssh-clients', arch: 'openssh' } },
  { name: 'dropbear', packages: { debian: ['dropbear-bin'], fedora: 'dropbear', arch: 'dropbear' } },
  { name: 'busybox', packages: { debian: ['busybox'], fedora: 'busybox', arch: 'busybox' } },
  { name: 'puttygen', packages: { debian: ['putty-tools'], fedora: 'putty', arch: 'putty' } },
  { name: 'nc', packages: { debian: ['netcat-openbsd'], fedora: 'netcat', arch: 'openbsd-netcat' } },
  { name: 'plink', packages: { debian: ['putty-tools'], fedora: 'putty', arch: 'putty' } },
  { name: 'tmux', packages: { debian: ['tmux'], fedora: 'tmux', arch: 'tmux' } },
  { name: 'Xvfb', packages: { debian: ['xvfb'], fedora: 'xorg-x11-server-Xvfb', arch: 'xorg-server-xvfb' } },
  { name: 'dbus-run-session', packages: { debian: ['dbus'], fedora: 'dbus-daemon', arch: 'dbus' } },
  // Brings the library by which Electron shows notifications.
  { name: 'notify-send', packages: { debian: ['libnotify-bin'], fedora: 'libnotify', arch: 'libnotify' } },
  { name: 'gnome-keyring-daemon', packages: { debian: ['gnome-keyring'], fedora: 'gnome-keyring' } },
  { name: 'xdotool', packages: { debian: ['xdotool'], fedora: 'xdotool', arch: 'xdotool' } },
  // By these tests start what a desktop would start at login.
  { name: 'gio', packages: { debian: ['libglib2.0-bin'], fedora: 'glib2', arch: 'glib2' } },
  {
    name: 'desktop-file-validate',
    packages: { debian: ['desktop-file-utils'], fedora: 'desktop-file-utils', arch: 'desktop-file-utils' },
  },
  {
    name: 'modulecmd',
    packages: { debian: ['environment-modules'], fedora: 'environment-modules', arch: 'env-modules' },
  },
  { name: 'dockerd', packages: { debian: ['docker.io'], fedora: 'moby-engine', arch: 'docker' } },
  { name: 'docker', packages: { debian: ['docker-cli', 'docker.io'], fedora: 'docker-cli', arch: 'docker' } },
  { name: 'podman', packages: { debian: ['podman'], fedora: 'podman', arch: 'podman' } },
  { name: 'runc', packages: { debian: ['runc'], fedora: 'runc', arch: 'runc' } },
  { name: 'iptables', packages: { debian: ['iptables'], fedora: 'iptables-nft', arch: 'iptables' } },
  { name: 'systemctl', packages: { debian: ['systemd'], fedora: 'systemd', arch: 'systemd' } },
  { name: 'sudo', packages: { debian: ['sudo'], fedora: 'sudo', arch: 'sudo' } },
  { name: 'munged', packages: { debian: ['munge'], fedora: 'munge', arch: 'munge' } },
  { name: 'slurmctld', packages: { debian: ['slurmctld'], fedora: 'slurm-slurmctld', arch: 'slurm-llnl' } },
  { name: 'slurmd', packages: { debian: ['slurmd'], fedora: 'slurm-slurmd', arch: 'slurm-llnl' } },
  { name: 'sbatch', packages: { debian: ['slurm-client'], fedora: 'slurm', arch: 'slurm-llnl' } },
  { name: 'ps', packages: { debian: ['procps'], fedora: 'procps-ng', arch: 'procps-ng' } },
  { name: 'ss', packages: { debian: ['iproute2'], fedora: 'iproute', arch: 'iproute2' } },
];

const pythonVenv: Need = {
  name: 'Python 3 with venv',
  packages: { debian: ['python3-venv'], fedora: 'python3', arch: 'python' },
};

/** An SSH server that is not OpenSSH: it asks questions in rounds and for new passwords. */
const pythonAsyncSsh: Need = {
  name: "AsyncSSH for the system's Python",
  packages: { debian: ['python3-asyncssh'], fedora: 'python3-asyncssh' },
};

/** What podman makes a container's network by; not a command of its own. */
const netavark: Need = {
  name: 'netavark',
  packages: { debian: ['netavark'], fedora: 'netavark', arch: 'netavark' },
};

/** For the tray that tests show the app's icon in. */
const pythonDbus: Need = {
  name: "D-Bus bindings of the system's Python",
  packages: { debian: ['python3-dbus', 'python3-gi'], fedora: 'python3-dbus', arch: 'python-dbus' },
};

/**
 * Makes sure that the test peers of the operating system are there. Debian as root installs what is missing;
 * elsewhere rejects with the command that does.
 */
export async function ensureSystemPeers(): Promise<void> {
  const missing: Need[] = [];
  for (const command of commands) if (!(await hasCommand(command.name))) missing.push(command);
  if (!(await hasPythonVenv())) missing.push(pythonVenv);
  if (!(await hasPythonDbus())) missing.push(pythonDbus);
  if (!(await hasAsyncSsh())) missing.push(pythonAsyncSsh);
  if (!(await hasNetavark())) missing.push(netavark);
  await installMissing(missing);
}

const hasNetavark = async (): Promise<boolean> =>
  (await exists('/usr/lib/podman/netavark')) || (await exists('/usr/libexec/podman/netavark'));

async function hasPythonVenv(): Promise<boolean> {
  if (!(await hasCommand('python3'))) return false;
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';
  return (await runQuietly('python3', ['-c', check])).code === 0;
}

async function hasPythonDbus(): Promise<boolean> {
  if (!(await exists('/usr/bin/python3'))) return false;
  return (await runQuietly('/usr/bin/python3', ['-c', 'import dbus, gi'])).code === 0;
}

async function hasAsyncSsh(): Promise<boolean> {
  if (!(await exists('/usr/bin/python3'))) return false;
  return (await runQuietly('/usr/bin/python3', ['-W', 'ignore', '-c', 'import asyncssh'])).code === 0;
}
