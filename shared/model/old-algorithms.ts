/**
 * What `allowsOldAlgorithms` adds, by what it is for: SHA-1 (RFC 9142 gives it up), CBC (RFC 4253's ciphers, with
 * the plain-text recovery of CVE-2008-5161). DSA, RC4 and MD5 stay out.
 */
export const oldAlgorithms = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  /** Also for the signatures of users' RSA keys. */
  signature: ['ssh-rsa'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  mac: ['hmac-sha1-etm@openssh.com', 'hmac-sha1'],
} as const;
