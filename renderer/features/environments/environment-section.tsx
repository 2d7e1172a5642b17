import { RefreshCw, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { ProblemBox } from '../../components/problem-box';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { environmentsOf, environmentsStore } from '../../stores/environments-store';
import { findEnvironments } from './environment-actions';
import { EnvironmentList } from './environment-list';

/** By which Jupyter a machine's notebooks start: what was found there, to choose from. */
export function EnvironmentSection({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const { search, found } = useStore(environmentsStore, (all) => environmentsOf(all, machine.id));
  const isLooking = search.kind === 'looking';
  const Icon = found === null ? Search : RefreshCw;
  return (
    <Section
      id="environments"
      title={t('title', { ns: 'environments' })}
      actions={
        <Button
          variant="quiet"
          icon={isLooking ? <Spinner size={15} /> : <Icon aria-hidden />}
          isDisabled={isLooking}
          onPress={() => findEnvironments(machine.id)}
        >
          {t(found === null ? 'look' : 'lookAgain', { ns: 'environments' })}
        </Button>
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
      {found === null ? (
        <Nothing>{t(isLooking ? 'looking' : 'neverLooked', { ns: 'environments' })}</Nothing>
      ) : (
        <EnvironmentList machine={machine} found={found} />
      )}
    </Section>
  );
}
