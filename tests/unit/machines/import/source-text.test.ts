import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../electron/machines/import/source-text';

const text = 'Máquina\nzwei\n';
const bytesOf = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex');
const bigEndian = (value: string) => Buffer.from(value, 'utf16le').swap16();

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.concat([bytesOf('efbbbf'), Buffer.from(text)])],
    ['UTF-16 with its mark', Buffer.concat([bytesOf('fffe'), Buffer.from(text, 'utf16le')])],
    ['UTF-16 without it', Buffer.from(text, 'utf16le')],
    ['UTF-16, big end first', Buffer.concat([bytesOf('feff'), bigEndian(text)])],
    ["Windows' own encoding", Buffer.from(text, 'latin1')],
    ['UTF-8 with the line ends of Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ])('is read from %s', (_, bytes) => {
    expect(decodeText(bytes, 'file', 'windows-1252')).toBe(text);
  });

  test('is told by the line where it stops being UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('a\nb\n'), bytesOf('e1'), Buffer.from('\n')]);
    expect(() => decodeText(bytes, 'file', 'none')).toThrow(/import-encoding-wrong .*"line":3/);
  });

  test.each([
    ['a program', bytesOf('7f454c460201010000')],
    ['zeros', Buffer.alloc(100)],
    ['a picture', bytesOf('89504e470d0a1a0a0000000d49484452ff')],
  ])('is not found in %s', (_, bytes) => {
    expect(() => decodeText(bytes, 'file', 'windows-1252')).toThrow(/import-file-not-text/);
  });
});
