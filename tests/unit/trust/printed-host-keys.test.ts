import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printedHostKeys, verdictOfPrinted } from '../../../electron/trust/printed-host-keys';

const types = ['ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256'] as const;
const kinds = { 'ssh-ed25519': 'ED25519', 'ssh-rsa': 'RSA', 'ecdsa-sha2-nistp256': 'ECDSA' } as const;
const blob = fc.uint8Array({ minLength: 40, maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const keys = fc.uniqueArray(fc.record({ type: fc.constantFrom(...types), blob }), {
  minLength: 1,
  selector: ({ type }) => type,
});
const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;

/** How distributions lead in what cloud-init prints. */
const prefix = fc.constantFrom(
  '',
  'ec2: ',
  '[   21.903] cloud-init[512]: ',
  '<14>Nov 22 03:12:09 cloud-init: ',
);
const newline = fc.constantFrom('\n', '\r\n');

const block = (name: string, lines: readonly string[], lead: string, end: string): string =>
  [`-----BEGIN SSH HOST KEY ${name}-----`, ...lines, `-----END SSH HOST KEY ${name}-----`]
    .map((line) => `${lead}${line}${end}`)
    .join('');

describe('what an instance prints when it first starts', () => {
  test('tells its host keys, as fingerprints or whole, however its lines begin and end', () => {
    fc.assert(
      fc.property(keys, prefix, newline, fc.boolean(), (printed, lead, end, isWhole) => {
        const text = isWhole
          ? block(
              'KEYS',
              printed.map((key) => `${key.type} ${key.blob.toString('base64')} root@ip-10-0-0-7`),
              lead,
              end,
            )
          : block(
              'FINGERPRINTS',
              printed.map((key) => `256 ${fingerprintOf(key.blob)} root@ip-10-0-0-7 (${kinds[key.type]})`),
              lead,
              end,
            );
        const read = printedHostKeys(`Linux version 6.1${end}${text}login:`);
        expect(read).toEqual(
          printed.map((key) => ({ kind: kinds[key.type], fingerprint: fingerprintOf(key.blob) })),
        );
        for (const key of printed)
          expect(verdictOfPrinted(read, key.type, fingerprintOf(key.blob))).toBe('vouched');
      }),
    );
  });

  test('contradicts another key of a kind that it printed, and says nothing of other kinds', () => {
    fc.assert(
      fc.property(keys, blob, fc.constantFrom(...types), (printed, offered, type) => {
        fc.pre(printed.every((key) => !key.blob.equals(offered)));
        const text = block(
          'FINGERPRINTS',
          printed.map((key) => `256 ${fingerprintOf(key.blob)} root@ip (${kinds[key.type]})`),
          '',
          '\n',
        );
        const isPrinted = printed.some((key) => key.type === type);
        expect(verdictOfPrinted(printedHostKeys(text), type, fingerprintOf(offered))).toBe(
          isPrinted ? 'contradicted' : 'silent',
        );
      }),
    );
  });

  test('is not believed where a program prints the like later, nor where a block has no end', () => {
    const line = (key: string) => `256 ${fingerprintOf(Buffer.from(key))} root@ip (ED25519)`;
    const first = block('FINGERPRINTS', [line('real')], '', '\n');
    const later = block('FINGERPRINTS', [line('forged')], '', '\n');
    expect(printedHostKeys(first + later)).toEqual(printedHostKeys(first));
    expect(printedHostKeys(later.split('-----END')[0] ?? '')).toEqual([]);
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printedHostKeys(text)).toEqual([]);
      }),
    );
  });
});
