import { Download, RefreshCw, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { isAtWork, type Recipe } from '../../../shared/model/recipe';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { ProblemBox } from '../../components/problem-box';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { environmentsOf, environmentsStore } from '../../stores/environments-store';
import { recipeStateOf, recipesStore } from '../../stores/recipes-store';
import { findEnvironments } from './environment-actions';
import { EnvironmentList } from './environment-list';
import { MadeList } from './made-list';
import { newEnvironment } from './recipe-actions';
import { RecipeDialog } from './recipe-dialog';
import { RecipeLine } from './recipe-line';

/** By which Jupyter a machine's notebooks start: what was found there, to choose from. */
export function EnvironmentSection({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const { search, found } = useStore(environmentsStore, (all) => environmentsOf(all, machine.id));
  const recipe = useStore(recipesStore, (all) => recipeStateOf(all, machine.id));
  const [shown, setShown] = useState<Recipe | null>(null);
  const isLooking = search.kind === 'looking';
  const Icon = found === null ? Search : RefreshCw;
  return (
    <Section
      id="environments"
      title={t('title', { ns: 'environments' })}
      actions={
        <>
          {found !== null && (
            <Button
              variant="quiet"
              icon={<Download aria-hidden />}
              isDisabled={isAtWork(recipe)}
              onPress={() => setShown(newEnvironment)}
            >
              {t('install', { ns: 'environments' })}
            </Button>
          )}
          <Button
            variant="quiet"
            icon={isLooking ? <Spinner size={15} /> : <Icon aria-hidden />}
            isDisabled={isLooking}
            onPress={() => findEnvironments(machine.id)}
          >
            {t(found === null ? 'look' : 'lookAgain', { ns: 'environments' })}
          </Button>
        </>
      }
    >
      {search.kind === 'failed' && (
        <ProblemBox
          texts={{
            ...errorTexts(t, search.error, machine),
            what: `${t('failed', { ns: 'environments' })} ${errorTexts(t, search.error, machine).what}`,
          }}
        />
      )}
      <RecipeLine state={recipe} onShow={setShown} />
      {found === null ? (
        <Nothing>{t(isLooking ? 'looking' : 'neverLooked', { ns: 'environments' })}</Nothing>
      ) : (
        <>
          <EnvironmentList machine={machine} found={found} onRecipe={isAtWork(recipe) ? null : setShown} />
          <MadeList machine={machine} made={found.made} canUndo={!isAtWork(recipe)} />
        </>
      )}
      {shown && <RecipeDialog machine={machine} recipe={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}
