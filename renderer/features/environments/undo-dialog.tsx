import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { isAtWork, type MadeRecipe } from '../../../shared/model/recipe';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { RowFacts } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { recipeStateOf, recipesStore } from '../../stores/recipes-store';
import styles from './environments.module.css';
import { undoRecipe } from './recipe-actions';

interface UndoDialogProps {
  readonly machine: Machine;
  readonly made: MadeRecipe;
  readonly onClose: () => void;
}

/** Says what taking something back removes, and after the user's yes how that goes. */
export function UndoDialog({ machine, made, onClose }: UndoDialogProps) {
  const { t } = useTranslation();
  const state = useStore(recipesStore, (all) => recipeStateOf(all, machine.id));
  /** The state from before the user's yes. */
  const [before, setBefore] = useState<typeof state | null>(null);
  const { id, recipe, place } = made;
  const name = t(`made.${recipe.kind}`, { ns: 'environments' });
  const isAsked = before === null;
  const told = isAsked || state === before ? null : state;
  return (
    <Dialog
      role="alertdialog"
      title={t('made.question', { ns: 'environments', name })}
      onCancel={onClose}
      buttons={
        isAsked ? (
          <>
            <Button autoFocus onPress={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="danger"
              onPress={() => {
                setBefore(state);
                undoRecipe(machine.id, id);
              }}
            >
              {t('recipe.undo', { ns: 'environments' })}
            </Button>
          </>
        ) : (
          <Button autoFocus onPress={onClose}>
            {t('common.close')}
          </Button>
        )
      }
    >
      {isAsked && <p>{t(`made.explanation.${recipe.kind}`, { ns: 'environments' })}</p>}
      {told?.kind === 'failed' && <ProblemBox texts={errorTexts(t, told.error, machine)} />}
      {!isAsked && told?.kind !== 'failed' && (
        <p role="status" className={styles.status}>
          {(told === null || isAtWork(told)) && <Spinner size={15} />}
          {t(told?.kind === 'undone' ? 'recipe.undone' : 'recipe.undoing', { ns: 'environments' })}
        </p>
      )}
      <RowFacts isMono>{place}</RowFacts>
    </Dialog>
  );
}
