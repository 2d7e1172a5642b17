import { expect, it } from 'vitest';
import { searchTrustedHosts } from '../../../../renderer/features/trust/trusted-host-search';
import { gpuMachine, trustedHosts } from '../../../support/samples';

const found = (search: string) =>
  searchTrustedHosts(trustedHosts, [gpuMachine], search).map((host) => trustedHosts.indexOf(host) + 1);

it.each([
  ['', [1, 2, 3, 4, 5]],
  ['203.0', [1]],
  ['GPU box', [1, 2]],
  ['platform TEAM', [3]],
  ['nistp256', [2]],
  ['gpu platform', []],
])('%j finds the hosts %j by name, key, comment or machine', (search, hosts) => {
  expect(found(search)).toEqual(hosts);
});
