import { useTranslation } from 'react-i18next';
import {
  type FoundEnvironments,
  hasJupyter,
  isRegistered,
  type PythonEnvironment,
} from '../../../shared/model/environment';
import type { Machine, NotebookChoice } from '../../../shared/model/machine';
import { isSameChoice, placeOfChoice } from '../../../shared/model/notebook-choice';
import type { Recipe } from '../../../shared/model/recipe';
import { Disclosure } from '../../components/disclosure';
import { Nothing } from '../../components/page';

import { RowList } from '../../components/row-list';
import { chooseJupyter } from './environment-actions';
import { EnvironmentRecipes } from './environment-recipes';
import { EnvironmentRow } from './environment-row';
import { environmentFacts } from './environment-text';
import { KernelList } from './kernel-list';

interface EnvironmentListProps {
  readonly machine: Machine;
  readonly found: FoundEnvironments;
  /** Null: something is being set up, so nothing else can be. */
  readonly onRecipe: ((recipe: Recipe) => void) | null;
}

const choiceOf = ({ path }: PythonEnvironment): NotebookChoice => ({ kind: 'environment', path });
const moduleChoice = (names: string): NotebookChoice => ({ kind: 'module', names });

/** Every Jupyter that a machine can start, the one in use marked; environments without one apart. */
export function EnvironmentList({ machine, found, onRecipe }: EnvironmentListProps) {
  const { t } = useTranslation();
  const { notebook } = machine;
  const isInUse = (choice: NotebookChoice) => isSameChoice(choice, notebook);
  const use = (choice: NotebookChoice) => () => chooseJupyter(machine, choice);
  const rowOf = (environment: PythonEnvironment) => {
    const choice = choiceOf(environment);
    return (
      <EnvironmentRow
        key={environment.path}
        name={environment.name}
        place={environment.path}
        facts={environmentFacts(t, environment)}
        problem={environment.pythonVersion === '' ? t('gone', { ns: 'environments' }) : null}
        isInUse={isInUse(choice)}
        onUse={hasJupyter(environment) ? use(choice) : null}
        actions={
          onRecipe && (
            <EnvironmentRecipes
              environment={environment}
              isKernel={isRegistered(environment, found.kernels)}
              onRecipe={onRecipe}
            />
          )
        }
      />
    );
  };
  const offered = [...found.environments.map(choiceOf), ...found.modules.map(moduleChoice)];
  const usable = found.environments.filter((one) => hasJupyter(one) || isInUse(choiceOf(one)));
  const others = found.environments.filter((one) => !usable.includes(one));
  return (
    <>
      {!found.isComplete && <Nothing>{t('incomplete', { ns: 'environments' })}</Nothing>}
      {usable.length + found.modules.length === 0 && (
        <Nothing>{t(others.length === 0 ? 'noneFound' : 'nothing', { ns: 'environments' })}</Nothing>
      )}
      <RowList>
        <EnvironmentRow
          name={t('auto', { ns: 'environments' })}
          facts={[t('autoFacts', { ns: 'environments' })]}
          isInUse={notebook.kind === 'auto'}
          onUse={use({ kind: 'auto' })}
        />
        {usable.map(rowOf)}
        {found.modules.map((name) => (
          <EnvironmentRow
            key={name}
            name={t('module', { ns: 'environments', name })}
            facts={[t('moduleFacts', { ns: 'environments' })]}
            isInUse={isInUse(moduleChoice(name))}
            onUse={use(moduleChoice(name))}
          />
        ))}
        {notebook.kind !== 'auto' && !offered.some(isInUse) && <ChosenElsewhere notebook={notebook} />}
      </RowList>
      {others.length > 0 && (
        <Disclosure title={t('others', { ns: 'environments', count: others.length })}>
          <RowList label={t('others', { ns: 'environments', count: others.length })}>
            {others.map(rowOf)}
          </RowList>
        </Disclosure>
      )}
      <KernelList machineId={machine.id} kernels={found.kernels} />
    </>
  );
}

/** The choice in use that is none of those found: a command, an image, other modules, or a folder nobody looked into. */
function ChosenElsewhere({ notebook }: { readonly notebook: Exclude<NotebookChoice, { kind: 'auto' }> }) {
  const { t } = useTranslation();
  const place = placeOfChoice(notebook);
  const names = {
    environment: t('otherEnvironment', { ns: 'environments' }),
    module: t('otherModules', { ns: 'environments', name: place }),
    command: t('command', { ns: 'environments' }),
    image: t('notebookChoice.image'),
  };
  return (
    <EnvironmentRow
      name={names[notebook.kind]}
      place={notebook.kind === 'module' ? '' : place}
      facts={[]}
      isInUse
      onUse={null}
    />
  );
}
