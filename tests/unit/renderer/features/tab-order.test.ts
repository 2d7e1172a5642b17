import { expect, test } from 'vitest';
import { neighbourTab } from '../../../../renderer/features/tabs/tab-order';
import { gpuMachine, sampleTab } from '../../../support/samples';

const tabs = [sampleTab(1, gpuMachine, 'http://localhost/'), sampleTab(2, gpuMachine, 'http://localhost/')];
const [first, second] = tabs.map(({ id }) => id);

test('cycling goes from the machines page through the tabs and round again', () => {
  expect(neighbourTab(tabs, null, 1)).toBe(first);
  expect(neighbourTab(tabs, first ?? null, 1)).toBe(second);
  expect(neighbourTab(tabs, second ?? null, 1)).toBeNull();
  expect(neighbourTab(tabs, null, -1)).toBe(second);
});

test('with no tab open there is nowhere else to go', () => {
  expect(neighbourTab([], null, 1)).toBeNull();
});
