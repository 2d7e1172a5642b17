import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import type { Machine } from '../../../shared/model/machine';
import { bringsJupyter, isAtWork, type Recipe, type RecipePlan } from '../../../shared/model/recipe';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { recipeStateOf, recipesStore } from '../../stores/recipes-store';
import { openNotebook } from '../notebook/notebook-actions';
import styles from './environments.module.css';
import { cancelRecipe, runRecipe, undoRecipe } from './recipe-actions';
import { RecipeOutput } from './recipe-output';

interface RecipeDialogProps {
  readonly machine: Machine;
  /** That of the recipe's state: shows how it goes rather than what it would run. */
  readonly recipe: Recipe;
  readonly onClose: () => void;
}

/** Shows what a recipe would run, and after the user's yes how it goes, with ways to call it off and to take it back. */
export function RecipeDialog({ machine, recipe, onClose }: RecipeDialogProps) {
  const { t } = useTranslation();
  const { id: machineId } = machine;
  const state = useStore(recipesStore, (all) => recipeStateOf(all, machineId));
  const [isStarted, setIsStarted] = useState(
    isAtWork(state) || ('recipe' in state && state.recipe === recipe),
  );
  const start = () => {
    setIsStarted(true);
    runRecipe(machineId, recipe);
  };
  const { kind } = isStarted && 'recipe' in state ? state.recipe : recipe;
  const title = t(`recipe.${kind}.title`, { ns: 'environments' });
  if (!isStarted) return <Proposal {...{ machine, recipe, title, start, onClose }} />;
  const close = <Button onPress={onClose}>{t('common.close')}</Button>;
  return (
    <Dialog
      title={title}
      width="wide"
      onCancel={onClose}
      buttons={
        <>
          {state.kind === 'running' && (
            <Button onPress={() => cancelRecipe(machineId)}>
              {t('recipe.cancel', { ns: 'environments' })}
            </Button>
          )}
          {state.kind === 'done' && (
            <Button onPress={() => undoRecipe(machineId, state.id)}>
              {t('recipe.undo', { ns: 'environments' })}
            </Button>
          )}
          {close}
          {state.kind === 'failed' && !state.wasUndoing && (
            <Button variant="primary" onPress={start}>
              {t('error.action.retry')}
            </Button>
          )}
          {state.kind === 'done' && bringsJupyter(state.recipe) && (
            <Button
              variant="primary"
              onPress={() => {
                onClose();
                openNotebook(machineId);
              }}
            >
              {t('notebook.openNotebook')}
            </Button>
          )}
        </>
      }
    >
      {state.kind === 'failed' ? (
        <ProblemBox texts={errorTexts(t, state.error, machine)} />
      ) : (
        state.kind !== 'none' && (
          <p role="status" className={styles.status}>
            {isAtWork(state) && <Spinner size={15} />}
            {state.kind === 'done'
              ? t(`recipe.${kind}.done`, { ns: 'environments', place: state.place })
              : t(`recipe.${state.kind}`, { ns: 'environments' })}
          </p>
        )
      )}
      {state.kind === 'failed' && state.isCleanedUp && <p>{t('recipe.cleanedUp', { ns: 'environments' })}</p>}
      {'lines' in state && <RecipeOutput lines={state.lines} />}
      {state.kind === 'running' && (
        <p className={styles.hint}>{t('recipe.goesOn', { ns: 'environments' })}</p>
      )}
    </Dialog>
  );
}

interface ProposalProps extends RecipeDialogProps {
  readonly title: string;
  readonly start: () => void;
}

/** The commands, before any of them runs. */
function Proposal({ machine, recipe, title, start, onClose }: ProposalProps) {
  const { t } = useTranslation();
  const [plan, setPlan] = useState<RecipePlan | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const { id: machineId } = machine;
  useEffect(() => {
    nuvem.recipes
      .plan({ machineId, recipe })
      .then(setPlan)
      .catch((thrown: unknown) => setProblem(AppError.from(thrown)));
  }, [machineId, recipe]);
  return (
    <Dialog
      title={title}
      width="wide"
      onCancel={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={plan === null} onPress={start}>
            {t(`recipe.${recipe.kind}.start`, { ns: 'environments' })}
          </Button>
        </>
      }
    >
      {problem && <ProblemBox texts={errorTexts(t, problem.toReport(), machine)} />}
      <p>{t(`recipe.${recipe.kind}.explanation`, { ns: 'environments' })}</p>
      {plan === null && problem === null && <Spinner size={15} />}
      {plan && (
        <div>
          <p className={styles.blockTitle}>{t('recipe.commands', { ns: 'environments' })}</p>
          <div className={styles.block}>
            <pre className="selectable">{plan.commands.join('\n')}</pre>
            <CopyButton
              label={t('recipe.copy', { ns: 'environments' })}
              textOf={() => plan.commands.join('\n')}
              icon="terminal"
            />
          </div>
        </div>
      )}
    </Dialog>
  );
}
