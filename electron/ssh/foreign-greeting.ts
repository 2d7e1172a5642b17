/** Who speaks on a port instead of an SSH server; `busy` and `penalty` are OpenSSH itself turning us away. */
export type ForeignGreeting = 'web-server' | 'encrypted' | 'busy' | 'penalty' | 'other';

/** Tells from the first line that came (latin1) who it is from. */
export function foreignGreeting(firstLine: string): ForeignGreeting {
  if (/^HTTP\/\d/.test(firstLine)) return 'web-server';
  // A TLS record: an alert or a handshake of version 3.x (RFC 8446, 5.1).
  const [type, version] = [firstLine.charCodeAt(0), firstLine.charCodeAt(1)];
  if ((type === 0x15 || type === 0x16) && version === 3) return 'encrypted';
  // What sshd says in plain text before it hangs up: sshd.c, drop_connection().
  if (firstLine.startsWith('Exceeded MaxStartups')) return 'busy';
  if (firstLine.startsWith('Not allowed at this time')) return 'penalty';
  return 'other';
}
