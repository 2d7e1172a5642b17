import type { KeyContainer } from '../../shared/model/ssh-key';
import { type KeyFormat, unsupported } from './format-verdict';
import { openSshFormat } from './openssh-format';
import { pemFormat } from './pem-key';
import { puttyFormat } from './putty-key-file';

const pemBlock = /^-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)\r?\n-----END \1-----/m;

/** Tells the format of a private key file by its headers alone. */
export function keyFormatOf(file: Buffer): KeyFormat {
  const text = file.toString('latin1').trim();
  if (text.startsWith('PuTTY-User-Key-File-')) return puttyFormat(text);
  if (/^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/]+=*/.test(text)) return unsupported('public key');

  const [, label, body = ''] = pemBlock.exec(text) ?? [];
  switch (label) {
    case 'OPENSSH PRIVATE KEY':
      return openSshFormat(Buffer.from(body, 'base64'));
    case 'RSA PRIVATE KEY':
    case 'EC PRIVATE KEY':
    case 'PRIVATE KEY':
    case 'ENCRYPTED PRIVATE KEY':
      return pemFormat(label, body);
    case undefined:
      return unsupported('');
    default:
      return unsupported(label);
  }
}

/** Whose way of writing a private key file is, whether or not it can be read. */
export function containerOf(file: Buffer): KeyContainer {
  const text = file.toString('latin1').trim();
  if (text.startsWith('PuTTY-User-Key-File-')) return 'putty';
  return text.includes('-----BEGIN OPENSSH PRIVATE KEY-----') ? 'openSsh' : 'pem';
}
