import type { TFunction } from 'i18next';
import type { ErrorReport } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';

/**
 * The two sentences of an error: what failed, and what to do. Facts that the report lacks are taken from the
 * machine it happened on. What happened at a jump host says at which.
 */
export function errorTexts(
  t: TFunction,
  report: ErrorReport,
  machine?: Machine,
): { readonly what: string; readonly todo: string } {
  const params = {
    process: t('facts.process'),
    ...machineFacts(t, machine),
    ...report.params,
    ns: 'errors' as const,
  };
  const what = t(`${report.code}.what`, params);
  const { jumpHost: name, jumpNumber: number, jumpCount: count } = report.params;
  return {
    what: name === undefined ? what : t('error.atJump', { name, number, count, what }),
    todo: t(`${report.code}.todo`, params),
  };
}

function machineFacts(t: TFunction, machine: Machine | undefined): Record<string, string | number> {
  if (!machine) return { host: t('facts.host'), user: t('facts.user'), machine: t('facts.host') };
  const { route, identity, workingFolder } = machine;
  return {
    machine: machine.name,
    host: route.host,
    port: route.port,
    user: route.user,
    ...(identity.kind === 'keyFile' ? { path: identity.path } : {}),
    folder: workingFolder === '' ? '~' : workingFolder,
  };
}
