import type { Page } from '@playwright/test';
import type { PromptId } from '../../../shared/model/prompt';
import {
  askingDiagnosis,
  oldServerDiagnosis,
  permissionsDiagnosis,
  refusedDiagnosis,
  runningDiagnosis,
  workingDiagnosis,
} from '../diagnosis-samples';
import { gpuMachine, hostKeyPrompt, report, uuid } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

/** Opens the diagnosis from the card of a failure. */
async function show(page: Page, diagnosis: typeof refusedDiagnosis): Promise<void> {
  await page.evaluate(
    ([machine, error, snapshot]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'failed', error });
      window.fakeMain.setDiagnosis(machine.id, snapshot);
    },
    [gpuMachine, report('key-refused', { host: 'gpu.example.com', user: 'ubuntu' }), diagnosis] as const,
  );
  await page.getByRole('alert').getByRole('button').nth(1).click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
}

const passwordPrompt = {
  kind: 'password',
  promptId: uuid<PromptId>(110),
  user: 'ubuntu',
  host: 'gpu.example.com',
  wasWrong: false,
  canRemember: true,
} as const;

/** Every look of the diagnosis. */
export const diagnosisScenes: readonly Scene[] = [
  {
    name: 'diagnosis-running',
    show: async (page) => {
      await show(page, runningDiagnosis);
      await page.getByRole('dialog').locator('button[aria-expanded]').nth(2).click();
    },
  },
  {
    name: 'diagnosis-wants-password',
    show: async (page) => {
      await show(page, askingDiagnosis(passwordPrompt));
      await page.getByRole('dialog').locator('button').nth(1).click();
      await page.getByRole('dialog').locator('input[type=password]').waitFor();
    },
  },
  { name: 'diagnosis-host-key', show: (page) => show(page, askingDiagnosis(hostKeyPrompt)) },
  { name: 'diagnosis-key-refused', show: (page) => show(page, refusedDiagnosis) },
  { name: 'diagnosis-permissions', show: (page) => show(page, permissionsDiagnosis) },
  { name: 'diagnosis-old-server', show: (page) => show(page, oldServerDiagnosis) },
  { name: 'diagnosis-works', show: (page) => show(page, workingDiagnosis) },
];
