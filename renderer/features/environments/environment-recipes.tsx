import { useTranslation } from 'react-i18next';
import { hasJupyter, type PythonEnvironment } from '../../../shared/model/environment';
import type { Recipe } from '../../../shared/model/recipe';
import { Button } from '../../components/button';

interface EnvironmentRecipesProps {
  readonly environment: PythonEnvironment;
  /** Every Jupyter offers it already. */
  readonly isKernel: boolean;
  readonly onRecipe: (recipe: Recipe) => void;
}

/** What can be set up in an environment; nothing in one that does not run or takes no packages. */
export function EnvironmentRecipes({ environment, isKernel, onRecipe }: EnvironmentRecipesProps) {
  const { t } = useTranslation();
  const { name, path, pythonVersion, ipykernelVersion, jupytextVersion, takesPackages } = environment;
  if (pythonVersion === '') return null;
  return (
    <>
      {takesPackages && !hasJupyter(environment) && (
        <Button
          variant="quiet"
          aria-label={t('addNamed', { ns: 'environments', name })}
          onPress={() => onRecipe({ kind: 'addJupyterLab', path })}
        >
          {t('add', { ns: 'environments' })}
        </Button>
      )}
      {takesPackages && hasJupyter(environment) && jupytextVersion === '' && (
        <Button
          variant="quiet"
          aria-label={t('addJupytextNamed', { ns: 'environments', name })}
          onPress={() => onRecipe({ kind: 'addJupytext', path })}
        >
          {t('addJupytext', { ns: 'environments' })}
        </Button>
      )}
      {!isKernel && (takesPackages || ipykernelVersion !== '') && (
        <Button
          variant="quiet"
          aria-label={t('asKernelNamed', { ns: 'environments', name })}
          onPress={() => onRecipe({ kind: 'registerKernel', path })}
        >
          {t('asKernel', { ns: 'environments' })}
        </Button>
      )}
    </>
  );
}
