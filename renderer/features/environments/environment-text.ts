import type { TFunction } from 'i18next';
import type { PythonEnvironment } from '../../../shared/model/environment';

/** What an environment has, in the order of what matters most to who looks for a Jupyter. */
export function environmentFacts(t: TFunction, environment: PythonEnvironment): readonly string[] {
  const { kind, pythonVersion, jupyterLabVersion, notebookVersion, ipykernelVersion, jupytextVersion } =
    environment;
  const hasNone = pythonVersion !== '' && jupyterLabVersion === '' && notebookVersion === '';
  const fact = (key: 'python' | 'lab' | 'notebook' | 'kernel' | 'jupytext', version: string) =>
    version === '' ? [] : [t(key, { ns: 'environments', version })];
  return [
    t(`kind.${kind}`, { ns: 'environments' }),
    ...(kind === 'system' ? [] : fact('python', pythonVersion)),
    ...fact('lab', jupyterLabVersion),
    ...fact('notebook', notebookVersion),
    ...(hasNone ? [] : fact('jupytext', jupytextVersion)),
    ...(hasNone ? [t('noJupyter', { ns: 'environments' })] : []),
    ...(hasNone ? fact('kernel', ipykernelVersion) : []),
  ];
}
