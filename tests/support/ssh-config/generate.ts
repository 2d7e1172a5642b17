import fc from 'fast-check';

/** A made-up ssh_config with the files that it may include, below `~/.ssh`, and what a user types behind `ssh`. */
export interface GeneratedConfig {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
}

const hosts = [
  'gpu',
  'gpu1',
  'gpu2',
  'Web',
  'db.example.com',
  'a-b',
  '10.0.0.1',
  'fe80::1',
  'FE80::0A',
] as const;
const host = fc.constantFrom(...hosts);
const pattern = fc.oneof(
  { weight: 3, arbitrary: host },
  fc.constantFrom(
    '*',
    'gpu*',
    'g?u*',
    '*.example.com',
    '?????',
    '**u*',
    'GPU*',
    '!gpu1',
    '!*.com',
    '10.0.0.*',
    'lab',
  ),
);
const name = fc.constantFrom('ana', 'bia', 'root', 'svc-01', 'Ana');
const word = fc.stringMatching(/^[a-zA-Z0-9._/~-]{1,12}$/).filter((text) => !text.startsWith('-'));
const oddWord = fc.stringMatching(/^[a-z %#'"\\=,!*?$é{}-]{1,8}$/);
const port = fc.integer({ min: 1, max: 65_535 }).map(String);
const flag = fc.constantFrom('yes', 'no', 'true', 'false', 'YES');
const jumpHost = fc
  .tuple(fc.option(name), fc.constantFrom('jump1', 'jump2.example.com', '[::2]'), fc.option(port))
  .map(
    ([user, at, number]) => `${user === null ? '' : `${user}@`}${at}${number === null ? '' : `:${number}`}`,
  );
const listen = fc.oneof(
  port,
  port.map((number) => `127.0.0.1:${number}`),
  port.map((number) => `[::1]:${number}`),
  port.map((number) => `*:${number}`),
  fc.constant('/tmp/a.sock'),
);
const target = fc.oneof(
  port.map((number) => `web:${number}`),
  port.map((number) => `[2001:db8::1]:${number}`),
  fc.constant('/run/b.sock'),
);

/** How a keyword may be written. */
const spelled = (keyword: string) =>
  fc.constantFrom(keyword, keyword.toLowerCase(), keyword.toUpperCase(), `"${keyword}"`);
/** Behind a quoted keyword `=` belongs to the value, where for most keywords it is wrong. */
const plainly = (keyword: string) => fc.constantFrom(keyword, keyword.toLowerCase());
const quoted = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    value.map((text) => `"${text}"`),
    value.map((text) => `'${text}'`),
  );
const between = fc.constantFrom(' ', '  ', '\t', '=', ' = ', '= ', ' =');
const end = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom(' ', '\t ', '\r', ' # what it is for', ' #', '\f'),
);
const line = (keyword: string, value: fc.Arbitrary<string>, spell = spelled) =>
  fc
    .tuple(fc.constantFrom('', '  ', '\t'), spell(keyword), between, value, end)
    .map((parts) => parts.join(''));

const setting = fc.oneof(
  {
    weight: 3,
    arbitrary: line(
      'HostName',
      quoted(fc.oneof(host, fc.constantFrom('%h.lab.example.com', 'LAB', '%%x', '%h'))),
    ),
  },
  { weight: 3, arbitrary: line('User', quoted(fc.oneof({ weight: 4, arbitrary: name }, oddWord))) },
  { weight: 3, arbitrary: line('Port', quoted(port)) },
  {
    weight: 2,
    arbitrary: line(
      'IdentityFile',
      quoted(fc.oneof(word, fc.constantFrom('~/.ssh/%h', 'none', '~/my\\ key'), oddWord)),
    ),
  },
  line('IdentitiesOnly', flag),
  line('IdentityAgent', fc.constantFrom('none', 'SSH_AUTH_SOCK', '/run/agent.sock', '$AGENT')),
  line('CertificateFile', word),
  line('ForwardAgent', flag),
  {
    weight: 2,
    arbitrary: line(
      'ProxyJump',
      fc.oneof(
        fc.array(jumpHost, { minLength: 1, maxLength: 3 }).map((all) => all.join(',')),
        fc.constantFrom('none', 'NONE', 'ssh://ana@jump1:2200'),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: line(
      'ProxyCommand',
      fc.constantFrom('nc %h %p', 'none', 'sh -c "nc %h %p" # x', "ssh -W '%h:%p' gate"),
    ),
  },
  line(
    'LocalForward',
    fc.tuple(listen, target).map((both) => both.join(' ')),
    plainly,
  ),
  line(
    'RemoteForward',
    fc.tuple(listen, target).map((both) => both.join('\t')),
    plainly,
  ),
  line(
    'DynamicForward',
    fc.oneof(
      port,
      port.map((number) => `127.0.0.1:${number}`),
    ),
    plainly,
  ),
  line('ClearAllForwardings', flag),
  line('GatewayPorts', flag),
  line('HostKeyAlias', quoted(word)),
  line('ServerAliveInterval', fc.constantFrom('0', '30', '1m', '1m30s', '2h', 'none')),
  line('ServerAliveCountMax', fc.constantFrom('0', '3', '10')),
  line('ConnectTimeout', fc.constantFrom('10', '1m')),
  line('Compression', flag),
  line('StrictHostKeyChecking', fc.constantFrom('yes', 'no', 'accept-new'), plainly),
  line('SendEnv', fc.constant('LANG LC_*'), plainly),
  line(
    'KexAlgorithms',
    fc.constantFrom('+curve25519-sha256', '-ecdh-sha2-nistp256', '^curve25519-sha256'),
    plainly,
  ),
  fc.constantFrom('', '# a comment', '   # Host *', '\t'),
);

/** What ssh refuses. */
const broken = fc.oneof(
  fc.constantFrom(
    'Nonsense yes',
    'Port',
    'Port 0',
    'Port x',
    'User a b',
    'User "ana',
    "HostName it's",
    'Host ""',
  ),
  fc.constantFrom(
    'LocalForward 80',
    'ProxyJump a:b:c',
    'Compression perhaps',
    'Match',
    'Match nothing x',
    'Match user',
  ),
  fc.constantFrom(
    'HostName %z',
    'ServerAliveInterval 1x',
    'IdentitiesOnly maybe',
    'Match host gpu user x all',
    'User ""',
  ),
);

const criterion = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom('host', 'originalhost', 'Host'),
          fc.array(pattern, { minLength: 1, maxLength: 3 }),
        )
        .map(([attribute, list]) => `${attribute} ${list.join(',')}`),
      fc.constantFrom(
        'user ana',
        'user "ana,b*"',
        'user=!root,*',
        'localuser root',
        'localuser nobody',
        'user root',
      ),
      fc.constantFrom('final', 'canonical'),
    ),
  )
  .map((parts) => parts.join(''));
const condition = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(spelled('Host'), between, fc.array(pattern, { minLength: 1, maxLength: 4 }), end)
      .map(([keyword, gap, patterns, tail]) => `${keyword}${gap}${patterns.join(' ')}${tail}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(spelled('Match'), fc.array(criterion, { minLength: 1, maxLength: 3 }), end)
      .map(([keyword, all, tail]) => `${keyword} ${all.join(' ')}${tail}`),
  },
  fc.constantFrom('Match all', 'Match final all', 'Match canonical all', 'Host *', 'Host = gpu "gpu1"'),
);

const lines = (includes: fc.Arbitrary<string> | null) =>
  fc
    .array(
      fc.oneof(
        { weight: 40, arbitrary: setting },
        { weight: 18, arbitrary: condition },
        ...(includes === null ? [] : [{ weight: 5, arbitrary: includes }]),
        { weight: 1, arbitrary: broken },
      ),
      { maxLength: 24 },
    )
    .map((all) => all.join('\n'));

const include = fc
  .constantFrom(
    'one.conf',
    'conf.d/*',
    '~/.ssh/conf.d/[ab].conf',
    'conf.d/?.conf two.conf',
    'missing.conf',
    '"one.conf"',
  )
  .map((files) => `Include ${files}`);

export const generatedConfig: fc.Arbitrary<GeneratedConfig> = fc.record({
  main: lines(include),
  files: fc.record({
    'one.conf': lines(fc.constant('Include two.conf')),
    'two.conf': lines(null),
    'conf.d/a.conf': lines(null),
    'conf.d/b.conf': lines(null),
    'conf.d/.hidden': lines(null),
  }),
  aliases: fc.uniqueArray(host, { minLength: 2, maxLength: 2 }),
});
