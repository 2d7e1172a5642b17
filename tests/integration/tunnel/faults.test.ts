import { describe, expect, it } from 'vitest';
import {
  channelsRefused,
  closesUnderWrite,
  diesInChannelOpen,
  garbage,
  portsExhausted,
  windowOverrun,
} from '../../support/faults/hostile';
import { manyClients, offeredCiphers, openAndClose, rekeying, slowReader } from '../../support/faults/load';
import { networkDown, sshdRestarted, tcpReset } from '../../support/faults/outages';
import { keyRefused, otherHostKey } from '../../support/faults/refusals';
import { canMakeNetworks } from '../../support/lab/lab-network';

/** `npm run bench faults` does the same at full size. */
const unharmed = { survived: true, bytesLost: 0 };
const mib = 1024 * 1024;

describe.skipIf(!canMakeNetworks)('the network (needs root on Linux, for a network of its own)', () => {
  it('being down for five seconds does not even end the connection', async () => {
    expect(await networkDown(5000)).toMatchObject({ ...unharmed, noticeMs: null });
  });

  it('being down until the loss is noticed is made up for as soon as it is back', async () => {
    const outcome = await networkDown(25_000);
    expect(outcome).toMatchObject({ ...unharmed, noticeMs: expect.any(Number) });
    expect(outcome.recoverMs).toBeLessThan(20_000);
  }, 150_000);

  it('resetting the connection is noticed at once', async () => {
    const outcome = await tcpReset();
    expect(outcome).toMatchObject(unharmed);
    expect(outcome.noticeMs).toBeLessThan(5000);
  });

  it('having no ports left refuses new clients alone, until ports are free', async () => {
    expect(await portsExhausted()).toMatchObject(unharmed);
  }, 120_000);
});

describe('a server', () => {
  it('that restarts has its clients back', async () => {
    expect(await sshdRestarted(1000)).toMatchObject(unharmed);
  });

  it('that comes back with another key is asked once, and refused', async () => {
    expect(await otherHostKey()).toMatchObject({ ...unharmed, attempts: 1 });
  });

  it('that does not know the user’s key any more is asked once', async () => {
    expect(await keyRefused()).toMatchObject({ ...unharmed, attempts: 1 });
  });

  it('that sends more than it may is hung up on before it fills the memory', async () => {
    expect(await windowOverrun()).toMatchObject(unharmed);
  });

  it('that dies before it answers about a channel costs its client a wait, no more', async () => {
    expect(await diesInChannelOpen()).toMatchObject(unharmed);
  });

  it('that closes a channel under an upload ends it at once: nothing hangs', async () => {
    expect(await closesUnderWrite()).toMatchObject(unharmed);
  });

  it('that refuses channels refuses those alone', async () => {
    expect(await channelsRefused(5)).toMatchObject(unharmed);
  });

  it('whose bytes change on their way is not believed', async () => {
    expect(await garbage()).toMatchObject(unharmed);
  });

  it.each(offeredCiphers)('that changes its keys all the time changes no byte: %s', async (cipher) => {
    const outcome = await rekeying(cipher, 8 * mib);
    expect(outcome).toMatchObject(unharmed);
    expect(outcome.note).toMatch(/new keys [1-9]/);
  });
});

describe('load', () => {
  it('of many clients at once loses nothing', async () => {
    expect(await manyClients(60, mib)).toMatchObject(unharmed);
  }, 120_000);

  it('of a client that hardly reads stays on the far side', async () => {
    expect(await slowReader(256 * mib, 4000)).toMatchObject(unharmed);
  });

  it.skipIf(process.platform !== 'linux')(
    'of clients that come and go leaves nothing behind (counts in /proc)',
    async () => {
      expect(await openAndClose(400)).toMatchObject(unharmed);
    },
    120_000,
  );
});
