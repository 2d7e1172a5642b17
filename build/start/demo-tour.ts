import type { ElectronApplication } from '@playwright/test';
import { step } from '../step';

const windowTimeoutMs = 30_000;

export async function runDemoTour(app: ElectronApplication): Promise<void> {
  const window = await step('First window', () => app.firstWindow({ timeout: windowTimeoutMs }));
  await step('Offer of a demo machine', () =>
    window.getByRole('button', { name: 'Try with a demo machine' }).click(),
  );
}
