import { useTranslation } from 'react-i18next';
import { type Finding, findingTable, type Remedy } from '../../../shared/model/diagnosis-finding';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { ProblemBox } from '../../components/problem-box';
import styles from './diagnosis.module.css';
import { findingTexts } from './step-text';

interface FindingCardProps {
  readonly finding: Finding;
  readonly onRemedy: (remedy: Remedy) => void;
}

/** What is wrong, what to do, the buttons that do it, and what tells more. */
export function FindingCard({ finding, onRemedy }: FindingCardProps) {
  const { t } = useTranslation();
  const { code, params, quotes, commands } = finding;
  const { weight, remedies } = findingTable[code];
  const facts = [
    { name: t('offered', { ns: 'diagnosis' }), value: params.offered },
    { name: t('accepted', { ns: 'diagnosis' }), value: params.ours },
    { name: t('error.oldFingerprint'), value: params.oldFingerprint },
    { name: t('error.newFingerprint'), value: params.newFingerprint },
  ].filter(({ value }) => value !== undefined && value !== '');
  return (
    <div className={styles.finding}>
      <ProblemBox
        texts={findingTexts(t, finding)}
        level={weight === 'failure' ? 'error' : 'warning'}
        actions={
          <div className={styles.remedies}>
            {remedies.map((remedy) => (
              <Button key={remedy} onPress={() => onRemedy(remedy)}>
                {t(`remedy.${remedy}`, { ns: 'diagnosis' })}
              </Button>
            ))}
          </div>
        }
      />
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono selectable">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {quotes.length > 0 && (
        <Block title={t('quotes', { ns: 'diagnosis' })} lines={quotes} copyLabel={t('error.copyDetails')} />
      )}
      {commands.length > 0 && (
        <Block
          title={t('commands', { ns: 'diagnosis' })}
          lines={commands}
          copyLabel={t('copyCommands', { ns: 'diagnosis' })}
        />
      )}
    </div>
  );
}

interface BlockProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly copyLabel: string;
}

/** Text to be taken as it is. */
function Block({ title, lines, copyLabel }: BlockProps) {
  return (
    <div>
      <p className={styles.blockTitle}>{title}</p>
      <div className={styles.block}>
        <pre className="selectable">{lines.join('\n')}</pre>
        <CopyButton label={copyLabel} textOf={() => lines.join('\n')} />
      </div>
    </div>
  );
}
