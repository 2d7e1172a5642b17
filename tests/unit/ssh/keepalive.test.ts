import { describe, expect, it } from 'vitest';
import { Keepalive } from '../../../electron/ssh/keepalive';
import { FakeClock } from '../../support/fake-clock';

function rig() {
  const clock = new FakeClock();
  const told: string[] = [];
  const peer = { bytes: 0, answers: true };
  const keepalive = new Keepalive({
    clock,
    intervalMs: 5000,
    missedAllowed: 3,
    bytesReceived: () => peer.bytes,
    ping: () => {
      told.push('ping');
      if (peer.answers) peer.bytes += 100;
    },
    onMissed: (missed) => told.push(`missed ${missed}`),
    onDead: () => told.push('dead'),
  });
  keepalive.start();
  return { clock, told, peer, keepalive };
}

describe('keeping a connection alive', () => {
  it('pings every five seconds and is content with answers', () => {
    const { clock, told } = rig();
    clock.advance(60_000);
    expect(told).toEqual(Array(12).fill('ping'));
  });

  it('gives up a peer that is silent for four intervals', () => {
    const { clock, told, peer } = rig();
    peer.answers = false;
    clock.advance(19_999);
    expect(told).not.toContain('dead');
    clock.advance(1);
    expect(told).toEqual(['ping', 'missed 1', 'ping', 'missed 2', 'ping', 'missed 3', 'dead']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes any byte for a sign of life', () => {
    const { clock, told, peer } = rig();
    peer.answers = false;
    for (let seconds = 0; seconds < 120; seconds += 1) {
      peer.bytes += 1;
      clock.advance(1000);
    }
    expect(told).not.toContain('missed 1');
  });

  it('counts anew after a missed answer was followed by life', () => {
    const { clock, told, peer } = rig();
    peer.answers = false;
    clock.advance(15_000);
    peer.bytes += 1;
    clock.advance(15_000);
    expect(told.filter((each) => each !== 'ping')).toEqual(['missed 1', 'missed 2', 'missed 1', 'missed 2']);
  });

  it('does not blame the peer for this computer’s sleep', () => {
    const { clock, told, peer } = rig();
    peer.answers = false;
    clock.advance(15_000);
    clock.sleep(8 * 3_600_000, 'stands still');
    clock.advance(15_000);
    expect(told).not.toContain('dead');
    clock.advance(5000);
    expect(told.at(-1)).toBe('dead');
  });

  it('stops when told', () => {
    const { clock, told, keepalive } = rig();
    keepalive.stop();
    clock.advance(60_000);
    expect(told).toEqual([]);
  });
});
