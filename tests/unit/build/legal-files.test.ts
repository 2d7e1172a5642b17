import { describe, expect, it } from 'vitest';
import { billOfMaterials } from '../../../build/dist/bill-of-materials';
import type { ShippedPackage } from '../../../build/dist/shipped-packages';
import { thirdPartyNotices } from '../../../build/dist/third-party-notices';

const mit = 'Permission is hereby granted';
const packages: readonly ShippedPackage[] = [
  { registry: 'npm', name: '@scope/one', version: '1.0.0', licence: 'MIT', text: mit },
  { registry: 'npm', name: 'two', version: '2.0.0', licence: null, text: `${mit}\n` },
  { registry: 'cargo', name: 'three', version: '3.0.0', licence: 'MIT OR Apache-2.0', text: '' },
];

describe('the notices of code of others', () => {
  it('show each text once, below all packages that it is of', () => {
    const notices = thirdPartyNotices(packages);
    expect(notices.split(mit)).toHaveLength(2);
    expect(notices.indexOf('@scope/one 1.0.0 (MIT)\ntwo 2.0.0')).toBeGreaterThan(0);
  });

  it('name the licence of a package that brings no text', () => {
    expect(thirdPartyNotices(packages)).toContain('three 3.0.0 (MIT OR Apache-2.0)');
    expect(thirdPartyNotices(packages)).toContain('Licence: MIT OR Apache-2.0. The package brings no text');
  });
});

describe('the bill of materials', () => {
  const bill = JSON.parse(billOfMaterials({ version: '0.1.0', electronVersion: '45.4.1', packages }));

  it('is CycloneDX of this app, with Electron and every package by its package URL', () => {
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'nuvem', version: '0.1.0', type: 'application' } },
    });
    expect(bill.components.map((component: { purl: string }) => component.purl)).toEqual([
      'pkg:cargo/three@3.0.0',
      'pkg:npm/%40scope/one@1.0.0',
      'pkg:npm/electron@45.4.1',
      'pkg:npm/two@2.0.0',
    ]);
  });

  it('gives licences as SPDX', () => {
    const licences = Object.fromEntries(
      bill.components.map(({ name, licenses }: { name: string; licenses?: unknown }) => [name, licenses]),
    );
    expect(licences).toMatchObject({
      '@scope/one': [{ license: { id: 'MIT' } }],
      three: [{ expression: 'MIT OR Apache-2.0' }],
    });
    expect(licences.two).toBeUndefined();
  });
});
