import { parseForward } from '../../../../shared/model/forward-text';
import { jumpHostsOf } from './jump-hosts';

/** What is wrong with a line; ssh would refuse the whole file for it. */
export type LineProblem = 'unknown-keyword' | 'missing-value' | 'extra-words' | 'bad-value' | 'open-quote';

/** What a line sets, as `ssh -G` prints it: `yes` and `no`, seconds, words joined. */
export type SettingValue = { readonly text: string } | { readonly problem: LineProblem };

/** The words of a line after its keyword, and the same as it was written. */
export interface RawValue {
  readonly words: readonly string[];
  readonly rest: string;
}

type ReadValue = (value: RawValue) => SettingValue;

const problem = (code: LineProblem): SettingValue => ({ problem: code });

/** One word; the rest of the line is a mistake. */
const word =
  (read: (text: string) => string | null): ReadValue =>
  ({ words: [first = '', ...more] }) => {
    if (first === '') return problem('missing-value');
    const text = read(first);
    if (text === null) return problem('bad-value');
    return more.length > 0 ? problem('extra-words') : { text };
  };

const asIs = word((text) => text);
const flag = word((text) => {
  const lower = text.toLowerCase();
  if (lower === 'yes' || lower === 'true') return 'yes';
  return lower === 'no' || lower === 'false' ? 'no' : null;
});
const count = word((text) => (/^\d{1,9}$/.test(text) ? String(Number(text)) : null));
const port = word((text) => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number > 0 && number <= 65_535 ? String(number) : null;
});

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** `90`, `1m30s` (sshd_config(5), TIME FORMATS); `none` is as if the line were not there. */
const duration = word((text) => {
  if (text === 'none') return text;
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)([smhdw]?)/gi)];
  return String(
    parts.reduce(
      (sum, [, number, unit = '']) => sum + Number(number) * (secondsOf[unit.toLowerCase()] ?? 0),
      0,
    ),
  );
});

/** A path of a socket, or a variable that holds one. */
const socket = word((text) =>
  /^\$(?!\{)(?![A-Za-z_]\w*$)/.test(text) || /\$\{(?!\w+\})/.test(text) ? null : text,
);
const flagOrSocket: ReadValue = (value) => {
  const asFlag = flag(value);
  return 'text' in asFlag || asFlag.problem !== 'bad-value' ? asFlag : socket(value);
};

/** For a quoted keyword the `=` behind it is still there. */
const withoutEquals = (rest: string): string => rest.replace(/^[ \t\r\n=]+/, '');

/** All that follows, quotes and `#` included: it is for a shell. */
const command: ReadValue = ({ rest }) => ({ text: withoutEquals(rest) });

const jump: ReadValue = ({ rest }) => {
  const text = withoutEquals(rest).replace(/#.*$/s, '').trimEnd();
  return jumpHostsOf(text) === null ? problem('bad-value') : { text };
};

/** The two words of a forward are one, joined by a colon. */
const forward =
  (kind: 'local' | 'remote' | 'dynamic'): ReadValue =>
  ({ words: [listen = '', target, ...more] }) => {
    if (listen === '') return problem('missing-value');
    if (kind === 'dynamic' || (kind === 'remote' && target === undefined)) {
      if (target !== undefined) return problem('extra-words');
      return /^(?:.*:)?\d{1,5}$|^\//.test(listen) ? { text: listen } : problem('bad-value');
    }
    if (target === undefined) return problem('missing-value');
    if (more.length > 0) return problem('extra-words');
    const text = `${listen}:${target}`;
    return parseForward(kind, text) === null && !isOtherForward(text) ? problem('bad-value') : { text };
  };

/** A forward that ssh knows and a tunnel can't be: a port 0, or an address given by name. */
const isOtherForward = (text: string): boolean =>
  /^(?:(?:[^:]*:)?\d{1,5}|\/[^:]*):(?:(?:\[[^\]]+\]|[^:]+):\d{1,5}|\/[^:]*)$/.test(text);

/** How ssh reads what Nuvem takes over, or must know to take other things over. */
export const readers: Readonly<Record<string, ReadValue>> = {
  hostname: asIs,
  user: asIs,
  port,
  identityfile: asIs,
  certificatefile: asIs,
  identitiesonly: flag,
  identityagent: socket,
  forwardagent: flagOrSocket,
  proxyjump: jump,
  proxycommand: command,
  localforward: forward('local'),
  remoteforward: forward('remote'),
  dynamicforward: forward('dynamic'),
  clearallforwardings: flag,
  gatewayports: flag,
  // ssh looks it up in lower case.
  hostkeyalias: word((text) => text.toLowerCase()),
  serveraliveinterval: duration,
  serveralivecountmax: count,
  connecttimeout: duration,
  tag: asIs,
  compression: word((text) => (/^(?:yes|no)$/i.test(text) ? text.toLowerCase() : null)),
};

/** Of these ssh keeps all values, of the others the first one. */
export const gathered: ReadonlySet<string> = new Set([
  'identityfile',
  'certificatefile',
  'localforward',
  'remoteforward',
  'dynamicforward',
]);
