import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import styles from './machine-page.module.css';

/** How a machine is set up, at a glance. */
export function MachineFacts({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const { identity, notebook, workingFolder } = machine;
  return (
    <section className={styles.section} aria-labelledby="machine-facts-title">
      <h2 id="machine-facts-title">{t('machine.setUp')}</h2>
      <dl className={styles.facts}>
        <dt>{t('editor.identity')}</dt>
        <dd>
          {t(`identity.${identity.kind}`)}
          {identity.kind === 'keyFile' && <span className="mono selectable"> {identity.path}</span>}
        </dd>
        <dt>{t('editor.workingFolder')}</dt>
        <dd className="mono selectable">{workingFolder || '~'}</dd>
        <dt>{t('editor.notebook')}</dt>
        <dd>
          {t(`notebookChoice.${notebook.kind}`)}
          {notebook.kind === 'environment' && <span className="mono selectable"> {notebook.path}</span>}
          {notebook.kind === 'command' && <span className="mono selectable"> {notebook.line}</span>}
        </dd>
      </dl>
    </section>
  );
}
