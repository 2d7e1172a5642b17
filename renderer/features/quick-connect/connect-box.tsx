import type { TFunction } from 'i18next';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canConnect } from '../../../shared/model/connection';
import type { Identity, Machine } from '../../../shared/model/machine';
import { SearchField } from '../../components/search-field';
import { appInfoStore } from '../../stores/app-info-store';
import { connectBoxId } from '../../stores/connect-box-focus';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { machinesStore } from '../../stores/machines-store';
import { lookForSignIns, signInsStore } from '../../stores/sign-ins-store';
import { setSearch, viewStore } from '../../stores/view-store';
import { connectTo, quickConnect } from './quick-actions';
import { QuickCard } from './quick-card';
import styles from './quick-connect.module.css';
import { enterChoice, type QuickProblem, type QuickReading, readQuickTarget } from './quick-target';

interface ConnectBoxProps {
  /** What the search finds first. */
  readonly bestMatch: Machine | undefined;
  /** Buttons beside the box. */
  readonly tools?: ReactNode;
}

/** Searches machines and connects: to the one found, or to a server that is typed or pasted, without saving it. */
export function ConnectBox({ bestMatch, tools }: ConnectBoxProps) {
  const { t } = useTranslation();
  const search = useStore(viewStore, (view) => view.search);
  const list = useStore(machinesStore);
  const userName = useStore(appInfoStore, (info) => info?.userName ?? '');
  const known = useStore(signInsStore);
  const [chosen, setChosen] = useState<Identity | null>(null);
  const { identity: usual } = list.defaults;
  const signIns = useMemo(() => (usual === undefined ? [] : [usual]).concat(known ?? []), [usual, known]);

  const read = (text: string, identities: readonly Identity[]): QuickReading =>
    readQuickTarget(text, { list, userName, identity: chosen ?? identities[0] ?? { kind: 'password' } });
  const reading = read(search, signIns);
  const choice = enterChoice(reading, bestMatch);

  const type = (text: string) => {
    setSearch(text);
    if (text === '') setChosen(null);
    else if (search === '' || known === null) void lookForSignIns();
  };
  const connectTyped = async () => {
    const found = known ?? (await lookForSignIns());
    const target = read(search, usual === undefined ? found : [usual]);
    if (target.kind === 'target') await quickConnect(target, chosen !== null);
    setChosen(null);
  };
  const submit = () => {
    if (choice.kind === 'machine') connectTo(choice.machine.id);
    else if (choice.kind === 'quick') void connectTyped();
  };

  return (
    <>
      <div className={styles.line}>
        <SearchField
          inputId={connectBoxId}
          label={t('quickConnect.box')}
          placeholder={t(
            list.machines.length > 0 ? 'quickConnect.placeholder' : 'quickConnect.placeholderAlone',
          )}
          value={search}
          onChange={type}
          onSubmit={submit}
        />
        {tools}
      </div>
      {search.trim() !== '' && (
        <div className={styles.below}>
          {choice.kind === 'machine' && <EnterHint machine={choice.machine} />}
          {reading.kind === 'target' && (choice.kind === 'quick' || isAddressLike(search)) && (
            <QuickCard
              target={reading}
              isShort={choice.kind === 'machine'}
              signIns={signIns}
              onSignIn={setChosen}
              onConnect={() => void connectTyped()}
            />
          )}
          {(reading.kind === 'notUnderstood' || (reading.kind === 'none' && bestMatch === undefined)) && (
            <p role="status" className={styles.hint}>
              {reading.kind === 'none' && list.machines.length > 0
                ? t('machine.noMatch')
                : t('quickConnect.hint')}
            </p>
          )}
          {reading.kind === 'wrong' && (
            <div role="status" className={styles.wrong}>
              {reading.problems.map((problem) => (
                <p key={problem.field}>{problemText(t, problem)}</p>
              ))}
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** A word alone is a search as long as something matches. */
const isAddressLike = (text: string): boolean => /[.@:]/.test(text);

/** With the name of the field, where the message doesn't say it: `Port: Enter a number from 1 to 65535.` */
function problemText(t: TFunction, { field, problem }: QuickProblem): string {
  const text = t(`validation.${problem}` as 'validation.host-empty');
  const [, index, part = field] = /^jump-(\d+)-(.+)$/.exec(field) ?? [];
  const name = part === 'host' || part === 'port' || part === 'user' ? t(`editor.${part}`) : null;
  const jump = index === undefined ? null : t('editor.jump', { number: Number(index) + 1 });
  return [jump, name, text].filter((word) => word !== null).join(': ');
}

/** What Enter would do with a machine. */
function EnterHint({ machine: { id, name } }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, id));
  return (
    <p role="status" className={styles.hint}>
      {t(canConnect(state) ? 'quickConnect.enterConnects' : 'quickConnect.enterShows', { name })}
    </p>
  );
}
