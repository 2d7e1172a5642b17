import { type Certificate, isCertificateType } from '../trust/certificate';
import { expandHome, type KeyFileDeps } from './key-file';
import { publicFileHalf } from './public-half';
import { describeSigningKey, type SigningKey } from './signing-key';

/**
 * The certificate beside a private key file, where OpenSSH looks for it: `<path>-cert.pub`. Null when there is
 * none, or one of another key.
 */
export async function loadKeyCertificate(
  path: string,
  key: SigningKey,
  { fs, homeFolder }: Pick<KeyFileDeps, 'fs' | 'homeFolder'>,
): Promise<(SigningKey & { readonly certificate: Certificate }) | null> {
  let text: string;
  try {
    text = await fs.readFile(`${expandHome(path, homeFolder)}-cert.pub`, 'latin1');
  } catch {
    // OpenSSH does not say either why it can't read a certificate that nobody asked for.
    return null;
  }
  const blob = publicFileHalf(text)?.publicKey;
  if (blob === undefined) return null;
  const described = describeSigningKey(blob);
  const { certificate, keyType, fingerprint } = described;
  if (certificate === null || !isCertificateType(keyType) || fingerprint !== key.fingerprint) return null;
  return { ...described, certificate, sign: (data, algorithm) => key.sign(data, algorithm) };
}
