import { expect, it } from 'vitest';
import { Offered } from '../../../electron/desktop/offered';

it('what is opened from outside waits for the page, which takes it once and is shown the next ones', () => {
  const shown: string[] = [];
  const server = new Offered<string>((address) => shown.push(address));
  server.offer('ssh://first');
  server.offer('ssh://early');
  expect([server.take(), server.take()]).toEqual(['ssh://early', null]);
  server.offer('ssh://late');
  expect([shown, server.take()]).toEqual([['ssh://late'], null]);
});
