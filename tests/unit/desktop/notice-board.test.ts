import { expect, it } from 'vitest';
import { NoticeBoard } from '../../../electron/desktop/notice-board';
import type { Notice } from '../../../shared/model/app';

function makeBoard(): { board: NoticeBoard; posted: Notice[] } {
  let next = 0;
  const posted: Notice[] = [];
  const newId = (): string => {
    next += 1;
    return `n${next}`;
  };
  return { board: new NoticeBoard(newId, (notice) => posted.push(notice)), posted };
}

it('keeps a notice for a window that opens later, until it is dismissed', () => {
  const { board } = makeBoard();
  board.post('warning', 'store-reset', { file: 'machines.json' });
  expect(board.list()).toEqual([
    { noticeId: 'n1', level: 'warning', code: 'store-reset', params: { file: 'machines.json' } },
  ]);
  board.dismiss('n1');
  board.dismiss('unknown');
  expect(board.list()).toEqual([]);
});

it('says the same thing once while it stands there, and again after it was dismissed', () => {
  const { board, posted } = makeBoard();
  board.post('info', 'popup-blocked', { host: 'a' });
  board.post('info', 'popup-blocked', { host: 'a' });
  board.post('info', 'popup-blocked', { host: 'b' });
  board.dismiss('n1');
  board.post('info', 'popup-blocked', { host: 'a' });
  expect(posted.map((notice) => notice.params.host)).toEqual(['a', 'b', 'a']);
});

it('does not grow without end', () => {
  const { board } = makeBoard();
  for (let host = 0; host < 80; host += 1) board.post('info', 'popup-blocked', { host });
  expect(board.list()).toHaveLength(50);
  expect(board.list().at(-1)?.params.host).toBe(79);
});
