import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../../electron/machines/import/ssh-config/parse-config';

const settingsOf = (text: string) =>
  parseConfig(text).blocks.flatMap(({ entries }) =>
    entries.map((entry) => ('text' in entry ? [entry.keyword, entry.text] : [entry.keyword, entry.patterns])),
  );

describe('a line of ssh_config', () => {
  test.each([
    ['HostName gpu', ['hostname', 'gpu']],
    ['  hostname = "my gpu"  # comment', ['hostname', 'my gpu']],
    ['PORT=2222', ['port', '2222']],
    ["User 'ana'\r", ['user', 'ana']],
    ['IdentityFile ~/my\\ key', ['identityfile', '~/my key']],
    ['IdentityFile C:\\Users\\ana\\key', ['identityfile', 'C:\\Users\\ana\\key']],
    ['ProxyCommand = nc "%h" %p # all of it', ['proxycommand', 'nc "%h" %p # all of it']],
    ['ProxyJump a,b # comment', ['proxyjump', 'a,b']],
    ['LocalForward 80 web:80', ['localforward', '80:web:80']],
    ['ServerAliveInterval 1m30s', ['serveraliveinterval', '90']],
    ['ForwardAgent TRUE', ['forwardagent', 'yes']],
    ['Include a "b c"', ['include', ['a', 'b c']]],
    ['SendEnv LANG', ['sendenv', null]],
  ])('%j says %j', (line, expected) => {
    expect(settingsOf(line)).toEqual([expected]);
  });

  test.each([
    ['Nonsense yes', 'unknown-keyword'],
    ['Port', 'missing-value'],
    ['User ""', 'missing-value'],
    ['User a b', 'extra-words'],
    ['Port 65536', 'bad-value'],
    ['Compression maybe', 'bad-value'],
    ['LocalForward x y', 'bad-value'],
    ['HostName "gpu', 'open-quote'],
    ['"HostName gpu', 'open-quote'],
    ['Host \u0000gpu', 'bad-value'],
    ['Match', 'missing-value'],
    ['Match host', 'bad-condition'],
    ['Match host a user b all', 'bad-condition'],
    ['Match exec "touch /tmp/x"', 'condition-not-supported'],
    ['Match localnetwork 10.0.0.0/8', 'condition-not-supported'],
  ])('%j is named: %s', (line, code) => {
    expect(parseConfig(`# first\n${line}`).problems).toEqual([{ code, text: line.trim(), line: 2 }]);
  });

  test('that is not known is left out in silence only when the file says so', () => {
    expect(parseConfig('IgnoreUnknown UseK*,Other\nUseKeys yes').problems).toEqual([]);
    expect(parseConfig('UseKeys yes').problems).toHaveLength(1);
  });
});

test('whatever bytes there are, every line is read, named, empty or a comment', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'Host *',
      'Match user a',
      ' Port 22',
      '#x',
      '',
      'Include "',
      'host = a"b',
      '=',
      '"" x',
      '\t= #',
    ),
    fc
      .tuple(fc.constantFrom('User', 'Include', 'Match', 'ProxyJump', 'LocalForward'), fc.string())
      .map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      const { blocks, problems } = parseConfig(text);
      const seen = new Set([
        ...problems.map((problem) => problem.line),
        ...blocks.flatMap((block) => [
          ...(block.condition === null ? [] : [block.line]),
          ...block.entries.map((entry) => entry.line),
        ]),
      ]);
      const lost = text
        .split('\n')
        .filter((each, index) => !seen.has(index + 1) && !/^[ \t\r\n\f="]*(#|$)/.test(each));
      expect(lost).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
