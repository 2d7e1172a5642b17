import { expect, it } from 'vitest';
import { clientUser } from '../../../../electron/gateway/browser-access/client-user';

/** As Linux writes it: the server's end (user 0) and the client's (user 1000) of one connection. */
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:5BA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
   1: 0100007F:5BA0 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 2 1
   2: 0100007F:D431 0100007F:5BA0 01 00000000:00000000 00:00000000 00000000  1000        0 3 1
`;
const read = async (path: string): Promise<string> => {
  if (path !== '/proc/net/tcp') throw new Error('ENOENT');
  return table;
};

it('is the user of the client’s end, not of the server’s', async () => {
  expect(await clientUser({ port: 0xd431, serverPort: 0x5ba0 }, read)).toBe(1000);
});

it('is not known of a connection that is not there, or where the system does not tell', async () => {
  expect(await clientUser({ port: 0xd432, serverPort: 0x5ba0 }, read)).toBeNull();
  expect(
    await clientUser({ port: 0xd431, serverPort: 0x5ba0 }, () => Promise.reject(new Error('ENOENT'))),
  ).toBeNull();
});
