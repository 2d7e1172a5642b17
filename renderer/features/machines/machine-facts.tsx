import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { placeOfChoice } from '../../../shared/model/notebook-choice';
import { Section } from '../../components/section';
import { findMachine, machinesStore } from '../../stores/machines-store';
import styles from './machine-facts.module.css';
import { proxyText, routeText } from './route-text';

/** How a machine is set up, at a glance. */
export function MachineFacts({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const { identity, notebook, workingFolder, forwardsAgent, allowsOldAlgorithms } = machine;
  return (
    <Section id="machine-facts" title={t('machine.setUp')}>
      <dl className={styles.facts}>
        <RouteFacts machine={machine} />
        <dt>{t('editor.identity')}</dt>
        <dd>
          {t(`identity.${identity.kind}`)}
          {identity.kind === 'agent' && identity.pinnedKey !== null && ` (${t('identity.onePinned')})`}
          {identity.kind === 'keyFile' && <span className="mono selectable"> {identity.path}</span>}
        </dd>
        {(forwardsAgent || allowsOldAlgorithms) && (
          <>
            <dt>{t('machine.lessSafe')}</dt>
            <dd>
              {forwardsAgent && <p>{t('editor.forwardsAgent')}</p>}
              {allowsOldAlgorithms && <p>{t('editor.allowsOldAlgorithms')}</p>}
            </dd>
          </>
        )}
        <dt>{t('editor.workingFolder')}</dt>
        <dd className="mono selectable">{workingFolder || '~'}</dd>
        <dt>{t('editor.notebook')}</dt>
        <dd>
          {t(`notebookChoice.${notebook.kind}`)}
          {notebook.kind !== 'auto' && <span className="mono selectable"> {placeOfChoice(notebook)}</span>}
        </dd>
      </dl>
    </Section>
  );
}

/** What is on the way to a machine, nearest to the user first; nothing when the way is straight. */
function RouteFacts({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const saved = useStore(machinesStore);
  const { jumps, proxy } = machine.route;
  const stops = [
    ...(proxy ? [`${t(`editor.proxyKind.${proxy.kind}`)} ${proxyText(proxy)}`] : []),
    ...jumps.map((jump) =>
      jump.kind === 'inline' ? routeText(jump) : (findMachine(saved, jump.machineId)?.name ?? '?'),
    ),
  ];
  if (stops.length === 0) return null;
  return (
    <>
      <dt>{t('editor.route')}</dt>
      <dd className="selectable">{stops.join(' → ')}</dd>
    </>
  );
}
