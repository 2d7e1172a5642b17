import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePlan } from '../../../../../electron/machines/import/complete-plan';
import {
  isBookmarksFile,
  readBookmarks,
} from '../../../../../electron/machines/import/mobaxterm/bookmarks-file';
import { readMobaXtermSessions } from '../../../../../electron/machines/import/mobaxterm/mobaxterm-session';
import { usualAgent } from '../../../../../shared/model/machine';

function planOf(text: string) {
  const { candidates, remarks } = readMobaXtermSessions(readBookmarks(text), 'ana');
  return completePlan({ kind: 'mobaXterm', location: '' }, candidates, remarks);
}

const terminal =
  '#MobaFont%10%0%0%-1%15%236,236,236%30,30,30%180,180,192%0%-1%0%%xterm%-1%0%_Std_Colors_0_%80%24%0%1%-1%<none>%%0%0%-1%0%#0# #-1';
const sessions = [
  '[Bookmarks]',
  'SubRep=',
  'ImgNum=42',
  `gpu= #109#0%gpu.example.com%2222%bob%%-1%-1%%%%%0%0%0%_ProfileDir_\\.ssh\\id_rsa%%-1%0%0%0%%1080%%0%0%1%%0%%%%0%-1%-1%0${terminal}`,
  '',
  '[Bookmarks_1]',
  'SubRep=Team\\Lab',
  'ImgNum=41',
  `far= ;  logout#109#0%far%22%[login]%%-1%-1%ls __PTVIRG__ top%gate__PIPE__inner%2201__PIPE__22%g__PIPE__%0%0%0%%C:\\g.key__PIPE__%-1%0%0%2%socks%1081%p%0%0%1%%0%%%%0%-1%-1%-1${terminal}`,
  'desk=#91#4%10.0.0.9%3389%user%0%0#MobaFont%10#0# #-1',
  'broken=this is no session',
  '[Passwords]',
  'ana@host=c2VjcmV0',
  '',
].join('\n');

describe('sessions of MobaXterm', () => {
  test('become machines in the groups of their folders', () => {
    const { items } = planOf(sessions);
    expect(items.map(({ machine, groupPath }) => [machine.name, groupPath])).toEqual([
      ['gpu', []],
      ['far', ['Team', 'Lab']],
    ]);
    expect(items[0]?.machine).toMatchObject({
      route: { host: 'gpu.example.com', port: 2222, user: 'bob', jumps: [], proxy: null },
      identity: { kind: 'keyFile', path: '~\\.ssh\\id_rsa' },
    });
    expect(items[0]?.remarks).toEqual([]);
  });

  test('go over their gateways and proxy', () => {
    const far = planOf(sessions).items[1];
    expect(far?.machine.route).toEqual({
      host: 'far',
      port: 22,
      user: 'ana',
      jumps: [
        {
          kind: 'inline',
          host: 'gate',
          port: 2201,
          user: 'g',
          identity: { kind: 'keyFile', path: 'C:\\g.key' },
        },
        { kind: 'inline', host: 'inner', port: 22, user: 'ana', identity: usualAgent },
      ],
      proxy: { kind: 'socks5', host: 'socks', port: 1081, user: 'p' },
    });
    expect(far?.remarks.map(({ code, params, line }) => [code, ...Object.values(params), line])).toEqual([
      ['user-assumed', 'ana', 9],
      ['option-unsupported', 'command', 9],
      ['agent-forwarded', null],
    ]);
  });

  test('are named when they are no SSH or make no sense; nothing else of the file is looked at', () => {
    expect(planOf(sessions).remarks).toEqual([
      { code: 'entry-not-ssh', params: { name: 'desk', type: 'RDP' }, line: 10 },
      { code: 'entry-unreadable', params: { name: 'broken' }, line: 11 },
    ]);
  });

  test('are known by their sections', () => {
    expect([sessions, '[Misc]\n[Bookmarks_12]\n', '[Bookmarks]x\n'].map(isBookmarksFile)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('are never lost without a word, and never end in a crash', () => {
    const piece = fc.constantFrom('#', '%', '0', '109', '-1', 'host', '22', '__PIPE__', '[', '=', ' ', '\\');
    const value = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        const text = ['[Bookmarks]', ...values.map((each, index) => `s${index}=x${each}`)].join('\n');
        const { items, remarks } = planOf(text);
        expect(items.length + remarks.length).toBe(values.length);
      }),
    );
  });
});
