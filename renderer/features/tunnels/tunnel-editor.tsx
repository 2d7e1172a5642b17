import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { Tunnel } from '../../../shared/model/tunnel';
import { nuvem } from '../../api/nuvem';
import { afterPress } from '../../components/after-press';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import { saveTunnel } from './tunnel-actions';
import {
  asksForExposure,
  formOf,
  readForm,
  type TunnelField,
  type TunnelForm,
  tunnelFields,
} from './tunnel-form';
import styles from './tunnels.module.css';

interface TunnelEditorProps {
  readonly machineId: MachineId;
  /** Null: a new tunnel. */
  readonly tunnel: Tunnel | null;
  readonly onClose: () => void;
}

/** Creates a tunnel or changes a saved one. */
export function TunnelEditor({ machineId, tunnel, onClose }: TunnelEditorProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => formOf(tunnel));
  const [revealed, setRevealed] = useState<readonly TunnelField[]>([]);
  const [isTurnedOn, setIsTurnedOn] = useState<boolean | null>(null);
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const read = readForm(form, tunnel?.id ?? null);
  const problems = 'problems' in read ? read.problems : {};
  const change = (part: Partial<TunnelForm>) => setForm((previous) => ({ ...previous, ...part }));
  // A proxy to everything is not opened by the way.
  const willTurnOn = tunnel === null && (isTurnedOn ?? form.kind !== 'dynamic');

  const save = () => {
    if ('problems' in read) {
      setRevealed(tunnelFields);
      const firstWrong = tunnelFields.find((field) => read.problems[field]);
      if (firstWrong) document.getElementById(inputId(firstWrong))?.focus();
      return;
    }
    setIsSaving(true);
    setSaveError(null);
    saveTunnel(machineId, read.draft, willTurnOn)
      .then(onClose)
      .catch((thrown: unknown) => {
        setSaveError(AppError.from(thrown));
        setIsSaving(false);
      });
  };

  const leave = (field: TunnelField) =>
    afterPress(() => {
      if (form[field] !== '') setRevealed((previous) => [...previous, field]);
    });

  /** An own port that was left empty becomes the target's, or the next one that is free. */
  const suggestOwnPort = () => {
    const port = Number(form.targetPort);
    if (form.kind !== 'local' || form.listenPort !== '' || !(port >= 1 && port <= 65_535)) return;
    nuvem.tunnels
      .freePort({ from: Math.max(port, 1024) })
      .then((free) => {
        // Not into what somebody is typing.
        if (document.activeElement?.id === inputId('listenPort')) return;
        setForm((previous) =>
          previous.listenPort === '' ? { ...previous, listenPort: String(free) } : previous,
        );
      })
      .catch(showFailure);
  };

  const field = (name: TunnelField, label: string) => ({
    id: inputId(name),
    label,
    value: form[name],
    onChange: (value: string) => change({ [name]: value }),
    onBlur: () => leave(name),
    error:
      revealed.includes(name) && problems[name] !== undefined
        ? t(`validation.${problems[name]}` as 'validation.name-empty')
        : undefined,
  });
  const endKinds = [
    { value: 'tcp', text: t('tunnel.tcp') },
    { value: 'unixSocket', text: t('tunnel.unixSocket') },
  ] as const;
  const isExposureAsked = asksForExposure(form);

  return (
    <Dialog
      title={tunnel ? t('tunnel.titleEdit') : t('tunnel.titleNew')}
      width="wide"
      onCancel={onClose}
      onSubmit={save}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={isSaving}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      {saveError && <ProblemBox texts={errorTexts(t, saveError.toReport())} />}
      <RadioGroup
        label={t('tunnel.kind')}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'local', text: t('tunnel.kinds.local') },
          { value: 'remote', text: t('tunnel.kinds.remote') },
          { value: 'dynamic', text: t('tunnel.kinds.dynamic') },
        ]}
      />
      <p className={styles.hint}>{t(`tunnel.kindHint.${form.kind}`)}</p>
      <TextField {...field('name', t('tunnel.name'))} description={t('tunnel.nameHint')} autoFocus />
      {form.kind !== 'dynamic' && (
        <fieldset className={styles.end}>
          <legend>{t(`tunnel.target.${form.kind}`)}</legend>
          <RadioGroup
            label={t('tunnel.targetKind')}
            value={form.targetKind}
            onChange={(targetKind) => change({ targetKind })}
            options={endKinds}
          />
          {form.targetKind === 'tcp' ? (
            <div className={styles.hostAndPort}>
              <TextField {...field('targetHost', t('tunnel.targetHost'))} isMono />
              <TextField
                {...field('targetPort', t('tunnel.targetPort'))}
                onBlur={() => {
                  leave('targetPort');
                  suggestOwnPort();
                }}
                inputMode="numeric"
                isMono
              />
            </div>
          ) : (
            <TextField {...field('targetPath', t('tunnel.targetPath'))} placeholder="/run/app.sock" isMono />
          )}
        </fieldset>
      )}
      <fieldset className={styles.end}>
        <legend>{t(`tunnel.listen.${form.kind}`)}</legend>
        {form.kind !== 'dynamic' && (
          <RadioGroup
            label={t('tunnel.listenKind')}
            value={form.listenKind}
            onChange={(listenKind) => change({ listenKind })}
            options={endKinds}
          />
        )}
        {form.kind === 'dynamic' || form.listenKind === 'tcp' ? (
          <div className={styles.hostAndPort}>
            <TextField {...field('listenAddress', t('tunnel.listenAddress'))} isMono />
            <TextField
              {...field('listenPort', t('tunnel.listenPort'))}
              onBlur={() => {
                leave('listenPort');
                suggestOwnPort();
              }}
              inputMode="numeric"
              isMono
            />
          </div>
        ) : (
          <TextField {...field('listenPath', t('tunnel.listenPath'))} placeholder="/run/app.sock" isMono />
        )}
        {isExposureAsked && (
          <Checkbox isSelected={form.isExposed} onChange={(isExposed) => change({ isExposed })}>
            {t(form.kind === 'remote' ? 'tunnel.exposeThere' : 'tunnel.exposeHere')}
          </Checkbox>
        )}
      </fieldset>
      <RadioGroup
        label={t('tunnel.startsWith')}
        value={form.startsWith}
        onChange={(startsWith) => change({ startsWith })}
        options={[
          { value: 'connection', text: t('tunnel.starts.connection') },
          { value: 'app', text: t('tunnel.starts.app') },
          { value: 'hand', text: t('tunnel.starts.hand') },
        ]}
      />
      {form.kind !== 'remote' && (
        <RadioGroup
          label={t('tunnel.whileAway')}
          value={form.whileAway}
          onChange={(whileAway) => change({ whileAway })}
          options={[
            { value: 'wait', text: t('tunnel.away.wait') },
            { value: 'refuse', text: t('tunnel.away.refuse') },
          ]}
        />
      )}
      {tunnel === null && (
        <Checkbox isSelected={willTurnOn} onChange={setIsTurnedOn}>
          {t('tunnel.turnOnNow')}
        </Checkbox>
      )}
    </Dialog>
  );
}

const inputId = (field: TunnelField): string => `tunnel-${field}`;
