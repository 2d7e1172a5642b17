import { describe, expect, it } from 'vitest';
import { byteText } from '../../../../renderer/features/tunnels/byte-text';
import { suggestedPorts } from '../../../../renderer/features/tunnels/suggested-ports';
import { asksForExposure, formOf, readForm } from '../../../../renderer/features/tunnels/tunnel-form';
import { sampleTunnel } from '../../../support/samples';

describe('the tunnel editor', () => {
  it('makes the draft of a tunnel that it was opened with', () => {
    const forwards = [
      sampleTunnel(1).forward,
      {
        kind: 'remote',
        listen: { kind: 'unixSocket', path: '/run/a' },
        target: { kind: 'unixSocket', path: '/b' },
      },
      { kind: 'dynamic', listen: { kind: 'tcp', address: '0.0.0.0', port: 1080 } },
    ] as const;
    for (const forward of forwards) {
      const { isOn: _, ...draft } = sampleTunnel(1, { forward, isExposed: forward.kind === 'dynamic' });
      expect(readForm(formOf({ ...draft, isOn: true }), draft.id)).toEqual({ draft });
    }
  });

  it('says what is wrong beside the fields that are shown', () => {
    const form = { ...formOf(null), targetHost: 'a b', targetPort: 'x', listenAddress: 'me', listenPort: '' };
    expect(readForm(form, null)).toEqual({
      problems: {
        targetHost: 'host-characters',
        targetPort: 'port-range',
        listenAddress: 'address-invalid',
        listenPort: 'port-range',
      },
    });
    expect(readForm({ ...form, kind: 'dynamic', listenAddress: '::1' }, null)).toEqual({
      problems: { listenPort: 'port-range' },
    });
  });

  it('asks for consent to an address that others can reach, and forgets it with the address', () => {
    const form = { ...formOf(null), kind: 'dynamic', listenPort: '1080', isExposed: true } as const;
    const exposed = { ...form, listenAddress: '0.0.0.0' };
    expect(asksForExposure(exposed)).toBe(true);
    expect(readForm(exposed, null)).toMatchObject({ draft: { isExposed: true } });
    expect(readForm({ ...exposed, isExposed: false }, null)).toEqual({
      problems: { listenAddress: 'address-exposed' },
    });
    expect(readForm(form, null)).toMatchObject({ draft: { isExposed: false } });
  });
});

it('ports of known services are suggested first, and never more than eight', () => {
  const port = (number: number, process = '') => ({ port: number, host: '127.0.0.1', process });
  const many = [
    port(1234),
    port(2345, 'python3'),
    port(4040, 'java'),
    port(8888),
    ...[1, 2, 3, 4, 5, 6].map((n) => port(n)),
  ];
  const suggested = suggestedPorts(many).map((each) => each.port);
  expect(suggested.slice(0, 4)).toEqual([4040, 8888, 2345, 1234]);
  expect(suggested).toHaveLength(8);
});

it('amounts of bytes are short, in the language of the user', () => {
  expect([0, 999, 1500, 12_345_678].map((bytes) => byteText('en', bytes))).toEqual([
    '0 byte',
    '999 byte',
    '1.5 kB',
    '12 MB',
  ]);
  expect(byteText('pt-BR', 1500)).toBe('1,5 kB');
});
