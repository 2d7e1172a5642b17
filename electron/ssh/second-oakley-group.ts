import { createDiffieHellman } from 'node:crypto';
import type { Client } from 'ssh2';
import { keyExchangesOf } from './ssh2-internals';

/** RFC 2409, section 6.2. */
const prime = Buffer.from(
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
    'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff',
  'hex',
);

/**
 * Lets a client speak `diffie-hellman-group1-sha1` by its numbers: ssh2 asks the crypto for the group by name, which
 * Electron's does not know. Call it after `client.connect`.
 */
export function bringSecondOakleyGroup(client: Client): void {
  keyExchangesOf(client, (exchange) => {
    if (exchange.negotiated.kex !== 'diffie-hellman-group1-sha1') return;
    const keys = createDiffieHellman(prime, 2);
    exchange._public = keys.generateKeys();
    exchange._dh = keys;
  });
}
