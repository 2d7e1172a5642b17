import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerOpenDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { toPuttyKey } from '../support/lab/ssh-keys';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { filled, textsOf } from '../support/lab/texts';
import { tcpListen } from '../support/lab/tunnel-lab';

const { app: words } = textsOf('en');

let profile: AppProfile;
let app: LabApp;
let sshd: LabSshd;
let web: Server;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd({ hostKeyTypes: ['rsa'] });
  web = createServer((_request, response) => response.end('hello from the far side'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  web.closeAllConnections();
  web.close();
  await profile.remove();
});

const row = (name: string) => app.page.getByRole('dialog').getByRole('listitem').filter({ hasText: name });
const press = (name: string) =>
  app.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function preview(fileName: string, content: string | Uint8Array): Promise<void> {
  const path = join(profile.home, fileName);
  await writeFile(path, content);
  await answerOpenDialog(app, path);
  await app.page.getByRole('button', { name: words.import.open }).click();
  await press(words.import.chooseFile);
}

/** As PuTTY keeps it in its registry: exponent and modulus in hexadecimal. */
function puttyHostKey(publicKey: string): string {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  const numbers: string[] = [];
  for (let at = 0; at < blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at);
    numbers.push(
      `0x${blob
        .subarray(at + 4, end)
        .toString('hex')
        .replace(/^0+/, '')}`,
    );
    at = end;
  }
  return numbers.slice(1).join(',');
}

test('a session of a registry export connects by its key, trusts what PuTTY trusted, and has its tunnel', async () => {
  const { port: ownPort } = await tcpListen();
  const { port: webPort } = web.address() as AddressInfo;
  const keyPath = await toPuttyKey(sshd.clientKeyPath, { version: 3 });
  const root = 'HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY';
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    `[${root}\\Sessions\\GPU%20box]`,
    '"Protocol"="ssh"',
    `"HostName"="${sshd.host}"`,
    `"PortNumber"=dword:${sshd.port.toString(16).padStart(8, '0')}`,
    `"UserName"="${sshd.user}"`,
    `"PublicKeyFile"="${keyPath}"`,
    `"PortForwardings"="L${ownPort}=127.0.0.1:${webPort}"`,
    '',
    `[${root}\\Sessions\\router]`,
    '"Protocol"="telnet"',
    '"HostName"="router.example.com"',
    '',
    `[${root}\\SshHostKeys]`,
    `"rsa2@${sshd.port}:${sshd.host}"="${puttyHostKey(sshd.hostKeys[0]?.publicKey ?? '')}"`,
    '',
  ];
  // With a byte order mark, as the registry editor writes it.
  await preview('putty.reg', Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le'));
  await expect(row('GPU box')).toContainText(keyPath);
  await expect(row('GPU box')).toContainText(`127.0.0.1:${ownPort}`);
  await press(filled(words.import.notTaken_one, { count: 1 }));
  await expect(app.page.getByRole('dialog')).toContainText(
    filled(words.importRemark['entry-not-ssh'], { name: 'router', type: 'telnet' }),
  );
  await press(words.import.hostKeys);
  await expect(app.page.getByRole('dialog')).toContainText(sshd.hostKeys[0]?.fingerprint ?? 'none');
  await app.page.getByRole('dialog').getByRole('checkbox', { name: words.import.trust_one }).press('Space');
  expect(sshd.log()).not.toContain('Connection from');
  await press(filled(words.import.submit_one, { count: 1 }));
  await expect(app.page.getByText(filled(words.import.trusted_one, { count: 1 }))).toBeVisible();
  await press(words.common.close);

  // No question about the host: its key is known now.
  await app.page.getByRole('button', { name: words.connection.connect, exact: true }).click();
  await expect(app.page.getByRole('main').getByRole('status').first()).toContainText('Connected');
  const response = await fetch(`http://127.0.0.1:${ownPort}/`, { headers: { connection: 'close' } });
  expect(await response.text()).toBe('hello from the far side');
  expect(await readFile(join(profile.home, '.ssh', 'known_hosts'), 'utf8')).toContain(
    sshd.hostKeys[0]?.publicKey,
  );
});

test('folders of MobaXterm become groups, and what is no SSH is named', async () => {
  const session = (name: string, type: number, host: string) => `${name}=#109#${type}%${host}%2222%ana%%-1#`;
  const lines = [
    '[Bookmarks]',
    'SubRep=',
    'ImgNum=42',
    session('gate', 0, 'gate.example.com'),
    '[Bookmarks_1]',
    'SubRep=Research\\Vision',
    'ImgNum=41',
    session('GPU', 0, 'gpu.example.com'),
    session('desk', 4, 'desk.example.com'),
    '',
  ];
  await preview('work.mxtsessions', lines.join('\r\n'));
  await expect(row('GPU')).toContainText('ana@gpu.example.com:2222');
  await expect(row('GPU')).toContainText(filled(words.import.group, { group: 'Research / Vision' }));
  await press(filled(words.import.notTaken_one, { count: 1 }));
  await expect(app.page.getByRole('dialog')).toContainText(
    filled(words.importRemark['entry-not-ssh'], { name: 'desk', type: 'RDP' }),
  );
  await press(filled(words.import.submit_other, { count: 2 }));
  await expect(app.page.getByText(filled(words.import.added_other, { count: 2 }))).toBeVisible();
  const { machines, groups } = await callsOf(app).machines.list();
  const vision = groups.find(({ name }) => name === 'Vision');
  expect(groups.find(({ id }) => id === vision?.parentId)?.name).toBe('Research');
  expect(machines.map(({ name, groupId }) => [name, groupId])).toEqual([
    ['gate', null],
    ['GPU', vision?.id],
  ]);
});
