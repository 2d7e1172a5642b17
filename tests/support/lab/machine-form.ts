import type { Page } from '@playwright/test';

/** What a user types into the editor of a machine; what is left out stays as the editor offers it. */
export interface MachineForm {
  readonly name?: string;
  readonly host?: string;
  readonly port?: number | string;
  readonly user?: string;
  readonly identity?: { readonly keyFile: string } | 'agent' | 'password';
  readonly workingFolder?: string;
  readonly notebook?:
    | 'auto'
    | { readonly environment: string }
    | { readonly command: string }
    | { readonly image: string };
}

/** Fills the open editor. */
export async function fillMachineForm(page: Page, form: MachineForm): Promise<void> {
  const editor = page.getByRole('dialog');
  const fill = async (label: string, value: string | number | undefined): Promise<void> => {
    if (value !== undefined)
      await editor.getByRole('textbox', { name: label, exact: true }).fill(String(value));
  };
  const choose = (group: string, option: string): Promise<void> =>
    editor.getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click();
  await fill('Name', form.name);
  await fill('Host', form.host);
  await fill('Port', form.port);
  await fill('User', form.user);
  if (form.identity === 'agent') await choose('Sign in with', 'SSH agent');
  else if (form.identity === 'password') await choose('Sign in with', 'Password');
  else if (form.identity !== undefined) {
    await choose('Sign in with', 'Key file');
    await fill('Private key file', form.identity.keyFile);
  }
  await fill('Working folder', form.workingFolder);
  if (form.notebook === 'auto') await choose('Notebook', 'Automatic');
  else if (form.notebook !== undefined && 'environment' in form.notebook) {
    await choose('Notebook', 'Environment');
    await fill('Environment folder', form.notebook.environment);
  } else if (form.notebook !== undefined && 'image' in form.notebook) {
    await choose('Notebook', 'Container image');
    await fill('Image', form.notebook.image);
  } else if (form.notebook !== undefined) {
    await choose('Notebook', 'Command');
    await fill('Command', form.notebook.command);
  }
}

/** Creates a machine by the editor, and leaves it in front. */
export async function createMachine(page: Page, form: MachineForm): Promise<void> {
  await page.getByRole('button', { name: 'New machine' }).click();
  await fillMachineForm(page, form);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('heading', { level: 1, name: form.name ?? '', exact: true }).waitFor();
}
