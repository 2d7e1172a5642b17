import type { Client } from 'ssh2';
import { readWireStrings, wireString } from '../keys/ssh-wire';
import { certificateTypeOf, readCertificate } from '../trust/certificate';
import { type KeyExchange, keyExchangesOf, offerHostKeys } from './ssh2-internals';

const kexReply = 31;
const groupExchangeReply = 33;

/**
 * Asks the server for a host certificate first, which ssh2 does not know: it is shown the plain key in it, whose
 * signature it then checks over what the server has really sent. `onShown` gets the certificate before ssh2 asks
 * about the key; whether an authority stands behind it is for `onShown`'s side to judge. Call it after
 * `client.connect`.
 */
export function acceptHostCertificates(client: Client, onShown: (certificate: Buffer) => void): void {
  offerHostKeys(client, (keyAlgorithms) => [...keyAlgorithms.map(certifiedNameOf), ...keyAlgorithms]);
  keyExchangesOf(client, (exchange) => {
    const algorithm = exchange.negotiated.serverHostKey;
    if (!algorithm.endsWith('-cert-v01@openssh.com')) return;
    const { parse } = exchange;
    exchange.parse = (payload) => {
      const isReply = payload[0] === (exchange.type === 'groupex' ? groupExchangeReply : kexReply);
      return parse.call(exchange, isReply ? withPlainKey(exchange, payload, onShown) : payload);
    };
  });
}

/** `rsa-sha2-512` and the like are names of signatures, and are certified as they are. */
const certifiedNameOf = (algorithm: string): string => certificateTypeOf(algorithm);

/** The reply with the plain key instead of the certificate; as it is when it holds none. */
function withPlainKey(
  exchange: KeyExchange,
  payload: Buffer,
  onShown: (certificate: Buffer) => void,
): Buffer {
  const read = readWireStrings(payload.subarray(1), 1);
  const blob = Buffer.from(read?.fields[0] ?? []);
  const certificate = readCertificate(blob);
  if (read === null || certificate === null) return payload;
  exchange.negotiated.serverHostKey = exchange.negotiated.serverHostKey.replace('-cert-v01@openssh.com', '');
  hashInstead(exchange, blob);
  onShown(blob);
  return Buffer.concat([payload.subarray(0, 1), wireString(certificate.publicKey), read.rest]);
}

/** ssh2 reads the key it was sent three times when it checks the exchange: first for the hash, then to verify. */
function hashInstead(exchange: KeyExchange, sent: Buffer): void {
  let key: Buffer | undefined;
  let isHashed = false;
  Object.defineProperty(exchange, '_hostKey', {
    configurable: true,
    set: (value: Buffer | undefined) => {
      key = value;
    },
    get: () => {
      if (isHashed) return key;
      isHashed = true;
      return sent;
    },
  });
}
