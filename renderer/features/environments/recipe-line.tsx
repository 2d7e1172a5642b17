import { useTranslation } from 'react-i18next';
import { isAtWork, type Recipe, type RecipeState } from '../../../shared/model/recipe';
import { Button } from '../../components/button';
import { Spinner } from '../../components/spinner';
import styles from './environments.module.css';

interface RecipeLineProps {
  readonly state: RecipeState;
  readonly onShow: (recipe: Recipe) => void;
}

/** What is being set up, or what was and can be taken back; nothing otherwise. */
export function RecipeLine({ state, onShow }: RecipeLineProps) {
  const { t } = useTranslation();
  if (state.kind !== 'done' && !isAtWork(state)) return null;
  const { recipe } = state;
  return (
    <div className={styles.line}>
      {isAtWork(state) && <Spinner size={15} />}
      <span>
        {state.kind === 'done'
          ? t(`recipe.${recipe.kind}.done`, { ns: 'environments', place: state.place })
          : `${t(`recipe.${recipe.kind}.title`, { ns: 'environments' })} · ${t(`recipe.${state.kind}`, { ns: 'environments' })}`}
      </span>
      <Button variant="quiet" onPress={() => onShow(recipe)}>
        {t('recipe.show', { ns: 'environments' })}
      </Button>
    </div>
  );
}
