import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  entriesOf,
  findKey,
  parseKeyLine,
  splitLines,
  withLine,
  withoutEntry,
} from '../../../electron/access/authorized-keys';
import { describeOfferedKey, lineOf, readOfferedKeys } from '../../../electron/access/offered-keys';

let folder: string;
let keys: readonly string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuvem-authorized-'));
  keys = ['ed25519', 'ecdsa', 'rsa'].map((type) => {
    const path = join(folder, type);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', path]);
    return readFileSync(`${path}.pub`, 'utf8').trim();
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const nobody = () => false;
const keyOf = (line: string) => {
  const parsed = parseKeyLine(line);
  return parsed.kind === 'key' ? parsed.key : parsed.kind;
};
/** One character a byte, like a file that was read. */
const bytes = (text: string) => Buffer.from(text).toString('latin1');

describe('a line', () => {
  it.each([
    ['KEY', '', ''],
    ['KEY ana@laptop', '', 'ana@laptop'],
    ['  \tKEY ana at home', '', 'ana at home'],
    ['restrict KEY', 'restrict', ''],
    ['from="10.*,!10.1.*",no-pty\tKEY ana', 'from="10.*,!10.1.*",no-pty', 'ana'],
    ['command="echo \\"a b\\" # x",restrict KEY bot', 'command="echo \\"a b\\" # x",restrict', 'bot'],
    ['KEY ana\r', '', 'ana'],
  ])('%s is a key with its options and its comment', (line, options, comment) => {
    for (const key of keys) {
      const parsed = keyOf(`${line.replace('KEY', () => key)}\n`);
      expect(parsed).toMatchObject({ options, comment, keyType: key.split(' ')[0] });
    }
  });

  it.each(['', '\n', '  \t \n', '# ssh-ed25519 AAAA', '  # from home\n', '\r\n'])(
    '%j is a remark',
    (line) => {
      expect(keyOf(line)).toBe('remark');
    },
  );

  it.each([
    'ssh-ed25519',
    'ssh-ed25519 AAAA ana',
    'ssh-dss KEYDATA',
    'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t',
    'command="open quote KEY',
    'garbage',
    '\0\u0001\u00ff',
  ])('%j is not understood', (line) => {
    const data = keys[0]?.split(' ')[1] ?? '';
    expect(keyOf(line.replace('KEYDATA', data).replace('KEY', keys[0] ?? ''))).toBe('notUnderstood');
  });
});

describe('what is listed', () => {
  it('is what ssh-keygen lists of the same file: sizes, fingerprints, comments, in this order', () => {
    const options = fc.constantFrom('', 'restrict ', 'from="a b",no-pty ', 'command="x \\" # y" ');
    // None with `#`, where ssh-keygen, unlike sshd, cuts; and ASCII alone: the rest it writes as the locale wants.
    const comment = fc.constantFrom('', ' ana', ' two words', ' =', ' "quoted"');
    const key = fc.nat(2).map((index) => keys[index] ?? '');
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(options, key, comment).map((parts) => parts.join('')) },
      // No broken key: beside the next one ssh-keygen then prints memory that it has freed, line ends and all.
      fc.constantFrom('', '   ', '# remark', 'garbage', 'restrict'),
    );
    const path = join(folder, 'authorized_keys');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = bytes(lines.map((one) => `${one}\n`).join(''));
        writeFileSync(path, text, 'latin1');
        const listed = entriesOf(text, nobody).flatMap((entry) => (entry.kind === 'key' ? [entry] : []));
        fc.pre(listed.length > 0);
        const printed = execFileSync('ssh-keygen', ['-l', '-f', path], { encoding: 'utf8', stdio: 'pipe' });
        const theirs = printed
          .trimEnd()
          .split('\n')
          .map((one, index) => {
            const [, size, comment, family] = /^(\d+ \S+) (.*) \((\w+)\)$/.exec(one) ?? [];
            // Where there is no comment ssh-keygen shows what it has read last in its place.
            return [size, listed[index]?.name === '' ? '' : comment, family];
          });
        const ours = listed.map(({ bits, fingerprint, name, keyType }) => {
          const family = keyType === 'ssh-rsa' ? 'RSA' : keyType.startsWith('ecdsa') ? 'ECDSA' : 'ED25519';
          return [`${bits} ${fingerprint}`, name, family];
        });
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('tells two equal lines apart', () => {
    const text = `${keys[0]}\n${keys[0]}\n`;
    const [first, second] = entriesOf(text, nobody);
    expect(first?.id).not.toBe(second?.id);
    expect(withoutEntry(text, second?.id ?? '')).toBe(`${keys[0]}\n`);
  });

  it('shows a line that is not understood, in words that can be read', () => {
    expect(entriesOf(bytes('ssh-new AAAA ação\u0007\n'), nobody)).toMatchObject([
      { kind: 'notUnderstood', text: 'ssh-new AAAA ação' },
    ]);
  });
});

/** Any bytes at all, among them lines that are keys. */
const fileText = () =>
  fc
    .array(
      fc.oneof(
        fc.nat(2).map((index) => keys[index] ?? ''),
        fc.uint8Array({ maxLength: 40 }).map((data) => Buffer.from(data).toString('latin1')),
        fc.constantFrom('# remark', '', '\r', 'from="*" ', '\0', '\u00ff\u00fe'),
      ),
      { maxLength: 10 },
    )
    .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)))
    .chain((text) => fc.boolean().map((isEnded) => (isEnded ? `${text}\n` : text)));

test('no byte is lost by taking a file apart', () => {
  fc.assert(
    fc.property(fileText(), (text) => {
      expect(splitLines(text).join('')).toBe(text);
    }),
  );
});

test('a line is added behind all that was there, and taking it away again leaves all that was there', () => {
  fc.assert(
    fc.property(fileText(), (text) => {
      const line = `${keys[0]} new`;
      const after = withLine(text, line);
      expect(after.startsWith(text)).toBe(true);
      expect(after.slice(text.length).replace(/^\n/, '')).toBe(`${line}\n`);
      const added = entriesOf(after, nobody).at(-1);
      const without = withoutEntry(after, added?.id ?? '');
      expect(without).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    }),
  );
});

test('removing an entry leaves every other line byte for byte', () => {
  fc.assert(
    fc.property(fileText(), fc.nat(), (text, pick) => {
      const entries = entriesOf(text, nobody);
      const entry = entries[pick % Math.max(1, entries.length)];
      fc.pre(entry !== undefined);
      const lines = splitLines(text.endsWith('\n') ? text : `${text}\n`);
      const left = splitLines(withoutEntry(text, entry?.id ?? '') ?? '');
      expect(left.length).toBe(lines.length - 1);
      const at = left.findIndex((line, index) => line !== lines[index]);
      const index = at < 0 ? left.length : at;
      expect(left).toEqual(lines.toSpliced(index, 1));
    }),
  );
});

test('what is not in the file is not removed', () => {
  expect(withoutEntry(`${keys[0]}\n`, `${'0'.repeat(64)}-0`)).toBeNull();
});

test('a key is found by itself, whatever its comment and options are', () => {
  const key = keyOf(keys[1] ?? '');
  if (typeof key === 'string') throw new Error(key);
  expect(findKey(`${keys[0]}\nrestrict ${keys[1]} somebody else\n`, key.blob)).toMatchObject({
    options: 'restrict',
  });
  expect(findKey(`${keys[0]}\n# ${keys[1]}\n`, key.blob)).toBeNull();
});

describe('a key that somebody sent', () => {
  it('is read from lines, several at once, and gets a name', () => {
    const offered = readOfferedKeys(`\n# Ana's\n${keys[0]} ação\r\n${keys[2]}\n`);
    expect(offered.map(describeOfferedKey)).toMatchObject([
      { name: 'ação', options: '', bits: 256 },
      { name: '', keyType: 'ssh-rsa' },
    ]);
    const line = Buffer.from(lineOf(offered[0] as (typeof offered)[0], 'Ana é'), 'latin1').toString();
    expect(line).toBe(`${keys[0]} Ana é`);
  });

  it('is read in the format of PuTTYgen and ssh-keygen -e, RFC 4716', () => {
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const exported = execFileSync('ssh-keygen', ['-e', '-f', join(folder, `${type}.pub`)], {
        encoding: 'utf8',
      });
      const [one, ...others] = readOfferedKeys(exported);
      expect(others).toEqual([]);
      expect(keys.some((key) => lineOf(one as NonNullable<typeof one>, '').startsWith(key))).toBe(true);
    }
  });

  it('is refused when it is a private one, of any format', () => {
    for (const type of ['ed25519', 'rsa']) {
      const text = readFileSync(join(folder, type), 'utf8');
      expect(() => readOfferedKeys(text)).toThrow(expect.objectContaining({ code: 'access-key-private' }));
      expect(() => readOfferedKeys(`${keys[0]}\n${text}`)).toThrow('access-key-private');
    }
    expect(() => readOfferedKeys('PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\n')).toThrow(
      'access-key-private',
    );
  });

  it('is refused when it is none, with the number of its line', () => {
    const broken = (keys[2] ?? '').replace(/(.{60})/, '$1\n');
    expect(() => readOfferedKeys(`${keys[0]}\n${broken}\n`)).toThrow(
      expect.objectContaining({ code: 'access-key-invalid', params: { line: 2 } }),
    );
    expect(() => readOfferedKeys(' \n# nothing\n')).toThrow('access-key-missing');
  });

  it('never is more than its lines: no text makes the reader fail in another way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          readOfferedKeys(text);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^access-key-/) });
        }
      }),
    );
  });
});
