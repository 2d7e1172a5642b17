import { describe, expect, it } from 'vitest';
import { LinkQueue, readDeepLink } from '../../../electron/desktop/deep-link';

describe('an address that the desktop hands over', () => {
  it('leads to a saved machine by name or id', () => {
    expect(readDeepLink('nuvem://connect/GPU%20box')).toEqual({ kind: 'connect', machine: 'GPU box' });
    expect(readDeepLink('NUVEM://connect/gpu/')).toEqual({ kind: 'connect', machine: 'gpu' });
  });

  it('or to a server that the user decides about', () => {
    expect(readDeepLink('ssh://ana@gpu.example.com:2222')).toEqual({
      kind: 'server',
      address: 'ssh://ana@gpu.example.com:2222',
    });
    expect(readDeepLink('SSH://gpu')).toEqual({ kind: 'server', address: 'ssh://gpu' });
  });

  it.each([
    'nuvem://connect/',
    'nuvem://connect/a/b',
    'nuvem://connect/%',
    'nuvem://remove/gpu',
    'nuvem://connect/gpu?then=stop',
    'ssh:///etc/passwd',
    'https://example.com',
    `ssh://${'a'.repeat(3000)}`,
    'ssh://gpu\nHost other',
  ])('%j is not understood, so nothing is done', (link) => {
    expect(readDeepLink(link)).toEqual({ kind: 'notUnderstood' });
  });
});

describe('links that come early', () => {
  it('wait until the app can open them, in their order', () => {
    const opened: string[] = [];
    const links = new LinkQueue();
    links.add(['one', 'two']);
    links.openWith((link) => opened.push(link));
    links.add(['three']);
    expect(opened).toEqual(['one', 'two', 'three']);
  });
});
