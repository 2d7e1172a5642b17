/** What the user can do about an error; the renderer shows it as a button. */
export type UserAction =
  | 'none'
  | 'retry'
  | 'edit-machine'
  | 'allow-old-algorithms'
  | 'show-log'
  | 'start-notebook'
  | 'install-jupyter'
  | 'replace-host-key'
  | 'reopen-app';

interface ErrorTraits {
  /** True when trying again without any change by the user may succeed: only then may code retry by itself. */
  readonly isRetryable: boolean;
  readonly action: UserAction;
}

const transient = (action: UserAction): ErrorTraits => ({ isRetryable: true, action });
const permanent = (action: UserAction): ErrorTraits => ({ isRetryable: false, action });

/**
 * Every way in which Nuvem can fail. The texts are `errors.<code>.what` (one sentence: what failed, on which
 * step) and `errors.<code>.todo` (one sentence: what to do) in both catalogues.
 */
export const errorTable = {
  // The app itself
  internal: permanent('show-log'),
  cancelled: permanent('none'),
  'invalid-request': permanent('none'),
  'untrusted-sender': permanent('none'),
  'machine-not-found': permanent('none'),
  'group-not-found': permanent('none'),
  'group-loop': permanent('none'), // group
  'too-many-tags': permanent('none'), // machine
  'store-write-failed': permanent('retry'),
  'store-disk-full': permanent('retry'),
  'vault-unavailable': permanent('none'),
  'report-not-saved': permanent('none'), // path, reason
  'global-shortcut-refused': permanent('none'), // keys
  'login-item-failed': permanent('retry'), // path

  // Reaching the machine
  'host-not-found': transient('edit-machine'),
  'connection-refused': transient('edit-machine'),
  'connection-timed-out': transient('retry'),
  'network-unreachable': transient('retry'),
  'connection-lost': transient('retry'),
  // Machines that are instances of EC2; with them: instance
  'instance-not-found': permanent('edit-machine'),
  'instance-terminated': permanent('edit-machine'),
  'instance-stopped': permanent('retry'),
  'instance-not-started': permanent('retry'), // state
  'instance-without-address': permanent('edit-machine'),
  'instance-wrong-state': permanent('retry'),
  'session-plugin-missing': permanent('retry'),
  'session-plugin-old': permanent('retry'), // version
  'session-plugin-failed': transient('retry'), // host (the instance), exitCode; details: what it said
  'session-not-connected': transient('retry'),
  'instance-connect-refused': permanent('edit-machine'), // user
  'not-an-ssh-server': permanent('edit-machine'),
  'no-common-algorithm': permanent('show-log'), // kind, offered (by the machine), ours
  'only-old-algorithms': permanent('allow-old-algorithms'), // kind, offered, ours
  'handshake-failed': transient('show-log'),

  // Jump hosts and proxies
  'jump-loop': permanent('edit-machine'), // machine
  'jump-machine-missing': permanent('edit-machine'), // machine
  'machine-is-jump': permanent('none'), // machine, machines (names of those reached through it)
  'machine-is-default-jump': permanent('none'), // machine
  'jump-cannot-reach': transient('edit-machine'), // via, host, port
  'jump-forbids-forwarding': permanent('edit-machine'), // via
  'proxy-unreachable': transient('edit-machine'), // proxy
  'proxy-not-understood': permanent('edit-machine'), // proxy
  'proxy-sign-in-needed': permanent('edit-machine'), // proxy
  'proxy-sign-in-refused': permanent('retry'), // proxy, user
  'proxy-forbids': permanent('edit-machine'), // proxy, host, port
  'proxy-cannot-reach': transient('edit-machine'), // proxy, host, port
  'proxy-command-failed': transient('edit-machine'), // command, host, exitCode; details: what it said
  'proxy-command-unsafe': permanent('edit-machine'), // value

  // Trust
  'host-key-not-accepted': permanent('retry'),
  'host-key-changed': permanent('replace-host-key'),
  'host-key-revoked': permanent('show-log'),
  'host-key-not-of-instance': permanent('show-log'), // host (the instance), keyType, fingerprint
  'known-hosts-unreadable': permanent('show-log'),
  'known-hosts-unwritable': permanent('show-log'),

  // Identity
  'key-file-not-found': permanent('edit-machine'),
  'key-file-unreadable': permanent('edit-machine'),
  'key-file-unsupported': permanent('edit-machine'),
  'key-file-of-security-key': permanent('edit-machine'), // path
  'key-file-damaged': permanent('edit-machine'),
  'key-file-exists': permanent('none'), // path
  'key-file-unwritable': permanent('none'), // path, reason
  'key-folder-unreadable': permanent('none'), // path, reason
  'key-open-failed': permanent('none'), // path, reason
  'key-not-understood': permanent('none'), // path, format
  'key-not-whole': permanent('none'), // path
  'key-passphrase-wrong': permanent('none'), // path
  'wrong-passphrase': permanent('retry'),
  'agent-unavailable': permanent('edit-machine'),
  'agent-has-no-keys': permanent('edit-machine'),
  'agent-lacks-key': permanent('edit-machine'), // path, fingerprint
  'key-refused': permanent('edit-machine'),
  'certificate-refused': permanent('show-log'), // keyId, principals, validFrom, validTo
  'certificate-not-valid': permanent('none'), // keyId, principals, validFrom, validTo
  'password-refused': permanent('retry'),
  'no-authentication-method': permanent('edit-machine'),

  // Who can log in
  'access-file-unusable': permanent('none'), // path
  'access-disk-full': permanent('none'), // path
  'access-not-writable': permanent('none'), // path
  'access-file-busy': permanent('none'),
  'access-entry-changed': permanent('none'),
  'access-key-in-use': permanent('none'),
  'access-key-private': permanent('none'),
  'access-key-invalid': permanent('none'), // line
  'access-key-missing': permanent('none'),
  'access-proof-needs-user': permanent('none'),

  // Using the connection
  'not-connected': permanent('retry'),
  'channel-refused': transient('show-log'),
  'forwarding-refused': permanent('show-log'),
  'remote-command-failed': permanent('show-log'),
  'remote-shell-unsupported': permanent('show-log'), // details: what the machine answered

  // Tunnels
  'tunnel-not-found': permanent('none'),
  'local-port-in-use': permanent('none'), // port, process, suggestedPort
  'local-port-forbidden': permanent('none'), // port
  'local-address-unavailable': permanent('none'), // address
  'local-socket-unavailable': permanent('none'), // path, reason
  'remote-listen-refused': transient('none'), // listen
  'tunnel-forbidden': permanent('none'), // target
  'tunnel-target-unreachable': transient('none'), // target
  'local-target-unreachable': transient('none'), // target
  'socks-request-invalid': permanent('none'),

  // Notebook
  'notebook-not-installed': permanent('install-jupyter'), // details: the commands that install it
  'notebook-command-failed': permanent('edit-machine'), // exitCode; details: the last lines of its log
  'notebook-start-timed-out': permanent('retry'), // seconds; details: the last lines of its log
  'notebook-gone': permanent('start-notebook'),
  'notebook-not-stopped': permanent('retry'),
  'notebook-token-unknown': permanent('start-notebook'),
  'notebook-secret-wrong': permanent('none'),
  'notebook-not-there': permanent('none'), // address
  'notebook-file-missing': permanent('none'), // path
  'notebook-file-outside': permanent('none'), // path, folder
  'kernel-gone': permanent('none'),
  'kernel-refused': permanent('retry'), // status
  'container-engine-missing': permanent('edit-machine'), // engine; empty: any
  'container-engine-not-running': permanent('retry'), // engine
  'container-engine-forbidden': permanent('retry'), // socket
  'container-not-started': permanent('edit-machine'), // image; details: what the engine said
  'container-gpu-missing': permanent('edit-machine'), // details: what the engine said
  'image-not-fetched': permanent('edit-machine'), // image; details: what the engine said
  'image-without-jupyter': permanent('edit-machine'), // image; details: what the container said
  'slurm-missing': permanent('none'),
  'slurm-silent': transient('retry'), // details: what it said
  'slurm-partition-unknown': permanent('none'), // partition
  'slurm-refused': permanent('none'), // details: what sbatch said
  'slurm-not-cancelled': permanent('retry'), // details: what scancel said
  'slurm-node-unreachable': permanent('retry'),
  'remote-port-in-use': permanent('edit-machine'), // port
  'remote-disk-full': permanent('retry'), // folder
  'remote-permission-denied': permanent('edit-machine'), // path
  'working-folder-not-found': permanent('edit-machine'), // folder

  // The system's browser
  'browser-port-missing': permanent('retry'),
  'browser-not-opened': permanent('retry'), // host

  // Downloads
  'download-cut': permanent('retry'), // name
  'download-disk-full': permanent('retry'), // path (of a folder)
  'download-not-saved': permanent('retry'), // path, reason
  'download-not-opened': permanent('none'), // path, reason

  // Services of systemd
  'systemd-missing': permanent('none'),
  'user-manager-missing': permanent('none'),
  'lingering-refused': permanent('none'), // details: what loginctl and sudo said
  'sudo-refused': permanent('none'), // details: what sudo said
  'service-refused': permanent('none'), // name; details: what systemctl said
  'service-gone': permanent('none'),
  'service-without-containers': permanent('edit-machine'),

  // Environments and recipes
  'environments-unknown': permanent('none'),
  'environment-not-found': permanent('none'), // path
  'install-python-missing': permanent('none'), // minor (oldest version 3.x that will do)
  'install-venv-missing': permanent('none'), // python, package
  'recipe-failed': permanent('none'), // exitCode
  'recipe-interrupted': permanent('none'),
  'recipe-place-taken': permanent('none'), // path
  'recipe-not-undone': permanent('none'), // path
  'recipe-place-changed': permanent('none'), // path

  // Import and export
  'import-file-unreadable': permanent('none'), // path, reason
  'import-file-too-large': permanent('none'), // path, megabytes, mostMegabytes
  'import-file-not-text': permanent('none'), // path
  'import-encoding-wrong': permanent('none'), // path, line
  'import-file-damaged': permanent('none'), // path, line
  'import-file-unknown': permanent('none'), // path
  'import-file-newer': permanent('none'), // path
  'import-outdated': permanent('none'),
  'registry-unreadable': permanent('none'),
  'export-failed': permanent('none'), // path, reason

  // AWS; with them: profile, region; details: what AWS said
  'aws-account-not-found': permanent('none'),
  'aws-profile-missing': permanent('none'),
  'aws-region-missing': permanent('none'),
  'aws-region-unknown': permanent('none'),
  'aws-credentials-missing': permanent('none'),
  'aws-credentials-expired': permanent('none'),
  'aws-credentials-refused': permanent('none'),
  'aws-process-failed': permanent('none'),
  'aws-role-refused': permanent('none'), // permissions (separated by spaces), resource
  'aws-code-refused': permanent('retry'), // permissions
  'aws-sign-in-needed': permanent('none'),
  'aws-sign-in-unsupported': permanent('none'),
  'aws-sign-in-refused': permanent('none'),
  'aws-sign-in-not-allowed': permanent('none'),
  'aws-sign-in-too-late': permanent('none'),
  'aws-clock-wrong': permanent('none'), // minutes
  'aws-denied': permanent('none'), // permissions (separated by spaces), resource
  'aws-throttled': transient('retry'),
  'aws-unreachable': transient('retry'), // host, reason
  'aws-failed': permanent('retry'), // host, name, status
  'aws-not-accepted': permanent('none'),
  's3-bucket-missing': permanent('none'), // bucket
  's3-object-missing': permanent('none'), // key
  's3-archived': permanent('none'), // key
  's3-upload-missing': permanent('retry'), // key
  's3-would-replace': permanent('none'), // count, names
  's3-file-not-read': permanent('retry'), // path, reason
  's3-file-changed': permanent('retry'), // path
  's3-not-deleted': permanent('retry'), // count, key (the first), reason
  's3-too-many': permanent('none'), // most
  's3-table-damaged': permanent('none'), // reason
  'metric-alarm-not-single': permanent('none'), // resource, count
  'emr-protected': permanent('none'), // cluster
  'emr-step-not-cancelled': permanent('none'),
  'emr-ui-not-ready': transient('retry'),
  'emr-cluster-not-copied': permanent('none'),
  'emr-template-damaged': permanent('none'), // place (path of the field; empty: the whole)

  // Updates; details: what the network or the updater said
  'update-unreachable': transient('retry'),
  'update-feed-unusable': permanent('retry'), // reason
  'update-damaged': permanent('retry'),
  'update-not-signed': permanent('none'),
  'update-disk-full': permanent('retry'),
  'update-not-written': permanent('retry'), // reason

  // Demo machine
  'demo-unsupported': permanent('none'),
  'demo-python-missing': permanent('retry'),
  'demo-install-failed': permanent('retry'),
  'demo-start-failed': permanent('retry'),
} as const satisfies Readonly<Record<string, ErrorTraits>>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/**
 * Facts that the texts of `code` may name, e.g. `{host, port}`. Never a secret. What happened at a jump host has
 * `jumpHost` (its name), `jumpNumber` (from 1) and `jumpCount` as well.
 */
export type ErrorParams = Readonly<Record<string, string | number>>;
